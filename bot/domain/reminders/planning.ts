import type { Agreement } from '../agreement.js';
import { restStillWanted } from '../agreement-rest.js';
import {
  type At,
  addWorkingDays,
  type Day,
  defaultSlot,
  type Instant,
  nextSlot,
  type Slot,
  slotOn,
} from '../calendar.js';
import { type CoffeeContact, isCoffeeContact } from '../coffee.js';
import { isOfRemoval, removalStillWanted } from '../erasure-request.js';
import type { Manager, ManagerRecords } from '../manager.js';
import type { Member } from '../member.js';
import type { Person } from '../person.js';
import { nextRetry } from '../person-reachability.js';
import type { NewReminder, Reminder } from '../reminder.js';
import {
  answerStillWanted,
  evaluationOccasion,
  evaluationReminder,
  landedReminder,
  landedStillWanted,
} from './agreement-reminders.js';
import { momentReminders } from './moment-reminders.js';
import { scanEvaluationReminder, scanTaskOf } from './scan-reminders.js';

/** An evaluation not acted on comes back after so many working days: once, and once more, then it rests. */
const AGAIN_AFTER_WORKING_DAYS = [3, 5] as const;

/** Tells the manager that the employee who was to bring up the evaluation could not be reached. */
export function unreachableReminder(reminder: Reminder): NewReminder {
  const { tenant, manager, subject, occasion, due } = reminder;
  return {
    kind: 'employee-unreachable',
    tenant,
    person: manager,
    manager,
    subject,
    occasion,
    // At once, and the same row whenever it is planned again.
    due,
    round: 0,
  };
}

/** Tries again what waits for somebody who cannot be reached since an instant, on the first day for it after `today`. */
export function deliveryRetry(
  { tenant, person }: Pick<Person, 'tenant' | 'person'>,
  {
    unreachableSince,
    today,
    slot,
  }: { readonly unreachableSince: Instant; readonly today: Day; readonly slot: Slot },
): NewReminder {
  return {
    kind: 'delivery-retry',
    tenant,
    person,
    manager: person,
    subject: 'waiting',
    occasion: 'waiting',
    due: nextRetry(unreachableSince, today, slot),
    round: 0,
  };
}

/**
 * Everything that is still to come for a manager, at the times of a slot: for when they chose another. What has come due
 * already was sent or will be, also where a pause would put off its day: planned again it would come twice.
 */
export function plannedFor(
  manager: Manager,
  {
    agreements,
    members,
    moments,
    scans,
  }: Pick<ManagerRecords, 'agreements' | 'members' | 'moments' | 'scans'>,
  { slot, now }: At,
): readonly NewReminder[] {
  const unpaused = { ...slot, notBefore: null };
  const isToCome = ({ due }: NewReminder, day: Day) => due > now && slotOn(day, unpaused) > now;
  const running = agreements.filter(({ status }) => status === 'open');
  const evaluations = running.flatMap((agreement) => {
    const reminder = evaluationReminder(manager, agreement, slot);
    const { remindFrom: from, nextDay } = agreement;
    if (from === null) return isToCome(reminder, nextDay) ? [reminder] : [];
    const later = reminder.due >= from ? reminder : { ...reminder, due: nextSlot(from, slot) };
    return later.due > now && from > now ? [later] : [];
  });
  const landed = running.flatMap((agreement) => {
    const reminder = landedReminder(manager, agreement, slot);
    const usual = landedReminder(manager, agreement, unpaused);
    return !agreement.landed && reminder.due > now && usual.due > now ? [reminder] : [];
  });
  const coffees = members.flatMap((member) => {
    const reminder = coffeeReminder(manager, member, slot);
    return reminder !== null && isToCome(reminder, reminder.occasion) ? [reminder] : [];
  });
  const tips = moments.flatMap((moment) => momentReminders(manager, moment, { slot, now }));
  const looks = scans.flatMap((scan) => {
    const reminder = scanEvaluationReminder(manager, scan, slot);
    return reminder !== null && isToCome(reminder, scan.nextDay ?? '') ? [reminder] : [];
  });
  return [...evaluations, ...landed, ...coffees, ...tips, ...looks];
}

