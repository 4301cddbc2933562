import { createHash } from 'node:crypto';
import { z } from 'zod';
import { key, keyParts, keysUnder } from './keys.js';
import { fromRow, toRow } from './records.js';
import type { Stored, Tables, WriteResult } from './tables.js';

/**
 * `evaluation`: the agreed evaluation, to the manager. `evaluation-initiative`: the same, to the employee who
 * takes the initiative. `landed`: ask how the conversation landed. `agreement-shared`: show the employee what is
 * on record. `agreement-answered`: tell the manager what the employee answered.
 */
export const REMINDER_KINDS = [
  'evaluation',
  'evaluation-initiative',
  'landed',
  'agreement-shared',
  'agreement-answered',
] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

const reminder = z.object({
  kind: z.enum(REMINDER_KINDS),
  tenant: z.string(),
  /** To whom, Entra object id. */
  person: z.string(),
  /** Whose record it is about, and its id. */
  manager: z.string(),
  subject: z.string(),
  /** Which occasion of the subject: a day, or its version. What does not fit the subject any more is dropped. */
  occasion: z.string(),
  /** Instant, ISO 8601 UTC. */
  due: z.string(),
  /** How often it was reminded before: 0 the first time. */
  round: z.number().int().default(0),
});
export type Reminder = z.infer<typeof reminder>;

/** A reminder in its row, or a row that cannot be read. */
export type DueRow =
  | { readonly reminder: Reminder; readonly stored: Stored }
  | { readonly reminder: null; readonly stored: Stored; readonly why: string };

export type Reminders = {
  /** Its key follows from what it is about, so planning twice makes one. */
  plan(reminder: Reminder): Promise<void>;
  cancel(
    reminder: Pick<Reminder, 'tenant' | 'person' | 'due' | 'kind' | 'manager' | 'subject'>,
  ): Promise<void>;
  /** Everything due up to and including `now`, oldest first. Reads what is due, however much is stored. */
  due(now: string): AsyncIterable<DueRow>;
  done(row: Stored): Promise<WriteResult>;
  /** Puts a reminder with the person who cannot be reached now, out of the due hours. */
  wait(row: Stored, reminder: Reminder): Promise<void>;
  /** Makes all that waited for a person due at `now`; how many. */
  release(tenant: string, person: string, now: string): Promise<number>;
};

/** Enough that several instances find shards of their own in one hour, few enough to read in one query. */
const SHARDS = 16;
const DUE = 'due';
const WAITING = 'waiting';

export function openReminders(tables: Tables): Reminders {
  const table = tables.table('reminders');
  const move = async (row: Stored, record: Reminder, partition: string) => {
    // Written first, removed after: a crash in between leaves it twice, which the proof in nudges catches.
    await table.upsert(toRow(partition, rowKeyOf(record), record));
    await table.remove(row.row.partitionKey, row.row.rowKey);
  };
  return {
    async plan(record) {
      await table.upsert(toRow(duePartition(record), rowKeyOf(record), record));
    },
    async cancel(record) {
      await table.remove(duePartition(record), rowKeyOf(record));
    },
    async *due(now) {
      const range = {
        partitionFrom: keysUnder(DUE).from,
        partitionBefore: keysUnder(DUE, hourOf(now)).to,
        rowBefore: `${key(now)}}`,
      };
      for await (const stored of table.query(range)) yield read(stored);
    },
    done: (stored) => table.remove(stored.row.partitionKey, stored.row.rowKey, stored.etag),
    wait: (stored, record) => move(stored, record, key(WAITING, record.tenant, record.person)),
    async release(tenant, person, now) {
      let released = 0;
      for await (const stored of table.query({ partition: key(WAITING, tenant, person) })) {
        const found = read(stored);
        if (found.reminder === null) continue;
        const record = { ...found.reminder, due: now };
        await move(stored, record, duePartition(record));
        released += 1;
      }
      return released;
    },
  };
}

/** The hour of an instant as it stands in a key: `2027-01-04T08`. */
export function hourOf(instant: string): string {
  return instant.slice(0, 13);
}

/** When a row was due, from its key alone: it counts even where the rest cannot be read. */
export function dueOf(stored: Stored): string {
  return keyParts(stored.row.rowKey)[0] ?? '';
}

function read(stored: Stored): DueRow {
  try {
    return { reminder: fromRow(reminder, [], stored).record, stored };
  } catch (error) {
    return { reminder: null, stored, why: error instanceof Error ? error.message : 'unknown' };
  }
}

function duePartition(record: Pick<Reminder, 'tenant' | 'person' | 'due'>): string {
  return key(DUE, hourOf(record.due), shardOf(record.tenant, record.person));
}

function rowKeyOf(record: Pick<Reminder, 'due' | 'kind' | 'manager' | 'subject' | 'person'>): string {
  return key(record.due, record.kind, record.manager, record.subject, record.person);
}

/** The same person always falls in the same shard, so that one digest needs one shard only. */
function shardOf(tenant: string, person: string): string {
  const first = createHash('sha256').update(`${tenant}|${person}`).digest().readUInt8(0) % SHARDS;
  return first.toString(16);
}
