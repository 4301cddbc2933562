import type { Agreement } from '../../bot/domain/agreement.js';
import { openErasureRequest } from '../../bot/domain/erasure-request.js';
import type { Manager, ManagerRecords } from '../../bot/domain/manager.js';
import type { Member } from '../../bot/domain/member.js';
import type { Moment } from '../../bot/domain/moment.js';
import type { RetentionPeriods } from '../../bot/domain/retention-periods.js';
import { removeOnRequest } from '../../bot/services/agreement-writer.js';
import { removeMoment } from '../../bot/services/moment-writer.js';
import { contextForOther } from '../../bot/services/record-writer.js';
import { isExpiredAgreement, isExpiredMoment, isWish, needlessMembers } from './expired.js';
import { restAgreements } from './resting-agreements.js';
import { remove, type Work } from './work.js';

/** What one manager keeps and has its term behind it: closed agreements, passed moments, names that nothing needs. */
export async function removeExpired(work: Work, manager: Manager, everything: ManagerRecords): Promise<void> {
  const { at, total } = work;
  const terms = await work.termsOf(manager.tenant);
  if (terms === null) return;
  await restAgreements(work, manager, { agreements: everything.agreements, terms });
  total.looked += everything.agreements.length + everything.moments.length + everything.members.length;
  const expired = everything.agreements.filter((one) => isExpiredAgreement(one, terms, at));
  const passed = everything.moments.filter((one) => isExpiredMoment(one, terms, at));
  for (const agreement of expired)
    await removeAgreement(work, { manager, agreement, records: everything, terms });
  // Nothing of a moment names its manager; what they agreed on does, and without any the message says no name.
  const known = { ...manager, name: everything.agreements[0]?.managerName ?? '' };
  for (const moment of passed) await removePassed(work, known, moment, terms);
  // What cannot be read may need any name.
  if (everything.unreadable.length > 0) return;
  const left = {
    members: everything.members,
    agreements: everything.agreements.filter((one) => !expired.includes(one)),
    moments: everything.moments.filter((one) => !passed.includes(one)),
  };
  for (const member of needlessMembers(left, terms, at)) await removeName(work, manager, member, terms);
}

/**
 * The pointer goes after the record, and not before another leads to what else this manager keeps of the same person:
 * an employee finds what is about them at any moment. A pointer that a crash leaves behind goes with the lost ones.
 */
async function removeAgreement(
  work: Work,
  {
    manager,
    agreement: { id, employee },
    records: { members },
    terms,
  }: {
    readonly manager: Manager;
    readonly agreement: Agreement;
    readonly records: ManagerRecords;
    readonly terms: RetentionPeriods;
  },
): Promise<void> {
  const { deps, at } = work;
  const { tenant, person } = manager;
  await remove(work, { tenant, person, record: id, kind: 'agreement' }, async () => {
    const now = await deps.managers.agreement(manager, id);
    if (now !== null && !isExpiredAgreement(now.record, terms, at)) return false;
    const place = members.find((member) => employee !== null && member.person === employee);
    if (employee !== null && place !== undefined && now !== null) {
      const { managerName, createdAt: since } = now.record;
      const to = { manager: person, member: place.id, since, managerName };
      await deps.about.pointIfNone(tenant, employee, to);
    }
    const asked = now === null ? null : openErasureRequest(now.record);
    if (now !== null && asked !== null) {
      // Whoever waits for an answer gets one, and the proof of it leads to nothing else: no pointer is to be taken away.
      const context = contextForOther(deps.zone, manager, at);
      return (
        (await removeOnRequest(deps, { found: now, askedAt: asked.askedAt, at: context })).kind === 'done'
      );
    }
    if (now !== null && (await deps.managers.removeAgreement(manager, id, now.etag)) === 'conflict')
      return false;
    if (employee !== null) await deps.about.unindex(tenant, employee, { manager: person, id });
    return true;
  });
}

/** Whoever asked something of it and waits for an answer is told that it is gone. */
async function removePassed(
  work: Work,
  manager: Manager & { readonly name: string },
  { id }: Moment,
  terms: RetentionPeriods,
): Promise<void> {
  const { deps, at } = work;
  const { tenant, person } = manager;
  await remove(work, { tenant, person, record: id, kind: 'moment' }, async () => {
    const now = await deps.managers.moment(manager, id);
    if (now === null) return true;
    if (!isExpiredMoment(now.record, terms, at)) return false;
    const context = contextForOther(deps.zone, manager, at);
    return (await removeMoment(deps, { manager, moment: now.record, at: context })).kind === 'done';
  });
}

/** On the audit trail under its own number: one that never got any was never on it. */
async function removeName(
  work: Work,
  manager: Manager,
  { id, number, person: employee }: Member,
  terms: RetentionPeriods,
): Promise<void> {
  const { at } = work;
  const { managers, about } = work.deps;
  const { tenant, person } = manager;
  await remove(work, { tenant, person, record: id, kind: 'member', number: number ?? null }, async () => {
    if ((await managers.removeMember(manager, id, (place) => isWish(place, terms, at))) === 'conflict')
      return false;
    if (employee !== null) await about.unindex(tenant, employee, { manager: person, id });
    return true;
  });
}
