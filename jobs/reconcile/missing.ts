import { type Slot, slotOn } from '../../bot/calendar.js';
import {
  evaluationReminder,
  initiativeReminder,
  landedReminder,
  sharedReminder,
} from '../../bot/planning.js';
import type { Agreement, Manager } from '../../bot/store/managers.js';
import type { NewReminder, Reminder } from '../../bot/store/reminders.js';

/** A reminder by what it is about: whichever hour or place it lies in, it is the same one. */
export function identityOf(reminder: Pick<Reminder, 'kind' | 'manager' | 'subject' | 'occasion'>): string {
  return [reminder.kind, reminder.manager, reminder.subject, reminder.occasion].join('|');
}

/**
 * The reminders that an open agreement ought to have and that are neither planned nor waiting. One whose time has
 * passed is among them too: whether it was sent is for the proofs to say.
 */
export function missingReminders(
  manager: Manager,
  agreement: Agreement,
  planned: ReadonlySet<string>,
  now: string,
  slot: Slot,
): NewReminder[] {
  if (agreement.status !== 'open') return [];
  const wanted: NewReminder[] = [];
  const at = agreement.remindAt === '' ? slotOn(agreement.nextDay, slot) : agreement.remindAt;
  // One that was given up has been told to its maker: to begin again each night would be no news.
  const gaveUp = at <= now && agreement.undelivered?.startsWith('evaluation:') === true;
  if (!gaveUp) wanted.push({ ...evaluationReminder(manager, agreement, slot), due: at > now ? at : now });
  const landed = landedReminder(manager, agreement, slot);
  if (!agreement.landed && landed.due > now) wanted.push(landed);
  if (agreement.answer === 'on-its-way' || agreement.answer === 'waiting') {
    const shared = sharedReminder(manager, agreement, now, slot);
    if (shared !== null) wanted.push(shared);
  } else {
    const initiative = initiativeReminder(manager, agreement, slot);
    if (initiative !== null && initiative.due > now) wanted.push(initiative);
  }
  return wanted.filter((reminder) => !planned.has(identityOf(reminder)));
}
