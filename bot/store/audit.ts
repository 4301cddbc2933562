import { type AuditEntry, entrySchema, type NewAuditEntry } from '../domain/audit-entry.js';
import { removeRows, upsertRows } from './tables/batches.js';
import { key, keyParts, keysUnder } from './tables/keys.js';
import { readableRow, toRow } from './tables/row-mapping.js';
import type { StoredRow } from './tables/rows.js';
import type { Tables } from './tables/tables.js';

export type AuditFound = { readonly entries: readonly AuditEntry[]; readonly complete: boolean };

/** Each may take the service five seconds, while somebody waits. */
const MOST_PAGES_LOOKED_THROUGH = 2;

/** The service takes 15 comparisons in one question; a range of keys is two of them. */
const RECORDS_AT_ONCE = 12;

export type Audit = {
  /** `id` keeps two entries of one moment apart; the same again changes nothing. */
  add(tenant: string, id: string, what: NewAuditEntry): Promise<void>;
  /** Many in few requests. */
  addAll(
    entries: readonly { readonly tenant: string; readonly id: string; readonly what: NewAuditEntry }[],
  ): Promise<void>;
  /** All about one record, the oldest first. It is asked for rarely: months are read through for it. */
  of(tenant: string, record: string): Promise<readonly AuditEntry[]>;
  /**
   * What somebody did, and what was done to these records by whomever, and whether that is all: no key leads to it, so
   * that only so much is looked through. For an export, which is asked for rarely.
   */
  about(tenant: string, who: string, records: readonly string[]): Promise<AuditFound>;
  /**
   * Forgets whole months that ended before the day of their tenant, nothing of a tenant whose day is null, which is not
   * known now; how many entries, also when it only counts.
   */
  forget(onlyCount: boolean, dayOf: (tenant: string) => Promise<string | null>): Promise<number>;
};

export function openAudit(tables: Tables): Audit {
  const table = tables.table('audit');
  const rowOf = (tenant: string, id: string, what: AuditEntry) =>
    toRow(key(tenant, monthOf(what.at)), key(what.at, id), what);
  return {
    async add(tenant, id, what) {
      await table.upsert(rowOf(tenant, id, what));
    },
    async addAll(entries) {
      await upsertRows(
        table,
        entries.map(({ tenant, id, what }) => rowOf(tenant, id, what)),
      );
    },
    async of(tenant, record) {
      const found: AuditEntry[] = [];
      const { from, to } = keysUnder(tenant);
      for await (const stored of table.query({ partitionFrom: from, partitionBefore: to })) {
        const read = readableRow(entrySchema, [], stored);
        if (read?.record === record) found.push(read);
      }
      return found;
    },
    async about(tenant, who, records) {
      const { from, to } = keysUnder(tenant);
      const range = { partitionFrom: from, partitionBefore: to };
      const some = Array.from({ length: Math.ceil(records.length / RECORDS_AT_ONCE) }, (_, at) =>
        records.slice(at * RECORDS_AT_ONCE, (at + 1) * RECORDS_AT_ONCE),
      );
      const found = await Promise.all(
        [{ who }, ...some.map((record) => ({ record }))].map((where) =>
          table.find(range, where, MOST_PAGES_LOOKED_THROUGH),
        ),
      );
      const rows = new Map(
        found
          .flatMap((one) => one.rows)
          .map((stored) => [`${stored.row.partitionKey} ${stored.row.rowKey}`, stored]),
      );
      return {
        entries: [...rows.values()].flatMap((stored) => readableRow(entrySchema, [], stored) ?? []),
        complete: found.every(({ complete }) => complete),
      };
    },
    async forget(onlyCount, dayOf) {
      const rows: StoredRow[] = [];
      for await (const stored of table.query({})) {
        const [tenant = '', month = ''] = keyParts(stored.row.partitionKey);
        const day = await dayOf(tenant);
        if (day !== null && month < monthOf(day)) rows.push(stored);
      }
      if (!onlyCount) await removeRows(table, rows);
      return rows.length;
    },
  };
}

function monthOf(instant: string): string {
  return instant.slice(0, 7);
}
