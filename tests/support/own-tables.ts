import { inject } from 'vitest';
import { openStores, type Stores } from '../../bot/store/stores.js';
import { openTables, type Tables } from '../../bot/store/tables.js';
import { type DumpedEntity, dropTables, dumpTables, ownPrefix } from './azurite.js';

/** Tables that nobody else has, in the Azurite that the run shares. */
export type OwnTables = {
  readonly tables: Tables;
  readonly stores: Stores;
  readonly prefix: string;
  dump(): Promise<Record<string, DumpedEntity[]>>;
  drop(): Promise<void>;
};

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
