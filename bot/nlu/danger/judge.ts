import { DANGER_KINDS, type DangerKind } from '../../../cards/crisis/danger-kinds.js';
import { unpackNumbers } from '../packed-numbers.js';
import { both, bucketOf, eachRun, hashOf } from '../text/hashes.js';
import type { Candidate } from './candidates.js';
import type { DangerText, FilledSlots } from './words.js';

/**
 * How likely a text is about danger, 0 to 1, how likely it says so plainly, and of which kind it most likely is, by the
 * sentences in which that is most likely. `inContext`: how likely it is about danger with the sentences around those.
 */
export interface Judgement {
  readonly danger: number;
  readonly inContext: number;
  readonly sure: number;
  readonly kind: DangerKind;
}
/** What was learned: for each bucket of terms how much it speaks for each of `OUTPUTS`. */
export interface Learned {
  /** What each output starts from. */
  readonly bias: readonly number[];
  /** What a step of a weight is worth, for each output. */
  readonly steps: readonly number[];
  /** For each bucket a signed byte for each output, deflated, in base64: most are near 0. */
  readonly weights: string;
}

/** The kinds and `none`, of which one holds; and apart from them whether it is said plainly. */
export const OUTPUTS = [...DANGER_KINDS, 'none', 'sure'] as const;
const NONE = OUTPUTS.indexOf('none');
const SURE = OUTPUTS.indexOf('sure');
/**
 * So many bits choose a bucket: with fewer too many terms share one, and a sentence of words that were never learned is
 * judged by what others left there. Most of so many buckets are empty, which costs the file little.
 */
export const BUCKET_BITS = 20;
/** A longer sentence is taken in parts. */
const MOST_WORDS_OF_PART = 30;
/** A text of no more words than these is also looked at as a whole. */
const MOST_WORDS_OF_WHOLE = 60;
/** So many parts before and behind tell what some words are about: more of them would outweigh whatever is said. */
const PARTS_OF_CONTEXT = 2;
const NEAR = 3;
const FAR = 6;
/** How much two concepts count that stand in one part, however far from each other. */
const TOGETHER_WEIGHT = 0.5;
/** Runs of so many letters of a word. */
const RUNS = { fewest: 3, most: 5 } as const;
const RUN_WEIGHT = 0.6;

/** Buckets of terms, each with how much of it there is. */
export interface Terms {
  readonly words: number;
  readonly buckets: readonly number[];
  readonly amounts: readonly number[];
}

/** A part of a text: one sentence, or some of a long one. The words of the text from `first` up to `end`, excluded. */
interface Part {
  readonly first: number;
  readonly end: number;
}

/**
 * What there is to judge a text by, part by part: its words, what they have in common with others, and which stand
 * near each other. `lang`: null for Dutch and English, which are learned as one. No term reaches beyond its part, so that what parts come to together is the sum of them.
 */
