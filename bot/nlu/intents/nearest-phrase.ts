import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import type { Lang } from '../../../cards/content/words.js';
import { remembered } from '../text/remembered.js';
import { tokens } from '../text/tokens.js';
import type { Landing } from './content-index.js';
import type { Words } from './text-features.js';

/** How people ask for a landing. */
export type Asked = { readonly landing: Landing; readonly asked: readonly string[] };
export type Nearest = {
  readonly landing: Landing;
  /** 0 to 1: how much the text and the phrase nearest to it have in common, weighed by how telling each word is. */
  readonly likeness: number;
};
type Weighed = { readonly landing: Landing; readonly weight: number };

const STEMMERS = { nl: dutch, en: english } as const;
const MAX_WORDS = 30;
const MAX_WORD_LETTERS = 30;
/**
 * Meanings that words may share here. Of the others the words differ too much to answer one for another: who is
 * grumpy does not shout, and stress is no burnout.
 */
const SHARED_MEANINGS: ReadonlySet<string> = new Set([
  ...['self', 'boss', 'employee', 'kin', 'child'],
  ...['say', 'ask', 'talk', 'divorce', 'carer', 'debts', 'bully', 'excluded', 'leave', 'hours'],
]);
/** Words that say what is wanted, and are kept though they are silent elsewhere. */
const KEPT_MEANINGS: ReadonlySet<string> = new Set(['say', 'ask', 'self']);
const SHORTEST_WITH_ENDING = 5;
/** What is less like it than this is not worth sorting. */
const LEAST = 0.3;

/**
 * Makes the search for the phrase that is most like a text in one language, both ways: a phrase of which the text has
 * only a part is no answer, and neither is one that has only a part of the text. Each landing comes once, with its
 * best phrase, best first. A search over whole landings cannot tell that: it counts a word from one phrase and a word
 * from another as if they stood together.
 */
export function createNearestPhrase(
  lang: Lang,
  words: Words,
  silent: ReadonlySet<string>,
  content: readonly Asked[],
): (asked: readonly string[]) => readonly Nearest[] {
  const termsOf = createTerms(words, silent);
  const stem = (word: string): string => bare(STEMMERS[lang](word.slice(0, MAX_WORD_LETTERS)));
  const plain = read(content, termsOf, remembered(stem));
  const weightOf = createWeights(plain.map(({ terms }) => terms));
  const sum = (terms: Iterable<string>): number => [...terms].reduce((all, term) => all + weightOf(term), 0);
  const phrases: Weighed[] = plain.map(({ landing, terms }) => ({ landing, weight: sum(terms) }));
  const weights = new Map(plain.flatMap(({ terms }) => [...terms].map((term) => [term, weightOf(term)])));
  const weightOfUnknown = weightOf('');
  const byTerm = new Map<string, number[]>();
  plain.forEach(({ terms }, at) => {
    for (const term of terms) {
      const known = byTerm.get(term);
      if (known === undefined) byTerm.set(term, [at]);
      else known.push(at);
    }
  });

  return (asked) => {
    const terms = new Set(termsOf(asked.slice(0, MAX_WORDS), stem));
    // By number, and not by phrase: this runs for every text that somebody types.
    const common = new Float64Array(phrases.length);
    let whole = 0;
    for (const term of terms) {
      const weight = weights.get(term) ?? weightOfUnknown;
      whole += weight;
      for (const at of byTerm.get(term) ?? []) common[at] = (common[at] ?? 0) + weight;
    }
    const best = new Map<Landing, number>();
    for (let at = 0; at < common.length; at += 1) {
      const shared = common[at] ?? 0;
      const phrase = phrases[at];
      if (shared === 0 || phrase === undefined) continue;
      const { landing, weight } = phrase;
      const likeness = (2 * shared) / (whole + weight);
      if (likeness > (best.get(landing) ?? LEAST)) best.set(landing, likeness);
    }
    return [...best]
      .map(([landing, likeness]) => ({ landing, likeness }))
      .sort((one, other) => other.likeness - one.likeness);
  };
}

/** By itself: the words that are remembered while our own phrases are read would be kept as long as the search. */
function read(
  content: readonly Asked[],
  termsOf: (asked: readonly string[], stem: (word: string) => string) => readonly string[],
  stem: (word: string) => string,
) {
  return content.flatMap(({ landing, asked }) =>
    asked.map((phrase) => ({ landing, terms: new Set(termsOf(tokens(phrase), stem)) })),
  );
}

/** A word as what it means, where that is known, or else as its stem without the endings that Dutch verbs change. */
function createTerms(
  words: Words,
  silent: ReadonlySet<string>,
): (asked: readonly string[], stem: (word: string) => string) => string[] {
  const known = new Set(Object.values(words.alike).flatMap((alike) => alike.flatMap(tokens)));
  const meanings = new Map<string, string>();
  for (const [meaning, alike] of Object.entries({ ...words.alike, ...words.who })) {
    if (!SHARED_MEANINGS.has(meaning)) continue;
    for (const word of alike.flatMap(tokens)) if (!meanings.has(word)) meanings.set(word, meaning);
  }
  const termOf = (word: string, stem: (word: string) => string): string[] => {
    const meaning = meanings.get(word);
    if (silent.has(word) && (meaning === undefined || !KEPT_MEANINGS.has(meaning))) return [];
    return [meaning === undefined ? stem(word) : `@${meaning}`];
  };
  return (asked, stem) =>
    asked.flatMap((word, at) => {
      // "burn-out" is two words to the reader of words, and would count twice.
      if (known.has(word + (asked[at + 1] ?? '-'))) return [word + asked[at + 1]];
      return at > 0 && known.has((asked[at - 1] ?? '-') + word) ? [] : termOf(word, stem);
    });
}

function bare(stem: string): string {
  const begun = stem.length > SHORTEST_WITH_ENDING && stem.startsWith('ge') ? stem.slice(2) : stem;
  return begun.length >= SHORTEST_WITH_ENDING ? begun.replace(/[dt]+$/, '') : begun;
}

/** A word that no phrase has weighs most: what it says is not in any answer. */
function createWeights(documents: readonly ReadonlySet<string>[]): (term: string) => number {
  const count = new Map<string, number>();
  for (const document of documents) for (const term of document) count.set(term, (count.get(term) ?? 0) + 1);
  return (term) => Math.log(1 + documents.length / (1 + (count.get(term) ?? 0)));
}
