import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Reminder } from '../../bot/store/reminders.js';
import { type AzuriteProcess, startAzuriteProcess } from '../support/azurite.js';
import type { Instance } from '../support/instance.js';
import { type Crowd, NINE, openCrowd } from './crowd.js';

const AFTER_THE_LEASE = '2027-01-12T08:11:00.000Z';
const NEXT_DAY = '2027-01-13T08:00:00.000Z';
const PEOPLE = 300;
const BOUND_MS = 60_000;

let location: string;
let azurite: AzuriteProcess;
let crowd: Crowd;
beforeEach(async () => {
  location = await mkdtemp(join(tmpdir(), 'tables-away-'));
  azurite = await startAzuriteProcess({ location });
  const managers = [
    { count: PEOPLE / 2, agreements: 1 },
    { count: PEOPLE / 2, agreements: 2 },
  ];
  crowd = await openCrowd({ connectionString: azurite.connectionString, managers });
}, BOUND_MS);
afterEach(async () => {
  await crowd.close();
  await azurite.stop();
  await rm(location, { recursive: true, force: true });
}, BOUND_MS);

it(
  'delivers everything once when the tables go away in mid-sweep and come back with what they held',
  async () => {
    const { teams, subjects } = crowd;
    teams.fault(() => ({ delayMs: 10 }));
    const instance = await crowd.instance();
    const run = instance.run(NINE).catch(() => 'broke off');
    await vi.waitUntil(() => teams.received.length >= 50, { timeout: BOUND_MS, interval: 2 });
    await awayUntilNoticed(instance);
    const first = await run;
    const arrivedFirst = crowd.arrived().size;
    expect(arrivedFirst).toBeLessThan(subjects.length);

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
      `${subjects.length} reminders for ${PEOPLE} people; arrived in the sweep without tables ${arrivedFirst}, ` +
        `which ${typeof first === 'string' ? first : `counted ${first.sent} sent, ${first.failed} failed`}; ` +
        `in the next ${last.sent} sent and ${last.dropped} found proven; the day after ${wait.length} more; ` +
        `arrived ${counts.size}, twice ${twice.length}`,
    );
    expect(twice).toEqual([]);
    expect([...counts.keys()].sort()).toEqual(subjects);
    expect(proofs.map(({ subject }) => subject).sort()).toEqual(subjects);
    expect(await dueRows()).toEqual([]);
    expect(teams.violations).toEqual([]);
  },
  3 * BOUND_MS,
);

/** Stops the tables until something in the instance has failed of it, and starts them again on the same data. */
async function awayUntilNoticed(instance: Instance): Promise<void> {
  const before = instance.logged.length;
  await azurite.stop();
  await vi.waitUntil(() => instance.logged.length > before, { timeout: BOUND_MS, interval: 5 });
  azurite = await startAzuriteProcess({ location, port: azurite.port });
}

/** The first reminders that are still due by the next day. */
async function dueRows(): Promise<Reminder[]> {
  const rows: Reminder[] = [];
  for await (const { reminder } of crowd.stores.reminders.due(NEXT_DAY)) if (reminder) rows.push(reminder);
  return rows;
}