/** The day on which a coffee with somebody is meant to be; null for whom none is kept. */
export function coffeeReminder(manager: Manager, member: Member, slot: Slot): NewReminder | null {
  if (!isCoffeeContact(member)) return null;
  return {
    kind: 'coffee',
    tenant: manager.tenant,
    person: manager.person,
    manager: manager.person,
    subject: member.id,
    occasion: member.nextDay,
    due: slotOn(member.nextDay, slot),
    round: 0,
  };
}

/** When somebody wants to hear from us: what they chose, and the defaults in their zone for the rest. */
export function slotFor(
  person: Pick<Person, 'zone' | 'time' | 'days' | 'pausedUntil'> | null,
  zone: string,
): Slot {
  const usual = defaultSlot(person?.zone ?? zone);
  if (person === null) return usual;
  return {
    ...usual,
    time: person.time ?? usual.time,
    days: person.days ?? usual.days,
    notBefore: person.pausedUntil,
  };
}

/** The same reminder once more after it was sent and nothing happened; null when it has been enough. */
export function againReminder(reminder: Reminder, today: string, slot: Slot): NewReminder | null {
  const days = AGAIN_AFTER_WORKING_DAYS[reminder.round];
  const isEvaluation =
    reminder.kind === 'evaluation' ||
    (reminder.kind === 'scan-due' && scanTaskOf(reminder.occasion) === 'evaluation');
  if (!isEvaluation || days === undefined) return null;
  return {
    ...reminder,
    round: reminder.round + 1,
    due: slotOn(addWorkingDays(today, days, slot), slot),
  };
}

/** Whether a reminder that came due still fits its subject: not moved, snoozed, answered or closed meanwhile. */
export function stillWanted(
  reminder: Pick<Reminder, 'kind' | 'occasion'>,
  agreement: Agreement | null,
): agreement is Agreement {
  if (agreement === null) return false;
  if (isOfRemoval(reminder.kind)) return removalStillWanted(reminder, agreement);
  if (reminder.kind === 'agreement-answered') return answerStillWanted(reminder, agreement);
  if (reminder.kind === 'agreement-resting' || reminder.kind === 'agreement-rested')
    return restStillWanted(reminder, agreement);
  // One that is closed is shown too: that it was closed, or what was answered about it since.
  if (reminder.kind === 'agreement-shared' || reminder.kind === 'agreement-moved')
    return String(agreement.version) === reminder.occasion;
  if (agreement.status !== 'open') return false;
  switch (reminder.kind) {
    case 'evaluation':
      return evaluationOccasion(agreement) === reminder.occasion;
    case 'evaluation-initiative':
      return agreement.nextDay === reminder.occasion && agreement.initiative === 'employee';
    case 'landed':
      return landedStillWanted(reminder, agreement);
    case 'employee-unreachable':
      return agreement.nextDay === reminder.occasion && agreement.initiative === 'employee';
    case 'coffee':
    case 'moment':
    case 'self-look':
    case 'team-subject':
    case 'agreements-taken-over':
    case 'agreements-deleted':
    case 'agreements-closed':
    case 'handover-announced':
    case 'handover-to-confirm':
    case 'handover-objected':
    case 'handover-ended':
    case 'contacts-unchecked':
    case 'removal-granted':
    case 'moment-asked':
    case 'moment-asked-due':
    case 'moment-asked-late':
    case 'moment-answered':
    case 'moment-removed':
    case 'coffee-refused':
    case 'scan-news':
    case 'scan-due':
    case 'delivery-retry':
      return false;
  }
}

/**
 * Whether an agreement is this person's business: their own record, or about them. A form that is sent again with
 * somebody else in it saves nothing, but has planned by then to show the agreement to that person.
 */
export function isBusinessOf(
  { person, manager }: Pick<Reminder, 'person' | 'manager'>,
  { employee }: Agreement,
): boolean {
  return person === manager || person === employee;
}

/** Whether a reminder of a coffee still fits: not had, moved, skipped or stopped meanwhile. */
export function coffeeStillWanted(
  { occasion }: Pick<Reminder, 'occasion'>,
  member: Member | null,
): member is CoffeeContact {
  return member !== null && isCoffeeContact(member) && member.nextDay === occasion;
}
