import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import type { Departure } from '../support/process/instance.js';
import type { Received } from '../support/teams/teams.js';
import { type Crowd, NINE, openCrowd } from './many-people.js';

const PEOPLE = 200;
const TEAMS_LIMIT = 50;
/** A message that takes longer from process to process waited for the processor, on which the tests share. */
const HELD_UP_MS = 25;

let crowd: Crowd;
beforeEach(async () => {
  const managers = [{ count: PEOPLE, agreements: 1 }];
  crowd = await openCrowd({ connectionString: inject('azurite'), managers, limits: 'strict' });
});
afterEach(() => crowd.close());

it('is never told that it was too much after the first second, where Teams counts strictly', async () => {
  const { teams } = crowd;
  const instance = await crowd.instance();
  const result = await instance.run(NINE);

  const times = teams.received.map(({ time }) => time);
  const start = times[0] ?? 0;
  const steady = times.filter((time) => time >= start + 1_000);
  const seconds = ((steady.at(-1) ?? 0) - (steady[0] ?? 0)) / 1_000;
  const rate = ((steady.length - 1) / seconds).toFixed(1);
  const left = await instance.departures();
  const most = mostInASecond(left.map(({ time }) => time));
  const refused = teams.throttled.filter(({ time }) => time >= start + 1_000);
  const heldUp = lateArrivals(left, teams.received);
  const ours = refused.filter(({ time }) => !heldUp.some((at) => at > time - 1_000 && at <= time));
  console.log(
    `${PEOPLE} messages in ${result.ms} ms; ${rate} a second after the first second; at most ${most} left in ` +
      `one second; refused with 429 ${teams.throttled.length}, after the first second ${refused.length}, ` +
      `of which not for a machine that held messages up ${ours.length}`,
  );
  expect(most).toBeLessThanOrEqual(TEAMS_LIMIT);
  expect(ours.map(({ time }) => time - start)).toEqual([]);
  expect(result.sent).toBe(PEOPLE);
  expect(crowd.arrived()).toEqual(new Map(crowd.subjects.map((subject) => [subject, 1])));
});

/** The most in any second, wherever it begins. */
function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return Math.max(...sorted.map((time, at) => at + 1 - sorted.findIndex((first) => first > time - 1_000)));
}

/** When those came that the machine had held up: each conversation's first departure is its first arrival. */
function lateArrivals(left: readonly Departure[], received: readonly Received[]): number[] {
  const waiting = new Map<string, number[]>();
  for (const { path, time } of left) waiting.set(path, [...(waiting.get(path) ?? []), time]);
  return received.flatMap(({ path, time }) => {
    const departed = waiting.get(path)?.shift() ?? time;
    return time - departed > HELD_UP_MS ? [time] : [];
  });
}
