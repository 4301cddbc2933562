import type { DangerKind } from '../../../cards/crisis/danger-kinds.js';
import { packNumbers } from '../packed-numbers.js';
import { BUCKET_BITS, chancesOf, type Learned, OUTPUTS, scaleOf, type Terms, windowsOf } from './judge.js';

/** A line to learn from; `kind` is null where it shows no danger. */
export interface Line {
  readonly parts: readonly Terms[];
  readonly kind: DangerKind | null;
  readonly sure: boolean;
  /** How much it counts: 1 for lines that were written for this. */
  readonly weight: number;
}

const ROUNDS = 10;
const STEP = 0.12;
/** Keeps what few lines say from weighing as much as what many say. */
const SHRINK = 5e-4;
/** What stands in a single line tells of that line alone; without it the weights take half the room. */
const LEAST_LINES = 2;
const FIRST_CAUTION = 1e-2;
/** A weight is one of so many steps up or down: a byte holds more, but finer ones double the file and tell no more. */
const MOST_STEPS = 56;
/** A prime larger than any number of lessons shares no factor with it: the walk visits every one. */
const STRIDE = 104_729;

interface Lesson {
  readonly target: Float64Array;
  readonly weight: number;
  readonly buckets: Uint32Array;
  readonly amounts: Float32Array;
}

/**
 * Learns how much each bucket of terms speaks for each kind of danger, for none, and for its being said plainly: a
 * softmax and a logistic regression, each weight with a step of its own that gets smaller the more it was moved
 * (AdaGrad), on a fixed walk, so that it comes to the same each time. A line without danger is a lesson in each of its
 * sentences; of one with danger it is only known that it is there, so that it is one lesson as a whole.
 */
export function learn(lines: readonly Line[]): Learned {
  const lessons = lessonsIn(lines);
  const size = OUTPUTS.length << BUCKET_BITS;
  const weights = new Float32Array(size);
  const moved = new Float32Array(size).fill(FIRST_CAUTION);
  const bias = new Float64Array(OUTPUTS.length);
  const movedBias = new Float64Array(OUTPUTS.length).fill(FIRST_CAUTION);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let at = 0; at < lessons.length; at += 1) {
      const lesson = lessons[((at + round) * STRIDE) % lessons.length];
      if (lesson) take(lesson, weights, moved, bias, movedBias);
    }
  }
  const steps = OUTPUTS.map((_, output) => mostOf(weights, output) / MOST_STEPS);
  const bytes = Int8Array.from(weights, (weight, at) =>
    Math.round(weight / (steps[at % OUTPUTS.length] || 1)),
  );
  return { bias: [...bias], steps, weights: packNumbers(bytes) };
}

function lessonsIn(lines: readonly Line[]): readonly Lesson[] {
  const seenIn = new Uint8Array(1 << BUCKET_BITS);
  for (const { parts } of lines) {
    for (const bucket of new Set(parts.flatMap(({ buckets }) => buckets))) {
      seenIn[bucket] = Math.min(LEAST_LINES, (seenIn[bucket] ?? 0) + 1);
    }
  }
  return lines.flatMap(lessonsOf).map((lesson) => {
    const kept = [...lesson.buckets.keys()].filter((at) => seenIn[lesson.buckets[at] ?? 0] === LEAST_LINES);
    return {
      ...lesson,
      buckets: Uint32Array.from(kept, (at) => lesson.buckets[at] ?? 0),
      amounts: Float32Array.from(kept, (at) => lesson.amounts[at] ?? 0),
    };
  });
}

function lessonsOf({ parts, kind, sure, weight }: Line): readonly Lesson[] {
  const target = Float64Array.from(OUTPUTS, (output) =>
    Number(output === 'sure' ? sure : output === (kind ?? 'none')),
  );
  const windows = kind === null ? windowsOf(parts) : [parts];
  return windows.map((window) => {
    const scale = scaleOf(window.reduce((sum, { words }) => sum + words, 0));
    const found = new Map<number, number>();
    for (const { buckets, amounts } of window) {
      for (let at = 0; at < buckets.length; at += 1) {
        const bucket = buckets[at] ?? 0;
        found.set(bucket, (found.get(bucket) ?? 0) + (amounts[at] ?? 0) * scale);
      }
    }
    return {
      target,
      weight: weight / windows.length,
      buckets: Uint32Array.from(found.keys()),
      amounts: Float32Array.from(found.values()),
    };
  });
}

function take(
  { target, weight, buckets, amounts }: Lesson,
  weights: Float32Array,
  moved: Float32Array,
  bias: Float64Array,
  movedBias: Float64Array,
): void {
  const pulls = Float64Array.from(bias);
  for (let at = 0; at < buckets.length; at += 1) {
    const from = (buckets[at] ?? 0) * OUTPUTS.length;
    const amount = amounts[at] ?? 0;
    for (let output = 0; output < OUTPUTS.length; output += 1) {
      pulls[output] = (pulls[output] ?? 0) + (weights[from + output] ?? 0) * amount;
    }
  }
  const misses = chancesOf(pulls).map((chance, output) => (chance - (target[output] ?? 0)) * weight);
  for (let output = 0; output < OUTPUTS.length; output += 1) {
    const miss = misses[output] ?? 0;
    const before = (movedBias[output] ?? 0) + miss * miss;
    movedBias[output] = before;
    bias[output] = (bias[output] ?? 0) - (STEP * miss) / Math.sqrt(before);
  }
  for (let at = 0; at < buckets.length; at += 1) {
    const from = (buckets[at] ?? 0) * OUTPUTS.length;
    const amount = amounts[at] ?? 0;
    for (let place = from; place < from + OUTPUTS.length; place += 1) {
      const held = weights[place] ?? 0;
      const slope = (misses[place - from] ?? 0) * amount + SHRINK * held;
      const before = (moved[place] ?? 0) + slope * slope;
      moved[place] = before;
      weights[place] = held - (STEP * slope) / Math.sqrt(before);
    }
  }
}

function mostOf(weights: Float32Array, output: number): number {
  let most = 0;
  for (let at = output; at < weights.length; at += OUTPUTS.length)
    most = Math.max(most, Math.abs(weights[at] ?? 0));
  return most;
}
