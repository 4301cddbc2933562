import content from '../content/danger-concepts.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';
import { slotsByWord } from './sayings.js';
import { createWordMatcher, type WordMatcher } from './words.js';

/**
 * Makes the function that says which concepts a word of a Dutch or English text may stand for, typos forgiven.
 * `ordinary`: words that are never a slip of another.
 */
export function createConcepts(ordinary: ReadonlySet<string>): WordMatcher {
  const slots = Object.keys(content.concepts).map((name) => `<${name}>`);
  const words = slotsByWord([{ slots }], content.concepts);
  return createWordMatcher(words, new Set([...ordinary, ...tokens([...words.keys()].join(' '))]));
}
