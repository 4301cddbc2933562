import type { StoredRow } from '../tables/rows.js';
import type { Table } from '../tables/tables.js';

/** Waits so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

/** How long is waited after each failure in a row, in milliseconds; after the last the error comes through. */
const AGAIN_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 16_000];
/** Does something that may be done twice until it works, with a pause after each failure; the last one comes through. */
export async function persistently(act: () => Promise<void>, pause: Pause): Promise<void> {
  for (const wait of [...AGAIN_AFTER_MS, null]) {
    try {
      return await act();
    } catch (error) {
      if (wait === null) throw error;
      await pause(wait);
    }
  }
}

/** Before every character that a key can have: the least key beyond another is that with this behind it. */
const LEAST = ' ';

/**
 * Every row of a table, in the order of its keys. A million rows are a thousand requests, and one that fails must not be the
 * end of an hour's work: it goes on behind the last row that came.
 */
export async function* everyRow(table: Table, pause: Pause): AsyncIterable<StoredRow> {
  let last: StoredRow | null = null;
  let failures = 0;
  for (;;) {
    try {
      for await (const stored of rowsAfter(table, last)) {
        last = stored;
        failures = 0;
        yield stored;
      }
      return;
    } catch (error) {
      const wait = AGAIN_AFTER_MS[failures];
      if (wait === undefined) throw error;
      failures += 1;
      await pause(wait);
    }
  }
}

async function* rowsAfter(table: Table, last: StoredRow | null): AsyncIterable<StoredRow> {
  if (last === null) {
    yield* table.query({});
    return;
  }
  const { partitionKey, rowKey } = last.row;
  yield* table.query({ partition: partitionKey, rowFrom: rowKey + LEAST });
  yield* table.query({ partitionFrom: partitionKey + LEAST });
}
