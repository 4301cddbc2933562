import type { Read } from './candidates.js';
import { BUCKET_BITS, bucketOf, type Learned, termsOf } from './judge.js';

/** Lines that may be kept and lines that may not. */
export type Lines = { readonly kept: readonly Read[]; readonly refused: readonly Read[] };

const ROUNDS = 12;
const STEP = 0.15;
/** L2 regularisation: keeps what few lines say from weighing as much as what many say. */
const SHRINK = 3e-4;
const FIRST_CAUTION = 1e-2;
const MOST_OF_A_BYTE = 127;
/** A prime larger than any number of lessons shares no factor with it: the walk visits every one. */
const STRIDE = 104_729;

type Lesson = { readonly refused: boolean; readonly buckets: Uint32Array; readonly amounts: Float32Array };

/**
 * Learns how much each bucket of terms speaks for refusing: logistic regression, each weight with a step of its own
 * that gets smaller the more it was moved (AdaGrad), on a fixed walk, so that it comes to the same each time. A line
 * is a lesson for everything that was found in it. It takes seconds, so that it is done when lines or words change
 * and not at each start.
 */
export function learn({ kept, refused }: Lines): Learned {
  const lessons = [
    ...kept.flatMap((read) => lessonsOf(read, false)),
    ...refused.flatMap((read) => lessonsOf(read, true)),
  ];
  const weights = new Float64Array(1 << BUCKET_BITS);
  const moved = new Float64Array(1 << BUCKET_BITS).fill(FIRST_CAUTION);
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = 0; at < lessons.length; at++) {
      const lesson = lessons[((at + round) * STRIDE) % lessons.length];
      if (lesson) take(lesson, weights, moved);
    }
  }
  const most = weights.reduce((one, other) => Math.max(one, Math.abs(other)), 0);
  const step = most / MOST_OF_A_BYTE;
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / step));
  return { step, weights: Buffer.from(bytes.buffer).toString('base64') };
}

function lessonsOf(read: Read, refused: boolean): readonly Lesson[] {
  return read.candidates.map((what) => {
    const terms = [...termsOf(read, what)];
    return {
      refused,
      buckets: Uint32Array.from(terms, ([term]) => bucketOf(term)),
      amounts: Float32Array.from(terms, ([, amount]) => amount),
    };
  });
}

function take({ refused, buckets, amounts }: Lesson, weights: Float64Array, moved: Float64Array): void {
  let pull = 0;
  for (let at = 0; at < buckets.length; at++) pull += (weights[buckets[at] ?? 0] ?? 0) * (amounts[at] ?? 0);
  const miss = 1 / (1 + Math.exp(-pull)) - (refused ? 1 : 0);
  for (let at = 0; at < buckets.length; at++) {
    const bucket = buckets[at] ?? 0;
    const weight = weights[bucket] ?? 0;
    const slope = miss * (amounts[at] ?? 0) + SHRINK * weight;
    const before = (moved[bucket] ?? 0) + slope * slope;
    moved[bucket] = before;
    weights[bucket] = weight - (STEP * slope) / Math.sqrt(before);
  }
}
