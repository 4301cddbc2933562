import type { Lang } from '../../../cards/content/words.js';
import english from '../content/en/screening.json' with { type: 'json' };
import dutch from '../content/nl/screening.json' with { type: 'json' };
import learned from '../content/screening-learned.json' with { type: 'json' };
import { type Candidate, createReader, type Read } from './candidates.js';
import { createJudge } from './judge.js';
import { compileContent, type ScreeningContent } from './rules.js';

/** Why a text may not be kept: the words of one group, as they were typed and in their order. */
export interface Finding {
  readonly words: readonly string[];
  readonly group: string;
}

const CONTENT: Readonly<Record<Lang, ScreeningContent>> = { nl: dutch, en: english };
/** Refused from here on: writing something otherwise costs a moment, a diagnosis on record cannot be taken back. */
const LEAST = 0.45;

/**
 * Reads the rules of both languages once and returns the function that looks for health and private life in a text.
 * It is pure and remembers nothing. Words that may be about them are found by the rules and judged with their
 * sentence by what was learned. A sentence in which the rules find nothing is not judged: that was tried, and it
 * refused plain lines more often than it found what the rules had missed.
 */
export function createScreening(content = CONTENT, weights = learned): (text: string) => readonly Finding[] {
  const read = createReader([compileContent('nl', content.nl), compileContent('en', content.en)]);
  const judge = createJudge(weights);
  return (text) => {
    const found = read(text);
    const meant = found.candidates.filter((one) => judge(found, one) >= LEAST);
    return findingsOf(text, found, meant);
  };
}

function findingsOf(text: string, { words }: Read, hits: readonly Candidate[]): readonly Finding[] {
  const found = new Map<string, string[]>();
  for (const { first, last, group } of hits) {
    const typed = text.slice(words[first]?.start, words[last]?.end);
    const list = found.get(group) ?? [];
    if (!list.includes(typed)) list.push(typed);
    found.set(group, list);
  }
  return [...found].map(([group, typed]) => ({ group, words: typed }));
}
