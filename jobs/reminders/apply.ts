import type { Managers, Undelivered } from '../../bot/store/managers.js';
import { isReachable, type People } from '../../bot/store/people.js';
import type { Reminders } from '../../bot/store/reminders.js';
import type { Mark, Settlement } from './settle.js';

export type ApplyNeeds = {
  readonly people: People;
  readonly managers: Managers;
  readonly reminders: Reminders;
};

/**
 * Writes a settlement: what is planned first, rows that are done last. A crash anywhere leaves rows whose lease
 * runs out; doing all of it again comes to the same.
 */
export async function apply(needs: ApplyNeeds, settlement: Settlement, now: string): Promise<void> {
  await needs.reminders.planAll(settlement.plan);
  for (const mark of settlement.marks) await writeMark(needs.managers, mark);
  await needs.reminders.waitAll(settlement.wait);
  await releaseWhoIsBack(needs, settlement, now);
  await needs.reminders.removeAll(settlement.remove.map(({ stored }) => stored));
}

/** Whoever came back while we were at it found nothing waiting yet: their return must not be missed. */
async function releaseWhoIsBack(
  { people, reminders }: ApplyNeeds,
  { wait }: Settlement,
  now: string,
): Promise<void> {
  const waiting = new Map(wait.map(({ reminder }) => [`${reminder.tenant}|${reminder.person}`, reminder]));
  for (const { tenant, person } of waiting.values()) {
    const found = await people.get(tenant, person);
    if (found !== null && isReachable(found.record)) await reminders.release(tenant, person, now);
  }
}

/** Tried twice: a person who presses a button at this very moment wins the first time. */
async function writeMark(managers: Managers, mark: Mark): Promise<void> {
  const manager = { tenant: mark.tenant, person: mark.manager };
  for (let tries = 0; tries < 2; tries += 1) {
    const found = await managers.agreement(manager, mark.agreement.id);
    if (found === null || found.record.version !== mark.agreement.version) return;
    const { record } = found;
    // An answer that came in meanwhile says more than that it was delivered.
    const open = record.answer === 'on-its-way' || record.answer === 'waiting';
    const answer = open && mark.answer !== null ? mark.answer : record.answer;
    if (answer === record.answer && isSameFailure(mark.undelivered, record.undelivered)) return;
    const change = { ...record, answer, undelivered: mark.undelivered };
    if ((await managers.changeAgreement(manager, change, found.etag)) === 'ok') return;
  }
}

function isSameFailure(one: Undelivered | null, other: Undelivered | null): boolean {
  return one?.kind === other?.kind && one?.why === other?.why && one?.givenUp === other?.givenUp;
}
