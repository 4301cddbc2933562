import content from '../content/danger-concepts.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';
import { slotsByWord } from './sayings.js';
import type { Lexicon } from './words.js';

/**
 * The words of Dutch and English that stand for a concept, typos forgiven. `ordinary`: words that are never a slip of
 * another.
 */
export function conceptLexicon(ordinary: ReadonlySet<string>): Lexicon {
  const slots = Object.keys(content.concepts).map((name) => `<${name}>`);
  const words = slotsByWord([{ slots }], content.concepts);
  return { slotsByWord: words, ordinary: new Set([...ordinary, ...tokens([...words.keys()].join(' '))]) };
}
