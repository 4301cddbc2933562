import { type BulkheadPolicy, bulkhead } from 'cockatiel';
import { dayOf } from '../../bot/domain/calendar.js';
import { isReachable } from '../../bot/domain/person.js';
import { slotFor } from '../../bot/domain/reminders/planning.js';
import { codeOf } from '../../bot/errors.js';
import type { Health } from '../../bot/store/health.js';
import { type DueReminder, type DueRow, dueOf, type Reminders } from '../../bot/store/reminders.js';
import type { Scans } from '../../bot/store/scans.js';
import { LIMITS } from '../../bot/store/tables/limits.js';
import { UNREADABLE } from '../../bot/store/tables/row-mapping.js';
import type { Tables } from '../../bot/store/tables/tables.js';
import type { FixedResult, Job, JobRun } from '../job.js';
import { type ApplyDeps, apply } from './apply.js';
import { claimRows, LEASE_MS } from './claim.js';
import { type Known, readKnown } from './delivered.js';
import { createDepartures, type Departures } from './departures.js';
import {
  byPerson,
  byShard,
  type DuePerson,
  type DueShard,
  inGroups,
  inLanes,
  readyNow,
  rowsOf,
} from './due.js';
import { planFor } from './plan.js';
import { createSemaphore, type Semaphore } from './semaphore.js';
import { type Attempting, type Delivered, decideDelivery, deliver, type SendDeps } from './send.js';
import { type Counts, settleUnsent, together } from './settle.js';

export type RemindersDeps = SendDeps &
  Pick<ApplyDeps, 'install'> & {
    readonly scans: Scans;
    readonly tables: Tables;
    readonly reminders: Reminders;
    readonly health: Health;
    /** The real clock, for leases: the instant that a run is for may be another. */
    readonly now: () => Date;
    /** Milliseconds that only go up, to say how long it took. */
    readonly monotonicNow: () => number;
    readonly instance: string;
    /** Whether nothing is to be sent to a tenant now, since Teams said so or does not answer there. */
    readonly isHeld: (tenant: string) => boolean;
    /** Where a dry run says what it would send: a line for each message, ids only. */
    readonly print: (line: string) => void;
  };

/**
 * People of one tenant served at the same time: enough to keep 50 messages a second going while one takes its 15 seconds.
 */
const PEOPLE_OF_A_TENANT_AT_ONCE = 64;
/**
 * The same of all tenants: where the channel of one hangs there is room for others. No more messages than this can be
 * under way when a process dies.
 */
const PEOPLE_AT_ONCE = 96;
/** So many lanes go on side by side: each has its own people claimed ahead. */
const LANES_AT_ONCE = 8;
/** People of a lane claimed and read ahead: two groups, so that there is always one to serve while the next is read. */
const PEOPLE_AHEAD = 2 * LIMITS.transactionRows;
/** A claim is not used in its last seconds: what is sent then must be recorded before somebody takes over. */
const LEASE_MARGIN_MS = 60_000;

/**
 * A run takes up nothing new after this long, and what it has begun ends within some two minutes: the next tick finds
 * the rest. A tenant of 30,000 people takes this long at Teams' pace; whatever takes longer is to be looked at anew.
 */
const RUN_MS = 10 * 60_000;

/** While a run goes on it is recorded so often that it does: a long one is no sign that ticking has stopped. */
const RECORDED_EACH_MS = 30_000;

/** What this instance gave up and set aside since it started. */
/** Reminders whose retries are exhausted, and rows that are dead-lettered since nothing can read them. */
type Since = { gaveUp: number; setAside: number };
type Total = { -readonly [Name in keyof Counts]: number } & {
  claimed: number;
  digests: number;
  /** Due instant of the oldest that is still overdue after the run. */
  oldestLeft: string | null;
};

/** Sends everything that is due. Running it again, late, twice or beside others changes nothing: the tables say. */
export function createRemindersJob(deps: RemindersDeps): Job<FixedResult> {
  const since = { gaveUp: 0, setAside: 0 };
  return { name: 'reminders', run: (how) => run(deps, how, since) };
}

