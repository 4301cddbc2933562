import { expect, inject, it, vi } from 'vitest';
import type { FixedResult } from '../../jobs/job.js';
import type { Instance } from '../support/process/instance.js';
import { LATE_MS } from '../support/run/time-limits.js';
import { type Crowd, NINE, openCrowd, subjectsIn } from './many-people.js';

const AFTER_THE_LEASE = '2027-01-12T08:11:00.000Z';
const NEXT_MORNING = '2027-01-13T08:00:00.000Z';
const BEFORE_ANYTHING = '2026-01-01T08:00:00.000Z';
const MANAGERS = [
  { count: 250, agreements: 1 },
  { count: 50, agreements: 4 },
];
const DUE = 450;
/** How long a message is on its way to Teams and back. */
const ON_THE_WAY_MS = { from: 5, to: 50 };
/** A process notes at most so many messages as about to leave before they do. */
const MOST_AHEAD = 10;
const MOST_IN_A_MESSAGE = 4;
/** One in `npm test`; more to measure: `SEEDS=12 npx vitest run --config tests/vitest.config.ts tests/resilience/instances`. */
const SEEDS = Number(process.env.SEEDS ?? 1);

it.each(Array.from({ length: SEEDS }, (_, at) => at + 1))(
  'loses nothing when two of four instances are killed, and sends twice only what was in flight, on another day: seed %i',
  async (seed) => {
    const random = randomFrom(seed);
    const crowd = await openCrowd({ connectionString: inject('azurite'), managers: MANAGERS });
    try {
      expect(crowd.subjects).toHaveLength(DUE);
      const { teams } = crowd;
      teams.fault(() => ({
        delayMs: ON_THE_WAY_MS.from + (ON_THE_WAY_MS.to - ON_THE_WAY_MS.from) * random(),
      }));
      const four = await Promise.all(Array.from({ length: 4 }, () => crowd.instance({ paced: true })));
      // Warm, they begin side by side; cold, the first to be ready may have taken everything before the others look.
      await Promise.all(four.map((instance) => instance.run(BEFORE_ANYTHING)));
      const working = new Set(four);
      const counted: FixedResult[] = [];
      const runs = new Map(
        four.map((instance) => [
          instance,
          runToTheEnd(instance, NINE, counted).then(
            () => void working.delete(instance),
            () => 'killed',
          ),
        ]),
      );

      const enough = 30 + Math.floor(100 * random());
      await vi.waitUntil(() => teams.received.length >= enough, { timeout: LATE_MS, interval: 5 });
      const dead = new Set<Instance>();
      // Whoever ran out of work just before it was killed died at rest, which proves nothing: another goes for it.
      for (let atWork = 0; atWork < 2; ) {
        const missing = 2 - atWork;
        const picked = await vi.waitUntil(() => severalAtWork(missing, working, dead), {
          timeout: LATE_MS,
          interval: 5,
        });
        await Promise.all(picked.map((instance) => instance.kill()));
        for (const instance of picked) {
          dead.add(instance);
          if ((await runs.get(instance)) === 'killed') atWork += 1;
        }
      }
      const received = teams.received.length;
      const onTheWire = teams.received.filter(({ status }) => status === undefined).length;
      await Promise.all(runs.values());

      // What had gone out of the killed and left no proof: nobody can know that it arrived.
      const proven = new Set((await crowd.proofs()).map(({ subject }) => subject));
      const gone = new Set(teams.received.flatMap(({ body }) => [...subjectsIn(body)]));
      const inFlight = [...gone].filter((subject) => !proven.has(subject));
      const left = DUE - proven.size;
      expect(left).toBeGreaterThan(0);

      const all = [...four.filter((one) => !dead.has(one)), await crowd.instance({ paced: true })];
      const sweep = async (at: string) => {
        await Promise.all(all.map((instance) => instance.setClock(at)));
        await Promise.all(all.map((instance) => runToTheEnd(instance, at)));
      };
      await sweep(AFTER_THE_LEASE);
      const sameDay = arrivals(crowd);
      expect(sameDay.twice).toEqual([]);
      expect(sameDay.missing.length).toBeLessThanOrEqual(2 * MOST_AHEAD * MOST_IN_A_MESSAGE);
      expect(await dueRows(crowd, AFTER_THE_LEASE)).toEqual([]);
      await sweep(NEXT_MORNING);
      const nextDay = arrivals(crowd);
      // In messages: several agreements of one manager are one.
      const messages = (subjects: readonly string[]) => new Set(subjects.map(crowd.managerOf)).size;
      const sent = counted.reduce((sum, one) => sum + one.sent, 0);
      const requests = counted.reduce((sum, one) => sum + one.tableRequests, 0);
      console.log(
        JSON.stringify({
          seed,
          ...{ due: DUE, receivedAtKill: received, onTheWireAtKill: onTheWire },
          ...{ leftByTheKilled: left, messagesWithoutProof: messages(inFlight) },
          ...{ twiceOnTheDay: sameDay.twice.length, messagesLate: messages(sameDay.missing) },
          ...{
            lost: nextDay.missing.length,
            messagesTwice: messages(nextDay.twice),
            oftener: nextDay.oftener.length,
          },
          requestsEach: Math.round((100 * requests) / sent) / 100,
        }),
      );
      expect(nextDay.missing).toEqual([]);
      expect(nextDay.oftener).toEqual([]);
      expect(nextDay.twice.filter((subject) => !inFlight.includes(subject))).toEqual([]);
      expect(teams.violations).toEqual([]);
    } finally {
      await crowd.close();
    }
  },
);

/** How often the agreements came, in the end. */
function arrivals(crowd: Crowd) {
  const counts = crowd.arrived();
  const having = (is: (count: number) => boolean) =>
    crowd.subjects.filter((subject) => is(counts.get(subject) ?? 0));
  return {
    missing: having((count) => count === 0),
    twice: having((count) => count === 2),
    oftener: having((count) => count > 2),
  };
}

/** So many that have sent something and are not done; null as long as there are fewer. */
async function severalAtWork(
  count: number,
  working: ReadonlySet<Instance>,
  dead: ReadonlySet<Instance>,
): Promise<readonly Instance[] | null> {
  const alive = [...working].filter((instance) => !dead.has(instance));
  const sent = await Promise.all(alive.map(async (instance) => (await instance.departures()).length > 0));
  const sending = alive.filter((instance, at) => sent[at] && working.has(instance));
  return sending.length >= count ? sending.slice(0, count) : null;
}

/** Runs until a run finds nothing that it may take; what others hold is theirs. */
async function runToTheEnd(instance: Instance, at: string, counted: FixedResult[] = []): Promise<void> {
  for (let runs = 0; runs < 20; runs += 1) {
    const result = await instance.run(at);
    counted.push(result);
    if (result.claimed === 0) return;
  }
  throw new Error('there was no end to it');
}

async function dueRows(crowd: Crowd, at: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const row of crowd.stores.reminders.due(at)) rows.push(row);
  return rows;
}

/** The same numbers for the same seed: a linear congruential generator. */
function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
