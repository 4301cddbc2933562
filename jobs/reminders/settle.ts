import type { Agreement, Undelivered } from '../../bot/domain/agreement.js';
import { addDays, dayOf, nextSlot, type Slot, slotOn } from '../../bot/domain/calendar.js';
import type { NewReminder, Reminder } from '../../bot/domain/reminder.js';
import { isNews, type ReminderKind } from '../../bot/domain/reminder-kinds.js';
import { initiativesToCome } from '../../bot/domain/reminders/agreement-reminders.js';
import type { ReminderRecords } from '../../bot/domain/reminders/current-subject.js';
import { isMonthly, monthlyReminders } from '../../bot/domain/reminders/monthly-reminders.js';
import { againReminder, unreachableReminder } from '../../bot/domain/reminders/planning.js';
import { type DueReminder, isWaiting, unclaimed } from '../../bot/store/reminders.js';
import type { Sent } from '../../bot/teams/proactive.js';
import { isWithinHours } from './sending-hours.js';

/** On how many days a reminder that fails is tried before it is given up. */
export const MOST_ATTEMPTS = 5;
/**
 * How long after each other it is tried on one day, in minutes, and then each hour: soon for a hiccup, and seldom for an
 * outage. Each minute for a whole day is what a channel that is down needs least.
 */
const BACKOFF_MINUTES = [1, 2, 5, 10, 30] as const;
const HOURLY_MINUTES = 60;

/** What the tables have to hold after a message: written in this order, and each write may be repeated. */
export type Settlement = {
  readonly plan: readonly NewReminder[];
  readonly wait: readonly DueReminder[];
  readonly remove: readonly DueReminder[];
  /** What the maker of the subject sees of it from now on. */
  readonly marks: readonly Mark[];
  readonly counts: Counts;
};
export type Mark = AgreementMark | OccasionMark;
export type AgreementMark = {
  readonly tenant: string;
  readonly manager: string;
  readonly agreement: Agreement;
  /** Null leaves the answer as it is. */
  readonly answer: 'shared' | 'waiting' | null;
  /** The reminder of it that was not delivered now, and the kind of the one that was; null for none. */
  readonly undelivered: Undelivered | null;
  readonly delivered: ReminderKind | null;
};
/** The same of a coffee or a moment: whether the reminder of this occasion arrived. */
export type OccasionMark = {
  readonly tenant: string;
  readonly manager: string;
  readonly kept: 'member' | 'moment';
  readonly id: string;
  readonly occasion: string;
  readonly arrived: boolean;
};
export type Counts = {
  readonly sent: number;
  readonly dropped: number;
  readonly deferred: number;
  readonly failed: number;
  /** Retries exhausted: it is not tried again. */
  readonly gaveUp: number;
};
export type SettleAt = {
  readonly now: string;
  /** The person's own day and slot. */
  readonly today: string;
  readonly slot: Slot;
  readonly records: Pick<ReminderRecords, 'agreementOf' | 'memberOf' | 'momentOf'>;
};

const NOTHING_COUNTED: Counts = { sent: 0, dropped: 0, deferred: 0, failed: 0, gaveUp: 0 };
const NOTHING: Settlement = { plan: [], wait: [], remove: [], marks: [], counts: NOTHING_COUNTED };

/** What no longer fits its subject goes. */
export function settleDropped(rows: readonly DueReminder[]): Settlement {
  return { ...NOTHING, remove: rows, counts: { ...NOTHING_COUNTED, dropped: rows.length } };
}

/** After the delivery was recorded: what follows from it is planned, then the rows go. */
export function settleSent(rows: readonly DueReminder[], at: SettleAt): Settlement {
  const plan: NewReminder[] = [];
  const marks: Mark[] = [];
  for (const { reminder } of rows) {
    const again = againReminder(reminder, at.today, at.slot);
    if (again !== null) plan.push(fresh(again));
    if (isMonthly(reminder.kind)) {
      const { tenant, person, kind } = reminder;
      plan.push(...monthlyReminders({ tenant, person, monthly: [kind] }, at.slot, at.now));
    }
    if (wasUndelivered(reminder, at)) marks.push(...occasionMarks(reminder, true));
    const agreement = at.records.agreementOf(reminder);
    if (agreement === null) continue;
    const { tenant, manager } = reminder;
    if (isShare(reminder)) {
      // Only who has seen an agreement can be reminded of it, and only of what is still to come.
      plan.push(...initiativesToCome({ tenant, person: manager }, agreement, { now: at.now, slot: at.slot }));
      marks.push({ ...markOf(reminder, agreement), answer: 'shared', delivered: reminder.kind });
    } else if (agreement.undelivered?.kind === reminder.kind) {
      marks.push({ ...markOf(reminder, agreement), delivered: reminder.kind });
    }
  }
  return { ...NOTHING, plan, marks, remove: rows, counts: { ...NOTHING_COUNTED, sent: rows.length } };
}

