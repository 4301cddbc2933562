import type { Everything, Manager } from '../../bot/store/managers.js';
import { isExpiredAgreement, isExpiredMoment, needlessMembers } from './expired.js';
import { remove, type Work } from './work.js';

/** What one manager keeps and has its term behind it: closed agreements, passed moments, names that nothing needs. */
export async function removeExpired(work: Work, manager: Manager, everything: Everything): Promise<void> {
  const { needs, at, total } = work;
  const terms = await work.termsOf(manager.tenant);
  if (terms === null) return;
  const { tenant, person } = manager;
  total.looked += everything.agreements.length + everything.moments.length + everything.members.length;
  const expired = everything.agreements.filter((one) => isExpiredAgreement(one, terms, at));
  const passed = everything.moments.filter((one) => isExpiredMoment(one, terms, at));
  for (const { id, employee } of expired) {
    await remove(work, { tenant, person, record: id, kind: 'agreement' }, async () => {
      if (employee !== null) await needs.about.unpoint(tenant, employee, person, id);
      await needs.managers.removeAgreement(manager, id);
    });
  }
  for (const { id } of passed) {
    await remove(work, { tenant, person, record: id, kind: 'moment' }, () =>
      needs.managers.removeMoment(manager, id),
    );
  }
  // What cannot be read may need any name.
  if (everything.unreadable.length > 0) return;
  const left = {
    members: everything.members,
    agreements: everything.agreements.filter((one) => !expired.includes(one)),
    moments: everything.moments.filter((one) => !passed.includes(one)),
  };
  for (const { id, person: employee } of needlessMembers(left)) {
    await remove(work, { tenant, person, record: id, kind: 'member' }, async () => {
      if (employee !== null) await needs.about.unpoint(tenant, employee, person, id);
      await needs.managers.removeMember(manager, id);
    });
  }
}
