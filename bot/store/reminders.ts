import { createHash } from 'node:crypto';
import { type NewReminder, type Reminder, reminderSchema } from '../domain/reminder.js';
import { batches, removeRows, upsertRows } from './tables/batches.js';
import { key, keyParts, keysUnder } from './tables/keys.js';
import type { Row } from './tables/limits.js';
import { allOf } from './tables/read-many.js';
import { fromRow, toRow } from './tables/row-mapping.js';
import type { StoredRow, Write } from './tables/rows.js';
import type { Table, Tables, WriteResult } from './tables/tables.js';

/** A row that can be read, and what it says. */
export type DueReminder = { readonly reminder: Reminder; readonly stored: StoredRow };
/** A reminder in its row, or a row that cannot be read. */
export type DueRow =
  | DueReminder
  | { readonly reminder: null; readonly stored: StoredRow; readonly why: string };

/** A claim on rows: its owner, when it expires, and the instant that the run is for. Instants are ISO 8601 UTC. */
export type Lease = { readonly owner: string; readonly until: string; readonly claimedAt: string };

/** `planned` are due at some time, `waiting` wait until the person can be reached. */
export type Planned = {
  readonly planned: readonly Reminder[];
  readonly waiting: readonly Reminder[];
  readonly complete: boolean;
};

export type Reminders = {
  /** Idempotent: its key follows from what it is about, which deduplicates what is planned twice. */
  plan(reminder: NewReminder): Promise<void>;
  /** The same for many, in as few transactions as their partitions allow. */
  planAll(reminders: readonly NewReminder[]): Promise<void>;
  cancel(reminder: NewReminder): Promise<void>;
  /** Everything due up to and including `now`, hour by hour. Reads what is due, however much is stored. */
  due(now: string): AsyncIterable<DueRow>;
  /**
   * Takes up to 100 rows of one partition, all or none: the same rows with their new etags, or null when another
   * instance was first.
   */
  claim(rows: readonly StoredRow[], lease: Lease): Promise<readonly StoredRow[] | null>;
  /**
   * Notes that claimed rows are about to be sent, for the instant of the run: from then on they may have been. Anything
   * but `ok` when one of them is no longer as its etag says; then others of them may be noted.
   */
  markSending(rows: readonly StoredRow[], at: string): Promise<WriteResult>;
  /** Removes rows, wherever they lie; one that is gone already is no trouble. */
  removeAll(rows: readonly StoredRow[]): Promise<void>;
  /** Puts reminders with the people who cannot be reached now, out of the due hours. */
  waitAll(rows: readonly DueReminder[]): Promise<void>;
  /** Makes all that waited for a person due at `now`; how many. */
  release(tenant: string, person: string, now: string): Promise<number>;
  /** What waits for people who cannot be reached. */
  waiting(): AsyncIterable<DueRow>;
  /** The same of one tenant. */
  waitingIn(tenant: string): AsyncIterable<DueRow>;
  /** What waits for one of them. */
  waitingFor(tenant: string, person: string): AsyncIterable<DueRow>;
  /**
   * All that is planned or waits for a person, and whether that is all: no key leads to what is planned for somebody, so
   * that only so much is looked through. For an export, which is asked for rarely.
   */
  of(tenant: string, person: string): Promise<Planned>;
  /** Forgets what waits for a person. */
  forgetWaiting(tenant: string, person: string): Promise<void>;
  /** Puts a row that cannot be read out of the way, as it is, for somebody to look at. */
  deadLetter(row: StoredRow): Promise<void>;
  /** What was put out of the way; among it what can be read by now, since another version put it there. */
  aside(): AsyncIterable<DueRow>;
  /** Every reminder that is planned or waits, for the nightly comparison with what is open. */
  all(): AsyncIterable<DueRow>;
};

/** Enough that several instances find shards of their own in one hour, few enough to read in one query. */
const SHARDS = 16;

const DUE = 'due';

const WAITING = 'waiting';

const ASIDE = 'aside';

/** Each may take the service five seconds, while somebody waits. */
const MOST_PAGES_LOOKED_THROUGH = 2;

export function openReminders(tables: Tables): Reminders {
  const table = tables.table('reminders');
  return {
    async plan(record) {
      await table.upsert(rowOf(duePartition(record), record));
    },
    planAll: (records) => planAll(table, records),
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
    claim: (rows, lease) => claim(table, rows, lease),
    markSending: (rows, at) => markSending(table, rows, at),
    removeAll: (rows) => removeRows(table, rows),
    waitAll: (rows) => waitAll(table, rows),
    release: (tenant, person, now) => release(table, { tenant, person }, now),
    waiting: () => under(table, WAITING),
    waitingIn: (tenant) => under(table, WAITING, tenant),
    async *waitingFor(tenant, person) {
      for await (const stored of table.query({ partition: key(WAITING, tenant, person) })) yield read(stored);
    },
    of: (tenant, person) => remindersOf(table, { tenant, person }),
    async forgetWaiting(tenant, person) {
      await removeRows(table, await allOf(table.query({ partition: key(WAITING, tenant, person) })));
    },
    async deadLetter(stored) {
      const { partitionKey, rowKey } = stored.row;
      await table.upsert({ ...stored.row, partitionKey: ASIDE, rowKey: key(partitionKey, rowKey) });
      await table.remove(partitionKey, rowKey);
    },
    async *aside() {
      for await (const stored of table.query({ partition: ASIDE })) yield read(stored);
    },
    async *all() {
      for (const place of [DUE, WAITING]) yield* under(table, place);
    },
  };
}

