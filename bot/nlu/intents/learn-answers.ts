import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allAnswers, answerWords } from '../../../cards/content/answers.js';
import { pieceWords } from '../../../cards/content/pieces.js';
import { LANGS, type Lang } from '../../../cards/content/words.js';
import english from '../content/en/answers.json' with { type: 'json' };
import dutch from '../content/nl/answers.json' with { type: 'json' };
import { packNumbers } from '../packed-numbers.js';
import { asWritten } from '../text/spoken.js';
import { tokens } from '../text/tokens.js';
import { amountsOf, BUCKET_BITS, findablePieces, keyOf, type LearnedAnswers } from './answer-judge.js';
import { learnAnswersIndex } from './learn-answers-index.js';

/** A question, and what it asks for: see `keyOf`. */
export interface Question {
  readonly text: string;
  readonly key: string;
}

const ABOUT =
  'What was learned from the questions in answers.json, made by `npm run learn`: how much each bucket of words speaks for each answer.';
const ABOUT_INDEX =
  'What the questions in answers.json are found by, made by `npm run learn`: see answer-index.ts.';
const ASKED: Readonly<Record<Lang, Readonly<Record<string, readonly string[]>>>> = {
  nl: dutch,
  en: english,
};
const ROUNDS = 4;
const STEP = 0.5;
const FIRST_CAUTION = 1e-2;
/** Smaller misses are not worth a step: most answers are far from most questions. */
const LEAST_MISS = 2e-3;
/** What stands in a single question tells of that question alone. */
const LEAST_QUESTIONS = 2;
const MOST_STEPS = 127;
/** Weights of fewer steps are left out: two thirds of the file, and nothing is judged otherwise. */
const LEAST_STEPS = 4;
const MOST_RARITY = 255;
/** A prime larger than any number of questions shares no factor with it: the walk visits every one. */
const STRIDE = 104_729;

/** Every question of a language: the examples of answers and of pieces to read, and what each says it is about. */
export function questionsOf(lang: Lang): readonly Question[] {
  const answers = allAnswers().flatMap(({ id }) =>
    [answerWords(lang, id).question, ...(ASKED[lang][id] ?? [])].map((text) => ({
      text,
      landing: { answer: id },
    })),
  );
  const pieces = findablePieces().flatMap((id) => {
    const { title, asked } = pieceWords(lang, id);
    return [title, ...asked].map((text) => ({ text, landing: { piece: id } }));
  });
  return [...answers, ...pieces].map(({ text, landing }) => ({ text, key: keyOf(landing) }));
}

/** Changes with the questions: tells that they have to be learned anew, without doing so. */
export function fingerprintOf(questions: readonly Question[]): string {
  return createHash('sha256').update(JSON.stringify(questions)).digest('hex');
}

/**
 * Learns how much each bucket speaks for each answer: a softmax regression, each weight with a step of its own that gets
 * smaller the more it was moved (AdaGrad), on a fixed walk, so that it comes to the same each time. Takes seconds, which is
 * why it is not done at the start.
 */
export function learnAnswers(questions: readonly Question[], lang: Lang): LearnedAnswers {
  const keys = [...new Set(questions.map(({ key }) => key))];
  const places = new Map(keys.map((key, at) => [key, at]));
  const read = questions.map(({ text, key }) => ({
    right: places.get(key) ?? 0,
    amounts: amountsOf(asWritten(tokens(text), lang)),
  }));
  const buckets = 1 << BUCKET_BITS;
  const seen = new Uint32Array(buckets);
  for (const { amounts } of read) for (const bucket of amounts.keys()) seen[bucket] = (seen[bucket] ?? 0) + 1;
  const rareness = Array.from(seen, (count) =>
    count < LEAST_QUESTIONS ? 0 : Math.log(1 + questions.length / count),
  );
  const rarityStep = Math.max(...rareness) / MOST_RARITY;
  const rarities = Uint8Array.from(rareness, (rarity) => Math.round(rarity / rarityStep));

  const weights = new Float32Array(buckets * keys.length);
  const moved = new Float32Array(buckets * keys.length).fill(FIRST_CAUTION);
  const lessons = read.map(({ right, amounts }) => {
    const kept = [...amounts].filter(([bucket]) => (rarities[bucket] ?? 0) > 0);
    const weighed = kept.map(([bucket, amount]) => amount * (rarities[bucket] ?? 0));
    const length = Math.hypot(...weighed) || 1;
    return {
      right,
      places: Uint32Array.from(kept, ([bucket]) => bucket * keys.length),
      shares: Float32Array.from(weighed, (weight) => weight / length),
    };
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let at = 0; at < lessons.length; at += 1) {
      const lesson = lessons[((at + round) * STRIDE) % lessons.length];
      if (lesson !== undefined) take(lesson, weights, moved, keys.length);
    }
  }
  return {
    keys,
    rarityStep,
    ...packed(weights, keys.length),
    rarities: packNumbers(rarities),
  };
}

type Lesson = {
  readonly right: number;
  /** Where the weights of each bucket begin. */
  readonly places: Uint32Array;
  readonly shares: Float32Array;
};

function take({ right, places, shares }: Lesson, weights: Float32Array, moved: Float32Array, size: number) {
  const pulls = new Float64Array(size);
  for (let at = 0; at < places.length; at += 1) {
    const from = places[at] ?? 0;
    const share = shares[at] ?? 0;
    for (let one = 0; one < pulls.length; one += 1)
      pulls[one] = (pulls[one] ?? 0) + share * (weights[from + one] ?? 0);
  }
  const most = Math.max(...pulls);
  let total = 0;
  for (let one = 0; one < pulls.length; one += 1) {
    const chance = Math.exp((pulls[one] ?? 0) - most);
    pulls[one] = chance;
    total += chance;
  }
  for (let one = 0; one < pulls.length; one += 1) {
    const miss = (pulls[one] ?? 0) / total - (one === right ? 1 : 0);
    if (Math.abs(miss) < LEAST_MISS) continue;
    for (let at = 0; at < places.length; at += 1) {
      const place = (places[at] ?? 0) + one;
      const slope = miss * (shares[at] ?? 0);
      const before = (moved[place] ?? 0) + slope * slope;
      moved[place] = before;
      weights[place] = (weights[place] ?? 0) - (STEP * slope) / Math.sqrt(before);
    }
  }
}

function packed(weights: Float32Array, answers: number) {
  let most = 0;
  for (const weight of weights) most = Math.max(most, Math.abs(weight));
  const step = most / MOST_STEPS || 1;
  const counts = new Uint16Array(weights.length / answers);
  const places: number[] = [];
  const values: number[] = [];
  for (let at = 0; at < weights.length; at += 1) {
    const value = Math.round((weights[at] ?? 0) / step);
    if (Math.abs(value) < LEAST_STEPS) continue;
    const bucket = Math.floor(at / answers);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    places.push(at % answers);
    values.push(value);
  }
  return {
    step,
    counts: packNumbers(counts),
    places: packNumbers(Uint16Array.from(places)),
    weights: packNumbers(Int8Array.from(values)),
  };
}

function write(lang: Lang, name: string, learned: object): void {
  // Of the source, beside which this runs compiled.
  const file = new URL(`../../../../bot/nlu/content/${lang}/${name}`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(learned, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const lang of LANGS) {
    const questions = questionsOf(lang);
    const learned = { about: ABOUT, from: fingerprintOf(questions), ...learnAnswers(questions, lang) };
    write(lang, 'answers-learned.json', learned);
    write(lang, 'answers-index-learned.json', { about: ABOUT_INDEX, ...learnAnswersIndex(lang) });
  }
}