export function termsOf(
  text: DangerText,
  {
    candidates,
    concepts,
    lang,
  }: {
    readonly candidates: readonly Candidate[];
    readonly concepts: FilledSlots;
    readonly lang: string | null;
  },
): readonly Terms[] {
  const { words } = text;
  // "Die" is another word in German than in English; what words stand for is the same in all languages.
  const ofLang = lang === null ? 0 : hashOf(lang, LANG_SEED);
  const hashes = words.map((word) => hashOf(word, WORD_SEED ^ ofLang));
  const known = new Map<string, number>();
  const meanings = words.map((_, at) => {
    const slots = concepts.get(at);
    if (slots === undefined) return NO_MEANINGS;
    return Array.from(slots, (name) => {
      const hash = known.get(name) ?? hashOf(name, CONCEPT_SEED);
      known.set(name, hash);
      return hash;
    });
  });
  return partsOf(text).map(({ first, end }) => {
    const buckets: number[] = [];
    const amounts: number[] = [];
    const add = (hash: number, amount = 1): void => {
      buckets.push(bucketOf(hash, BUCKET_BITS));
      amounts.push(amount);
    };
    for (let at = first; at < end; at += 1) {
      const word = hashes[at] ?? 0;
      const own = meanings[at] ?? [];
      add(word);
      for (const concept of own) add(concept);
      if (at === first) add(both(START, word, 1));
      add(both(word, at + 1 < end ? (hashes[at + 1] ?? 0) : END, 2));
      for (let next = at + 1; next < end && next <= at + FAR; next += 1) {
        const other = hashes[next] ?? 0;
        const meant = meanings[next] ?? [];
        if (next <= at + NEAR) {
          add(both(word, other, 3));
          for (const concept of meant) add(both(word, concept, 4));
          for (const concept of own) add(both(concept, other, 5));
        }
        for (const concept of own) for (const there of meant) add(both(concept, there, 6));
      }
      const seed = lang === null ? RUN_SEED : OTHER_RUN_SEED;
      eachRun(words[at] ?? '', seed, RUNS, (hash) => add(hash, RUN_WEIGHT));
    }
    if (lang !== null) add(ofLang);
    addTogether(meanings.slice(first, end), add);
    for (const { kind, step, first: from } of candidates) {
      if (from >= first && from < end) add(hashOf(`${kind}:${step}`, CANDIDATE_SEED));
    }
    return { words: end - first, buckets, amounts };
  });
}

/** Makes the judge from what was learned. */
export function createJudge({
  bias,
  steps,
  weights,
}: Learned): (parts: readonly Terms[]) => Judgement | null {
  const pulls = new Int8Array(unpackNumbers(weights));
  const filled = filledIn(pulls);
  return (parts) => {
    const sums = parts.map((part, at) => ({
      at,
      words: part.words,
      pulls: pullsOf(part, pulls, filled, steps),
    }));
    let best: Omit<Judgement, 'inContext'> | null = null;
    let where: typeof sums = [];
    for (const window of windowsOf(sums)) {
      const judged = judgementOf(window, bias);
      if (best !== null && judged.danger + judged.sure <= best.danger + best.sure) continue;
      best = judged;
      where = [...window];
    }
    if (best === null) return null;
    const first = Math.max(0, (where[0]?.at ?? 0) - PARTS_OF_CONTEXT);
    const context = sums.slice(first, (where.at(-1)?.at ?? 0) + 1 + PARTS_OF_CONTEXT);
    const inContext = context.length === where.length ? best.danger : judgementOf(context, bias).danger;
    return { ...best, inContext };
  };
}

/** What was found in some words; longer texts have more of everything, so that it counts by the root of their length. */
export function scaleOf(words: number): number {
  return 1 / Math.sqrt(Math.max(4, words));
}

/** Each part, each two that follow one another, and all together where they are few. */
export function windowsOf<Sum extends { readonly words: number }>(
  parts: readonly Sum[],
): readonly (readonly Sum[])[] {
  const pairs = parts.slice(1).map((part, at) => [parts[at] ?? part, part]);
  const total = parts.reduce((sum, { words }) => sum + words, 0);
  const whole = parts.length > 2 && total <= MOST_WORDS_OF_WHOLE ? [parts] : [];
  return [...parts.map((part) => [part]), ...pairs, ...whole];
}

/** The chances that pulls come to. */
export function chancesOf(pulls: Float64Array): Float64Array {
  const chances = new Float64Array(OUTPUTS.length);
  let most = pulls[0] ?? 0;
  for (let output = 1; output < SURE; output += 1) most = Math.max(most, pulls[output] ?? 0);
  let total = 0;
  for (let output = 0; output < SURE; output += 1) {
    const chance = Math.exp((pulls[output] ?? 0) - most);
    chances[output] = chance;
    total += chance;
  }
  for (let output = 0; output < SURE; output += 1) chances[output] = (chances[output] ?? 0) / total;
  chances[SURE] = 1 / (1 + Math.exp(-(pulls[SURE] ?? 0)));
  return chances;
}