async function run(deps: RemindersDeps, how: JobRun, since: Since): Promise<FixedResult> {
  const { at, dryRun } = how;
  const started = deps.monotonicNow();
  const requestsBefore = deps.tables.requests();
  const found: DueRow[] = [];
  for await (const row of deps.reminders.due(at)) found.push(row);
  const { ready: rows, later } = readyNow(found, at);
  const { shards, unreadable } = byShard(rows, startOf(deps.instance));
  const total: Total = {
    claimed: 0,
    digests: 0,
    sent: 0,
    dropped: 0,
    deferred: 0,
    failed: 0,
    gaveUp: 0,
    oldestLeft: null,
  };
  leave(total, later);
  const recorder = openRecorder(deps, at, since, rows.map(({ stored }) => dueOf(stored)).sort()[0] ?? null);
  if (dryRun) {
    for (const shard of shards) await tellShard(deps, shard, at, total);
  } else {
    for (const stored of unreadable) {
      deps.log.error({ code: 'unreadable-reminder', due: dueOf(stored) }, 'a reminder was set aside');
      await deps.reminders.deadLetter(stored);
    }
    await sweep({ deps, at, total, progressed: () => recorder.progressed(rows.length, total) }, shards);
  }
  const { gaveUp, oldestLeft, ...counted } = total;
  const failed = total.failed + gaveUp + unreadable.length;
  const result: FixedResult = {
    job: 'reminders',
    at,
    due: rows.length,
    ...counted,
    failed,
    tableRequests: deps.tables.requests() - requestsBefore,
    ms: Math.round(deps.monotonicNow() - started),
    counts: { gaveUp, setAside: unreadable.length },
  };
  since.gaveUp += gaveUp;
  since.setAside += dryRun ? 0 : unreadable.length;
  if (!dryRun) await recorder.done(result, oldestLeft);
  return result;
}

/**
 * Lanes run side by side; within a lane a group starts as soon as the semaphore has room for its people, so that a person
 * whose channel hangs takes one place and delays nobody else. A process that dies leaves only the people it had claimed
 * for another instance to take over.
 */
async function sweep(
  { deps, ...run }: Omit<Sweep, 'places' | 'serve' | 'departures'>,
  shards: readonly DueShard[],
): Promise<void> {
  const end = deps.monotonicNow() + RUN_MS;
  const stopping = () => deps.stopping() || deps.monotonicNow() >= end;
  const ending = { ...deps, stopping };
  const departures = createDepartures({ ...ending, at: run.at });
  const shared = { ...run, deps: ending, serve: openService(), departures };
  const lanes = bulkhead(LANES_AT_ONCE, Number.POSITIVE_INFINITY);
  await Promise.all(inLanes(shards).map((groups) => lanes.execute(() => sweepLane(shared, groups))));
}

async function sweepLane(
  sweep: Omit<Sweep, 'places'>,
  lane: readonly (readonly DuePerson[])[],
): Promise<void> {
  const places = createSemaphore(PEOPLE_AHEAD);
  const groups: Promise<void>[] = [];
  for (const people of lane) {
    await places.acquire(people.length);
    if (sweep.deps.stopping()) {
      places.release(people.length);
      leave(sweep.total, people.flatMap(rowsOf));
      continue;
    }
    groups.push(sweepGuarded({ ...sweep, places }, people));
  }
  await Promise.all(groups);
}

/** Serves so many people at a time, and so many of each tenant. */
function openService() {
  const all = bulkhead(PEOPLE_AT_ONCE, Number.POSITIVE_INFINITY);
  const tenants = new Map<string, BulkheadPolicy>();
  return <Served>(tenant: string, serve: () => Promise<Served>): Promise<Served> => {
    const own = tenants.get(tenant) ?? bulkhead(PEOPLE_OF_A_TENANT_AT_ONCE, Number.POSITIVE_INFINITY);
    tenants.set(tenant, own);
    return own.execute(() => all.execute(serve));
  };
}

/** What all groups of a run share. */
type Sweep = {
  readonly deps: RemindersDeps;
  readonly at: string;
  readonly total: Total;
  /** Told when somebody has been served. */
  readonly progressed: () => void;
  readonly places: Semaphore;
  readonly serve: ReturnType<typeof openService>;
  readonly departures: Departures;
};

