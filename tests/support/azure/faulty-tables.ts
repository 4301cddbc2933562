import type { Table, TableName, Tables, WriteResult } from '../../../bot/store/tables/tables.js';

/**
 * What becomes of one write.
 * `answer-lost`: it is done, and what comes back is what the tables say of it the second time.
 * `conflict`, `gone`: it is not done, and the tables say so without a reason. `fails`, `fails-after`: they say nothing.
 * `overtaken`: somebody else writes first.
 */
export type Fault =
  | 'answer-lost'
  | 'conflict'
  | 'gone'
  | 'fails'
  | 'fails-after'
  | { readonly overtaken: () => Promise<unknown> };

/** Tables that are as they should be until a fault is set: it meets the next write to one table, and no other. */
export type FaultyTables = {
  readonly around: (tables: Tables) => Tables;
  set(table: TableName, fault: Fault): void;
  /** Whether a fault is still to come. */
  waits(): boolean;
};

const away = () => Object.assign(new Error('the tables are away'), { code: 'tables-silent' });

export function createFaultyTables(): FaultyTables {
  let next: { readonly table: TableName; readonly fault: Fault } | null = null;
  /** `again`: what the tables say when what was done is asked for once more. */
  const meet = async <Result>(
    name: TableName,
    write: () => Promise<Result>,
    refused: { readonly again: Result; readonly conflict: Result; readonly gone: Result } | null,
  ): Promise<Result> => {
    const fault = next?.table === name ? next.fault : null;
    if (fault === null) return write();
    next = null;
    if (typeof fault === 'object') {
      await fault.overtaken();
      return write();
    }
    if (fault === 'fails') throw away();
    if (fault === 'fails-after') {
      await write();
      throw away();
    }
    // Whatever is there is overwritten: nothing can be in its way.
    if (refused === null) return write();
    if (fault === 'answer-lost') {
      const result = await write();
      return result === ('ok' as Result) ? refused.again : result;
    }
    return refused[fault];
  };
  const changing = { again: 'conflict', conflict: 'conflict', gone: 'gone' } as const;
  const faulty = (name: TableName, table: Table): Table => ({
    ...table,
    insert: (row) =>
      meet(name, () => table.insert(row), { again: 'conflict', conflict: 'conflict', gone: 'conflict' }),
    upsert: (row) => meet(name, () => table.upsert(row), null),
    replace: (row, etag) => meet<WriteResult>(name, () => table.replace(row, etag), changing),
    remove: (partition, row, etag) =>
      meet<WriteResult>(name, () => table.remove(partition, row, etag), { ...changing, again: 'gone' }),
    transact: (writes) => meet<WriteResult>(name, () => table.transact(writes), changing),
  });
  return {
    around: (tables) => ({ ...tables, table: (name) => faulty(name, tables.table(name)) }),
    set(table, fault) {
      next = { table, fault };
    },
    waits: () => next !== null,
  };
}
