import type { Agreement } from '../../bot/domain/agreement.js';
import { addDays, dayOf } from '../../bot/domain/calendar.js';
import type { Manager, ManagerRecords } from '../../bot/domain/manager.js';
import type { Member } from '../../bot/domain/member.js';
import type { Moment } from '../../bot/domain/moment.js';
import { isReachable, type Person } from '../../bot/domain/person.js';
import type { NewReminder } from '../../bot/domain/reminder.js';
import { type ReminderKind, subjectKindOf } from '../../bot/domain/reminder-kinds.js';
import { uncheckedReminder } from '../../bot/domain/reminders/contacts-reminders.js';
import { isMonthly, monthlyReminders } from '../../bot/domain/reminders/monthly-reminders.js';
import { deliveryRetry, slotFor } from '../../bot/domain/reminders/planning.js';
import type { ScanEntry } from '../../bot/domain/scan.js';
import { codeOf } from '../../bot/errors.js';
import type { Log } from '../../bot/log.js';
import type { Deliveries } from '../../bot/store/deliveries.js';
import type { EmployeeIndex, NewPointer } from '../../bot/store/employee-index.js';
import type { Health } from '../../bot/store/health.js';
import type { Managers } from '../../bot/store/managers.js';
import type { Organisations } from '../../bot/store/organisation.js';
import type { People } from '../../bot/store/people.js';
import { type Reminders, unclaimed } from '../../bot/store/reminders.js';
import { UNREADABLE } from '../../bot/store/tables/row-mapping.js';
import type { StoredRow } from '../../bot/store/tables/rows.js';
import type { Tables } from '../../bot/store/tables/tables.js';
import type { FixedResult, Job, JobRun } from '../job.js';
import type { ApplyDeps } from '../reminders/apply.js';
import { identityOf, missingOfKept, missingReminders } from './missing.js';
import { mendScans, type Proof, type ScanNightDeps, scanEntryId, scanReminderId } from './scan-night.js';

/** An instance that has not ticked for this long is gone. */
const INSTANCE_GONE_MS = 7 * 24 * 3_600_000;

export type ReconcileDeps = ScanNightDeps &
  Pick<ApplyDeps, 'install'> & {
    readonly people: People;
    readonly managers: Managers;
    readonly about: EmployeeIndex;
    readonly deliveries: Deliveries;
    readonly reminders: Reminders;
    readonly organisations: Organisations;
    /** Whether somebody fills in what counts for the organisation. */
    readonly isHrAdmin: (person: string) => boolean;
    readonly health: Health;
    readonly tables: Tables;
    readonly log: Log;
    readonly zone: string;
    readonly monotonicNow: () => number;
    readonly print: (line: string) => void;
  };

/**
 * Each night: whatever is open and has no reminder gets one, whatever is about somebody and cannot be found by them
 * gets its pointer, what is planned for records that are gone goes, and what waits for people who are back is
 * delivered. Of the names that the result has in common with reminders, `due` is what `counts` has as agreements looked
 * at, `claimed` reminders that were missing, `dropped` those about nothing and `deferred` those released. Doing it
 * twice, or stopping half-way, does no harm.
 */
export function createReconcileJob(deps: ReconcileDeps): Job<FixedResult> {
  return { name: 'reconcile', run: (how) => run(deps, how) };
}

