import { CodedError } from '../../errors.js';
import { LIMITS, type Row } from './limits.js';
import type { StoredRow, Write } from './rows.js';
import type { Table } from './tables.js';

/** Removes rows of any partitions, wherever they lie; one that is gone already is no trouble. */
export async function removeRows(table: Table, rows: readonly StoredRow[]): Promise<void> {
  for (const batch of batches(rows, (stored) => stored.row)) {
    const writes = batch.map(({ row }): Write => ({ do: 'remove', row }));
    const result = batch.length === 1 ? 'gone' : await table.transact(writes);
    if (result === 'ok') continue;
    // One that is gone already lets the whole transaction fail: then each on its own.
    for (const { row } of batch) await table.remove(row.partitionKey, row.rowKey);
  }
}

/**
 * Writes what nothing can stand in the way of, of any partitions, in as few transactions as there can be. Throws
 * CodedError `write-refused` where it is not taken all the same: whoever writes so has no other way to hear of it.
 */
export async function upsertRows(table: Table, rows: readonly Row[]): Promise<void> {
  for (const batch of batches(rows, (row) => row)) {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      await table.upsert(only);
      continue;
    }
    const result = await table.transact(batch.map((row): Write => ({ do: 'upsert', row })));
    if (result !== 'ok') throw new CodedError('write-refused', `an upsert was answered with ${result}`);
  }
}

/** By partition, each row once, 100 at most. */
export function batches<Item>(
  items: readonly Item[],
  rowOfItem: (item: Item) => Pick<Row, 'partitionKey' | 'rowKey'>,
): Item[][] {
  const byPartition = new Map<string, Map<string, Item>>();
  for (const item of items) {
    const { partitionKey, rowKey } = rowOfItem(item);
    const rows = byPartition.get(partitionKey) ?? new Map<string, Item>();
    byPartition.set(partitionKey, rows.set(rowKey, item));
  }
  return [...byPartition.values()].flatMap((rows) => {
    const all = [...rows.values()];
    const count = Math.ceil(all.length / LIMITS.transactionRows);
    return Array.from({ length: count }, (_, at) =>
      all.slice(at * LIMITS.transactionRows, (at + 1) * LIMITS.transactionRows),
    );
  });
}
