import { isWithinEdits } from '../text/edit-distance.js';

/** A document, each field as its terms, with repetitions. */
export type Fields<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** How the fields of documents count (Okapi BM25+). */
export type Ranking<Field extends string> = {
  readonly boost: Readonly<Record<Field, number>>;
  /** How much more a term says that occurs more often. */
  readonly k: number;
  /** How far long fields are held back. */
  readonly b: number;
  /** What a term says at the least, in however long a field. */
  readonly d: number;
};

/** What terms that are not the same count for; none where only the same term counts. */
export type Nearby = {
  /** Terms that begin with the one that is asked for, where that is at least so long. */
  readonly prefix: { readonly weight: number; readonly from: number };
  /** Of a term that no document has: those that it is a slip of. */
  readonly slip: { readonly weight: number; readonly from: number; readonly edits: number };
};

export type Scored = {
  readonly at: number;
  readonly score: number;
  /** Which of the terms that were asked for it has, or has one near to. */
  readonly asked: readonly string[];
};

type Postings = { readonly at: Uint16Array; readonly scores: Float64Array };
type Derived = { readonly postings: Postings; readonly weight: number };

/** A longer term that begins alike is held back less than one with a slip. */
const LONGER = 0.3;

/**
 * Makes a search over a few hundred documents for one set of terms; best first. What a term counts in a document is worked
 * out here once, which a library that lets documents come and go cannot: minisearch, with the same formula, was half of
 * what it cost to understand a line (docs/measurements/understanding.md).
 */
export function createTermIndex<Field extends string>(
  documents: readonly Fields<Field>[],
  ranking: Ranking<Field>,
  nearby: Nearby | null = null,
): (terms: readonly string[]) => readonly Scored[] {
  const index = indexOf(documents, ranking);
  // Taken by itself: what the search refers to is kept as long as it is, and the documents are not needed.
  const size = documents.length;
  const vocabulary = [...index.keys()].sort();
  const byLetter = new Map<string, string[]>();
  for (const term of vocabulary) {
    const first = term.slice(0, 1);
    byLetter.set(first, [...(byLetter.get(first) ?? []), term]);
  }

  const derive = (term: string): readonly Derived[] => {
    const same = index.get(term);
    const found: Derived[] = same === undefined ? [] : [{ postings: same, weight: 1 }];
    const add = (other: string, weight: number) => {
      const postings = index.get(other);
      if (postings !== undefined) found.push({ postings, weight });
    };
    if (nearby === null) return found;
    const { prefix, slip } = nearby;
    if (term.length >= prefix.from) {
      for (const longer of withPrefix(vocabulary, term)) {
        if (longer === term) continue;
        const more = longer.length - term.length;
        add(longer, (prefix.weight * longer.length) / (longer.length + LONGER * more));
      }
    }
    if (same === undefined && term.length >= slip.from) {
      const most = Math.round(term.length * slip.edits);
      for (const other of byLetter.get(term.slice(0, 1)) ?? []) {
        if (other.startsWith(term) || !isWithinEdits(term, other, most)) continue;
        const edits = isWithinEdits(term, other, 1) ? 1 : most;
        add(other, (slip.weight * other.length) / (other.length + edits));
      }
    }
    return found;
  };

  return (terms) => {
    const scores = new Float64Array(size);
    const asked: (string[] | undefined)[] = [];
    for (const term of terms) {
      for (const { postings, weight } of derive(term)) {
        for (let nth = 0; nth < postings.at.length; nth++) {
          const at = postings.at[nth] ?? 0;
          scores[at] = (scores[at] ?? 0) + weight * (postings.scores[nth] ?? 0);
          const its = asked[at];
          if (its === undefined) asked[at] = [term];
          else if (its[its.length - 1] !== term) its.push(term);
        }
      }
    }
    const found: Scored[] = [];
    asked.forEach((its, at) => {
      if (its !== undefined) found.push({ at, score: (scores[at] ?? 0) * its.length, asked: its });
    });
    return found.sort((one, other) => other.score - one.score);
  };
}

function indexOf<Field extends string>(
  documents: readonly Fields<Field>[],
  { boost, k, b, d }: Ranking<Field>,
): ReadonlyMap<string, Postings> {
  const scored = new Map<string, Map<number, number>>();
  for (const field of Object.keys(boost) as Field[]) {
    const lengths = documents.map((one) => new Set(one[field]).size);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / (documents.length || 1);
    const counts = new Map<string, Map<number, number>>();
    documents.forEach((one, at) => {
      for (const term of one[field]) {
        const its = counts.get(term) ?? new Map<number, number>();
        its.set(at, (its.get(at) ?? 0) + 1);
        counts.set(term, its);
      }
    });
    for (const [term, its] of counts) {
      const rarity = Math.log(1 + (documents.length - its.size + 0.5) / (its.size + 0.5));
      const sums = scored.get(term) ?? new Map<number, number>();
      for (const [at, count] of its) {
        const held = count + k * (1 - b + (b * (lengths[at] ?? 0)) / mean);
        const score = boost[field] * rarity * (d + (count * (k + 1)) / held);
        sums.set(at, (sums.get(at) ?? 0) + score);
      }
      scored.set(term, sums);
    }
  }
  return new Map(
    [...scored].map(([term, sums]) => [
      term,
      { at: Uint16Array.from(sums.keys()), scores: Float64Array.from(sums.values()) },
    ]),
  );
}

/** Those of a sorted list that begin with the prefix. */
function withPrefix(sorted: readonly string[], prefix: string): readonly string[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (sorted[end]?.startsWith(prefix)) end++;
  return sorted.slice(low, end);
}
