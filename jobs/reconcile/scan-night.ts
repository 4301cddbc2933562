import { addDays, dayOf } from '../../bot/domain/calendar.js';
import type { NewReminder, Reminder } from '../../bot/domain/reminder.js';
import { slotFor } from '../../bot/domain/reminders/planning.js';
import {
  againReminder,
  agreedReminders,
  askReminders,
  closedReminders,
  isOver,
  type SlotOf,
  scanEvaluationReminder,
} from '../../bot/domain/reminders/scan-reminders.js';
import { entryOf, type Scan, type ScanEntry } from '../../bot/domain/scan.js';
import type { Audit } from '../../bot/store/audit.js';
import type { Managers } from '../../bot/store/managers.js';
import type { People } from '../../bot/store/people.js';
import type { Reminders } from '../../bot/store/reminders.js';
import type { Scans } from '../../bot/store/scans.js';

export type ScanNightDeps = {
  readonly scans: Scans;
  readonly managers: Managers;
  readonly people: People;
  readonly reminders: Reminders;
  readonly audit: Audit;
  readonly zone: string;
  readonly print: (line: string) => void;
};

/** Proofs of what was sent are kept for longer than this: what was told before them is not told again once they go. */
const TOLD_DAYS = 60;

/** Whether there is a proof that a reminder went out, or there was and it went with what is kept of a person. */
export type Proof = 'sent' | 'forgotten' | 'none';

/** A reminder of a scan by whom it is for, too: of one scan many people are told the same. */
export function scanReminderId(reminder: Pick<Reminder, 'person' | 'kind' | 'subject' | 'occasion'>): string {
  return [reminder.person, reminder.kind, reminder.subject, reminder.occasion].join('|');
}

/** An entry of a manager's list, by whose and of which scan. */
export function scanEntryId(tenant: string, manager: string, id: string): string {
  return [tenant, manager, id].join('|');
}

/**
 * What a night does for team scans: those whose last day has passed close, with whatever came in; what a crash left out
 * is made up for: an entry on its maker's list, and whoever was not told. `planned` and `entries` are what there is;
 * `proofOf` says what was proven. How many closed, and how much was missing.
 */
export async function mendScans(
  deps: ScanNightDeps,
  {
    at,
    dryRun,
    planned,
    entries,
    proofOf,
  }: {
    readonly at: string;
    readonly dryRun: boolean;
    readonly planned: ReadonlySet<string>;
    readonly entries: ReadonlyMap<string, ScanEntry>;
    readonly proofOf: (reminder: NewReminder) => Promise<Proof>;
  },
): Promise<{ readonly closed: number; readonly missing: number }> {
  const total = { closed: 0, missing: 0 };
  const known = new Set<string>();
  for await (const { record } of deps.scans.all()) {
    known.add(scanEntryId(record.tenant, record.manager, record.id));
    const over = isOver(record, at);
    if (over && dryRun) deps.print(`${record.tenant} ${record.manager} close:${record.id}`);
    if (over) total.closed += 1;
    const scan = over && !dryRun ? await close(deps, record, at) : record;
    if (scan === null) continue;
    const tonight = isOfTonight(scan, at, deps.zone);
    const manager = { tenant: scan.tenant, person: scan.manager };
    const entry = entries.get(scanEntryId(scan.tenant, scan.manager, scan.id));
    if (JSON.stringify(entry) !== JSON.stringify(entryOf(scan))) {
      if (!dryRun) await deps.managers.putScan(manager, entryOf(scan));
      total.missing += tonight ? 0 : 1;
    }
    const lacking: NewReminder[] = [];
    let lost = 0;
    for (const reminder of await wantedFor(deps, scan, at)) {
      if (planned.has(scanReminderId(reminder))) continue;
      const proof = await proofOf(reminder);
      if (proof === 'sent') continue;
      lacking.push(reminder);
      lost += proof === 'none' ? 1 : 0;
    }
    if (!dryRun) await deps.reminders.planAll(lacking);
    else
      for (const { tenant, person, kind, subject } of lacking)
        deps.print(`${tenant} ${person} ${kind}:${subject}`);
    total.missing += tonight ? 0 : lost;
  }
  await dropLost(deps, { known, entries, dryRun });
  return total;
}

/** What follows from closing a scan tonight, in this instance or another, was not missing before. */
function isOfTonight({ closedBy, closedAt }: Scan, at: string, zone: string): boolean {
  return closedBy === 'night' && closedAt !== null && dayOf(closedAt, zone) === dayOf(at, zone);
}

/** The night says so on the audit trail before it does: a crash in between notes it twice at most, as one entry. */
async function close({ scans, audit }: ScanNightDeps, scan: Scan, at: string): Promise<Scan | null> {
  const { tenant, id: record, manager } = scan;
  await audit.add(tenant, `close-${record}`, {
    at,
    who: 'reconcile',
    did: 'close-scan',
    record,
    kind: 'scan',
    manager,
  });
  return scans.close(tenant, record, { now: at, by: 'night' });
}

/** All that a scan ought to have planned, as if it was planned now. */
async function wantedFor(
  { people, scans, zone }: ScanNightDeps,
  scan: Scan,
  at: string,
): Promise<readonly NewReminder[]> {
  const found = await people.getMany(scan.tenant, [scan.manager, ...scan.asked]);
  const slotOf: SlotOf = (person) => slotFor(found(person)?.record ?? null, zone);
  const manager = { tenant: scan.tenant, person: scan.manager };
  const look = scanEvaluationReminder(manager, scan, slotOf(scan.manager));
  const again = againReminder(scan, slotOf(scan.manager));
  const isRecent = (instant: string) => addDays(dayOf(instant, zone), TOLD_DAYS) > dayOf(at, zone);
  const ofManager = [look, again].filter((one) => one !== null).filter(({ due }) => isRecent(due));
  if (scan.status === 'open') {
    const open: string[] = [];
    // Planned for who has answered it would be dropped each morning, and count as something that was lost.
    for (const person of scan.asked) if (!(await scans.hasAnswered(scan, person))) open.push(person);
    return askReminders(scan, open, { slotOf, now: at });
  }
  const closed = isRecent(scan.closedAt ?? scan.startedAt) ? closedReminders(scan, slotOf, at) : [];
  // Of an evaluation since the version is another one: then the team has talked about it.
  const isNew = scan.measures.length > 0 && scan.measures.every(({ outcome }) => outcome === null);
  const agreed = isNew && isRecent(scan.changedAt) ? agreedReminders(scan, slotOf, at) : [];
  return [...closed, ...agreed, ...ofManager];
}

/** An entry of a scan that is gone; one that was started since it was read is there when it is looked up once more. */
async function dropLost(
  { managers, scans, print }: ScanNightDeps,
  {
    known,
    entries,
    dryRun,
  }: {
    readonly known: ReadonlySet<string>;
    readonly entries: ReadonlyMap<string, ScanEntry>;
    readonly dryRun: boolean;
  },
): Promise<void> {
  for (const [place, { id }] of entries) {
    if (known.has(place)) continue;
    const [tenant = '', person = ''] = place.split('|');
    const found = await scans.get(tenant, id);
    if (found?.record.manager === person) continue;
    if (dryRun) print(`${tenant} ${person} scan:${id}`);
    else await managers.removeScan({ tenant, person }, id);
  }
}
