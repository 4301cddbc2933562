import type { Table, Tables } from '../../../bot/store/tables/tables.js';

/** The same tables for a process that dies right before its so manieth write: from then on it gets nothing done. */
export function stoppingAt(tables: Tables, count: number): Tables {
  let left = count;
  const guarded =
    <Args extends unknown[], Result>(write: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      left -= 1;
      if (left <= 0) throw new Error('stopped');
      return write(...args);
    };
  const wrap = (table: Table): Table => ({
    ...table,
    insert: guarded(table.insert),
    upsert: guarded(table.upsert),
    replace: guarded(table.replace),
    remove: guarded(table.remove),
    transact: guarded(table.transact),
    mergeAll: guarded(table.mergeAll),
  });
  return { ...tables, table: (name) => wrap(tables.table(name)) };
}
