import { allPieces, findPiece } from '../../../cards/content/pieces.js';
import { startsOf, unpackNumbers } from '../packed-numbers.js';
import { both, bucketOf, eachRun, hashOf } from '../text/hashes.js';
import type { Landing } from './content-index.js';

/** What was learned of the questions of one language: see `learn-answers.ts`. */
export interface LearnedAnswers {
  /** What there is to land on (see `keyOf`), in the order of the weights. */
  readonly keys: readonly string[];
  /** What a step of a weight is worth. */
  readonly step: number;
  /** What a step of a rarity is worth. */
  readonly rarityStep: number;
  /** A byte for each bucket, how rare what falls into it is; deflated, in base64. */
  readonly rarities: string;
  /** For each bucket how many have a weight (two bytes); deflated, in base64. */
  readonly counts: string;
  /** Of all buckets after one another the place in `keys` (two bytes) of each weight. */
  readonly places: string;
  /** And the weight itself, a signed byte. */
  readonly weights: string;
}

/** A bucket with how much of it there is. */
export type Amounts = ReadonlyMap<number, number>;
export interface AnswerJudge {
  /** What was learned. */
  readonly keys: readonly string[];
  /** How likely each of `keys` is what was asked for, 0 to 1, all together 1. */
  readonly chances: (words: readonly string[]) => Float64Array;
}

/** So many bits choose a bucket; with two more a fifth of the questions held out was judged no better. */
export const BUCKET_BITS = 15;
const MAX_WORDS = 60;
const MAX_WORD_LETTERS = 30;
const RUNS = { fewest: 3, most: 5 } as const;
const WORD = { seed: 0x811c9dc5, weight: 1 } as const;
const RUN = { seed: 0x1b873593, weight: 0.35 } as const;
/** Neighbours, which hold "niet ziek" and "mag ik"; and words with one between them. */
const PAIR_WEIGHT = 0.5;
const SKIP_WEIGHT = 0.3;

/** What a question is judged by: its words, their neighbours, and the runs of letters that typing errors leave whole. */
export function amountsOf(words: readonly string[]): Amounts {
  const found = new Map<number, number>();
  // What is said twice tells no more.
  const add = (hash: number, weight: number) => found.set(bucketOf(hash, BUCKET_BITS), weight);
  const said = words.slice(0, MAX_WORDS).map((word) => word.slice(0, MAX_WORD_LETTERS));
  const hashes = said.map((word) => hashOf(word, WORD.seed));
  for (const word of said) eachRun(word, RUN.seed, RUNS, (hash) => add(hash, RUN.weight));
  hashes.forEach((hash, at) => {
    const next = hashes[at + 1];
    const second = hashes[at + 2];
    if (second !== undefined) add(both(hash, second, 2), SKIP_WEIGHT);
    if (next !== undefined) add(both(hash, next, 1), PAIR_WEIGHT);
    add(hash, WORD.weight);
  });
  return found;
}

/** Under what an answer or a piece is learned. */
export function keyOf(landing: Landing): string {
  if ('answer' in landing) return landing.answer;
  return 'piece' in landing ? `piece ${landing.piece}` : `part ${landing.part}`;
}

/**
 * What one may ask and what one need not tell are opposites in nearly the same words: only a whole phrase leads there, so
 * these pieces are not looked for by likeness.
 */
export function findablePieces(): readonly string[] {
  return allPieces()
    .map(({ id }) => id)
    .filter((id) => findPiece(id)?.shelf !== 'rights');
}

/** Makes the judge from what was learned. Pure: it remembers nothing of what it is asked. */
export function createAnswerJudge(learned: LearnedAnswers): AnswerJudge {
  const { keys, step, rarityStep } = learned;
  const rarities = new Uint8Array(unpackNumbers(learned.rarities));
  const weights = new Int8Array(unpackNumbers(learned.weights));
  const places = new Uint16Array(unpackNumbers(learned.places));
  const starts = startsOf(new Uint16Array(unpackNumbers(learned.counts)));

  const chances = (words: readonly string[]): Float64Array => {
    const pulls = new Float64Array(keys.length);
    let squares = 0;
    for (const [bucket, amount] of amountsOf(words)) {
      const weight = amount * (rarities[bucket] ?? 0) * rarityStep;
      squares += weight * weight;
      const end = starts[bucket + 1] ?? 0;
      for (let at = starts[bucket] ?? 0; at < end; at += 1) {
        const place = places[at] ?? 0;
        pulls[place] = (pulls[place] ?? 0) + weight * (weights[at] ?? 0);
      }
    }
    const scale = step / (Math.sqrt(squares) || 1);
    let most = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < pulls.length; at += 1) {
      pulls[at] = (pulls[at] ?? 0) * scale;
      most = Math.max(most, pulls[at] ?? 0);
    }
    let total = 0;
    for (let at = 0; at < pulls.length; at += 1) {
      const chance = Math.exp((pulls[at] ?? 0) - most);
      pulls[at] = chance;
      total += chance;
    }
    for (let at = 0; at < pulls.length; at += 1) pulls[at] = (pulls[at] ?? 0) / total;
    return pulls;
  };
  return { keys, chances };
}