async function run(deps: ReconcileDeps, how: JobRun): Promise<FixedResult> {
  const { dryRun } = how;
  // By the hour: what several instances find missing in one night comes under one key, and not once for each.
  const at = `${how.at.slice(0, 13)}:00:00.000Z`;
  const started = deps.monotonicNow();
  const requestsBefore = deps.tables.requests();
  const broughtBack = await bringBack(deps, at, dryRun);
  const planned = new Set<string>();
  const plannedOfScans = new Set<string>();
  const scanEntries = new Map<string, ScanEntry>();
  for await (const { reminder } of deps.reminders.all()) {
    if (reminder === null) continue;
    if (reminder.kind === 'scan-news' || reminder.kind === 'scan-due')
      plannedOfScans.add(scanReminderId(reminder));
    planned.add(isMonthly(reminder.kind) ? seriesOf(reminder, reminder.kind) : identityOf(reminder));
  }
  const mending: Mending = { deps, planned, at, dryRun };
  let looked = 0;
  let mended = 0;
  let repointed = 0;
  const failures: Failures = { count: 0 };
  const kept = new Set<string>();
  const pointed = new Set<string>();
  for await (const { tenant, employee, pointer } of deps.about.all()) {
    const { manager, agreement, member, removed } = pointer;
    if (removed === null) pointed.add([tenant, employee, manager, agreement ?? member].join('|'));
  }
  for await (const { manager, everything } of deps.managers.all()) {
    const { agreements, members, moments, scans, unreadable } = everything;
    for (const scan of scans) scanEntries.set(scanEntryId(manager.tenant, manager.person, scan.id), scan);
    failures.count += unreadable.length;
    for (const record of unreadable)
      deps.log.error({ code: UNREADABLE, tenant: manager.tenant, record }, 'a record cannot be read');
    for (const id of [...agreements, ...members, ...moments].map((one) => one.id).concat(unreadable)) {
      kept.add(keptId(manager, id));
    }
    for (const agreement of everything.agreements) {
      looked += 1;
      const work = () => mendAgreement(mending, manager, agreement);
      mended += await unlessUnreadable(work, failures);
    }
    const { tenant, person } = manager;
    const isPointed = (employee: string, id: string) => pointed.has([tenant, employee, person, id].join('|'));
    for (const { employee, to } of lostPointers(manager, everything, isPointed, at)) {
      if (!dryRun) await deps.about.index(tenant, employee, to);
      repointed += 1;
    }
    const others = [
      ...everything.members.map((member) => ({ member })),
      ...everything.moments.map((moment) => ({ moment })),
    ];
    for (const kept of others) {
      const work = () => mendKept(mending, manager, kept);
      mended += await unlessUnreadable(work, failures);
    }
  }
  for await (const person of deps.people.all()) {
    mended += await mendMonthly(mending, person);
    if (deps.isHrAdmin(person.person)) {
      mended += await unlessUnreadable(() => mendUnchecked(mending, person), failures);
    }
  }
  const night = await mendScans(deps, {
    at,
    dryRun,
    planned: plannedOfScans,
    entries: scanEntries,
    proofOf: (reminder) => proofOf(deps, reminder, null),
  });
  mended += night.missing;
  const dropped = await dropAboutNothing(deps, kept, failures, dryRun);
  if (!dryRun) {
    const gone = new Date(Date.parse(how.at) - INSTANCE_GONE_MS).toISOString();
    for (const job of ['reminders', 'retention']) await deps.health.forget(job, gone, how.at);
  }
  const released = dryRun ? 0 : await seeToWaiting(deps, planned, at, failures);
  return {
    job: 'reconcile',
    at: how.at,
    due: looked,
    claimed: mended,
    sent: 0,
    digests: 0,
    dropped,
    deferred: released,
    failed: failures.count,
    tableRequests: deps.tables.requests() - requestsBefore,
    ms: Math.round(deps.monotonicNow() - started),
    counts: {
      looked,
      missing: mended,
      repointed,
      aboutNothing: dropped,
      released,
      broughtBack,
      closedScans: night.closed,
    },
  };
}

/**
 * What a version that did not know its kind had put out of the way comes back, due as it was: whether it still fits its
 * record, and was not sent, is looked at then. How many.
 */
async function bringBack({ reminders, print }: ReconcileDeps, at: string, dryRun: boolean): Promise<number> {
  let count = 0;
  for await (const { reminder, stored } of reminders.aside()) {
    if (reminder === null) continue;
    count += 1;
    const { tenant, person, kind, subject } = reminder;
    if (dryRun) print(`${tenant} ${person} ${kind}:${subject}`);
    else {
      await reminders.plan({ ...unclaimed(reminder), claimedAt: reminder.claimedAt ?? at });
      await reminders.removeAll([stored]);
    }
  }
  return count;
}

/** What one night mends with: ids of what is planned already, and the instant of the run. */
type Mending = {
  readonly deps: ReconcileDeps;
  readonly planned: ReadonlySet<string>;
  readonly at: string;
  readonly dryRun: boolean;
};

