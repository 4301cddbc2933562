import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import type { Lang } from '../../../cards/content/words.js';
import { createSpelling } from '../text/spelling.js';
import { tokens } from '../text/tokens.js';

/** cards/content/<lang>/words.json: who a sentence is about, and words that mean alike. */
export interface Words {
  readonly who: Readonly<Record<'self' | 'boss' | 'employee' | 'name' | 'they', readonly string[]>>;
  readonly alike: Readonly<Record<string, readonly string[]>>;
}

/** What a text is matched on; each field holds distinct terms that occur in no other field. */
export interface Features {
  /** Stems: "medewerkers" -> "medewerker". */
  readonly stems: readonly string[];
  /** What the stems mean: "teamlid" and "werknemer" -> "@employee". */
  readonly meanings: readonly string[];
  /** Neighbours, as they are and by meaning: "ik_wil", "@employee_@ill"; this carries negation and word order. */
  readonly pairs: readonly string[];
  /** Runs of three letters, which typos, inflections and the parts of compounds have in common. */
  readonly letters: readonly string[];
  /** Meanings with who it is about: "self:@tired" asks for support, "other:@tired" is a signal. */
  readonly about: readonly string[];
  /** How many words are out of vocabulary, "?1", "?2", "?3": words that no two examples have. */
  readonly outOfVocabulary: readonly string[];
}

const STEMMERS = { nl: dutch, en: english } as const;
const LETTERS_PER_RUN = 3;
/** Shorter words are right or they are other words; without their runs the examples are learned in half the time. */
const SHORTEST_WITH_RUNS = 5;
/** Longer texts are judged on their start: the question comes first, and the cost stays bounded. */
const MAX_WORDS = 60;
const MAX_WORD_LETTERS = 30;

/**
 * Makes the reader of features for one language, from words to features; pure, and cheap to call. The stems of the examples are worked
 * out once; what people type is not remembered, since a cache of it would be a trace of what they asked.
 */
export function createTextFeatures(
  lang: Lang,
  words: Words,
  examples: readonly (readonly string[])[],
): (asked: readonly string[]) => Features {
  const known = new Map([...new Set(examples.flat())].map((word) => [word, STEMMERS[lang](word)]));
  const stem = (word: string): string => known.get(word) ?? STEMMERS[lang](word);
  const familiar = familiarStems(examples.map((example) => new Set(example.map(stem))));
  const knownRuns = new Map([...known.values()].map((word) => [word, runs(word)]));
  const meanings = meaningsByStem(words, stem);
  const correct = createSpelling(new Set([...known.values(), ...meanings.keys()]));

  return (asked) => {
    const stems = asked.slice(0, MAX_WORDS).flatMap((word) => correct(stem(word.slice(0, MAX_WORD_LETTERS))));
    const named = stems.map((word) => meanings.get(word) ?? []);
    const plain = stems.map((word, at) => named[at]?.[0] ?? word);
    const who = whoIsMeant(new Set(named.flat()));
    return {
      stems: distinct(stems),
      meanings: distinct(named.flat()),
      pairs: distinct([...neighbours(stems), ...neighbours(plain)]),
      letters: distinct(stems.flatMap((word) => knownRuns.get(word) ?? runs(word))),
      about: distinct(plain.map((meaning) => `${who}:${meaning}`)),
      outOfVocabulary: countedTerms(stems.filter((word, at) => !familiar.has(word) && !named[at]?.length)),
    };
  };
}

function meaningsByStem(
  words: Words,
  stem: (word: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [meaning, alike] of Object.entries({ ...words.who, ...words.alike })) {
    for (const word of new Set(alike.flatMap(tokens).map(stem))) {
      const list = found.get(word) ?? [];
      list.push(`@${meaning}`);
      found.set(word, list);
    }
  }
  return found;
}

function familiarStems(examples: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const once = new Set<string>();
  const familiar = new Set<string>();
  for (const example of examples) {
    for (const stem of example) (once.has(stem) ? familiar : once).add(stem);
  }
  return familiar;
}

// What the bot is not for shows by words that it has never met. The examples of `unknown` are full of words that
// no other example has, and these are counted the same way, so that the weight of a word out of vocabulary is learned.
function countedTerms(unknown: readonly string[]): readonly string[] {
  return Array.from({ length: Math.min(3, new Set(unknown).size) }, (_, at) => `?${at + 1}`);
}

// A sentence that names a boss and an "I" is an employee's; one that names a team member and an "I" is a
// manager's. Grammar would tell more, but it needs a parser, and chat lines seldom are whole sentences.
function whoIsMeant(meanings: ReadonlySet<string>): string {
  if (meanings.has('@boss')) return 'boss';
  if (['@employee', '@name', '@they'].some((meaning) => meanings.has(meaning))) return 'other';
  return meanings.has('@self') ? 'self' : 'nobody';
}

function neighbours(words: readonly string[]): readonly string[] {
  return words.slice(1).map((word, at) => `${words[at]}_${word}`);
}

function runs(word: string): readonly string[] {
  if (word.length < SHORTEST_WITH_RUNS) return [];
  const fenced = `^${word}$`;
  const count = Math.max(0, fenced.length - LETTERS_PER_RUN + 1);
  return Array.from({ length: count }, (_, at) => `#${fenced.slice(at, at + LETTERS_PER_RUN)}`);
}

function distinct(terms: readonly string[]): readonly string[] {
  return [...new Set(terms)];
}
