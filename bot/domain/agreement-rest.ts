import type { Agreement } from './agreement.js';
import { addDays, type Day, dayOf, newsMoment, plus, type Slot, slotOn } from './calendar.js';
import type { Manager } from './manager.js';
import type { NewReminder, Reminder } from './reminder.js';
import type { RetentionPeriods } from './retention-periods.js';

/** So long the manager has to say that an agreement is still needed. */
const DAYS_TO_ANSWER = 28;
/** Days count in UTC here: a term of months is not a matter of hours. */
const ZONE = 'UTC';

/**
 * Since when nobody has come back to an open agreement: the last day on which the manager changed it or put its reminder
 * off, the employee answered it or asked for something, or, when that is later, the day agreed on to look back.
 */
export function restsSince(agreement: Agreement): Day {
  const { nextDay, changedAt, answeredAt, changeAsked, removal, remindFrom } = agreement;
  const instants = [
    changedAt,
    answeredAt,
    changeAsked?.askedAt,
    changeAsked?.handledAt,
    removal?.askedAt,
    removal?.answeredAt,
    remindFrom,
  ];
  const days = instants.flatMap((instant) => (instant == null ? [] : [dayOf(instant, ZONE)]));
  return [nextDay, ...days].reduce((last, day) => (day > last ? day : last));
}

/** What is to be done about an open agreement to which nobody comes back; null when nothing is. */
export type RestStep =
  | { readonly what: 'ask'; readonly since: Day }
  | { readonly what: 'close'; readonly since: Day };

export function restStepOf(
  agreement: Agreement,
  { restingAgreementMonths: months }: Pick<RetentionPeriods, 'restingAgreementMonths'>,
  today: Day,
): RestStep | null {
  if (agreement.status !== 'open') return null;
  const since = restsSince(agreement);
  const rest = restOf(agreement);
  // Nothing is closed about which nobody was asked, however long it rests.
  if (rest !== null) return today > rest.closes ? { what: 'close', since } : null;
  return today >= plus(since, { months }) ? { what: 'ask', since } : null;
}

/**
 * Since when nobody came back to an agreement, and after which day it closes by itself; null while the manager was not
 * asked about it.
 */
export function restOf(agreement: Agreement): { readonly since: Day; readonly closes: Day } | null {
  const { resting } = agreement;
  if (resting === null || resting.since !== restsSince(agreement)) return null;
  return { since: resting.since, closes: addDays(resting.askedOn, DAYS_TO_ANSWER) };
}

/** Asks the manager whether it is still needed, at their own time on a day or the next that they work. */
export function restReminder(
  manager: Manager,
  agreement: Agreement,
  { on, slot }: { readonly on: Day; readonly slot: Slot },
): NewReminder {
  return {
    ...about(manager, agreement),
    kind: 'agreement-resting',
    person: manager.person,
    occasion: restsSince(agreement),
    due: slotOn(on, slot),
  };
}

/** Tells both that it was closed by itself; the employee only where there is one to tell. */
export function restedReminders(manager: Manager, agreement: Agreement, slot: Slot): readonly NewReminder[] {
  const { changedAt, employee } = agreement;
  const told = {
    ...about(manager, agreement),
    kind: 'agreement-rested',
    occasion: changedAt,
    due: newsMoment(changedAt, slot),
  } as const;
  return [manager.person, ...(employee === null ? [] : [employee])].map((person) => ({ ...told, person }));
}

/** Whether such a reminder still fits: nobody came back to it meanwhile, or nobody changed it since it was closed. */
export function restStillWanted(
  { kind, occasion }: Pick<Reminder, 'kind' | 'occasion'>,
  agreement: Agreement,
): boolean {
  return kind === 'agreement-rested'
    ? agreement.status === 'closed' && agreement.changedAt === occasion
    : agreement.status === 'open' && restsSince(agreement) === occasion;
}

function about(manager: Manager, { id }: Agreement) {
  return { tenant: manager.tenant, manager: manager.person, subject: id, round: 0 };
}

/** The day on which an agreement goes by itself; null while it is open. */
export function goesOn(
  { status, changedAt }: Agreement,
  { closedAgreementMonths }: RetentionPeriods,
  zone: string,
): string | null {
  return status === 'closed' ? plus(dayOf(changedAt, zone), { months: closedAgreementMonths }) : null;
}