async function mendAgreement(
  { deps, planned, at, dryRun }: Mending,
  manager: Manager,
  agreement: Agreement,
): Promise<number> {
  // First without anybody's own slot: most agreements lack nothing, and then nothing more is read.
  const usual = slotFor(null, deps.zone);
  if (missingReminders(manager, agreement, { planned, now: at, slot: usual }).length === 0) return 0;
  const owner = await deps.people.get(manager.tenant, manager.person);
  const slot = slotFor(owner?.record ?? null, deps.zone);
  const missing = missingReminders(manager, agreement, { planned, now: at, slot });
  let mended = 0;
  for (const reminder of missing) {
    // Sent, in whichever round, and not acted on: that stays in the overview and is no loss.
    const proof = await proofOf(deps, reminder, owner?.record ?? null);
    if (proof === 'sent') continue;
    if (dryRun) deps.print(`${reminder.tenant} ${reminder.person} ${reminder.kind}:${reminder.subject}`);
    else await deps.reminders.plan(reminder);
    mended += proof === 'none' ? 1 : 0;
  }
  return mended;
}

/** The same for a coffee or a moment. Most lack nothing, and then nobody's own slot is read. */
async function mendKept(
  { deps, planned, at, dryRun }: Mending,
  manager: Manager,
  kept: Kept,
): Promise<number> {
  if (missingOfKept(manager, kept, { planned, now: at, slot: slotFor(null, deps.zone) }).length === 0)
    return 0;
  const owner = await deps.people.get(manager.tenant, manager.person);
  // Planned each night it would be dropped each morning, and count as something that was lost.
  if ('member' in kept && owner?.record.off?.includes('coffee') === true) return 0;
  const slot = slotFor(owner?.record ?? null, deps.zone);
  return planMissing(
    deps,
    missingOfKept(manager, kept, { planned, now: at, slot }),
    owner?.record ?? null,
    dryRun,
  );
}

/** The same for what somebody asked for once a month: each is planned when the one before it was sent. */
async function mendMonthly({ deps, planned, at, dryRun }: Mending, person: Person): Promise<number> {
  const next = monthlyReminders(person, slotFor(person, deps.zone), at);
  const lacking = next.filter(({ kind }) => !planned.has(seriesOf(person, kind)));
  return planMissing(deps, lacking, person, dryRun);
}

/** To somebody of HR: contacts that nobody has looked at for long. */
async function mendUnchecked({ deps, planned, at, dryRun }: Mending, person: Person): Promise<number> {
  const { contacts } = (await deps.organisations.get(person.tenant)).record;
  const reminder = uncheckedReminder(person, contacts, { slot: slotFor(person, deps.zone), now: at });
  if (reminder === null || planned.has(identityOf(reminder))) return 0;
  return planMissing(deps, [reminder], person, dryRun);
}

async function planMissing(
  deps: ReconcileDeps,
  wanted: readonly NewReminder[],
  /** Whoever was read already: most are for them. */
  reader: Person | null,
  dryRun: boolean,
): Promise<number> {
  const missing: NewReminder[] = [];
  let count = 0;
  for (const reminder of wanted) {
    const proof = await proofOf(deps, reminder, reader);
    if (proof === 'sent') continue;
    missing.push(reminder);
    count += proof === 'none' ? 1 : 0;
  }
  if (!dryRun) await deps.reminders.planAll(missing);
  else {
    for (const { tenant, person, kind, subject } of missing)
      deps.print(`${tenant} ${person} ${kind}:${subject}`);
  }
  return count;
}

/** Of what comes each month one is planned, whichever month it is for. */
function seriesOf({ tenant, person }: Pick<Person, 'tenant' | 'person'>, kind: string): string {
  return [tenant, person, kind].join('|');
}

/**
 * Whether a reminder went out. Of whoever took the app out what was sent went too: it is planned once more, for when
 * they are back, and was not lost.
 */
async function proofOf(
  { deliveries, people }: ReconcileDeps,
  reminder: NewReminder,
  read: Person | null,
): Promise<Proof> {
  const { tenant, person } = reminder;
  const start = `${identityOf(reminder)}|`;
  const sent = await deliveries.sentTo(tenant, person);
  if ([...sent.keys()].some((item) => item.startsWith(start))) return 'sent';
  const kept = read?.person === person ? read : ((await people.get(tenant, person))?.record ?? null);
  return kept !== null && kept.removedAt !== null ? 'forgotten' : 'none';
}

