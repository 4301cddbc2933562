import { z } from 'zod';
import { removeRows } from './batches.js';
import { key, keyParts } from './keys.js';
import { fromRow, readableRow, toRow } from './records.js';
import type { Stored, Tables } from './tables.js';

export const pointerSchema = z.object({
  manager: z.string(),
  agreement: z.string(),
  since: z.string(),
  /** Set when it was removed because the employee asked so: proof of request and answer, without what it was. */
  removed: z
    .object({ askedAt: z.string(), at: z.string(), managerName: z.string() })
    .nullable()
    .default(null),
});
const JSON_PROPERTIES = ['removed'];
/** Where something about an employee is kept, or was. Instants. */
export type Pointer = z.infer<typeof pointerSchema>;
type NewPointer = Omit<Pointer, 'removed'> & Partial<Pointer>;

/** What is about an employee: pointers only, so that one query finds it and nothing is kept twice. */
export type About = {
  /** All that is about an employee. */
  of(tenant: string, employee: string): Promise<readonly Pointer[]>;
  /** Twice is once. */
  point(tenant: string, employee: string, to: NewPointer): Promise<void>;
  /** The pointer goes; one that is gone already is no trouble. */
  unpoint(tenant: string, employee: string, manager: string, agreement: string): Promise<void>;
  /** Whether this agreement is about this employee: the only ground on which they may see and answer it. */
  concerns(tenant: string, employee: string, manager: string, agreement: string): Promise<boolean>;
  /** Forgets removals of before the day of their tenant; how many, also when it only counts. */
  forgetRemoved(onlyCount: boolean, dayOf: (tenant: string) => Promise<string>): Promise<number>;
};

export function openAbout(tables: Tables): About {
  const table = tables.table('about');
  return {
    async of(tenant, employee) {
      const found: Pointer[] = [];
      for await (const stored of table.query({ partition: key(tenant, employee) })) {
        const read = readableRow(pointerSchema, JSON_PROPERTIES, stored);
        if (read !== null) found.push(read);
      }
      return found;
    },
    async point(tenant, employee, to) {
      await table.upsert(toRow(key(tenant, employee), key(to.manager, to.agreement), to));
    },
    async unpoint(tenant, employee, manager, agreement) {
      await table.remove(key(tenant, employee), key(manager, agreement));
    },
    async concerns(tenant, employee, manager, agreement) {
      const found = await table.get(key(tenant, employee), key(manager, agreement));
      if (found === null) return false;
      const { record } = fromRow(pointerSchema, JSON_PROPERTIES, found);
      return record.agreement === agreement && record.removed === null;
    },
    async forgetRemoved(onlyCount, dayOf) {
      const rows: Stored[] = [];
      for await (const stored of table.query({})) {
        const removed = readableRow(pointerSchema, JSON_PROPERTIES, stored)?.removed ?? null;
        const [tenant = ''] = keyParts(stored.row.partitionKey);
        if (removed !== null && removed.at < (await dayOf(tenant))) rows.push(stored);
      }
      if (!onlyCount) await removeRows(table, rows);
      return rows.length;
    },
  };
}
