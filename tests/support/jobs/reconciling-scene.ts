import type { Agreement } from '../../../bot/domain/agreement.js';
import type { NewReminder } from '../../../bot/domain/reminder.js';
import { openStores } from '../../../bot/store/stores.js';
import type { Tables } from '../../../bot/store/tables/tables.js';
import type { FixedResult } from '../../../jobs/job.js';
import { createReconcileJob } from '../../../jobs/reconcile/reconcile.job.js';
import { logInto } from '../recording-log.js';
import { aMember, anAgreement, aReminder, EMPLOYEE } from '../sample-records.js';
import { MILA, type Sending } from './sending-scene.js';

/** The first night after the agreement of `records.ts` was made, and one long after its evaluation. */
export const NIGHT = '2027-01-09T02:00:00.000Z';
export const LONG_AFTER = '2027-02-10T02:00:00.000Z';

/** All that this agreement has planned on that night. */
export const evaluation = aReminder();
export const landed = aReminder({
  kind: 'landed',
  occasion: '2027-01-08',
  due: '2027-01-13T08:00:00.000Z',
});
export const shared = aReminder({
  kind: 'agreement-shared',
  person: EMPLOYEE,
  occasion: '1',
  due: '2027-01-11T08:00:00.000Z',
});

/** Does the night's work; through other tables than the house's own where it says so. */
export function reconcileOn(
  house: Sending,
  how: { at?: string; dryRun?: boolean; tables?: Tables } = {},
): Promise<FixedResult> {
  const { at = NIGHT, dryRun = false, tables = house.own.tables } = how;
  const job = createReconcileJob({
    ...openStores(tables),
    tables,
    log: logInto(house.logged),
    zone: 'Europe/Amsterdam',
    isHrAdmin: () => false,
    monotonicNow: () => performance.now(),
    print: (line) => void house.told.push(line),
  });
  return job.run({ at, dryRun });
}

/** Plans a reminder and lets it wait for whom it is meant. */
export async function letWait(house: Sending, reminder: NewReminder): Promise<void> {
  await house.plan(reminder);
  for (const row of await house.rowsDue()) {
    const found = row.reminder;
    if (found?.kind === reminder.kind && found.subject === reminder.subject)
      await house.stores.reminders.waitAll([{ stored: row.stored, reminder: found }]);
  }
}

/** An instance that last ticked at this instant. */
export function recordTick(house: Sending, instance: string, at: string): Promise<void> {
  const counts = { due: 0, sent: 0, deferred: 0, failed: 0, gaveUp: 0, setAside: 0 };
  return house.stores.health.record('reminders', instance, { at, ...counts, oldestOverdue: null });
}

/** One more agreement of Mila's with Sanne. */
export async function another(house: Sending, id: string, changes: Partial<Agreement> = {}): Promise<void> {
  const result = await house.stores.managers.addAgreement(MILA, aMember(), anAgreement({ id, ...changes }));
  if (result !== 'ok') throw new Error(`${id} is there already`);
}
