import { startsOf, unpackNumbers } from '../packed-numbers.js';
import { hashOf } from '../text/hashes.js';

/**
 * What was worked out of the examples of one language: see `learn-answers-index.ts`. Numbers are deflated, in base64, and
 * lie behind one another: read at each start, they would else be most of what a start costs.
 */
export interface LearnedIndex {
  /** What there is to land on (see `keyOf`), in the order of `places`. */
  readonly keys: readonly string[];
  /** The hashes of all terms from low to high, each by how far it is from the one before (four bytes). */
  readonly terms: string;
  /** How many have each term (two bytes). */
  readonly counts: string;
  /** Of all terms after one another the place in `keys` of each that has it (two bytes). */
  readonly places: string;
  /** And how much, in steps (a byte). */
  readonly weights: string;
  /** What a step of a weight is worth. */
  readonly step: number;
  /** The hashes of the examples, from low to high, twice four bytes, and the place in `keys` of what each asks for. */
  readonly phrases: string;
  readonly phrasePlaces: string;
  /** Each word of the examples once, and each stem, with spaces between them. */
  readonly written: string;
  readonly stems: string;
}

export type AnswerIndex = {
  readonly keys: readonly string[];
  /** How few have a term. */
  readonly rarity: (term: string) => number;
  /** How near each of `keys` is to a vector of length one. */
  readonly fits: (vector: ReadonlyMap<string, number>) => Float64Array;
  /** What a text asks for that is an example word for word, as a place in `keys`. */
  readonly placeOfExample: (text: string) => number | null;
  readonly written: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
};

const TERM_SEED = 0x811c9dc5;
const PHRASE_SEED = 0x2f0b4c47;

/** Two terms of some 50,000 have the same hash once in three content versions; it costs a little nearness. */
export function hashOfTerm(term: string): number {
  return hashOf(term, TERM_SEED) >>> 0;
}

/** Two of them, since an example word for word is an answer by itself. */
export function hashesOfPhrase(text: string): readonly [number, number] {
  return [hashOf(text, PHRASE_SEED) >>> 0, hashOf(text, TERM_SEED) >>> 0];
}

/** How few of so many have a term; one that none has tells most. */
export function rarityOf(having: number, all: number): number {
  return Math.log(1 + all / (1 + having));
}

/** Opens what was worked out beforehand. */
export function openAnswerIndex(learned: LearnedIndex): AnswerIndex {
  const { keys, step } = learned;
  const terms = sumsOf(new Uint32Array(unpackNumbers(learned.terms)));
  const starts = startsOf(new Uint16Array(unpackNumbers(learned.counts)));
  const places = new Uint16Array(unpackNumbers(learned.places));
  const weights = new Uint8Array(unpackNumbers(learned.weights));
  const phrases = new Uint32Array(unpackNumbers(learned.phrases));
  const phrasePlaces = new Uint16Array(unpackNumbers(learned.phrasePlaces));

  const fits = (vector: ReadonlyMap<string, number>): Float64Array => {
    const found = new Float64Array(keys.length);
    for (const [term, weight] of vector) {
      const row = rowOf(terms, hashOfTerm(term));
      if (row === null) continue;
      const share = weight * step;
      const end = starts[row + 1] ?? 0;
      for (let nth = starts[row] ?? 0; nth < end; nth += 1) {
        const at = places[nth] ?? 0;
        found[at] = (found[at] ?? 0) + share * (weights[nth] ?? 0);
      }
    }
    return found;
  };
  return {
    keys,
    rarity: (term) => {
      const row = rowOf(terms, hashOfTerm(term));
      const having = row === null ? 0 : (starts[row + 1] ?? 0) - (starts[row] ?? 0);
      return rarityOf(having, keys.length);
    },
    fits,
    placeOfExample: (text) => {
      const [first, second] = hashesOfPhrase(text);
      const row = rowOf(phrases, first, 2);
      return row === null || phrases[row + 1] !== second ? null : (phrasePlaces[row / 2] ?? null);
    },
    written: new Set(learned.written.split(' ')),
    stems: new Set(learned.stems.split(' ')),
  };
}

/** Where a number stands in a list from low to high, of which each `step`th is looked at; null where it does not. */
function rowOf(sorted: Uint32Array, wanted: number, step = 1): number | null {
  let low = 0;
  let high = sorted.length / step;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle * step] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low * step] === wanted ? low * step : null;
}

function sumsOf(steps: Uint32Array): Uint32Array {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}
