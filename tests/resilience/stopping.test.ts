import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { Reminder } from '../../bot/domain/reminder.js';
import { LATE_MS } from '../support/run/time-limits.js';
import { type Crowd, NINE, openCrowd } from './many-people.js';

const NEXT_DAY = '2027-01-13T08:00:00.000Z';
const PEOPLE = 120;

let crowd: Crowd;
beforeEach(async () => {
  crowd = await openCrowd({
    connectionString: inject('azurite'),
    managers: [
      { count: PEOPLE / 2, agreements: 1 },
      { count: PEOPLE / 2, agreements: 2 },
    ],
  });
});
afterEach(() => crowd.close());

describe('an instance that is stopped in mid-sweep', () => {
  it('lets what is on its way arrive, and gives back the rest for another to send at once', async () => {
    const { teams, subjects } = crowd;
    let answerMs = 1_000;
    teams.fault(() => ({ delayMs: answerMs }));
    const stopped = await crowd.instance();
    await stopInMidSweep(stopped);
    const arrivedFirst = crowd.arrived();
    const proven = (await crowd.proofs()).map(({ subject }) => subject).sort();

    expect(arrivedFirst.size).toBeGreaterThan(0);
    expect(arrivedFirst.size).toBeLessThan(subjects.length);
    expect([...arrivedFirst.keys()].sort()).toEqual(proven);
    const left = await dueRows(NINE);
    expect(left.map(({ subject }) => subject).sort()).toEqual(
      subjects.filter((subject) => !arrivedFirst.has(subject)),
    );
    expect(left.filter(({ owner, until }) => owner !== null || until !== null)).toEqual([]);

    answerMs = 0;
    const other = await crowd.instance();
    await other.run(NINE);
    const counts = crowd.arrived();
    console.log(`stopped after ${arrivedFirst.size} of ${subjects.length}; another sent the rest at once`);
    expect([...counts.keys()].sort()).toEqual(subjects);
    expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
    expect(await dueRows(NINE)).toEqual([]);
    expect(teams.violations).toEqual([]);
  });

  it('waits for no channel that hangs: what may have arrived comes another day, the rest is given back', async () => {
    const { teams, subjects } = crowd;
    teams.fault(() => ({ hang: true }));
    const stopped = await crowd.instance();
    await stopInMidSweep(stopped);

    const left = await dueRows(NINE);
    const later = (await dueRows(NEXT_DAY)).filter(({ due }) => due > NINE);
    console.log(`${later.length} may have arrived, ${left.length} given back`);
    expect(later.length).toBeGreaterThan(0);
    expect(left.length).toBeGreaterThan(0);
    expect([...left, ...later].map(({ subject }) => subject).sort()).toEqual(subjects);
    expect([...left, ...later].filter(({ owner }) => owner !== null)).toEqual([]);
  });
});

/** Ends it by SIGTERM; the instance itself is given ten seconds for that. */
async function stopInMidSweep(instance: Awaited<ReturnType<Crowd['instance']>>): Promise<void> {
  const run = instance.run(NINE).catch(() => undefined);
  await vi.waitUntil(() => crowd.teams.received.length > 10, { timeout: LATE_MS, interval: 2 });
  expect(await instance.stop()).toBe(0);
  await run;
}

async function dueRows(until: string): Promise<Reminder[]> {
  const rows: Reminder[] = [];
  for await (const { reminder } of crowd.stores.reminders.due(until)) if (reminder) rows.push(reminder);
  return rows;
}