async function sweepGuarded(sweep: Sweep, people: readonly DuePerson[]): Promise<void> {
  const { deps, total, places } = sweep;
  let held = people.length;
  const releasePlaces = (count: number) => {
    held -= count;
    places.release(count);
  };
  try {
    await sweepGroup(sweep, people, releasePlaces);
  } catch (error) {
    deps.log.error({ code: codeOf(error) }, 'a group waits for the next tick');
    const rows = people.flatMap(rowsOf);
    total.failed += rows.length;
    leave(total, rows);
  } finally {
    releasePlaces(held);
  }
}

async function sweepGroup(
  { deps, at, total, progressed, serve, departures }: Sweep,
  all: readonly DuePerson[],
  releasePlaces: (count: number) => void,
): Promise<void> {
  // Looked at before anything is claimed or read: a tenant that is held for an hour costs nothing meanwhile.
  const people = all.filter(({ tenant }) => !deps.isHeld(tenant));
  const held = all.filter((person) => !people.includes(person)).flatMap(rowsOf);
  total.deferred += held.length;
  leave(total, held);
  releasePlaces(all.length - people.length);
  if (people.length === 0) return;
  const from = deps.now();
  const until = new Date(from.getTime() + LEASE_MS);
  const lease = { owner: deps.instance, until: until.toISOString(), claimedAt: at };
  const rows = people.flatMap(rowsOf);
  const claimed = await claimRows(deps.reminders, rows, { lease, now: from.toISOString() });
  const ours = await Promise.all(byPerson(claimed).map((due) => withWaiting(deps, due, at)));
  releasePlaces(people.length - ours.length);
  if (ours.length === 0) return;
  deps.onStep?.('claimed');
  total.claimed += claimed.length;
  const holdsLease = () => {
    const left = until.getTime() - deps.now().getTime();
    // More than a whole lease left means that the clock was set back: others see it as over then.
    return left > LEASE_MARGIN_MS && left <= LEASE_MS;
  };
  const known = await readKnown(deps, ours);
  const delivered = await Promise.all(
    ours.map((due) =>
      serve(due.tenant, () => deliverGuarded({ deps, departures, due, holdsLease }, known, at)).finally(
        () => {
          releasePlaces(1);
          progressed();
        },
      ),
    ),
  );
  const settlement = together(delivered.flatMap(({ settlements }) => settlements));
  // The instance that took over finds the delivery log and settles; writing here could undo what it did.
  if (!holdsLease()) return leave(total, claimed);
  await apply(deps, settlement, at);
  deps.onStep?.('settled');
  for (const name of Object.keys(settlement.counts) as (keyof Counts)[]) {
    total[name] += settlement.counts[name];
  }
  total.failed += delivered.reduce((sum, { failed }) => sum + failed, 0);
  total.digests += delivered.reduce((sum, { digests }) => sum + digests, 0);
  const settled = new Set([...settlement.remove, ...settlement.wait].map(({ stored }) => stored));
  leave(
    total,
    claimed.filter(({ stored }) => !settled.has(stored)),
  );
}

/**
 * Somebody who is to be tried again: with all that waits for them. Whoever is back by now has it released, also where
 * the process that found them there did not get to that.
 */
async function withWaiting(
  { reminders, people }: RemindersDeps,
  due: DuePerson,
  at: string,
): Promise<DuePerson> {
  if (due.retries.length === 0) return due;
  const found = await unlessUnreadable(() => people.get(due.tenant, due.person));
  if (found === null) return due;
  if (isReachable(found.record)) {
    await reminders.release(due.tenant, due.person, at);
    return due;
  }
  const waiting: DueReminder[] = [];
  for await (const { reminder, stored } of reminders.waitingFor(due.tenant, due.person)) {
    if (reminder !== null) waiting.push({ reminder, stored });
  }
  return { ...due, rows: [...due.rows, ...waiting] };
}

/** Null for what cannot be read: its own person's trouble, seen to where their messages are composed. */
async function unlessUnreadable<Found>(read: () => Promise<Found | null>): Promise<Found | null> {
  try {
    return await read();
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return null;
  }
}

/** What a bug throws: it comes again each time, so it must not be tried each ten minutes for ever, seen by nobody. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError];
const NO_SUBJECTS = {
  records: { agreementOf: () => null, memberOf: () => null, momentOf: () => null },
};

/**
 * One person's trouble is not another's: what cannot be read, and what ends in a bug of ours, is tried again another
 * day, and given up in the end.
 */