/** A bit for each bucket that holds a weight: these stay in a processor's cache, which all weights do not. */
function filledIn(weights: Int8Array): Int32Array {
  const filled = new Int32Array((1 << BUCKET_BITS) >>> 5);
  for (let at = 0; at < weights.length; at += 1) {
    if (weights[at] === 0) continue;
    const bucket = Math.floor(at / OUTPUTS.length);
    filled[bucket >>> 5] = (filled[bucket >>> 5] ?? 0) | (1 << (bucket & 31));
  }
  return filled;
}

function pullsOf(
  { buckets, amounts }: Terms,
  weights: Int8Array,
  filled: Int32Array,
  steps: readonly number[],
): Float64Array {
  const pulls = new Float64Array(OUTPUTS.length);
  for (let at = 0; at < buckets.length; at += 1) {
    const bucket = buckets[at] ?? 0;
    if ((((filled[bucket >>> 5] ?? 0) >>> (bucket & 31)) & 1) === 0) continue;
    const from = bucket * OUTPUTS.length;
    const amount = amounts[at] ?? 0;
    for (let output = 0; output < OUTPUTS.length; output += 1) {
      pulls[output] = (pulls[output] ?? 0) + (weights[from + output] ?? 0) * amount;
    }
  }
  for (let output = 0; output < OUTPUTS.length; output += 1) {
    pulls[output] = (pulls[output] ?? 0) * (steps[output] ?? 0);
  }
  return pulls;
}

function judgementOf(
  window: readonly { readonly words: number; readonly pulls: Float64Array }[],
  bias: readonly number[],
): Omit<Judgement, 'inContext'> {
  let words = 0;
  for (const part of window) words += part.words;
  const scale = scaleOf(words);
  const pulls = Float64Array.from(bias);
  for (const part of window) {
    for (let output = 0; output < OUTPUTS.length; output += 1) {
      pulls[output] = (pulls[output] ?? 0) + (part.pulls[output] ?? 0) * scale;
    }
  }
  const chances = chancesOf(pulls);
  let most = 0;
  for (let at = 1; at < DANGER_KINDS.length; at += 1) {
    if ((chances[at] ?? 0) > (chances[most] ?? 0)) most = at;
  }
  return {
    danger: 1 - (chances[NONE] ?? 0),
    sure: chances[SURE] ?? 0,
    kind: DANGER_KINDS[most] ?? DANGER_KINDS[0],
  };
}

function partsOf({ words, sentences }: DangerText): readonly Part[] {
  const parts: Part[] = [];
  let first = 0;
  for (let at = 1; at <= words.length; at += 1) {
    const ends = at === words.length || sentences[at] !== sentences[first];
    if (ends || at - first === MOST_WORDS_OF_PART) {
      parts.push({ first, end: at });
      first = at;
    }
  }
  return words.length === 0 ? [] : parts;
}

const NO_MEANINGS: readonly number[] = [];
const WORD_SEED = 0x811c9dc5;
const CONCEPT_SEED = 0x2f0b4c47;
const CANDIDATE_SEED = 0x51ed270b;
const RUN_SEED = 0x1b873593;
/** Languages that are akin share pieces of words, with Dutch and English too few. */
const OTHER_RUN_SEED = 0x6b43a9b5;
const LANG_SEED = 0x38495ab5;
const START = 0x9e3779b1 | 0;
const END = 0x85ebca77 | 0;
function addTogether(
  meanings: readonly (readonly number[])[],
  add: (hash: number, amount: number) => void,
): void {
  const found = new Set<number>();
  for (const own of meanings) for (const concept of own) found.add(concept);
  const concepts = Int32Array.from(found).sort();
  for (let at = 0; at < concepts.length; at += 1) {
    for (let next = at + 1; next < concepts.length; next += 1) {
      add(both(concepts[at] ?? 0, concepts[next] ?? 0, 7), TOGETHER_WEIGHT);
    }
  }
}
