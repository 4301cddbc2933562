import type { Reminder } from '../../bot/domain/reminder.js';
import { type DueReminder, type DueRow, shardOf } from '../../bot/store/reminders.js';
import { LIMITS } from '../../bot/store/tables/limits.js';
import type { StoredRow } from '../../bot/store/tables/rows.js';

/** All that is due for one person. */
export type DuePerson = {
  readonly tenant: string;
  readonly person: string;
  /** What is to be sent. */
  readonly rows: readonly DueReminder[];
  /** Where they could not be reached: that it is to be tried again now. */
  readonly retries: readonly DueReminder[];
};
/** What an instance takes at once: all that is due in one shard, the longest waiting first. */
export type DueShard = readonly DueReminder[];

/** A lease is over when its time is, and also when it lies further ahead than any lease: a clock was set back. */
export function isLeased({ reminder }: DueReminder, now: string, leaseMs: number): boolean {
  if (reminder.until === null) return false;
  const left = Date.parse(reminder.until) - Date.parse(now);
  return left > 0 && left <= leaseMs;
}

/**
 * What is due, shard by shard. Rows that cannot be read come out apart: one of them must not hold up the others.
 * Shards start at another place for each instance, so that they do not all reach for the same one.
 */
export function byShard(
  rows: readonly DueRow[],
  startAt: number,
): { readonly shards: readonly DueShard[]; readonly unreadable: readonly StoredRow[] } {
  const shards = new Map<string, DueReminder[]>();
  const unreadable: StoredRow[] = [];
  for (const row of rows) {
    if (row.reminder === null) {
      unreadable.push(row.stored);
      continue;
    }
    const shard = shardOf(row.stored);
    const found = shards.get(shard) ?? [];
    found.push({ reminder: row.reminder, stored: row.stored });
    shards.set(shard, found);
  }
  const sorted = [...shards.values()].map((found) => found.sort(longestWaiting));
  const from = sorted.length === 0 ? 0 : startAt % sorted.length;
  return { shards: [...sorted.slice(from), ...sorted.slice(0, from)], unreadable };
}

/** A clock was set back where something is to wait for longer than any day of trying lasts. */
const LONGEST_BACKOFF_MS = 12 * 3_600_000;

/**
 * The rows that are to be tried now, and those whose next try is still to come. Whoever has something that is ready gets
 * all of it at once: a digest is one, and one more try does no harm.
 */
export function readyNow(
  rows: readonly DueRow[],
  now: string,
): { readonly ready: readonly DueRow[]; readonly later: readonly DueRow[] } {
  const isReady = ({ notBefore }: Reminder) =>
    notBefore === null || notBefore <= now || Date.parse(notBefore) - Date.parse(now) > LONGEST_BACKOFF_MS;
  const people = new Set(
    rows.flatMap(({ reminder }) => (reminder !== null && isReady(reminder) ? [personOf(reminder)] : [])),
  );
  const goes = ({ reminder }: DueRow) => reminder === null || people.has(personOf(reminder));
  return { ready: rows.filter(goes), later: rows.filter((row) => !goes(row)) };
}

function personOf({ tenant, person }: Reminder): string {
  return `${tenant}|${person}`;
}

/** Person by person, in the order in which they have waited. */
export function byPerson(rows: readonly DueReminder[]): DuePerson[] {
  type Found = { tenant: string; person: string; rows: DueReminder[]; retries: DueReminder[] };
  const people = new Map<string, Found>();
  for (const row of rows) {
    const { tenant, person, kind } = row.reminder;
    const id = `${tenant}|${person}`;
    const found = people.get(id) ?? { tenant, person, rows: [], retries: [] };
    (kind === 'delivery-retry' ? found.retries : found.rows).push(row);
    people.set(id, found);
  }
  return [...people.values()];
}

/** Everything of somebody that is due, and has to be claimed. */
export function rowsOf({ rows, retries }: DuePerson): readonly DueReminder[] {
  return [...rows, ...retries];
}

/**
 * What is claimed, read and settled together: so many people that their rows fit in one transaction. The longest
 * waiting first, and of those who wait as long neighbours together, since they lie together in the tables.
 */
export function inGroups(rows: readonly DueReminder[]): DuePerson[][] {
  const groups: DuePerson[][] = [];
  let room = 0;
  for (const person of byPerson(rows).sort(longestWaitingThenNeighbours)) {
    const { length } = rowsOf(person);
    if (room < length) {
      groups.push([]);
      room = LIMITS.transactionRows;
    }
    groups.at(-1)?.push(person);
    room -= length;
  }
  return groups;
}

/** With fewer rows than this that are due a tenant shares its lane: groups of a few rows each cost too many requests. */
const OWN_LANE_ROWS = LIMITS.transactionRows;

/**
 * The groups of all shards in lanes that do not wait for one another: one for each tenant with many people, and one for
 * all the others, which comes first. So nobody stands behind a tenant that takes its time.
 */
export function inLanes(shards: readonly DueShard[]): readonly DuePerson[][][] {
  const tenantOf = ({ reminder }: DueReminder) => reminder.tenant;
  const counts = new Map<string, number>();
  for (const row of shards.flat()) {
    counts.set(tenantOf(row), (counts.get(tenantOf(row)) ?? 0) + 1);
  }
  const large = [...counts].filter(([, count]) => count >= OWN_LANE_ROWS).map(([tenant]) => tenant);
  const laneOf = (isOfIt: (row: DueReminder) => boolean) =>
    shards.flatMap((rows) => inGroups(rows.filter(isOfIt)));
  const shared = laneOf((row) => !large.includes(tenantOf(row)));
  return [shared, ...large.map((tenant) => laneOf((row) => tenantOf(row) === tenant))];
}

function longestWaiting({ reminder: one }: DueReminder, { reminder: other }: DueReminder): number {
  return compare(one.due, other.due);
}

function longestWaitingThenNeighbours(one: DuePerson, other: DuePerson): number {
  const [first, second] = [one, other].map((person) => rowsOf(person)[0]?.reminder.due ?? '');
  return (
    compare(first ?? '', second ?? '') ||
    compare(one.tenant, other.tenant) ||
    compare(one.person, other.person)
  );
}

/** As the tables sort: by the characters' codes. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
