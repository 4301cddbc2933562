import { dayOf, defaultSlot, type Slot } from '../../bot/calendar.js';
import type { Log } from '../../bot/log.js';
import type { Proactive } from '../../bot/proactive.js';
import type { Agreement } from '../../bot/store/managers.js';
import type { People, Person } from '../../bot/store/people.js';
import type { Kept } from '../../bot/store/records.js';
import { compose, itemId, type Message, type SubjectOf } from './compose.js';
import type { DuePerson } from './due.js';
import { type SettleNeeds, settleLater, settleProven, settleSent, settleWaiting } from './settle.js';

export type SendNeeds = SettleNeeds & {
  readonly people: People;
  readonly send: Proactive;
  readonly log: Log;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};

/** Counted in reminders, but for `digests`, which counts messages. */
export type Tally = { sent: number; digests: number; dropped: number; deferred: number; failed: number };

export type Plan = {
  readonly kept: Kept<Person> | null;
  readonly slot: Slot;
  readonly today: string;
  readonly subjectOf: SubjectOf;
  readonly messages: readonly Message[];
  readonly dropped: DuePerson['rows'];
};

/** Reads all that is needed for one person and composes it; writes nothing. */
export async function planFor(needs: SendNeeds, due: DuePerson, now: string): Promise<Plan> {
  const kept = await needs.people.get(due.tenant, due.person);
  const slot = defaultSlot(kept?.record.zone ?? needs.zone);
  const today = dayOf(now, slot.zone);
  const subjects = new Map<string, Agreement | null>();
  for (const { reminder } of due.rows) {
    const id = `${reminder.manager}|${reminder.subject}`;
    if (subjects.has(id)) continue;
    const manager = { tenant: reminder.tenant, person: reminder.manager };
    subjects.set(id, (await needs.managers.agreement(manager, reminder.subject))?.record ?? null);
  }
  const subjectOf: SubjectOf = ({ manager, subject }) => subjects.get(`${manager}|${subject}`) ?? null;
  const lang = kept?.record.language ?? 'nl';
  return { kept, slot, today, subjectOf, ...compose(due.rows, subjectOf, lang, today, slot) };
}

/** Sends one person what is due, and settles each message by what came of it. */
export async function sendTo(needs: SendNeeds, due: DuePerson, now: string): Promise<Tally> {
  const tally: Tally = { sent: 0, digests: 0, dropped: 0, deferred: 0, failed: 0 };
  const plan = await planFor(needs, due, now);
  for (const { stored } of plan.dropped) await needs.reminders.done(stored);
  tally.dropped += plan.dropped.length;
  for (const message of plan.messages) await sendMessage(needs, due, plan, message, now, tally);
  return tally;
}

async function sendMessage(
  needs: SendNeeds,
  due: DuePerson,
  { kept, slot, today, subjectOf }: Plan,
  message: Message,
  now: string,
  tally: Tally,
): Promise<void> {
  const { rows } = message;
  const reference = kept?.record.reference ?? null;
  if (kept === null || reference === null || kept.record.unreachableSince !== null) {
    await settleWaiting(needs, rows, subjectOf);
    tally.deferred += rows.length;
    return;
  }
  const proof = await needs.nudges.find(due.tenant, due.person, message.id);
  if (proof !== null) {
    const proven = rows.filter((row) => proof.items.includes(itemId(row.reminder)));
    await settleProven(needs, proven, subjectOf, { today, slot });
    const others = rows.filter((row) => !proven.includes(row));
    // One digest a day: what came due after it waits for the next.
    await settleLater(needs, others, now, slot);
    tally.dropped += proven.length;
    tally.deferred += others.length;
    return;
  }
  const sent = await needs.send(reference, message.card);
  switch (sent.kind) {
    case 'sent':
      await settleSent(needs, due, message, subjectOf, { now, today, slot, activity: sent.activity });
      tally.sent += rows.length;
      if (message.kind === 'digest') tally.digests += 1;
      return;
    case 'gone':
      needs.log.info({ code: 'person-gone', why: sent.why }, 'a person cannot be reached');
      await needs.people.change(
        { ...kept.record, unreachableSince: now, unreachableWhy: sent.why },
        kept.etag,
      );
      await settleWaiting(needs, rows, subjectOf);
      tally.deferred += rows.length;
      return;
    case 'retry':
      // The rows stay where they are: the next tick finds them.
      needs.log.warn({ code: 'send-retry', why: sent.why }, 'a reminder waits for the next tick');
      tally.deferred += rows.length;
      return;
    case 'failed':
      needs.log.error({ code: 'send-failed', why: sent.why }, 'a reminder could not be sent');
      await settleLater(needs, rows, now, slot);
      tally.failed += rows.length;
  }
}
