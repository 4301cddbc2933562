import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';
import type { Instance } from '../support/instance.js';
import { type Crowd, NINE, openCrowd, subjectsIn } from './crowd.js';

const AFTER_THE_LEASE = '2027-01-12T08:11:00.000Z';
const BEFORE_ANYTHING = '2026-01-01T08:00:00.000Z';
const DUE = 2_000;
const BOUND_MS = 60_000;

let crowd: Crowd;
beforeEach(async () => {
  // What is due for somebody with several agreements comes in one card.
  const managers = [
    { count: 450, agreements: 4 },
    { count: 200, agreements: 1 },
  ];
  crowd = await openCrowd({ connectionString: inject('azurite'), managers });
}, BOUND_MS);
afterEach(() => crowd.close(), BOUND_MS);

it(
  'loses nothing when two of four instances are killed, and sends twice only what was in flight',
  async () => {
    expect(crowd.subjects).toHaveLength(DUE);
    const { teams } = crowd;
    // Slow until the kill: whoever starts last still finds shards to take, and all have messages under way.
    let answerMs = 400;
    teams.fault(() => ({ delayMs: answerMs }));
    const four = await Promise.all(Array.from({ length: 4 }, () => crowd.instance()));
    // Warm, they begin side by side; cold, the first to be ready may have taken everything before the others look.
    await Promise.all(four.map((instance) => instance.run(BEFORE_ANYTHING)));
    // One that starts late may find everything taken and be done: who is killed must be at work.
    const working = new Set(four);
    const runs = new Map(
      four.map((instance) => [
        instance,
        runToTheEnd(instance, NINE).then(
          () => void working.delete(instance),
          () => 'killed',
        ),
      ]),
    );

    const killed = await vi.waitUntil(() => twoAtWork(working), { timeout: BOUND_MS, interval: 10 });
    await Promise.all(killed.map((instance) => instance.kill()));
    const receivedAtKill = teams.received.length;
    answerMs = 50;
    const fresh = Promise.all([crowd.instance(), crowd.instance()]);
    await Promise.all(runs.values());
    expect(await Promise.all(killed.map((instance) => runs.get(instance)))).toEqual(['killed', 'killed']);
    const survivors = four.filter((instance) => !killed.includes(instance));

    // What had gone out of the killed and left no proof: nobody can know that it arrived.
    const proven = new Set((await crowd.proofs()).map(({ subject }) => subject));
    const received = new Set(teams.received.flatMap(({ body }) => [...subjectsIn(body)]));
    const inFlight = [...received].filter((subject) => !proven.has(subject));
    const left = DUE - proven.size;
    expect(left).toBeGreaterThan(0);

    const all = [...survivors, ...(await fresh)];
    await Promise.all(all.map((instance) => instance.setClock(AFTER_THE_LEASE)));
    await Promise.all(all.map((instance) => runToTheEnd(instance, AFTER_THE_LEASE)));

    const counts = crowd.arrived();
    const lost = crowd.subjects.filter((subject) => !counts.has(subject));
    const twice = crowd.subjects.filter((subject) => counts.get(subject) === 2);
    const oftener = crowd.subjects.filter((subject) => (counts.get(subject) ?? 0) > 2);
    console.log(
      `reminders ${DUE} for ${crowd.people.length} people; messages received when two of four were killed ` +
        `${receivedAtKill}; left behind by them ${left}, of which in flight ${inFlight.length}; ` +
        `lost ${lost.length}, sent twice ${twice.length}, oftener ${oftener.length}`,
    );
    expect(lost).toEqual([]);
    expect(oftener).toEqual([]);
    expect(twice.filter((subject) => !inFlight.includes(subject))).toEqual([]);
    expect(await dueRows()).toEqual([]);
    expect(teams.violations).toEqual([]);
  },
  3 * BOUND_MS,
);

/** Two that have messages under way and are not done; null as long as there are none. */
async function twoAtWork(working: ReadonlySet<Instance>): Promise<readonly Instance[] | null> {
  const sending: Instance[] = [];
  for (const instance of working) {
    if ((await instance.departures()).length > 0 && working.has(instance)) sending.push(instance);
  }
  return sending.length >= 2 ? sending.slice(0, 2) : null;
}

/** Runs until a run finds nothing that it may take; what others hold is theirs. */
async function runToTheEnd(instance: Instance, at: string): Promise<void> {
  for (let runs = 0; runs < 20; runs += 1) {
    const { claimed } = await instance.run(at);
    if (claimed === 0) return;
  }
  throw new Error('there was no end to it');
}

async function dueRows(): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const row of crowd.stores.reminders.due(AFTER_THE_LEASE)) rows.push(row);
  return rows;
}
