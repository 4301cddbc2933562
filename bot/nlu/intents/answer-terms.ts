import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import type { Lang } from '../../../cards/content/words.js';
import englishMeanings from '../content/en/meanings.json' with { type: 'json' };
import dutchMeanings from '../content/nl/meanings.json' with { type: 'json' };
import { createAsker, type NamedPhrases, namesIn, phrasesOf, type Who } from './asker.js';

/** What a text is matched on, each term with how much its kind counts. */
export type Terms = ReadonlyMap<string, number>;
/** Reads questions of one language. */
export type TermReader = {
  readonly stem: (word: string) => string;
  readonly whoAsks: (stems: readonly string[]) => Who;
  /** `who`: whom the text is about, where that is known better than from these stems alone. */
  readonly termsOf: (stems: readonly string[], who: Who) => Terms;
};

const STEMMERS = { nl: dutch, en: english } as const;
const MEANINGS: Readonly<Record<Lang, Readonly<Record<string, readonly string[]>>>> = {
  nl: dutchMeanings,
  en: englishMeanings,
};
/** Values that put most examples right of a fifth that was held out in turn. */
const STEM = 1;
const MEANING = 1.3;
const ABOUT = 0.4;
/** Two words that stand beside one another: "niet ziek", "mag ik". */
const PAIR = 0.4;
const MAX_WORD_LETTERS = 30;

/** Makes the reader of what a question is matched on: its stems, its pairs of them, and what these mean. Pure. */
export function createTermReader(lang: Lang): TermReader {
  const stem = (word: string): string => STEMMERS[lang](word.slice(0, MAX_WORD_LETTERS));
  const meanings = phrasesOf(MEANINGS[lang], stem);
  return {
    stem,
    whoAsks: createAsker(lang, stem),
    termsOf: (stems, who) => termsOf(stems, meanings, who),
  };
}

/** What is said of oneself and of another, however surely: examples of the one are like those of the other. */
const ABOUT_WHOM: Readonly<Partial<Record<Who, Who>>> = {
  own: 'self',
  'perhaps-own': 'self',
  manager: 'other',
  peer: 'other',
};

function termsOf(stems: readonly string[], meanings: NamedPhrases, asker: Who): Terms {
  const who = ABOUT_WHOM[asker] ?? asker;
  const terms = new Map<string, number>();
  for (const word of stems) {
    terms.set(word, STEM);
    terms.set(`${who}:${word}`, ABOUT);
  }
  stems.slice(1).forEach((word, at) => {
    terms.set(`${stems[at]}_${word}`, PAIR);
  });
  for (const name of namesIn(stems, meanings)) {
    terms.set(`@${name}`, MEANING);
    terms.set(`${who}:@${name}`, ABOUT);
  }
  return terms;
}
