import { addDays, type Day, dayOf, type Instant, newsMoment, plus, type Slot, slotOn } from '../calendar.js';
import type { Agreement, Manager, Removal } from '../store/managers.js';
import type { NewReminder, Reminder, ReminderKind } from '../store/reminders.js';
import { REMOVAL_ANSWER_MONTHS } from '../store/terms.js';

/** The manager is reminded so long before the last day. */
const WARNED_BEFORE_DAYS = 7;
const OF_REMOVAL = ['removal-asked', 'removal-due', 'removal-late', 'removal-kept'] as const;

/** A request of this instant, with the last day to answer it. */
export function askedNow(now: Instant, zone: string): Removal {
  const by = plus(dayOf(now, zone), { months: REMOVAL_ANSWER_MONTHS });
  return { askedAt: now, by, answeredAt: null, kept: null };
}

/** A request that waits for an answer; null when there is none, or it was answered. */
export function openRemoval({ removal }: Pick<Agreement, 'removal'>): Removal | null {
  return removal !== null && removal.answeredAt === null ? removal : null;
}

/** Whether the last day to answer has passed. */
export function isLate({ by }: Pick<Removal, 'by'>, today: Day): boolean {
  return by < today;
}

/**
 * All that follows from a request: the manager hears of it now and again before the last day, the employee when no
 * answer came. Nothing for what was answered, or is about nobody who can be reached.
 */
export function removalReminders(
  manager: Manager,
  agreement: Agreement,
  now: Instant,
  slot: Slot,
): readonly NewReminder[] {
  const removal = openRemoval(agreement);
  const { employee } = agreement;
  if (removal === null || employee === null) return [];
  const occasion = removal.askedAt;
  const warned = slotOn(addDays(removal.by, -WARNED_BEFORE_DAYS), slot);
  const late = slotOn(addDays(removal.by, 1), slot);
  return [
    about(manager, agreement, manager.person, 'removal-asked', occasion, newsMoment(now, slot)),
    about(manager, agreement, manager.person, 'removal-due', occasion, warned),
    about(manager, agreement, employee, 'removal-late', occasion, late),
  ];
}

/** Tells the employee that it stays, and why; null when there is no such answer or nobody to tell. */
export function keptReminder(
  manager: Manager,
  agreement: Agreement,
  now: Instant,
  slot: Slot,
): NewReminder | null {
  const { removal, employee } = agreement;
  if (removal?.answeredAt == null || employee === null) return null;
  return about(manager, agreement, employee, 'removal-kept', removal.answeredAt, newsMoment(now, slot));
}

/** Tells the employee that it is gone: the record cannot say so any more. */
export function grantedReminder(
  manager: Manager,
  agreement: Agreement & { readonly employee: string; readonly removal: Removal },
  now: Instant,
  slot: Slot,
): NewReminder {
  const { employee, removal, managerName } = agreement;
  const reminder = about(
    manager,
    agreement,
    employee,
    'removal-granted',
    removal.askedAt,
    newsMoment(now, slot),
  );
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

function about(
  manager: Manager,
  agreement: Agreement,
  person: string,
  kind: ReminderKind,
  occasion: string,
  due: Instant,
): NewReminder {
  const { tenant } = manager;
  return { kind, tenant, person, manager: manager.person, subject: agreement.id, occasion, due, round: 0 };
}
