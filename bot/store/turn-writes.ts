import { AsyncLocalStorage } from 'node:async_hooks';
import type { InsertResult, Table, TableName, Tables, WriteResult } from './tables/tables.js';

/** Tables that notice whether a turn kept something. */
export type TurnWrites = {
  readonly tables: Tables;
  /** Runs one turn, and then `kept` where something of it was kept. */
  during<Result>(act: () => Promise<Result>, kept: () => Promise<void>): Promise<Result>;
};

/**
 * Records, and what an organisation filled in. Not what is planned or sent, since that may come to nothing, and not
 * what is kept without saying by whom.
 */
const RECORDS: readonly TableName[] = ['managers', 'about', 'organisation'];

// One for the process: until Node 24 each that was ever used costs every promise after it, and a test opens many bots.
const turns = new AsyncLocalStorage<{ kept: boolean }>();

/**
 * Everybody who puts something on record has to be known, or what follows from it could never reach them. Asking each
 * handler to say so was tried and forgotten by some: here it follows from the write itself. Outside a turn, as in
 * jobs, nothing is noticed.
 */
export function createTurnWrites(tables: Tables): TurnWrites {
  const note = () => {
    const turn = turns.getStore();
    if (turn !== undefined) turn.kept = true;
  };
  return {
    tables: {
      ...tables,
      table: (name) => (RECORDS.includes(name) ? noting(tables.table(name), note) : tables.table(name)),
    },
    async during(act, kept) {
      const turn = { kept: false };
      const result = await turns.run(turn, act);
      if (turn.kept) await kept();
      return result;
    },
  };
}

function noting(table: Table, note: () => void): Table {
  const noteOk = async <Result extends WriteResult | InsertResult>(writing: Promise<Result>) => {
    const result = await writing;
    if (result === 'ok') note();
    return result;
  };
  return {
    ...table,
    insert: (row) => noteOk(table.insert(row)),
    async upsert(row) {
      await table.upsert(row);
      note();
    },
    replace: (row, etag) => noteOk(table.replace(row, etag)),
    remove: (...where) => noteOk(table.remove(...where)),
    transact: (writes) => noteOk(table.transact(writes)),
    async mergeAll(rows) {
      const etags = await table.mergeAll(rows);
      if (typeof etags !== 'string') note();
      return etags;
    },
  };
}
