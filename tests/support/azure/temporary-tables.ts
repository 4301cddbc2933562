import { inject } from 'vitest';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import { openTables, TABLE_NAMES, type Table, type Tables } from '../../../bot/store/tables/tables.js';
import { openMemoryTables } from '../../programs/simulation/memory-tables.mjs';
import { type DumpedEntity, dropTables, dumpTables, ownPrefix } from './azurite.js';

/** Tables that nobody else has, in the Azurite that the run shares. */
export type OwnTables = {
  readonly tables: Tables;
  readonly stores: Stores;
  readonly prefix: string;
  dump(withEtags?: boolean): Promise<Record<string, DumpedEntity[]>>;
  drop(): Promise<void>;
};

/** The same in memory, for days that pass minute by minute: what they refuse is less than what the service does. */
export function openMemoryOwnTables(): OwnTables {
  // The service has the time of the machine that it runs on, as the emulator does.
  const tables = { ...openMemoryTables(), serverTime: async () => new Date().toISOString() };
  const dumpOf = async (table: Table, withEtags: boolean) => {
    const rows: DumpedEntity[] = [];
    for await (const { row, etag } of table.query({})) rows.push({ ...row, ...(withEtags ? { etag } : {}) });
    return rows;
  };
  return {
    tables,
    stores: openStores(tables),
    prefix: '',
    async dump(withEtags = false) {
      const dumped = TABLE_NAMES.map(
        async (name) => [name, await dumpOf(tables.table(name), withEtags)] as const,
      );
      return Object.fromEntries(await Promise.all(dumped));
    },
    drop: async () => undefined,
  };
}

export async function openOwnTables(): Promise<OwnTables> {
  const connectionString = inject('azurite');
  const prefix = ownPrefix();
  const tables = openTables({ connectionString }, prefix);
  await tables.create();
  return {
    tables,
    stores: openStores(tables),
    prefix,
    dump: (withEtags) => dumpTables(connectionString, prefix, withEtags),
    drop: () => dropTables(connectionString, prefix),
  };
}
