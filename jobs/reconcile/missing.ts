import type { Agreement } from '../../bot/domain/agreement.js';
import { openRequest } from '../../bot/domain/agreement.js';
import { restOf, restReminder } from '../../bot/domain/agreement-rest.js';
import { type Slot, slotOn } from '../../bot/domain/calendar.js';
import { removalReminders } from '../../bot/domain/erasure-request.js';
import type { Manager } from '../../bot/domain/manager.js';
import type { Member } from '../../bot/domain/member.js';
import type { Moment } from '../../bot/domain/moment.js';
import { momentRequestReminders } from '../../bot/domain/moment-request.js';
import type { NewReminder, Reminder } from '../../bot/domain/reminder.js';
import {
  answeredReminder,
  evaluationReminder,
  initiativesToCome,
  landedReminder,
  sharedReminder,
} from '../../bot/domain/reminders/agreement-reminders.js';
import { momentReminders } from '../../bot/domain/reminders/moment-reminders.js';
import { coffeeReminder } from '../../bot/domain/reminders/planning.js';
import { SHORTEST_RETENTION } from '../../bot/domain/retention-periods.js';

/** A reminder by what it is about: whichever hour or place it lies in, it is the same one. */
export function identityOf(reminder: Pick<Reminder, 'kind' | 'manager' | 'subject' | 'occasion'>): string {
  return [reminder.kind, reminder.manager, reminder.subject, reminder.occasion].join('|');
}

/**
 * The reminders that an agreement ought to have and that are neither planned nor waiting: an open one for its
 * evaluation, any for a request to remove it. One whose time has passed is among them too: whether it was sent is
 * for the proofs to say.
 */
export function missingReminders(
  manager: Manager,
  agreement: Agreement,
  {
    planned,
    now,
    slot,
  }: { readonly planned: ReadonlySet<string>; readonly now: string; readonly slot: Slot },
): NewReminder[] {
  const wanted = [
    ...removalReminders(manager, agreement, { now, slot }).filter((reminder) => isOfUse(reminder, now)),
    ...ofRequest(manager, agreement, now, slot),
    ...ofRest(manager, agreement, now, slot),
    ...(agreement.status === 'open' ? ofOpen(manager, agreement, now, slot) : []),
  ];
  return wanted.filter((reminder) => !planned.has(identityOf(reminder)));
}

/** What reminds the manager before the last day is of use before its time alone; the rest is news, whenever it comes. */
function isOfUse({ kind, occasion, due }: NewReminder, now: string): boolean {
  return (
    due > now || (kind !== 'removal-due' && kind !== 'moment-asked-due' && !isBeyondProof(occasion, now))
  );
}

/** What an employee asked to have changed is news until the manager dealt with it, also when it is closed by then. */
function ofRequest(manager: Manager, agreement: Agreement, now: string, slot: Slot): NewReminder[] {
  const request = openRequest(agreement);
  return request === null || isBeyondProof(request.askedAt, now)
    ? []
    : [answeredReminder(manager, agreement, { now, slot })];
}

/** The question whether an agreement is still needed, at the time at which it was to be asked. */
function ofRest(manager: Manager, agreement: Agreement, now: string, slot: Slot): NewReminder[] {
  const { resting } = agreement;
  if (resting === null || restOf(agreement) === null) return [];
  const ask = restReminder(manager, agreement, { on: resting.askedOn, slot });
  return isBeyondProof(ask.due, now) ? [] : [{ ...ask, due: ask.due > now ? ask.due : now }];
}

function ofOpen(manager: Manager, agreement: Agreement, now: string, slot: Slot): NewReminder[] {
  const wanted: NewReminder[] = [];
  const at = agreement.remindAt === '' ? slotOn(agreement.nextDay, slot) : agreement.remindAt;
  // One that was given up has been told to its maker: to begin again each night would be no news.
  if (!(at <= now && wasGivenUp(agreement, 'evaluation')) && !isBeyondProof(at, now))
    wanted.push({ ...evaluationReminder(manager, agreement, slot), due: at > now ? at : now });
  const landed = landedReminder(manager, agreement, slot);
  if (!agreement.landed && landed.due > now) wanted.push(landed);
  if (agreement.answer === 'on-its-way' || agreement.answer === 'waiting') {
    const shared = sharedReminder(manager, agreement, { now, slot });
    if (shared !== null && !wasGivenUp(agreement, shared.kind)) wanted.push(shared);
  } else {
    wanted.push(...initiativesToCome(manager, agreement, { now, slot }));
  }
  return wanted;
}

function wasGivenUp({ undelivered }: Agreement, kind: string): boolean {
  return undelivered?.kind === kind && undelivered.givenUp === true;
}

/**
 * The reminders that a coffee or a moment ought to have and that are neither planned nor waiting, among them what follows
 * from a request about a moment. A coffee whose day has passed is among them: whether it was sent is for the proofs to
 * say. A nudge is of use on its day alone.
 */
export function missingOfKept(
  manager: Manager,
  kept: { readonly member: Member } | { readonly moment: Moment },
  {
    planned,
    now,
    slot,
  }: { readonly planned: ReadonlySet<string>; readonly now: string; readonly slot: Slot },
): NewReminder[] {
  const wanted =
    'moment' in kept
      ? [
          ...momentReminders(manager, kept.moment, { slot, now }),
          ...momentRequestReminders(manager, kept.moment, { now, slot }).filter((one) => isOfUse(one, now)),
        ]
      : coffeeOf(manager, kept.member, now, slot);
  return wanted.filter((reminder) => !planned.has(identityOf(reminder)));
}

/** So long ago that the proof of it may be forgotten: it stays in the overview and does not begin again. */
function isBeyondProof(due: string, now: string): boolean {
  return Date.parse(now) - Date.parse(due) >= SHORTEST_RETENTION.sentDays * 24 * 3_600_000;
}

function coffeeOf(manager: Manager, member: Member, now: string, slot: Slot): NewReminder[] {
  const reminder = coffeeReminder(manager, member, slot);
  return reminder === null || isBeyondProof(reminder.due, now)
    ? []
    : [{ ...reminder, due: reminder.due > now ? reminder.due : now }];
}
