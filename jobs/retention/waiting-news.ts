import { addDays, dayOf } from '../../bot/domain/calendar.js';
import { subjectKindOf } from '../../bot/domain/reminder-kinds.js';
import type { StoredRow } from '../../bot/store/tables/rows.js';
import type { Work } from './work.js';

/**
 * News that waits for somebody who never was here: that a manager left, with their name in it. What is about a record
 * goes with the record; this is about none and would wait for ever. It goes as late as what waits for somebody away.
 */
export async function forgetWaitingNews(work: Work): Promise<void> {
  const { deps, at, dryRun, termsOf, total } = work;
  const rows: StoredRow[] = [];
  for await (const { reminder, stored } of deps.reminders.waiting()) {
    if (reminder === null || subjectKindOf(reminder) !== null) continue;
    const terms = await termsOf(reminder.tenant);
    if (terms === null) continue;
    const until = addDays(dayOf(reminder.due, 'UTC'), terms.unreachableDays);
    if (until > dayOf(at, 'UTC') || (await deps.people.get(reminder.tenant, reminder.person)) !== null)
      continue;
    if (dryRun) deps.print(`${reminder.tenant} ${reminder.person} ${reminder.kind}:${reminder.subject}`);
    rows.push(stored);
  }
  total.removed += rows.length;
  if (!dryRun) await deps.reminders.removeAll(rows);
}
