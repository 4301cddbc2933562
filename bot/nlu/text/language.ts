import type { Lang } from '../../../cards/content/words.js';

/** Weighs the words of a text: above 0 is Dutch, below 0 is English, and the further from 0 the surer. */
export type LanguageScale = (words: readonly string[]) => number;

const MAX_WORDS = 60;
const LETTERS_PER_RUN = 3;
/** Smoothing: the share of a word that a language never uses. */
const UNSEEN = 5e-5;
/** Words of both languages ("help", "menu", "team") tell nothing below this log ratio (natural). */
const TELLING = 2;
/** Below this the text cannot be told: one shared word, a name, a number. */
const SURE = 0.8;

/**
 * Makes the scale from the example phrases themselves: the log ratio of how often each language uses a word, and for
 * words that no example has, of their letter trigrams. On the development and first held-out lines (383) this
 * names 377 languages; `eld` 374 and `tinyld` 374, both being made for longer texts, so no dependency was added.
 */
export function createLanguageScale(
  examples: Readonly<Record<Lang, readonly (readonly string[])[]>>,
): LanguageScale {
  const words = { nl: createShares(), en: createShares() };
  const letters = { nl: createShares(), en: createShares() };
  for (const lang of ['nl', 'en'] as const) {
    const all = examples[lang].flat();
    for (const word of all) words[lang].count(word);
    for (const word of new Set(all)) for (const run of runs(word)) letters[lang].count(run);
  }

  return (asked) => {
    const counted = asked.slice(0, MAX_WORDS).filter((word) => !/^\p{N}+$/u.test(word));
    return counted.reduce((total, word) => {
      if (!words.nl.has(word) && !words.en.has(word)) return total + unknownWord(word, letters);
      const weight = lean(words, word);
      const shared = words.nl.has(word) && words.en.has(word);
      return shared && Math.abs(weight) < TELLING ? total : total + weight;
    }, 0);
  };
}

/** The language that a weight stands for, null when it is too light to tell. */
export function languageOf(weight: number): Lang | null {
  if (Math.abs(weight) < SURE) return null;
  return weight > 0 ? 'nl' : 'en';
}

/** How often terms occur, as a share of all. */
interface Shares {
  readonly count: (term: string) => void;
  readonly has: (term: string) => boolean;
  readonly of: (term: string) => number;
}

type InBoth = Readonly<Record<Lang, Shares>>;

function createShares(): Shares {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    count: (term) => {
      counts.set(term, (counts.get(term) ?? 0) + 1);
      total += 1;
    },
    has: (term) => counts.has(term),
    of: (term) => (counts.get(term) ?? 0) / Math.max(1, total),
  };
}

function lean(found: InBoth, term: string): number {
  return Math.log((found.nl.of(term) + UNSEEN) / (found.en.of(term) + UNSEEN));
}

function unknownWord(word: string, letters: InBoth): number {
  const found = runs(word.slice(0, 30));
  return found.reduce((total, run) => total + lean(letters, run), 0) / Math.max(1, found.length);
}

function runs(word: string): readonly string[] {
  const fenced = `^${word}$`;
  const count = Math.max(0, fenced.length - LETTERS_PER_RUN + 1);
  return Array.from({ length: count }, (_, at) => fenced.slice(at, at + LETTERS_PER_RUN));
}