/**
 * The same for one that an earlier run had recorded as sent at `sentAt`: nothing is sent, so nothing is counted as
 * sent, and what follows is counted from the day on which it was.
 */
export function settleDelivered(row: DueReminder, sentAt: string, at: SettleAt): Settlement {
  const then = { ...at, today: dayOf(sentAt, at.slot.zone) };
  return { ...settleSent([row], then), counts: { ...NOTHING_COUNTED, dropped: 1 } };
}

/**
 * Who cannot be reached: it waits with them, and the one who keeps the record sees so. What waits already stays as it
 * is. `retry` is when they are tried again; null when they have to come back by themselves.
 */
export function settleGone(
  all: readonly DueReminder[],
  { why, retry }: { readonly why: string; readonly retry: NewReminder | null },
  at: SettleAt,
): Settlement {
  const rows = all.filter(({ stored }) => !isWaiting(stored));
  const plan: NewReminder[] = retry !== null && rows.length > 0 ? [retry] : [];
  const marks: Mark[] = [];
  for (const { reminder } of rows) {
    marks.push(...occasionMarks(reminder, false));
    const agreement = at.records.agreementOf(reminder);
    if (agreement === null) continue;
    if (isShare(reminder)) {
      marks.push({ ...markOf(reminder, agreement), answer: 'waiting' });
    } else if (reminder.kind === 'evaluation') {
      marks.push({ ...markOf(reminder, agreement), undelivered: { kind: reminder.kind, why } });
    } else if (reminder.kind === 'evaluation-initiative') {
      plan.push(unreachableReminder(reminder));
    }
  }
  return { ...NOTHING, plan, marks, wait: rows, counts: { ...NOTHING_COUNTED, deferred: rows.length } };
}

/**
 * Refused for the first time, or again on the same day: it comes on the person's next working day, and the one who
 * keeps the record sees that it did not arrive.
 */
export function settleRefused(rows: readonly DueReminder[], why: string, at: SettleAt): Settlement {
  const due = nextDay(at);
  return {
    ...NOTHING,
    plan: rows.map(({ reminder }) => ({ ...unclaimed(reminder), why, due })),
    remove: rows,
    marks: rows.filter(({ reminder }) => !isShare(reminder)).flatMap((row) => undeliveredMarks(row, why, at)),
    counts: { ...NOTHING_COUNTED, deferred: rows.length },
  };
}

/** Not tried, since they came back meanwhile or since this instance ends: it stays in its place, free for the next tick. */
export function settleReleased(all: readonly DueReminder[]): Settlement {
  const rows = all.filter(({ stored }) => !isWaiting(stored));
  const plan = rows.map(({ reminder }) => unclaimed(reminder));
  return { ...NOTHING, plan, counts: { ...NOTHING_COUNTED, deferred: rows.length } };
}

/** Not in this person's hours, or today has had its digest: their next slot. */
export function settleLater(rows: readonly DueReminder[], at: SettleAt): Settlement {
  return postponed(rows, nextSlot(at.now, at.slot));
}

/** Today has had enough of it: the person's next working day. */
export function settleNextDay(rows: readonly DueReminder[], at: SettleAt): Settlement {
  return postponed(rows, nextDay(at));
}

function postponed(rows: readonly DueReminder[], due: string): Settlement {
  return {
    ...NOTHING,
    plan: rows.map(({ reminder }) => ({ ...unclaimed(reminder), due })),
    remove: rows,
    counts: { ...NOTHING_COUNTED, deferred: rows.length },
  };
}

/**
 * Sending did not work. What surely did not arrive is tried again today, ever later; what failed for good, what may have
 * arrived and what has no time left today comes on the next working day, and its maker sees so. After so many days it
 * is given up: however often it was tried on one of them, each counts once.
 */
export function settleUnsent(
  rows: readonly DueReminder[],
  sent: Extract<Sent, { kind: 'retry' | 'failed' | 'uncertain' }>,
  at: SettleAt,
): Settlement {
  return together(rows.map((row) => settleOneUnsent(row, sent, at)));
}

