import { isReachable } from '../../bot/domain/person.js';
import { tryToChange } from '../../bot/services/agreement-writer.js';
import { tryToWriteCoffee } from '../../bot/services/coffee-writer.js';
import { tryToWriteMoment } from '../../bot/services/moment-writer.js';
import { contextForOther } from '../../bot/services/record-writer.js';
import type { Managers } from '../../bot/store/managers.js';
import type { People } from '../../bot/store/people.js';
import type { Reminders } from '../../bot/store/reminders.js';
import type { Mark, Settlement } from './settle.js';

export type ApplyDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly reminders: Reminders;
  /**
   * Brings the app to somebody who never opened it; left out where they have to do that themselves. Never rejects, and is not
   * waited for: what waits comes when they are there.
   */
  readonly install?: (who: { readonly tenant: string; readonly person: string }) => Promise<void>;
};

/**
 * Writes a settlement: what is planned first, rows that are done last. A crash anywhere leaves rows whose lease
 * runs out; doing all of it again comes to the same.
 */
export async function apply(deps: ApplyDeps, settlement: Settlement, now: string): Promise<void> {
  await deps.reminders.planAll(settlement.plan);
  for (const mark of settlement.marks) await writeMark(deps, mark, now);
  await deps.reminders.waitAll(settlement.wait);
  await releaseWhoIsBack(deps, settlement, now);
  await deps.reminders.removeAll(settlement.remove.map(({ stored }) => stored));
}

/**
 * Whoever came back while we were at it found nothing waiting yet: their return must not be missed. Who never was here is
 * brought the app, now that what waits for them is in its place. Not who took it away: they have a row that says so.
 */
async function releaseWhoIsBack(
  { people, reminders, install }: ApplyDeps,
  { wait }: Settlement,
  now: string,
): Promise<void> {
  const waiting = new Map(wait.map(({ reminder }) => [`${reminder.tenant}|${reminder.person}`, reminder]));
  for (const { tenant, person } of waiting.values()) {
    const found = await people.get(tenant, person);
    if (found === null) void install?.({ tenant, person });
    else if (isReachable(found.record)) await reminders.release(tenant, person, now);
  }
}

/**
 * What came of a reminder, on the record that it was about and as the record is now. A person who presses a button at
 * this very moment wins, and what others write at each of several tries says by itself how it stands.
 */
async function writeMark(deps: ApplyDeps, mark: Mark, now: string): Promise<void> {
  const manager = { tenant: mark.tenant, person: mark.manager };
  const at = contextForOther('UTC', manager, now);
  if ('agreement' in mark) {
    const { agreement, answer, undelivered, delivered } = mark;
    const { version } = agreement;
    const found = await deps.managers.agreement(manager, agreement.id);
    if (found === null) return;
    const noted = { what: 'delivery-noted', version, answer, undelivered, delivered } as const;
    await tryToChange(deps, { found, change: noted, at });
    return;
  }
  const reminded = { what: 'reminded', occasion: mark.occasion, arrived: mark.arrived } as const;
  if (mark.kept === 'member') {
    const found = await deps.managers.member(manager, mark.id);
    if (found !== null) await tryToWriteCoffee(deps, { found, change: reminded, at });
    return;
  }
  const found = await deps.managers.moment(manager, mark.id);
  if (found !== null) await tryToWriteMoment(deps, { found, change: reminded, at });
}
