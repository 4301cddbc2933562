import { type Handover, handoverSchema } from '../domain/handover-request.js';
import { removeRows } from './tables/batches.js';
import { key, keyParts, keysUnder } from './tables/keys.js';
import { fromRow, readableRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { StoredRow } from './tables/rows.js';
import type { Tables, WriteResult } from './tables/tables.js';

const ROW = 'handover';

export type Handovers = {
  /** The newest request about one manager. */
  get(tenant: string, leaver: string): Promise<Versioned<Handover> | null>;
  /** All of one tenant that can be read. */
  of(tenant: string): Promise<readonly Handover[]>;
  /** Of every tenant, as each is stored: for the night, never for a turn. Null for one that cannot be read. */
  all(): AsyncIterable<{ readonly tenant: string; readonly kept: Versioned<Handover> | null }>;
  /** `etag` is null where there is none about that manager yet. */
  put(record: Handover, etag: string | null): Promise<WriteResult>;
  /** Forgets those that `isOver` tells of; how many, also when it only counts. */
  forget(onlyCount: boolean, isOver: (record: Handover) => boolean): Promise<number>;
};

export function openHandovers(tables: Tables): Handovers {
  const table = tables.table('organisation');
  const everywhere = async function* (): AsyncIterable<StoredRow> {
    for await (const stored of table.query({})) if (keyParts(stored.row.rowKey)[0] === ROW) yield stored;
  };
  return {
    async get(tenant, leaver) {
      const found = await table.get(key(tenant), key(ROW, leaver));
      return found === null ? null : fromRow(handoverSchema, [], found);
    },
    async of(tenant) {
      const { from, to } = keysUnder(ROW);
      const found: Handover[] = [];
      for await (const stored of table.query({ partition: key(tenant), rowFrom: from, rowBefore: to })) {
        const read = readableRow(handoverSchema, [], stored);
        if (read !== null) found.push(read);
      }
      return found;
    },
    async *all() {
      for await (const stored of everywhere()) {
        const record = readableRow(handoverSchema, [], stored);
        const [tenant = ''] = keyParts(stored.row.partitionKey);
        yield { tenant, kept: record === null ? null : { record, etag: stored.etag } };
      }
    },
    put(record, etag) {
      const row = toRow(key(record.tenant), key(ROW, record.leaver), record);
      return etag === null ? table.insert(row) : table.replace(row, etag);
    },
    async forget(onlyCount, isOver) {
      const rows: StoredRow[] = [];
      for await (const stored of everywhere()) {
        const read = readableRow(handoverSchema, [], stored);
        if (read !== null && isOver(read)) rows.push(stored);
      }
      if (!onlyCount) await removeRows(table, rows);
      return rows.length;
    },
  };
}
