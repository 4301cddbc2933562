import { type At, type Day, type Instant, newsMoment } from './calendar.js';
import type { ReasonToKeep } from './erasure-record.js';
import { askedNow, requestReminders } from './erasure-request.js';
import type { Manager } from './manager.js';
import type { Moment, MomentRequest } from './moment.js';
import { changedMoment } from './moment.js';
import { type NewReminder, newReminder, type Reminder } from './reminder.js';

/** What an employee asks of a moment about them: that it goes, or that it gets these dates. */
export type MomentWish =
  | { readonly what: 'remove' }
  | { readonly what: 'dates'; readonly from: Day; readonly until: Day | null };
/** A moment with a request. */
export type AskedMoment = Moment & { readonly request: MomentRequest };

const KINDS = { asked: 'moment-asked', due: 'moment-asked-due', late: 'moment-asked-late' } as const;

/** A request that waits for an answer; null when there is none, or it was answered. */
export function openMomentRequest({ request }: Pick<Moment, 'request'>): MomentRequest | null {
  return request !== null && request.answeredAt === null ? request : null;
}

/** The moment with a request of this instant; the same wish that is open already stays the one it is. */
export function withRequest(
  moment: Moment,
  { employee, wish }: { readonly employee: string; readonly wish: MomentWish },
  { now, zone }: { readonly now: Instant; readonly zone: string },
): AskedMoment {
  const open = openMomentRequest(moment);
  const dates = wish.what === 'dates' ? { from: wish.from, until: wish.until } : { from: null, until: null };
  const asked = { employee, what: wish.what, ...dates };
  const isSame =
    open !== null && open.what === asked.what && open.from === asked.from && open.until === asked.until;
  // The term runs from when they first asked for something: what they ask on second thoughts makes nobody wait longer.
  const term = open === null ? askedNow(now, zone) : { ...askedNow(now, zone), by: open.by };
  return { ...moment, request: isSame ? open : { ...term, ...asked } };
}

/** The moment as it is when the manager does what was asked: with the dates, and the request answered. */
export function withDatesAsked(moment: AskedMoment, now: Instant): Moment {
  const { request } = moment;
  const dates = { from: request.from ?? moment.from, until: request.until };
  return withAnswerIfAsked(changedMoment({ ...moment, request }, dates, now), now);
}

/** A moment that got the dates that were asked for, in whichever way, is answered with them. */
export function withAnswerIfAsked(moment: Moment, now: Instant): Moment {
  const request = openMomentRequest(moment);
  const isSo = request?.what === 'dates' && request.from === moment.from && request.until === moment.until;
  return isSo ? { ...moment, request: { ...request, answeredAt: now } } : moment;
}

/** The moment as it was, with why it stays so. */
export function withReason(moment: AskedMoment, kept: ReasonToKeep, now: Instant): Moment {
  return { ...moment, request: { ...moment.request, answeredAt: now, kept } };
}

/** All that follows from an open request. */
export function momentRequestReminders(
  manager: Manager,
  moment: Moment,
  { now, slot }: At,
): readonly NewReminder[] {
  const request = openMomentRequest(moment);
  if (request === null) return [];
  const { employee } = request;
  return requestReminders({ manager, subject: moment.id, employee, kinds: KINDS }, request, { now, slot });
}

/** Tells the employee that it was changed, or that it stays and why; null when there is no answer. */
export function momentAnsweredReminder(
  manager: Manager,
  { id, request }: Moment,
  { now, slot }: At,
): NewReminder | null {
  if (request?.answeredAt == null) return null;
  return newReminder({
    kind: 'moment-answered',
    manager,
    person: request.employee,
    subject: id,
    occasion: request.answeredAt,
    due: newsMoment(now, slot),
  });
}

/** Tells the employee that it is gone, by whom it was recorded: the record cannot say so any more. */
export function momentRemovedReminder(
  manager: Manager & { readonly name: string },
  { id, request }: AskedMoment,
  { now, slot }: At,
): NewReminder {
  const { employee, askedAt } = request;
  const reminder = newReminder({
    kind: 'moment-removed',
    manager,
    person: employee,
    subject: id,
    occasion: askedAt,
    due: newsMoment(now, slot),
  });
  return { ...reminder, former: manager.name };
}

/** Whether a message about a request still fits: not answered, withdrawn or asked anew meanwhile. */
export function momentRequestStillWanted(
  { kind, occasion }: Pick<Reminder, 'kind' | 'occasion'>,
  moment: Moment | null,
): moment is AskedMoment {
  if (moment?.request == null) return false;
  const { answeredAt, askedAt } = moment.request;
  return kind === 'moment-answered' ? answeredAt === occasion : answeredAt === null && askedAt === occasion;
}
