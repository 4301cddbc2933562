import { openRequest } from '../../bot/domain/agreement.js';
import { defaultSlot } from '../../bot/domain/calendar.js';
import { hasCoffee, withoutCoffee } from '../../bot/domain/coffee.js';
import { closedReminder } from '../../bot/domain/handover.js';
import type { Manager } from '../../bot/domain/manager.js';
import type { Moment } from '../../bot/domain/moment.js';
import type { Person } from '../../bot/domain/person.js';
import { entryOf, evaluatedScan } from '../../bot/domain/scan.js';
import { tryToChange } from '../../bot/services/agreement-writer.js';
import { removeMoment } from '../../bot/services/moment-writer.js';
import { contextForOther } from '../../bot/services/record-writer.js';
import { LIMITS } from '../../bot/store/tables/limits.js';
import { isForgotten } from './expired.js';
import { remove, type Work } from './work.js';

/**
 * Somebody away past the term: their agreements with others close, which those others are told, what they kept for
 * themselves goes, and so does who they are and what waits for them. The person goes last of their records and only
 * when nothing is open any more: without them nobody would ever close the rest.
 */
export async function forgetAway(work: Work, person: Person): Promise<void> {
  const { deps, at, dryRun, total } = work;
  total.looked += 1;
  const terms = await work.termsOf(person.tenant);
  if (terms === null || !isForgotten(person, terms, at)) return;
  const manager: Away = {
    tenant: person.tenant,
    person: person.person,
    since: person.unreachableSince ?? at,
  };
  if (!dryRun && !(await endAll(work, manager))) {
    deps.log.error({ code: 'away-not-ended', tenant: person.tenant }, 'somebody stays for the next night');
    total.failed += 1;
    work.skipped.add(person.tenant);
    return;
  }
  // Not by their id: that somebody was forgotten must not say who, for as long as the audit trail lasts.
  const { tenant } = manager;
  const what = {
    tenant,
    person: person.person,
    record: dryRun ? person.person : 'person',
    kind: 'person' as const,
  };
  await remove(work, what, async () => {
    // Somebody who came back this very moment stays, with all that waits for them.
    const removed = await deps.people.remove(person.tenant, person.person, person.unreachableSince);
    if (removed === 'conflict') return false;
    await deps.reminders.forgetWaiting(person.tenant, person.person);
    await deps.deliveries.forgetOf(person.tenant, person.person);
    return true;
  });
}

/** A manager, and since when they cannot be reached (instant), which tells one time of being away from another. */
type Away = Manager & { readonly since: string };

/** Whether nothing of a manager is open any more: no agreement, no coffee and no moment. */
async function endAll(work: Work, manager: Away): Promise<boolean> {
  const { managers } = work.deps;
  const { agreements, moments, members, scans, unreadable } = await managers.records(manager);
  // What cannot be read may be open.
  if (unreadable.length > 0) return false;
  let ended = true;
  for (const { id, status } of agreements) {
    if (status === 'open' && !(await closeOne(work, manager, id))) ended = false;
  }
  // Nothing of a moment names its manager; what they agreed on does, and without any the message says no name.
  const known = { ...manager, name: agreements[0]?.managerName ?? '' };
  for (const moment of moments) {
    if (!(await removeOne(work, known, moment))) ended = false;
  }
  for (const { id } of scans) {
    if (!(await endScan(work, manager, id))) ended = false;
  }
  const plain = members.filter(hasCoffee).map(withoutCoffee);
  for (let from = 0; from < plain.length; from += LIMITS.transactionRows) {
    const some = plain.slice(from, from + LIMITS.transactionRows);
    if ((await managers.putMembers(manager, some)) !== 'ok') ended = false;
  }
  return ended;
}

/** Removes a moment, and tells whoever waits for an answer about it; false while it is changed at that very moment. */
async function removeOne(
  { deps, at }: Work,
  manager: Away & { readonly name: string },
  moment: Moment,
): Promise<boolean> {
  const context = contextForOther(deps.zone, manager, at);
  return (await removeMoment(deps, { manager, moment, at: context })).kind === 'done';
}

/** What a team agreed on stays theirs to see; nobody is left to look back on it. One that is open closes on its last day. */
async function endScan({ deps, at }: Work, { tenant, person }: Away, id: string): Promise<boolean> {
  const found = await deps.scans.get(tenant, id);
  if (found === null || found.record.manager !== person || found.record.nextDay === null) return true;
  const ended = evaluatedScan(found.record, {}, { nextDay: null, now: at });
  if ((await deps.scans.change(ended, found.etag)) !== 'ok') return false;
  await deps.managers.putScan({ tenant, person }, entryOf(ended));
  return true;
}

/** Closes one as it is now; false while others write it again and again. */
async function closeOne({ deps, at }: Work, manager: Away, id: string): Promise<boolean> {
  const slot = defaultSlot(deps.zone);
  const found = await deps.managers.agreement(manager, id);
  if (found === null || found.record.status === 'closed') return true;
  const { employee, managerName, version } = found.record;
  if (employee !== null) {
    const about = { leaver: manager, former: managerName, occasion: manager.since };
    await deps.reminders.plan(closedReminder(employee, about, { now: at, slot }));
  }
  const seen = { version, asked: openRequest(found.record)?.askedAt ?? '' };
  const context = { manager, now: at, slot, zone: deps.zone };
  const { kind } = await tryToChange(deps, {
    found,
    change: { what: 'closed', seen, toldOtherwise: true },
    at: context,
  });
  return kind === 'done' || kind === 'gone';
}
