import type { Manager } from '../../bot/store/managers.js';
import type { Person } from '../../bot/store/people.js';
import { isForgotten } from './expired.js';
import { type RetentionNeeds, remove, type Work } from './work.js';

/** What waits for them, what they kept for themselves and who they are; agreements with others close. */
export async function forgetAway(work: Work, person: Person): Promise<void> {
  const { needs, at, dryRun, total } = work;
  total.looked += 1;
  const terms = await work.termsOf(person.tenant);
  if (terms === null || !isForgotten(person, terms, at)) return;
  const manager = { tenant: person.tenant, person: person.person };
  const what = { ...manager, record: person.person, kind: 'person' };
  if (!dryRun) await closeAll(needs, manager, at);
  await remove(work, what, async () => {
    await needs.reminders.forgetWaiting(person.tenant, person.person);
    await needs.nudges.forgetOf(person.tenant, person.person);
    // Who came back this very moment stays.
    await needs.people.remove(person.tenant, person.person, person.unreachableSince);
  });
}

async function closeAll({ managers }: RetentionNeeds, manager: Manager, at: string): Promise<void> {
  const { agreements, moments, members } = await managers.everything(manager);
  for (const { id, status } of agreements) {
    const found = status === 'open' ? await managers.agreement(manager, id) : null;
    if (found === null) continue;
    const closed = {
      ...found.record,
      status: 'closed' as const,
      changedAt: at,
      version: found.record.version + 1,
    };
    await managers.changeAgreement(manager, closed, found.etag);
  }
  for (const { id } of moments) await managers.removeMoment(manager, id);
  const plain = members.map((one) => ({ ...one, rhythm: null, lastDay: null, nextDay: null }));
  if (plain.length > 0) await managers.putMembers(manager, plain);
}