async function deliverGuarded(
  attempting: Attempting,
  known: Known,
  at: string,
): Promise<Delivered & { failed: number }> {
  const { deps, due } = attempting;
  try {
    return { ...(await deliver(attempting, known, at)), failed: 0 };
  } catch (error) {
    const code = codeOf(error);
    deps.log.error({ code }, 'reminders of one person failed');
    const isBug = BUGS.some((kind) => error instanceof kind);
    // The tables are away: when the lease is over it is tried again.
    if (code !== UNREADABLE && !isBug) return { settlements: [], digests: 0, failed: rowsOf(due).length };
    const slot = slotFor(null, deps.zone);
    const today = dayOf(at, slot.zone);
    const subjects = isBug ? known.subjectsOf(due) : NO_SUBJECTS;
    // How far it came is not known: the delivery log tells, and is looked at for what was claimed before.
    const rows = rowsOf(due).map((row) => ({ ...row, reminder: { ...row.reminder, claimedAt: at } }));
    const unsent = settleUnsent(rows, { kind: 'failed', why: code }, { now: at, today, slot, ...subjects });
    return { settlements: [unsent], digests: 0, failed: 0 };
  }
}

/** Remembers what is still overdue after this run: the oldest of it is what an operator wants to know. */
function leave(total: Total, rows: readonly Pick<DueRow, 'stored'>[]): void {
  for (const { stored } of rows) {
    const due = dueOf(stored);
    if (total.oldestLeft === null || due < total.oldestLeft) total.oldestLeft = due;
  }
}

async function tellShard(deps: RemindersDeps, shard: DueShard, at: string, total: Total): Promise<void> {
  for (const { due, known } of await knownOf(deps, shard)) {
    const plan = await planFor(deps, due, { known, now: at }).catch(() => null);
    if (plan === null) {
      deps.print(`${due.tenant} ${due.person} unreadable`);
      total.failed += due.rows.length;
      continue;
    }
    total.dropped += plan.dropped.length + plan.alreadyDelivered.length;
    total.deferred += plan.deferred.length;
    for (const message of plan.messages) {
      const verdict = decideDelivery(message, { plan, kept: plan.kept, retries: due.retries.length > 0 });
      const what = message.rows.map(({ reminder }) => `${reminder.kind}:${reminder.subject}`).join(' ');
      deps.print(`${due.tenant} ${due.person} ${verdict} ${message.kind} ${what}`);
      if (verdict !== 'send') total.deferred += message.rows.length;
      else {
        total.sent += message.rows.length;
        if (message.kind === 'digest') total.digests += 1;
      }
    }
  }
}

async function knownOf(deps: RemindersDeps, shard: DueShard) {
  const groups = inGroups(shard).map(async (people) => {
    const known = await readKnown(deps, people);
    return people.map((due) => ({ due, known }));
  });
  return (await Promise.all(groups)).flat();
}

/**
 * Records how a run goes, for who looks after the bot. By the real clock: the instant that a run is for may be any.
 * What is written while it goes on never comes after what is written in the end, and its failing is no one's trouble.
 */
function openRecorder(deps: RemindersDeps, at: string, since: Since, oldestDue: string | null) {
  let recordedAt = deps.monotonicNow();
  let recording: Promise<void> = Promise.resolve();
  const record = (
    counts: Pick<FixedResult, 'due' | 'sent' | 'deferred' | 'failed'>,
    oldest: string | null,
  ) => {
    const { due, sent, deferred, failed } = counts;
    return deps.health.record('reminders', deps.instance, {
      ...{ at, ranAt: deps.now().toISOString(), due, sent, deferred, failed },
      ...since,
      oldestOverdue: oldest,
    });
  };
  return {
    progressed(due: number, total: Total) {
      if (deps.monotonicNow() - recordedAt < RECORDED_EACH_MS) return;
      recordedAt = deps.monotonicNow();
      recording = recording
        .then(() => record({ due, ...total }, oldestDue))
        .catch((error: unknown) => {
          deps.log.warn({ code: codeOf(error) }, 'that a run goes on could not be recorded');
        });
    },
    async done(result: FixedResult, oldestLeft: string | null) {
      await recording;
      await record(result, oldestLeft);
    },
  };
}

/** Where among the shards an instance starts: any number will do that differs between instances. */
function startOf(instance: string): number {
  return [...instance].reduce((sum, character) => sum + character.charCodeAt(0), 0);
}
