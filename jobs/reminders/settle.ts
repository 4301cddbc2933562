import { nextSlot, type Slot } from '../../bot/calendar.js';
import { againReminder, initiativeReminder } from '../../bot/planning.js';
import type { Agreement, Manager, Managers } from '../../bot/store/managers.js';
import type { Nudges } from '../../bot/store/nudges.js';
import type { Reminders } from '../../bot/store/reminders.js';
import { itemId, type Message, type SubjectOf } from './compose.js';
import type { DueReminder } from './due.js';

export type SettleNeeds = {
  readonly managers: Managers;
  readonly nudges: Nudges;
  readonly reminders: Reminders;
};

/**
 * After Teams took a message: first the proof, then what follows from it, then the rows go. A crash in between
 * leaves rows whose proof is there, which the next run only clears away.
 */
export async function settleSent(
  needs: SettleNeeds,
  to: { tenant: string; person: string },
  message: Message,
  subjectOf: SubjectOf,
  when: { now: string; today: string; slot: Slot; activity: string },
): Promise<void> {
  await needs.nudges.prove(to.tenant, to.person, message.id, {
    items: message.rows.map((row) => itemId(row.reminder)),
    sentAt: when.now,
    activity: when.activity,
  });
  await settleProven(needs, message.rows, subjectOf, when);
}

/** The same for what was proven to be sent before: everything but the proof. */
export async function settleProven(
  needs: SettleNeeds,
  rows: readonly DueReminder[],
  subjectOf: SubjectOf,
  when: { today: string; slot: Slot },
): Promise<void> {
  for (const { reminder, stored } of rows) {
    const again = againReminder(reminder, when.today, when.slot);
    if (again !== null) await needs.reminders.plan(again);
    const agreement = subjectOf(reminder);
    if (reminder.kind === 'agreement-shared' && agreement !== null) {
      const manager = { tenant: reminder.tenant, person: reminder.manager };
      // Only who has seen an agreement can be reminded of it.
      const initiative = initiativeReminder(manager, agreement, when.slot);
      if (initiative !== null) await needs.reminders.plan(initiative);
      await markShared(needs.managers, manager, agreement, 'shared');
    }
    await needs.reminders.done(stored);
  }
}

/** Puts what cannot be delivered now with its person, and lets the manager see that it waits. */
export async function settleWaiting(
  needs: SettleNeeds,
  rows: readonly DueReminder[],
  subjectOf: SubjectOf,
): Promise<void> {
  for (const { reminder, stored } of rows) {
    await needs.reminders.wait(stored, reminder);
    const agreement = subjectOf(reminder);
    if (reminder.kind === 'agreement-shared' && agreement !== null) {
      const manager = { tenant: reminder.tenant, person: reminder.manager };
      await markShared(needs.managers, manager, agreement, 'waiting');
    }
  }
}

/** Moves reminders to the person's next slot: today has had its digest, or trying again now would not help. */
export async function settleLater(
  needs: SettleNeeds,
  rows: readonly DueReminder[],
  now: string,
  slot: Slot,
): Promise<void> {
  for (const { reminder, stored } of rows) {
    await needs.reminders.plan({ ...reminder, due: nextSlot(now, slot) });
    await needs.reminders.done(stored);
  }
}

async function markShared(
  managers: Managers,
  manager: Manager,
  known: Agreement,
  answer: 'shared' | 'waiting',
): Promise<void> {
  const found = await managers.agreement(manager, known.id);
  if (found === null || found.record.version !== known.version) return;
  // An answer that came in meanwhile says more than that it was delivered.
  if (found.record.answer !== 'on-its-way' && found.record.answer !== 'waiting') return;
  if (found.record.answer === answer) return;
  await managers.changeAgreement(manager, { ...found.record, answer }, found.etag);
}
