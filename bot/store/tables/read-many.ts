import type { StoredRow } from './rows.js';

/** Where rows are read from; `Key` is a part of their keys by which they are sorted. */
export type Source = {
  /** The first rows of a range of keys, both ends in it, `most` at most. */
  readonly range: (from: string, to: string, most: number) => AsyncIterable<StoredRow>;
  readonly keyOf: (stored: StoredRow) => string;
  /** All that is under one key. */
  readonly one: (key: string) => AsyncIterable<StoredRow>;
};

/**
 * A request of its own costs about as much as this many rows more in another: reading a range pays as long as it
 * brings no more than this for each key that is wanted.
 */
export const ROWS_FOR_A_REQUEST = 8;
/** The most that the service gives in one answer. */
const PAGE_ROWS = 1_000;

/**
 * What is under many keys. Those that lie close together come in pages of the range in which they lie; where they
 * lie so far apart that most of a page is about others, each is read on its own. So it never takes more requests
 * than there are keys, but for one page that was in vain.
 */
export async function readMany(
  keys: readonly string[],
  source: Source,
): Promise<ReadonlyMap<string, readonly StoredRow[]>> {
  const found = new Map<string, StoredRow[]>(keys.map((key) => [key, []]));
  let left = [...found.keys()].sort();
  while (left.length > 1) {
    const most = Math.min(PAGE_ROWS, left.length * ROWS_FOR_A_REQUEST);
    const [from = '', to = ''] = [left[0], left[left.length - 1]];
    const page = await allOf(source.range(from, to, most));
    // Of the last key of a full page there may be more than the page holds.
    const end = page.length < most ? null : source.keyOf(page[page.length - 1] as StoredRow);
    const read = left.filter((key) => end === null || key < end);
    for (const stored of page) {
      const key = source.keyOf(stored);
      if (end === null || key < end) found.get(key)?.push(stored);
    }
    left = left.slice(read.length);
    if (read.length * ROWS_FOR_A_REQUEST < page.length) break;
  }
  await Promise.all(left.map(async (key) => found.set(key, await allOf(source.one(key)))));
  return found;
}

/** Everything that a query gives, at once in memory: for a partition, never for a table. */
export async function allOf(rows: AsyncIterable<StoredRow>): Promise<StoredRow[]> {
  const all: StoredRow[] = [];
  for await (const stored of rows) all.push(stored);
  return all;
}