function settleOneUnsent(
  row: DueReminder,
  sent: Extract<Sent, { kind: 'retry' | 'failed' | 'uncertain' }>,
  at: SettleAt,
): Settlement {
  const { reminder } = row;
  const isFirstToday = reminder.triedOn !== at.today;
  const tried = {
    ...unclaimed(reminder),
    why: sent.why,
    triedOn: at.today,
    tries: isFirstToday ? 1 : reminder.tries + 1,
    attempts: isFirstToday ? reminder.attempts + 1 : reminder.attempts,
  };
  const notBefore = sent.kind === 'retry' ? againToday(tried, sent.afterMs, at) : null;
  if (notBefore !== null) {
    // In its own place, with nobody's claim: since when it is overdue stays to be seen.
    return {
      ...NOTHING,
      plan: [{ ...tried, notBefore }],
      marks: tried.attempts > 1 ? undeliveredMarks(row, sent.why, at) : [],
      counts: { ...NOTHING_COUNTED, deferred: 1 },
    };
  }
  const gaveUp = tried.attempts >= MOST_ATTEMPTS;
  return {
    ...NOTHING,
    plan: gaveUp ? [] : [{ ...tried, notBefore: null, due: nextDay(at) }],
    remove: [row],
    marks: undeliveredMarks(row, sent.why, at, gaveUp),
    counts: { ...NOTHING_COUNTED, failed: gaveUp ? 0 : 1, gaveUp: gaveUp ? 1 : 0 },
  };
}

/** When to try again today what has been tried so often; null when today has no time left for it. */
function againToday(
  { kind, tries }: Reminder,
  askedMs: number | null,
  { now, today, slot }: SettleAt,
): string | null {
  const minutes = BACKOFF_MINUTES[tries - 1] ?? HOURLY_MINUTES;
  const again = new Date(Date.parse(now) + Math.max(minutes * 60_000, askedMs ?? 0)).toISOString();
  const isToday = dayOf(again, slot.zone) === today;
  return isToday && isWithinHours(isNews(kind) ? 'news' : 'digest', again, slot) ? again : null;
}

/** The person's slot on their next working day: what was tried today is not tried again today. */
function nextDay({ today, slot }: SettleAt): string {
  return slotOn(addDays(today, 1), slot);
}

/** What makes the maker of a record see that a reminder of it did not arrive. */
function undeliveredMarks({ reminder }: DueReminder, why: string, at: SettleAt, givenUp = false): Mark[] {
  const agreement = at.records.agreementOf(reminder);
  if (agreement === null) return occasionMarks(reminder, false);
  const undelivered = { kind: reminder.kind, why, ...(givenUp ? { givenUp } : {}) } as const;
  return [{ ...markOf(reminder, agreement), undelivered }];
}

function markOf({ tenant, manager }: Reminder, agreement: Agreement): AgreementMark {
  return { tenant, manager, agreement, answer: null, undelivered: null, delivered: null };
}

/** The same of a coffee or a moment; none of anything else. */
function occasionMarks({ tenant, manager, kind, subject: id, occasion }: Reminder, arrived: boolean): Mark[] {
  if (kind !== 'coffee' && kind !== 'moment') return [];
  return [{ tenant, manager, kept: kind === 'coffee' ? 'member' : 'moment', id, occasion, arrived }];
}

/** Whether its maker sees that a reminder of a coffee or a moment did not arrive. */
function wasUndelivered(reminder: Reminder, { records }: SettleAt): boolean {
  const kept =
    reminder.kind === 'coffee'
      ? records.memberOf(reminder)
      : reminder.kind === 'moment'
        ? records.momentOf(reminder)
        : null;
  return kept !== null && typeof kept.undeliveredOccasion === 'string';
}

/** Shows the employee what is on record of them. */
function isShare({ kind }: Reminder): boolean {
  return kind === 'agreement-shared' || kind === 'agreement-moved';
}

/** A reminder that has not been tried yet. */
function fresh(reminder: NewReminder): NewReminder {
  const untried = { attempts: 0, why: null, triedOn: null, tries: 0, notBefore: null };
  return { ...reminder, ...untried, owner: null, until: null, claimedAt: null, sendingAt: null };
}

/** Several settlements as one, to be written in as few transactions as there can be. */
export function together(settlements: readonly Settlement[]): Settlement {
  return {
    plan: settlements.flatMap(({ plan }) => plan),
    wait: settlements.flatMap(({ wait }) => wait),
    remove: settlements.flatMap(({ remove }) => remove),
    marks: settlements.flatMap(({ marks }) => marks),
    counts: settlements.reduce((sum, { counts }) => addCounts(sum, counts), NOTHING_COUNTED),
  };
}

function addCounts(one: Counts, other: Counts): Counts {
  return {
    sent: one.sent + other.sent,
    dropped: one.dropped + other.dropped,
    deferred: one.deferred + other.deferred,
    failed: one.failed + other.failed,
    gaveUp: one.gaveUp + other.gaveUp,
  };
}
