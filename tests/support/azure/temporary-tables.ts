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
  dump(): Promise<Record<string, DumpedEntity[]>>;
  drop(): Promise<void>;
};

/** The same in memory, for days that pass minute by minute: what they refuse is less than what the service does. */
export function openMemoryOwnTables(): OwnTables {
  const tables = openMemoryTables();
  const dumpOf = async (table: Table) => {
    const rows: DumpedEntity[] = [];
    for await (const { row } of table.query({})) rows.push(row as DumpedEntity);
    return rows;
  };
  return {
    tables,
    stores: openStores(tables),
    prefix: '',
    async dump() {
      const dumped = TABLE_NAMES.map(async (name) => [name, await dumpOf(tables.table(name))] as const);
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
    dump: () => dumpTables(connectionString, prefix),
    drop: () => dropTables(connectionString, prefix),
  };
}