async function* under(table: Table, ...parts: readonly string[]): AsyncIterable<DueRow> {
  const { from, to } = keysUnder(...parts);
  for await (const stored of table.query({ partitionFrom: from, partitionBefore: to })) yield read(stored);
}

async function planAll(table: Table, records: readonly NewReminder[]): Promise<void> {
  await upsertRows(
    table,
    records.map((record) => rowOf(duePartition(record), record)),
  );
}

async function claim(
  table: Table,
  rows: readonly StoredRow[],
  lease: Lease,
): Promise<readonly StoredRow[] | null> {
  const claims = rows.map(({ row: { partitionKey, rowKey }, etag }) => ({
    row: { ...lease, partitionKey, rowKey },
    etag,
  }));
  const etags = await table.mergeAll(claims);
  if (typeof etags === 'string') return null;
  return rows.map((stored, at) => ({ row: stored.row, etag: etags[at] ?? stored.etag }));
}

async function markSending(table: Table, rows: readonly StoredRow[], at: string): Promise<WriteResult> {
  const marks = rows.map(
    ({ row: { partitionKey, rowKey }, etag }): Write => ({
      do: 'merge',
      row: { sendingAt: at, partitionKey, rowKey },
      etag,
    }),
  );
  const results = await Promise.all(batches(marks, ({ row }) => row).map((some) => table.transact(some)));
  return results.find((result) => result !== 'ok') ?? 'ok';
}

async function waitAll(table: Table, rows: readonly DueReminder[]): Promise<void> {
  // Written first, removed after: a crash in between leaves both, and the next run does this again.
  await upsertRows(
    table,
    rows.map(({ reminder: record }) => rowOf(key(WAITING, record.tenant, record.person), unclaimed(record))),
  );
  await removeRows(
    table,
    rows.map(({ stored }) => stored),
  );
}

async function release(
  table: Table,
  { tenant, person }: Pick<Reminder, 'tenant' | 'person'>,
  now: string,
): Promise<number> {
  const rows: StoredRow[] = [];
  const back: Reminder[] = [];
  for await (const stored of table.query({ partition: key(WAITING, tenant, person) })) {
    const found = read(stored);
    if (found.reminder === null) continue;
    rows.push(stored);
    // It was tried before it waited, and may have arrived: the proofs tell, and are looked at for such rows.
    back.push({ ...found.reminder, due: now, claimedAt: found.reminder.claimedAt ?? now });
  }
  await planAll(table, back);
  await removeRows(table, rows);
  return rows.length;
}

async function remindersOf(
  table: Table,
  { tenant, person }: Pick<Reminder, 'tenant' | 'person'>,
): Promise<Planned> {
  const { from, to } = keysUnder(DUE);
  const range = { partitionFrom: from, partitionBefore: to };
  const [due, waiting] = await Promise.all([
    table.find(range, { tenant, person }, MOST_PAGES_LOOKED_THROUGH),
    allOf(table.query({ partition: key(WAITING, tenant, person) })),
  ]);
  const readable = (rows: readonly StoredRow[]) => rows.flatMap((stored) => read(stored).reminder ?? []);
  return { planned: readable(due.rows), waiting: readable(waiting), complete: due.complete };
}

/** The hour of an instant as it stands in a key: `2027-01-04T08`. */
export function hourOf(instant: string): string {
  return instant.slice(0, 13);
}

/** When a row was due, from its key alone: it counts even where the rest cannot be read. */
export function dueOf(stored: StoredRow): string {
  return keyParts(stored.row.rowKey)[0] ?? '';
}

/** In which shard a row lies: what belongs to one person is always in one. */
export function shardOf(stored: StoredRow): string {
  return keyParts(stored.row.partitionKey)[2] ?? '';
}

/** Whether a row lies with what waits for somebody who cannot be reached, out of the due hours. */
export function isWaiting(stored: StoredRow): boolean {
  return keyParts(stored.row.partitionKey)[0] === WAITING;
}

/** The reminder with nobody's claim on it; that it was claimed before still shows: it may have been sent then. */
export function unclaimed(record: Reminder): Reminder {
  return { ...record, owner: null, until: null, sendingAt: null };
}

function read(stored: StoredRow): DueRow {
  try {
    return { reminder: fromRow(reminderSchema, [], stored).record, stored };
  } catch (error) {
    return { reminder: null, stored, why: error instanceof Error ? error.message : 'unknown' };
  }
}

function rowOf(partition: string, record: NewReminder): Row {
  return toRow(partition, rowKeyOf(record), record);
}

function duePartition(record: Pick<Reminder, 'tenant' | 'person' | 'due'>): string {
  return key(DUE, hourOf(record.due), shardFor(record.tenant, record.person));
}

/** With the person: two people of one shard may be told the same of the same subject at the same instant. */
function rowKeyOf(record: NewReminder): string {
  const { due, person, kind, manager, subject, occasion } = record;
  return key(due, person, kind, manager, subject, occasion);
}

/**
 * Entra's ids are random, so the first digit divides people evenly. And people who follow one another in a shard
 * do so in the other tables too: what they need can be read together.
 */
function shardFor(tenant: string, person: string): string {
  if (/^[0-9a-f]/.test(person)) return person.charAt(0);
  const first = createHash('sha256').update(`${tenant}|${person}`).digest().readUInt8(0) % SHARDS;
  return first.toString(16);
}
