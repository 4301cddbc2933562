import { z } from 'zod';
import type { Reminder } from '../domain/reminder.js';
import { REMINDER_KINDS } from '../domain/reminder-kinds.js';
import { CodedError } from '../errors.js';
import { removeRows } from './tables/batches.js';
import { key, keyParts } from './tables/keys.js';
import { fromRow, readableRow, toRow } from './tables/row-mapping.js';
import type { StoredRow } from './tables/rows.js';
import type { Tables } from './tables/tables.js';

export const deliverySchema = z.object({
  /** What was in it: keys of reminders, `kind|manager|subject|occasion|round`. */
  items: z.array(z.string()),
  sentAt: z.string(),
  /** Teams' id of the message. */
  activity: z.string(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** A reminder on one occasion, as the delivery log names it; the occasion may hold a bar itself. */
export type Item = Pick<Reminder, 'kind' | 'manager' | 'subject' | 'occasion' | 'round'>;

export function itemId({ kind, manager, subject, occasion, round }: Item): string {
  return [kind, manager, subject, occasion, round].join('|');
}

/** What an item id names, or null for what is none. */
export function readItem(id: string): Item | null {
  const [kind, manager = '', subject = '', ...rest] = id.split('|');
  const known = REMINDER_KINDS.find((one) => one === kind);
  const round = Number(rest.pop());
  return known === undefined || !Number.isInteger(round)
    ? null
    : { kind: known, manager, subject, occasion: rest.join('|'), round };
}

/** The one digest of a day of a person, `YYYY-MM-DD`. */
export function digestId(day: string): string {
  return `digest|${day}`;
}

/** Items that were sent, and when (instant). */
export type SentItems = ReadonlyMap<string, string>;

/** Null where it cannot be known now. */
type InstantOfTenant = (tenant: string) => Promise<string | null>;

/** The delivery log: what was sent to whom and when. It makes sending idempotent across restarts. */
export type Deliveries = {
  find(tenant: string, person: string, id: string): Promise<Delivery | null>;
  /** Everything that was sent to a person, in one query. */
  sentTo(tenant: string, person: string): Promise<SentItems>;
  /** The rows as they are kept; one that cannot be read is left out. */
  of(tenant: string, person: string): Promise<readonly Delivery[]>;
  /** Forgets all that was sent to a person. */
  forgetOf(tenant: string, person: string): Promise<void>;
  /**
   * Forgets what was sent before the instant of its tenant, nothing of a tenant whose instant is null; nothing newer
   * than `newest` is asked about. How many, also when it only counts.
   */
  forget(newest: string, onlyCount: boolean, before: InstantOfTenant): Promise<number>;
  /** Records that items were sent. What was recorded under the same id before stays. Throws CodedError `proof-contended`. */
  record(tenant: string, person: string, id: string, record: Delivery): Promise<void>;
};

/** Concurrent writers of one row are two instances serving one person: more conflicts in a row than this are a fault. */
const MOST_TRIES = 5;

export function openDeliveries(tables: Tables): Deliveries {
  const table = tables.table('nudges');
  return {
    async find(tenant, person, id) {
      const found = await table.get(key(tenant, person), key(id));
      return found === null ? null : fromRow(deliverySchema, ['items'], found).record;
    },
    async sentTo(tenant, person) {
      const items = new Map<string, string>();
      for await (const stored of table.query({ partition: key(tenant, person) })) {
        const { record } = fromRow(deliverySchema, ['items'], stored);
        for (const item of record.items) items.set(item, record.sentAt);
      }
      return items;
    },
    async of(tenant, person) {
      const found: Delivery[] = [];
      for await (const stored of table.query({ partition: key(tenant, person) })) {
        const delivery = readableRow(deliverySchema, ['items'], stored);
        if (delivery !== null) found.push(delivery);
      }
      return found;
    },
    async forgetOf(tenant, person) {
      const rows: StoredRow[] = [];
      for await (const stored of table.query({ partition: key(tenant, person) })) rows.push(stored);
      await removeRows(table, rows);
    },
    async forget(newest, onlyCount, before) {
      const rows: StoredRow[] = [];
      for await (const stored of table.query({})) {
        const { sentAt } = stored.row;
        if (typeof sentAt !== 'string' || sentAt >= newest) continue;
        const [tenant = ''] = keyParts(stored.row.partitionKey);
        const term = await before(tenant);
        if (term !== null && sentAt < term) rows.push(stored);
      }
      if (!onlyCount) await removeRows(table, rows);
      return rows.length;
    },
    async record(tenant, person, id, record) {
      const [partition, row] = [key(tenant, person), key(id)];
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        if ((await table.insert(toRow(partition, row, record))) === 'ok') return;
        const found = await table.get(partition, row);
        if (found === null) continue;
        const before = fromRow(deliverySchema, ['items'], found).record.items;
        const items = [...new Set([...before, ...record.items])];
        const result = await table.replace(toRow(partition, row, { ...record, items }), found.etag);
        if (result === 'ok') return;
      }
      throw new CodedError('proof-contended', 'a proof was written by others at each of several tries');
    },
  };
}
