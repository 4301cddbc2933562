import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import type { Lang } from '../../../cards/content/words.js';
import { remembered } from '../text/remembered.js';
import { tokens } from '../text/tokens.js';
import { createTermIndex } from './term-index.js';

/** Where a question can land: on a direct answer, a piece of knowledge, or a part of the guide through the talk. */
export type Landing = { readonly answer: string } | { readonly piece: string } | { readonly part: string };

/** What a landing is found by. */
export type Findable = {
  readonly landing: Landing;
  readonly title: string;
  readonly asked: readonly string[];
  readonly lead: string;
  readonly text: string;
};

export type Landed = {
  readonly landing: Landing;
  /** 0 to 1: how much of what the text asks is in this landing, weighed by how telling each word is. */
  readonly fit: number;
  /** 0 to 1: the same for its title alone, which says best what it is about. */
  readonly titled: number;
  /** How near the search finds it, comparable within one answer only. */
  readonly score: number;
  /** The text is word for word a title or a phrase of it. */
  readonly exact: boolean;
};

const STEMMERS = { nl: dutch, en: english } as const;
const RANKING = { boost: { title: 3, asked: 4, lead: 1.5, text: 1 }, k: 1.2, b: 0.7, d: 0.5 } as const;
const NEARBY = { prefix: { weight: 0.5, from: 5 }, slip: { weight: 0.6, from: 6, edits: 0.2 } } as const;
const MOST = 8;
const MAX_WORDS = 30;

/**
 * Makes the search over the content itself for one language; best first, at most eight. Words that ask rather than
 * say what about ("hoe", "wat is") are left out by `silent`.
 */
export function createContentIndex(
  lang: Lang,
  content: readonly Findable[],
  silent: ReadonlySet<string>,
): (words: readonly string[]) => readonly Landed[] {
  const stem = STEMMERS[lang];
  const telling = (words: readonly string[]): readonly string[] => tellingOf(words, silent, stem);
  const documents = documentsOf(content, silent, remembered(stem));
  const search = createTermIndex(documents, RANKING, NEARBY);
  const weight = weightOf(documents.map((one) => new Set(Object.values(one).flat())));
  const exact = exactPhrases(content);
  const titleStems = documents.map(({ title }) => new Set(title));
  const askedStems = documents.map(({ title, asked }) => new Set([...title, ...asked]));

  return (words) => {
    const same = exact.get(words.join(' '));
    if (same !== undefined) return [{ landing: same, fit: 1, titled: 1, score: 1, exact: true }];
    const asked = [...new Set(telling(words.slice(0, MAX_WORDS)))];
    if (asked.length === 0) return [];
    const whole = asked.reduce((sum, term) => sum + weight(term), 0);
    return search(asked)
      .slice(0, MOST)
      .flatMap(({ at, asked: has, score }) => {
        const one = content[at];
        if (one === undefined) return [];
        const stems = askedStems[at] ?? new Set();
        // What stands in the title or in what people ask says what a piece is about; its text may only mention it.
        const fit = has.reduce((sum, term) => sum + weight(term) * (stems.has(term) ? 1 : 0.6), 0);
        const inTitle = asked.filter((term) => titleStems[at]?.has(term) === true);
        const titled = inTitle.reduce((sum, term) => sum + weight(term), 0);
        return [{ landing: one.landing, fit: fit / whole, titled: titled / whole, score, exact: false }];
      });
  };
}

function tellingOf(
  words: readonly string[],
  silent: ReadonlySet<string>,
  stem: (word: string) => string,
): readonly string[] {
  return words.filter((word) => !silent.has(word)).map(stem);
}

/** By itself: what a function in the index referred to would be kept as long as the index. */
function documentsOf(
  content: readonly Findable[],
  silent: ReadonlySet<string>,
  stem: (word: string) => string,
) {
  const terms = (text: string) => tellingOf(tokens(text), silent, stem);
  return content.map(({ title, asked, lead, text }) => ({
    title: terms(title),
    asked: terms(asked.join(' ')),
    lead: terms(lead),
    text: terms(text),
  }));
}

function weightOf(documents: readonly ReadonlySet<string>[]): (term: string) => number {
  const count = new Map<string, number>();
  for (const document of documents) {
    for (const term of document) count.set(term, (count.get(term) ?? 0) + 1);
  }
  return (term) => Math.log(1 + documents.length / (1 + (count.get(term) ?? 0)));
}

/** Whole phrases that belong to one landing only. */
function exactPhrases(content: readonly Findable[]): ReadonlyMap<string, Landing> {
  const found = new Map<string, Landing | null>();
  for (const { title, asked, landing } of content) {
    for (const phrase of new Set([title, ...asked].map((text) => tokens(text).join(' ')))) {
      found.set(phrase, found.has(phrase) ? null : landing);
    }
  }
  return new Map([...found].flatMap(([phrase, landing]) => (landing === null ? [] : [[phrase, landing]])));
}
