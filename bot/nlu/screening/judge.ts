import type { Candidate, Read } from './candidates.js';

/** How likely it is, 0 to 1, that what stands there is about somebody's health or private life. */
export type Judge = (read: Read, what: Candidate) => number;
/** The features of a candidate, each with its weight in the text. */
export type Terms = ReadonlyMap<string, number>;
/** What was learned: for each bucket of terms how much it speaks for refusing, in steps of `step`. */
export interface Learned {
  readonly step: number;
  /** A byte for each bucket, signed, in base64. */
  readonly weights: string;
}

/** Of the feature hash: with fewer bits too many terms share a bucket, with more the file only grows. */
export const BUCKET_BITS = 17;
/** What stands further away says little. */
const WORDS_AROUND = 16;
/** Nearer words count by their place too: "van haar <mood>" and "haar <mood> van". */
const NEAR = 3;
const LETTER_RUNS = [3, 4, 5] as const;
const RUN_WEIGHT = 0.3;
const ENDINGS = [4, 5, 6] as const;

/**
 * Makes the judge, a logistic regression over hashed features, from what was learned. A word such as "scheiding" says
 * little by itself; the words beside it, how they end and what kind they are say whether it is a marriage or a cable.
 * Rules for the harmless senses were tried before: each new trade needed rules of its own, and of tempting lines that
 * nobody had seen they passed two in three.
 */
export function createJudge({ step, weights }: Learned): Judge {
  const pulls = new Int8Array(Buffer.from(weights, 'base64'));
  return (read, what) => {
    let pull = 0;
    for (const [term, amount] of termsOf(read, what)) pull += (pulls[bucketOf(term)] ?? 0) * amount;
    return 1 / (1 + Math.exp(-pull * step));
  };
}

/** The bucket of a term: FNV-1a, its high bits folded into the low ones. */
export function bucketOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> BUCKET_BITS)) & ((1 << BUCKET_BITS) - 1);
}

/** For each text what its words stand for, as long as the text is there: worked out once for all that is found in it. */
const standing = new WeakMap<Read, readonly string[]>();

/** What there is to judge something by: itself, the words of its sentence, and where they stand. */
export function termsOf(read: Read, what: Candidate): Terms {
  const { words, sets } = read;
  const stands = standing.get(read) ?? standsFor(read);
  standing.set(read, stands);
  const from = Math.max(0, what.first - WORDS_AROUND);
  const to = Math.min(words.length - 1, what.last + WORDS_AROUND);
  const sentence = words[what.first]?.sentence;
  const isIn = (at: number): boolean => at >= from && at <= to && words[at]?.sentence === sentence;
  const terms = new Map<string, number>();
  const add = (term: string, amount = 1): void => {
    terms.set(term, (terms.get(term) ?? 0) + amount);
  };
  add(`group:${what.group}`);
  for (let at = from; at <= to; at++) {
    const folded = words[at]?.folded ?? '';
    if (!isIn(at)) continue;
    if (at >= what.first && at <= what.last) {
      add(`found:${folded}`);
      for (const letters of ENDINGS) add(`end:${`^${folded}$`.slice(-letters)}`);
      continue;
    }
    add(`word:${stands[at]}`);
    add(`pair:${stands[at]} ${isIn(at + 1) ? stands[at + 1] : '$'}`);
    for (const run of runsOf(folded)) add(`run:${run}`, RUN_WEIGHT);
    for (const set of sets[at] ?? []) add(`set:${set}`);
    const away = at < what.first ? at - what.first : at - what.last;
    if (Math.abs(away) <= NEAR) add(`${away}:${stands[at]}`);
  }
  return terms;
}

/** Each word, or the group that it is a candidate of. */
function standsFor({ words, candidates }: Read): readonly string[] {
  const stands = words.map(({ folded }) => folded);
  for (const { first, last, group } of candidates) stands.fill(`<${group}>`, first, last + 1);
  return stands;
}

function runsOf(word: string): readonly string[] {
  const fenced = `^${word}$`;
  return LETTER_RUNS.flatMap((letters) =>
    Array.from({ length: Math.max(0, fenced.length - letters + 1) }, (_, at) =>
      fenced.slice(at, at + letters),
    ),
  );
}
