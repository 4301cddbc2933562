import type { Agreement } from '../agreement.js';
import { openRequest } from '../agreement.js';
import {
  type At,
  addRhythm,
  addWorkingDays,
  type Day,
  newsMoment,
  type Slot,
  slotOn,
  workingDayFrom,
} from '../calendar.js';
import type { Manager } from '../manager.js';
import type { NewReminder, Reminder } from '../reminder.js';

/** Working days between a conversation and the question how it landed. HAN: "a few days later". */
const LANDED_AFTER_WORKING_DAYS = 3;
/** The reminder of an agreement's next evaluation, at the manager's own time on that day. */
export function evaluationReminder(manager: Manager, agreement: Agreement, slot: Slot): NewReminder {
  return about(manager, agreement, {
    kind: 'evaluation',
    person: manager.person,
    occasion: evaluationOccasion(agreement),
    due: slotOn(agreement.nextDay, slot),
  });
}

/** The day that a form proposes for the evaluation after one on `today`; empty where one was enough. */
export function proposedEvaluation({ rhythm }: Pick<Agreement, 'rhythm'>, today: Day, slot: Slot): Day | '' {
  return rhythm === 'once' ? '' : workingDayFrom(addRhythm(today, rhythm), slot);
}

/** A snooze makes a new occasion of the same day: reminders of before it are not wanted any more. */
export function evaluationOccasion({ nextDay, remindFrom }: Agreement): string {
  return remindFrom === null ? nextDay : `${nextDay}|${remindFrom}`;
}

/** The same to the employee who takes the initiative; null when that is the manager, nobody to reach, or it is closed. */
export function initiativeReminder(manager: Manager, agreement: Agreement, slot: Slot): NewReminder | null {
  if (agreement.status !== 'open') return null;
  if (agreement.initiative !== 'employee' || agreement.employee === null) return null;
  return about(manager, agreement, {
    kind: 'evaluation-initiative',
    person: agreement.employee,
    occasion: agreement.nextDay,
    due: slotOn(agreement.nextDay, slot),
  });
}

/**
 * The same where it is still to come, for an employee who has seen the agreement: it was shown to them, or they answered it
 * before it was, from what they looked up themselves.
 */
export function initiativesToCome(manager: Manager, agreement: Agreement, { now, slot }: At): NewReminder[] {
  const initiative = initiativeReminder(manager, agreement, slot);
  return initiative !== null && initiative.due > now ? [initiative] : [];
}

/** A few working days after the conversation, or after the day on which it was put off: ask how it landed. */
export function landedReminder(manager: Manager, agreement: Agreement, slot: Slot): NewReminder {
  const from = agreement.landedFrom ?? agreement.conversationDay;
  return about(manager, agreement, {
    kind: 'landed',
    person: manager.person,
    occasion: landedOccasion(agreement),
    due: slotOn(addWorkingDays(from, LANDED_AFTER_WORKING_DAYS, slot), slot),
  });
}

/** Whether to ask still fits: not asked, and not put off meanwhile. */
export function landedStillWanted({ occasion }: Pick<Reminder, 'occasion'>, agreement: Agreement): boolean {
  if (agreement.landed) return false;
  // Earlier versions put it off without keeping so: then whatever was planned last is the one that is wanted.
  return agreement.landedFrom === null || occasion === landedOccasion(agreement);
}

/** Put off it is another occasion than the one that was sent. */
function landedOccasion({ conversationDay, landedFrom }: Agreement): string {
  return [...new Set([conversationDay, landedFrom ?? conversationDay])].join('|');
}

/**
 * Shows the employee what is on record, and whose it is now when it was handed over; null when there is nobody to
 * show it to.
 */
export function sharedReminder(
  manager: Manager,
  agreement: Agreement,
  { now, slot }: At,
): NewReminder | null {
  if (agreement.employee === null) return null;
  return about(manager, agreement, {
    kind: agreement.movedFrom === null ? 'agreement-shared' : 'agreement-moved',
    person: agreement.employee,
    occasion: String(agreement.version),
    due: newsMoment(now, slot),
  });
}

/** Tells the manager what the employee answered: what they ask for, or else that it is right. */
export function answeredReminder(manager: Manager, agreement: Agreement, { now, slot }: At): NewReminder {
  return about(manager, agreement, {
    kind: 'agreement-answered',
    person: manager.person,
    occasion: openRequest(agreement)?.askedAt ?? agreement.answeredAt ?? now,
    due: newsMoment(now, slot),
  });
}

/**
 * Whether the manager still has to hear of an answer. A request until it was dealt with or taken back, whatever came
 * of the agreement meanwhile; that all is right only as long as it is the last word.
 */
export function answerStillWanted({ occasion }: Pick<Reminder, 'occasion'>, agreement: Agreement): boolean {
  const request = openRequest(agreement);
  if (request !== null) return request.askedAt === occasion;
  const confirmed = agreement.status === 'open' && agreement.answer === 'confirmed';
  return confirmed && agreement.answeredAt === occasion;
}

function about(
  manager: Manager,
  agreement: Agreement,
  reminder: Pick<Reminder, 'kind' | 'person' | 'occasion' | 'due'>,
): NewReminder {
  return { ...reminder, tenant: manager.tenant, manager: manager.person, subject: agreement.id, round: 0 };
}
