import { z } from 'zod';
import { removeRows } from './tables/batches.js';
import { key, keyParts } from './tables/keys.js';
import { fromRow, readableRow, toRow } from './tables/row-mapping.js';
import type { StoredRow } from './tables/rows.js';
import type { Tables } from './tables/tables.js';

export const pointerSchema = z.object({
  manager: z.string(),
  /** The agreement, or else the place on the manager's list, to which coffees and moments belong. */
  agreement: z.string().nullable().default(null),
  member: z.string().nullable().default(null),
  /** A moment that is removed: a moment that is there is found by the place that it belongs to. */
  moment: z.string().nullable().default(null),
  since: z.string(),
  /** Of a place on a list, which has no name of whose it is. */
  managerName: z.string().nullable().default(null),
  /** Set when it was removed because the employee asked so: proof of request and answer, without what it was. */
  removed: z
    .object({ askedAt: z.string(), at: z.string(), managerName: z.string() })
    .nullable()
    .default(null),
});
const JSON_PROPERTIES = ['removed'];
/** Where something about an employee is kept, or was. Instants. */
export type Pointer = z.infer<typeof pointerSchema>;
const NOWHERE = pointerSchema.omit({ manager: true }).parse({ since: '' });
/** To an agreement, or to a place on a manager's list. */
export type NewPointer = Pick<Pointer, 'manager' | 'since'> &
  Partial<Pointer> &
  (ToAgreement | ToMember | ToMoment);
type ToAgreement = { readonly agreement: string };
type ToMember = { readonly member: string };
type ToMoment = { readonly moment: string };

/** What is about an employee: pointers only, so that one query finds it and nothing is kept twice. */
export type EmployeeIndex = {
  /** All that is about an employee. One that cannot be read still tells by its key whose list or record it is. */
  of(tenant: string, employee: string): Promise<readonly Pointer[]>;
  /** Every pointer that can be read, by whom it is about: for the night, never for a turn. */
  all(): AsyncIterable<{
    readonly tenant: string;
    readonly employee: string;
    readonly pointer: Pointer;
  }>;
  /** Twice is once; takes the place of the pointer to the same that is there. */
  index(tenant: string, employee: string, to: NewPointer): Promise<void>;
  /** The same, but leaves what is there as it is. */
  pointIfNone(tenant: string, employee: string, to: NewPointer): Promise<void>;
  /**
   * The pointer to an agreement or a place on a list goes; one that is gone already is no trouble. One that tells of a
   * removal on request stays: it has a term of its own.
   */
  unindex(
    tenant: string,
    employee: string,
    from: { readonly manager: string; readonly id: string },
  ): Promise<void>;
  /** That a moment was removed on request is not so after all. */
  takeBackRemoved(
    tenant: string,
    employee: string,
    of: { readonly manager: string; readonly moment: string },
  ): Promise<void>;
  /** Whether this agreement is about this employee: the only ground on which they may see and answer it. */
  concerns(tenant: string, employee: string, manager: string, agreement: string): Promise<boolean>;
  /**
   * Forgets removals of before the day of their tenant, nothing of a tenant whose day is null, which is not known now;
   * how many, also when it only counts.
   */
  forgetRemoved(onlyCount: boolean, dayOf: (tenant: string) => Promise<string | null>): Promise<number>;
};

/** Of a moment with its kind: an agreement may have the same id, and one must not take the place of the other. */
function rowKeyOf({
  manager,
  agreement,
  member,
  moment,
}: Partial<Pointer> & Pick<Pointer, 'manager'>): string {
  const id = agreement ?? member;
  return id === undefined || id === null ? key(manager, 'moment', moment ?? '') : key(manager, id);
}

export function openEmployeeIndex(tables: Tables): EmployeeIndex {
  const table = tables.table('about');
  const rowOf = (tenant: string, employee: string, to: NewPointer) =>
    toRow(key(tenant, employee), rowKeyOf(to), to);
  return {
    async of(tenant, employee) {
      const found: Pointer[] = [];
      for await (const stored of table.query({ partition: key(tenant, employee) })) {
        const [manager = ''] = keyParts(stored.row.rowKey);
        const bare = { ...NOWHERE, manager };
        found.push(readableRow(pointerSchema, JSON_PROPERTIES, stored) ?? bare);
      }
      return found;
    },
    async *all() {
      for await (const stored of table.query({})) {
        const pointer = readableRow(pointerSchema, JSON_PROPERTIES, stored);
        const [tenant = '', employee = ''] = keyParts(stored.row.partitionKey);
        if (pointer !== null) yield { tenant, employee, pointer };
      }
    },
    async index(tenant, employee, to) {
      await table.upsert(rowOf(tenant, employee, to));
    },
    async pointIfNone(tenant, employee, to) {
      // One that is there already is as good.
      void (await table.insert(rowOf(tenant, employee, to)));
    },
    async unindex(tenant, employee, { manager, id }) {
      const found = await table.get(key(tenant, employee), key(manager, id));
      if (found === null || found.row.removed !== undefined) return;
      // Written anew since it was read: then it leads to something again, and stays.
      void (await table.remove(key(tenant, employee), key(manager, id), found.etag));
    },
    async takeBackRemoved(tenant, employee, { manager, moment }) {
      // One that is gone already is as good.
      void (await table.remove(key(tenant, employee), rowKeyOf({ manager, moment })));
    },
    async concerns(tenant, employee, manager, agreement) {
      const found = await table.get(key(tenant, employee), key(manager, agreement));
      if (found === null) return false;
      const { record } = fromRow(pointerSchema, JSON_PROPERTIES, found);
      return record.agreement === agreement && record.removed === null;
    },
    async forgetRemoved(onlyCount, dayOf) {
      const rows: StoredRow[] = [];
      for await (const stored of table.query({})) {
        const removed = readableRow(pointerSchema, JSON_PROPERTIES, stored)?.removed ?? null;
        const [tenant = ''] = keyParts(stored.row.partitionKey);
        if (removed === null) continue;
        const day = await dayOf(tenant);
        if (day !== null && removed.at < day) rows.push(stored);
      }
      if (!onlyCount) await removeRows(table, rows);
      return rows.length;
    },
  };
}
