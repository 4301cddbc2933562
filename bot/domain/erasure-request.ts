import type { Agreement } from './agreement.js';
import { type At, addDays, dayOf, type Instant, newsMoment, plus, type Slot, slotOn } from './calendar.js';
import type { ErasureRequest } from './erasure-record.js';
import type { Manager } from './manager.js';
import { type NewReminder, newReminder, type Reminder } from './reminder.js';
import type { ReminderKind } from './reminder-kinds.js';
import { REMOVAL_ANSWER_MONTHS } from './retention-periods.js';

/** The manager is reminded so long before the last day. */
const WARNED_BEFORE_DAYS = 7;
const OF_REMOVAL = ['removal-asked', 'removal-due', 'removal-late', 'removal-kept'] as const;

/** A request of this instant, with the last day to answer it. */
export function askedNow(now: Instant, zone: string): ErasureRequest {
  const by = plus(dayOf(now, zone), { months: REMOVAL_ANSWER_MONTHS });
  return { askedAt: now, by, answeredAt: null, kept: null };
}

/** A request that waits for an answer; null when there is none, or it was answered. */
export function openErasureRequest({ removal }: Pick<Agreement, 'removal'>): ErasureRequest | null {
  return removal !== null && removal.answeredAt === null ? removal : null;
}

/** What a request is about: whose record, and the account of whoever asked; and the messages that it brings. */
export type AboutRequest = {
  readonly manager: Manager;
  readonly subject: string;
  readonly employee: string;
  /** To the manager now and before the last day, to the employee after it. */
  readonly kinds: Readonly<Record<'asked' | 'due' | 'late', ReminderKind>>;
};

/**
 * All that follows from a request, whatever record it is about: the manager hears of it now and again before the last
 * day, the employee when no answer came.
 */
export function requestReminders(
  { manager, subject, employee, kinds }: AboutRequest,
  { askedAt: occasion, by }: Pick<ErasureRequest, 'askedAt' | 'by'>,
  { now, slot }: { readonly now: Instant; readonly slot: Slot },
): readonly NewReminder[] {
  const { person } = manager;
  const about = { manager, subject, occasion };
  const warned = slotOn(addDays(by, -WARNED_BEFORE_DAYS), slot);
  const late = slotOn(addDays(by, 1), slot);
  return [
    newReminder({ ...about, kind: kinds.asked, person, due: newsMoment(now, slot) }),
    newReminder({ ...about, kind: kinds.due, person, due: warned }),
    newReminder({ ...about, kind: kinds.late, person: employee, due: late }),
  ];
}

const REMOVAL_KINDS = { asked: 'removal-asked', due: 'removal-due', late: 'removal-late' } as const;

/** The same of a request to remove an agreement; nothing for what was answered, or is about nobody who can be reached. */
export function removalReminders(
  manager: Manager,
  agreement: Agreement,
  { now, slot }: At,
): readonly NewReminder[] {
  const removal = openErasureRequest(agreement);
  const { employee, id: subject } = agreement;
  if (removal === null || employee === null) return [];
  return requestReminders({ manager, subject, employee, kinds: REMOVAL_KINDS }, removal, { now, slot });
}

/** Tells the employee that it stays, and why; null when there is no such answer or nobody to tell. */
export function keptReminder(manager: Manager, agreement: Agreement, { now, slot }: At): NewReminder | null {
  const { removal, employee } = agreement;
  if (removal?.answeredAt == null || employee === null) return null;
  return newReminder({
    kind: 'removal-kept',
    manager,
    person: employee,
    subject: agreement.id,
    occasion: removal.answeredAt,
    due: newsMoment(now, slot),
  });
}

/** Tells the employee that it is gone: the record cannot say so any more. */
export function grantedReminder(
  manager: Manager,
  agreement: Agreement & { readonly employee: string; readonly removal: ErasureRequest },
  { now, slot }: At,
): NewReminder {
  const { employee, removal, managerName } = agreement;
  const reminder = newReminder({
    kind: 'removal-granted',
    manager,
    person: employee,
    subject: agreement.id,
    occasion: removal.askedAt,
    due: newsMoment(now, slot),
  });
  return { ...reminder, former: managerName };
}

/** Whether a reminder is about a request on a record that is still there. */
export function isOfRemoval(kind: ReminderKind): kind is (typeof OF_REMOVAL)[number] {
  return OF_REMOVAL.some((one) => one === kind);
}

/** Whether it still fits: not answered, withdrawn or asked anew meanwhile. That it was closed makes no difference. */
export function removalStillWanted(
  { kind, occasion }: Pick<Reminder, 'kind' | 'occasion'>,
  { removal }: Pick<Agreement, 'removal'>,
): boolean {
  if (removal === null) return false;
  if (kind === 'removal-kept') return removal.answeredAt === occasion;
  return removal.answeredAt === null && removal.askedAt === occasion;
}
