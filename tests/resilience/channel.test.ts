import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { upsertPerson } from '../../bot/services/reachability.js';
import { dueOf } from '../../bot/store/reminders.js';
import { DELIVERY } from '../../bot/teams/delivery-policy.js';
import type { DumpedEntity } from '../support/azure/azurite.js';
import type { Instance } from '../support/process/instance.js';
import { limit } from '../support/run/time-limits.js';
import { badWeather, FAULTS, type FaultName, RETRY_AFTER_MS } from './failing-network.js';
import { type Crowd, NINE, openCrowd, subjectsIn } from './many-people.js';

const SEED = 20_270_112;
const MUCH_LATER = '2028-01-01T00:00:00.000Z';
/**
 * The policy of earnest, only faster; a wait that Teams asks for is kept to in full. An answer that comes later than this
 * for want of a processor would count as none.
 */
const HASTY = { ...DELIVERY.reminder, baseMs: 10, maxMs: 1_500, answerWithinMs: limit(2_500) };

let crowd: Crowd;
beforeEach(async () => {
  const managers = [
    { count: 40, agreements: 1 },
    { count: 20, agreements: 2 },
  ];
  crowd = await openCrowd({ connectionString: inject('azurite'), managers });
});
afterEach(() => crowd.close());

it('delivers everything once or lets it wait with its reason, whatever the channel answers', async () => {
  const { teams, subjects, people } = crowd;
  const hopeless = new Map<string, FaultName>([
    ...people.slice(0, 10).map(({ name }) => [name, '500'] as const),
    ...people.slice(10, 15).map(({ name }) => [name, 'closed socket'] as const),
  ]);
  const weather = badWeather(SEED, hopeless);
  const unanswered = new Map<string, number>();
  const toldToWait: { readonly person: string; readonly time: number }[] = [];
  teams.fault((request) => {
    const fault = weather.fault(request);
    if (fault?.afterDelivery) {
      for (const subject of subjectsIn(request.body)) add(unanswered, subject);
    }
    if (fault === FAULTS['429 with Retry-After']) {
      toldToWait.push({ person: request.person ?? '', time: request.time });
    }
    return fault;
  });
  const instance = await crowd.instance({ delivery: { reminder: HASTY } });
  const end = await sweepUntilStable(instance, NINE);

  const state = await stateOf();
  console.log(`${subjects.length} reminders for ${people.length} people, channel of seed ${SEED}:`, {
    ...Object.fromEntries(weather.seen),
    requests: teams.received.length,
  });
  console.log('then, by what the tables say:', state.summary, `until ${end}`);
  expect([...weather.seen.keys()].sort()).toEqual(Object.keys(FAULTS).sort());
  expect(state.unexplained).toEqual([]);
  expect(state.provenTwice).toEqual([]);
  // Only what went out without an answer may come again: nobody can know that it arrived.
  expect(wrongCounts(state.proofs, unanswered)).toEqual([]);
  for (const { person, time } of toldToWait) {
    const next = teams.received.find((request) => request.person === person && request.time > time);
    if (next !== undefined) expect(next.time - time).toBeGreaterThanOrEqual(RETRY_AFTER_MS - 5);
  }

  teams.fault();
  await everybodyReturns(end);
  await sweepUntilStable(instance, end);
  const after = await stateOf();
  console.log('when everybody is back:', after.summary);
  expect(after.waiting).toBe(0);
  expect(after.unexplained).toEqual([]);
  expect(after.provenTwice).toEqual([]);
  expect(wrongCounts(after.proofs, unanswered)).toEqual([]);
  expect(teams.violations).toEqual([]);
});

/** Runs at each instant at which something is due, and a minute later where something stayed due; the last one. */
async function sweepUntilStable(instance: Instance, from: string): Promise<string> {
  let at = from;
  for (let runs = 0; runs < 100; runs += 1) {
    const next = await earliestDue();
    if (next === null) return at;
    at = next > at || runs === 0 ? next : new Date(Date.parse(at) + 60_000).toISOString();
    await instance.setClock(at);
    await instance.run(at);
  }
  throw new Error('there was no end to it');
}

async function earliestDue(): Promise<string | null> {
  let earliest: string | null = null;
  for await (const { stored } of crowd.stores.reminders.due(MUCH_LATER)) {
    if (earliest === null || dueOf(stored) < earliest) earliest = dueOf(stored);
  }
  return earliest;
}

/** What the tables say of each agreement's first reminder: delivered, waiting or given up, and why. */
async function stateOf() {
  const proofs = await crowd.proofs();
  const delivered = new Set(proofs.filter(({ round }) => round === 0).map(({ subject }) => subject));
  const { people = [], managers = [], reminders = [] } = await crowd.dump();
  const away = new Map(people.map((row) => [row.person, row.unreachableSince && row.unreachableWhy]));
  const undelivered = new Map(
    managers.map((row) => [
      row.id,
      typeof row.undelivered === 'string'
        ? (JSON.parse(row.undelivered) as { readonly why: string }).why
        : undefined,
    ]),
  );
  const waits = new Set(reminders.filter(isWaiting).map(({ subject }) => subject));
  const summary = new Map<string, number>();
  const unexplained: string[] = [];
  for (const subject of crowd.subjects) {
    const why = undelivered.get(subject);
    if (waits.has(subject)) {
      const reason = away.get(crowd.managerOf(subject).objectId);
      if (!reason || !String(why).endsWith(String(reason))) {
        unexplained.push(`${subject} waits without a reason`);
      }
      add(summary, `waiting: ${why}`);
    } else if (delivered.has(subject)) {
      add(summary, why === undefined ? 'delivered' : `delivered, a later one not: ${why}`);
    } else {
      if (why === undefined) {
        unexplained.push(`${subject} is neither delivered nor waiting nor given up`);
      }
      add(summary, `given up: ${why}`);
    }
  }
  const items = proofs.map(({ item }) => item);
  const provenTwice = items.filter((item, at) => items.indexOf(item) !== at);
  return { proofs, summary: Object.fromEntries(summary), unexplained, provenTwice, waiting: waits.size };
}

function isWaiting({ partitionKey }: DumpedEntity): boolean {
  return String(partitionKey).startsWith('waiting|');
}

/** The agreements that came more or less often than they were proven to, beside what had no answer. */
function wrongCounts(proofs: readonly { readonly subject: string }[], unanswered: Map<string, number>) {
  const proven = new Map<string, number>();
  for (const { subject } of proofs) add(proven, subject);
  const arrived = crowd.arrived();
  return crowd.subjects.flatMap((subject) => {
    const expected = (proven.get(subject) ?? 0) + (unanswered.get(subject) ?? 0);
    const actual = arrived.get(subject) ?? 0;
    return actual === expected ? [] : [{ subject, expected, actual }];
  });
}

/** Who was away writes to the bot again. */
async function everybodyReturns(now: string): Promise<void> {
  const { people = [] } = await crowd.dump();
  const away = people.filter(({ unreachableSince }) => unreachableSince !== undefined);
  await Promise.all(
    away.map(({ tenant, person, reference }) =>
      upsertPerson(crowd.stores, {
        tenant: String(tenant),
        person: String(person),
        reference: JSON.parse(String(reference)),
        locale: null,
        now,
        occurredAt: now,
      }),
    ),
  );
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