/** What is about whom and has no pointer, since a crash kept it from being written. */
function lostPointers(
  { person: manager }: Manager,
  { agreements, members, moments }: ManagerRecords,
  pointed: (employee: string, id: string) => boolean,
  at: string,
): readonly { readonly employee: string; readonly to: NewPointer }[] {
  const toAgreements = agreements.flatMap(({ employee, id, createdAt: since }) =>
    employee === null || pointed(employee, id) ? [] : [{ employee, to: { manager, agreement: id, since } }],
  );
  // Also to a place that holds no more than a name: it says that somebody of that account is on the list.
  // A place itself has no day: it is there since the first thing that was recorded with it, as far as that is known.
  const sinceOf = (id: string) =>
    [...agreements, ...moments]
      .filter(({ member }) => member === id)
      .map(({ createdAt }) => createdAt)
      .sort()[0] ?? at;
  const toMembers = members.flatMap(({ person: employee, id }) =>
    employee === null || pointed(employee, id)
      ? []
      : [{ employee, to: { manager, member: id, since: sinceOf(id) } }],
  );
  return [...toAgreements, ...toMembers];
}

/** What tells somebody that a record is gone is about nothing by its nature. */
const TELLS_OF_WHAT_IS_GONE: readonly ReminderKind[] = ['removal-granted', 'moment-removed'];

/**
 * Who a record was about would be known for months by what was planned for it. A record may be written a moment after
 * its reminder: what is not among those seen is looked up once more before anything goes.
 */
async function dropAboutNothing(
  deps: ReconcileDeps,
  kept: ReadonlySet<string>,
  failures: Failures,
  dryRun: boolean,
): Promise<number> {
  const rows: StoredRow[] = [];
  for await (const { reminder, stored } of deps.reminders.all()) {
    const kind = reminder === null ? null : subjectKindOf(reminder);
    if (reminder === null || kind === null || TELLS_OF_WHAT_IS_GONE.includes(reminder.kind)) continue;
    const { tenant, manager: person, subject: id } = reminder;
    const manager = { tenant, person };
    if (kept.has(keptId(manager, id))) continue;
    await unlessUnreadable(async () => {
      const several = await deps.managers.several([{ manager, subjects: [{ kind, id }] }]);
      if (several[kind](manager, id) !== null) return 0;
      if (dryRun) deps.print(`${tenant} ${reminder.person} ${reminder.kind}:${id}`);
      return rows.push(stored);
    }, failures);
  }
  if (!dryRun) await deps.reminders.removeAll(rows);
  return rows.length;
}

function keptId({ tenant, person }: Manager, id: string): string {
  return [tenant, person, id].join('|');
}

/**
 * What waits for somebody who is back is released; whoever is still away is tried again by themselves, so that they need
 * not act. How many reminders were released.
 */
async function seeToWaiting(
  deps: ReconcileDeps,
  planned: ReadonlySet<string>,
  at: string,
  failures: Failures,
): Promise<number> {
  const people = new Map<string, { tenant: string; person: string }>();
  for await (const { reminder } of deps.reminders.waiting()) {
    if (reminder !== null) people.set(`${reminder.tenant}|${reminder.person}`, reminder);
  }
  let released = 0;
  for (const { tenant, person } of people.values()) {
    released += await unlessUnreadable(async () => {
      const found = await deps.people.get(tenant, person);
      // Tried each night: an administrator may have allowed the app meanwhile.
      if (found === null) {
        void deps.install?.({ tenant, person });
        return 0;
      }
      if (isReachable(found.record)) return deps.reminders.release(tenant, person, at);
      const { reference, unreachableSince } = found.record;
      if (reference === null || unreachableSince === null) return 0;
      const slot = slotFor(found.record, deps.zone);
      // Of this very day too, which has only begun.
      const yesterday = addDays(dayOf(at, slot.zone), -1);
      const retry = deliveryRetry(found.record, { unreachableSince, today: yesterday, slot });
      if (!planned.has(identityOf(retry))) await deps.reminders.plan(retry);
      return 0;
    }, failures);
  }
  return released;
}

/** One row that cannot be read must not end the night for everybody: it is counted and the rest goes on. */
async function unlessUnreadable(work: () => Promise<number>, failures: Failures): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    failures.count += 1;
    return 0;
  }
}

type Failures = { count: number };
type Kept = { readonly member: Member } | { readonly moment: Moment };
