import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';
import type { Reminder } from '../../bot/domain/reminder.js';
import { startTablesProxy, type TablesProxy } from '../support/azure/tables-proxy.js';
import { LATE_MS } from '../support/run/time-limits.js';
import { type Crowd, NINE, openCrowd } from './many-people.js';

const AFTER_THE_LEASE = '2027-01-12T08:11:00.000Z';
const NEXT_DAY = '2027-01-13T08:00:00.000Z';
const PEOPLE = 120;
/** So often is asked in vain before they are back: retries of retries by then. */
const ASKED_IN_VAIN = 40;

let tables: TablesProxy;
let crowd: Crowd;
beforeEach(async () => {
  tables = await startTablesProxy(inject('azurite'));
  const managers = [
    { count: PEOPLE / 2, agreements: 1 },
    { count: PEOPLE / 2, agreements: 2 },
  ];
  crowd = await openCrowd({ connectionString: tables.connectionString, managers });
});
afterEach(async () => {
  tables.fault();
  await crowd.close();
  await tables.close();
});

it('delivers everything once when the tables go away in mid-sweep for a while and come back as they were', async () => {
  const { teams, subjects } = crowd;
  // Slow until the tables are gone: they go while messages are under way and most are still to be sent.
  let answerMs = 1_000;
  teams.fault(() => ({ delayMs: answerMs }));
  const instance = await crowd.instance();
  const run = instance.run(NINE).catch(() => 'broke off');
  await vi.waitUntil(() => teams.received.length > 0, { timeout: LATE_MS, interval: 2 });
  let inVain = 0;
  tables.fault(() => {
    inVain += 1;
    return { closeSocket: true };
  });
  const receivedBefore = teams.received.length;
  expect(receivedBefore).toBeLessThan(PEOPLE);
  answerMs = 10;
  await vi.waitUntil(() => inVain >= ASKED_IN_VAIN, { timeout: LATE_MS, interval: 20 });
  const receivedWithout = teams.received.length - receivedBefore;
  tables.fault();
  const first = await run;
  const arrivedFirst = crowd.arrived().size;

  await instance.setClock(AFTER_THE_LEASE);
  const last = await instance.run(AFTER_THE_LEASE);

  // A message whose connection broke may have arrived: it waits for the next day, and says why.
  const wait = await dueRows();
  expect(wait.filter(({ why, attempts }) => why === null || attempts !== 1)).toEqual([]);
  await instance.setClock(NEXT_DAY);
  await instance.run(NEXT_DAY);

  const counts = crowd.arrived();
  const proofs = await crowd.proofs();
  const twice = subjects.filter((subject) => (counts.get(subject) ?? 0) > 1);
  console.log(
    `${subjects.length} reminders for ${PEOPLE} people; tables gone for ${inVain} requests after ` +
      `${receivedBefore} messages, ${receivedWithout} more came meanwhile; arrived in that sweep ${arrivedFirst}, ` +
      `which ${typeof first === 'string' ? first : `counted ${first.sent} sent, ${first.failed} failed`}; ` +
      `in the next ${last.sent} sent and ${last.dropped} found proven; the day after ${wait.length} more; ` +
      `arrived ${counts.size}, twice ${twice.length}`,
  );
  expect(twice).toEqual([]);
  expect([...counts.keys()].sort()).toEqual(subjects);
  expect(proofs.map(({ subject }) => subject).sort()).toEqual(subjects);
  expect(await dueRows()).toEqual([]);
  expect(teams.violations).toEqual([]);
});

/** The first reminders that are still due by the next day. */
async function dueRows(): Promise<Reminder[]> {
  const rows: Reminder[] = [];
  for await (const { reminder } of crowd.stores.reminders.due(NEXT_DAY)) if (reminder) rows.push(reminder);
  return rows;
}
