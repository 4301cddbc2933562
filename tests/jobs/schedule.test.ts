import { describe, expect, it, vi } from 'vitest';
import type { NightRun } from '../../bot/domain/night-run.js';
import type { Job } from '../../jobs/job.js';
import { createNights } from '../../jobs/nights.js';
import { type Schedule, startSchedule } from '../../jobs/schedule.js';
import { type OwnTables, openMemoryOwnTables } from '../support/azure/temporary-tables.js';
import { faultsOf } from '../support/faults.js';
import { logInto, SILENT } from '../support/recording-log.js';
import { setUpEach } from '../support/set-up.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const AMSTERDAM = 'Europe/Amsterdam';

let own: OwnTables;
let schedules: Schedule[];
const afresh = setUpEach(
  () => {
    vi.useFakeTimers();
    own = openMemoryOwnTables();
    schedules = [];
  },
  async () => {
    await Promise.all(schedules.map((schedule) => schedule.stop()));
    vi.useRealTimers();
  },
);

type Instance = {
  /** When the reminders ran, in milliseconds since 1970. */
  readonly minutes: number[];
  /** Which job of the night was run when: `reconcile 2027-03-28T03:30:00.000Z`. */
  readonly nights: string[];
  readonly logged: string[];
  /** What somebody who watches was told. */
  readonly told: string[];
  readonly schedule: Schedule;
};

/** An instance that ticks from now on; `run` is what a job of the night does. */
function start(
  options: { name?: string; zone?: string; run?: (job: string) => Promise<void> } = {},
): Instance {
  const { name = 'one', zone = AMSTERDAM, run = async () => undefined } = options;
  const minutes: number[] = [];
  const nights: string[] = [];
  const logged: string[] = [];
  const told: string[] = [];
  const log = logInto(logged);
  const now = () => new Date();
  const monotonicNow = () => performance.now();
  const job = (of: string, what: (at: string) => Promise<void>): Job => ({
    name: of,
    async run({ at }) {
      await what(at);
      return { job: of, at, failed: 0, tableRequests: 0, ms: 0, counts: {} };
    },
  });
  const nightly = (of: string) =>
    job(of, async (at) => {
      nights.push(`${of} ${at}`);
      await run(of);
    });
  const schedule = startSchedule({
    eachMinute: job('reminders', async () => void minutes.push(Date.now())),
    nights: createNights({
      nightly: [
        { job: nightly('reconcile'), time: '03:30' },
        { job: nightly('figures'), time: '03:45' },
        { job: nightly('retention'), time: '04:00' },
      ],
      zone,
      nightRuns: own.stores.nightRuns,
      instance: name,
      now,
      monotonicNow,
      stopping: () => false,
      log,
      watch: (of, due, isDone) => void told.push(`${of} ${due.slice(0, 16)} ${isDone ? 'done' : 'open'}`),
    }),
    now,
    monotonicNow,
    log,
    watch: {
      skipped: (of) => void told.push(`${of} skipped`),
      begunAnew: (why) => void told.push(why),
    },
  });
  schedules.push(schedule);
  return { minutes, nights, logged, told, schedule };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const at = (instant: string) => vi.setSystemTime(new Date(instant));
/** As if all of the night had been done at an instant. */
async function doneAt(instant: string): Promise<void> {
  const run: NightRun = { startedAt: instant, doneAt: instant, instance: 'before' };
  for (const job of ['reconcile', 'figures', 'retention']) await own.stores.nightRuns.put(job, run, null);
}
const longestGap = (minutes: readonly number[]) =>
  Math.max(...minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0)));
const timesOf = (nights: readonly string[]) => nights.map((night) => night.slice(0, -8));

describe('the schedule: a day on which the clock changes', () => {
  /** When the jobs of the night are due on the night in which the clock changes, by UTC. */
  const NIGHTS: readonly (readonly [string, string, readonly string[]])[] = [
    [AMSTERDAM, 'back', ['2026-10-25T02:30', '2026-10-25T02:45', '2026-10-25T03:00']],
    [AMSTERDAM, 'forward', ['2027-03-28T01:30', '2027-03-28T01:45', '2027-03-28T02:00']],
    ['America/New_York', 'back', ['2026-11-01T08:30', '2026-11-01T08:45', '2026-11-01T09:00']],
    // Where 03:30 itself comes twice, and where it does not come at all.
    ['Europe/Helsinki', 'back', ['2026-10-25T00:30', '2026-10-25T00:45', '2026-10-25T02:00']],
    ['Europe/Helsinki', 'forward', ['2027-03-28T01:30', '2027-03-28T01:45', '2027-03-28T01:00']],
    ['Australia/Lord_Howe', 'back', ['2027-04-03T17:00', '2027-04-03T17:15', '2027-04-03T17:30']],
    ['UTC', 'nowhere', ['2026-10-25T03:30', '2026-10-25T03:45', '2026-10-25T04:00']],
  ];

  it('ticks each minute and does each job of the night once, in each zone and both ways', async () => {
    expect(
      await faultsOf(
        NIGHTS,
        async (zone, _way, due) => {
          // The hours around: the change is within them.
          const first = Math.min(...due.map((instant) => Date.parse(`${instant}Z`)));
          const from = new Date(first - 3 * HOUR_MS).toISOString();
          at(from);
          await doneAt(from);
          const { minutes, nights } = start({ zone });
          await pass(5 * HOUR_MS);
          expect(minutes).toHaveLength((5 * HOUR_MS) / MINUTE_MS);
          expect(longestGap(minutes)).toBe(MINUTE_MS);
          const expected = ['reconcile', 'figures', 'retention'].map((job, index) => `${job} ${due[index]}`);
          expect([...timesOf(nights)].sort()).toEqual([...expected].sort());
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('the schedule: a night that was missed', () => {
  it('is made up for at the first tick, after a start, a sleep or nothing at all, in order and once', async () => {
    at('2027-01-12T07:59:30Z');
    await doneAt('2027-01-11T03:00:00.000Z');
    const { nights } = start();
    await pass(HOUR_MS);
    expect(timesOf(nights)).toEqual(
      ['reconcile', 'figures', 'retention'].map((job) => `${job} 2027-01-12T08:00`),
    );
    await afresh();
    {
      at('2027-01-12T23:59:30Z');
      const { nights } = start();
      await pass(3 * HOUR_MS);
      expect(nights.filter((night) => night.startsWith('reconcile'))).toHaveLength(2);
    }
    await afresh();
    {
      at('2027-01-12T07:59:30Z');
      await doneAt('2027-01-12T03:01:00.000Z');
      const { nights } = start();
      await pass(HOUR_MS);
      expect(nights).toEqual([]);
    }
    await afresh();
    {
      at('2027-01-11T20:00:00Z');
      await doneAt('2027-01-11T03:00:00.000Z');
      const { nights, minutes } = start();
      await pass(HOUR_MS);
      at('2027-01-14T09:00:00Z');
      const slept = minutes.length;
      await pass(2 * MINUTE_MS);
      expect(minutes.length).toBeGreaterThan(slept);
      expect(nights.map((night) => night.split(' ')[0])).toEqual(['reconcile', 'figures', 'retention']);
    }
  });

  it('is done once by any number of instances', async () => {
    at('2027-01-11T20:00:00Z');
    await doneAt('2027-01-11T03:00:00.000Z');
    const instances = ['one', 'two', 'three'].map((name) => start({ name }));
    await pass(9 * HOUR_MS);
    const nights = instances.flatMap((instance) => instance.nights);
    expect(
      timesOf(nights)
        .filter((night) => night.startsWith('retention'))
        .sort(),
    ).toEqual(['retention 2027-01-12T03:00']);
    expect(nights).toHaveLength(3);
  });

  it('is taken over from an instance that died in it', async () => {
    at('2027-01-11T20:00:00Z');
    await doneAt('2027-01-11T03:00:00.000Z');
    const dying = start({ name: 'dying', run: () => new Promise(() => undefined) });
    await pass(7 * HOUR_MS);
    await dying.schedule.stop();
    const other = start({ name: 'other' });
    await pass(HOUR_MS);
    expect(other.nights.map((night) => night.split(' ')[0])).toEqual(['figures', 'retention']);
    await pass(6 * HOUR_MS);
    expect(other.nights.map((night) => night.split(' ')[0])).toEqual(['figures', 'retention', 'reconcile']);
  });

  it('is tried again a quarter of an hour after it failed, and holds up neither the other jobs nor the ticks', async () => {
    at('2027-01-12T02:00:00Z');
    await doneAt('2027-01-11T03:00:00.000Z');
    let fails = 2;
    const { nights, minutes } = start({
      async run(job) {
        if (job !== 'reconcile' || fails === 0) return;
        fails -= 1;
        throw new Error('the tables are away');
      },
    });
    await pass(2 * HOUR_MS);
    expect(timesOf(nights)).toEqual([
      'reconcile 2027-01-12T02:30',
      'reconcile 2027-01-12T02:45',
      'figures 2027-01-12T02:45',
      'reconcile 2027-01-12T03:00',
      'retention 2027-01-12T03:00',
    ]);
    expect(longestGap(minutes)).toBe(MINUTE_MS);
  });
});

describe('the schedule: who watches', () => {
  it('hears at each tick which nights are done and which are not', async () => {
    at('2027-01-12T02:59:30Z');
    await doneAt('2027-01-11T03:00:00.000Z');
    const { told } = start({
      run: async (job) => {
        if (job === 'figures') throw new Error('no tables');
      },
    });
    await pass(MINUTE_MS);
    expect(told).toEqual([
      'reconcile 2027-01-12T02:30 done',
      'figures 2027-01-12T02:45 open',
      'retention 2027-01-12T03:00 done',
    ]);
  });

  it('hears that ticking was begun anew, and why', async () => {
    at('2027-01-12T10:00:00Z');
    await doneAt('2027-01-12T03:00:00.000Z');
    const { told } = start();
    await pass(MINUTE_MS);
    vi.setSystemTime(Date.now() + HOUR_MS);
    await pass(10 * SECOND_MS);
    expect(told).toContain('clock-jumped');
  });
});

describe('the schedule: a clock that jumps', () => {
  it('goes on ticking within a minute and a half, however far and whichever way it was set', async () => {
    expect(
      await faultsOf<[string, number]>(
        [
          ['an hour back', -HOUR_MS],
          ['a day back', -DAY_MS],
          ['an hour forward', HOUR_MS],
          ['a day forward', DAY_MS],
          ['a year forward', 365 * DAY_MS],
        ],
        async (_case, by) => {
          at('2027-01-12T10:00:00Z');
          await doneAt('2027-01-12T03:00:00.000Z');
          const { minutes } = start();
          await pass(10 * MINUTE_MS + 20 * SECOND_MS);
          expect(minutes).toHaveLength(10);
          vi.setSystemTime(Date.now() + by);
          await pass(90 * SECOND_MS);
          expect(minutes.length).toBeGreaterThan(10);
          const before = minutes.length;
          await pass(10 * MINUTE_MS);
          expect(minutes.length - before).toBeGreaterThanOrEqual(9);
          expect(minutes.length - before).toBeLessThanOrEqual(11);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('forward and back again does the night of the right day all the same', async () => {
    at('2027-01-12T22:00:00Z');
    await doneAt('2027-01-12T03:00:00.000Z');
    const { nights } = start();
    await pass(MINUTE_MS);
    vi.setSystemTime(Date.now() + DAY_MS);
    await pass(2 * MINUTE_MS);
    expect(nights).toHaveLength(3);
    vi.setSystemTime(Date.now() - DAY_MS);
    await pass(6 * HOUR_MS);
    expect(timesOf(nights)).toContain('retention 2027-01-13T03:00');
    // Three more than a clock that is right would have done: no harm, and no end to it neither.
    expect(nights.length).toBeLessThanOrEqual(9);
  });

  it('of one instance that is a day ahead does not make two of them do the night again and again', async () => {
    at('2027-01-12T10:00:00Z');
    await own.stores.nightRuns.put(
      'retention',
      { startedAt: '2027-01-13T03:00:00.000Z', doneAt: '2027-01-13T03:01:00.000Z', instance: 'ahead' },
      null,
    );
    const { nights } = start();
    await pass(HOUR_MS);
    expect(nights.filter((night) => night.startsWith('retention'))).toHaveLength(1);
  });
});

describe('the schedule: a run that takes long', () => {
  it('is not begun again meanwhile, and the night does not wait for it', async () => {
    at('2027-01-12T02:29:30Z');
    await doneAt('2027-01-11T03:00:00.000Z');
    let began = 0;
    const log = SILENT;
    const nights: string[] = [];
    const skipped: string[] = [];
    const schedule = startSchedule({
      eachMinute: {
        name: 'reminders',
        run: () => {
          began += 1;
          return new Promise(() => undefined);
        },
      },
      nights: async () => void nights.push('told'),
      now: () => new Date(),
      monotonicNow: () => performance.now(),
      log,
      watch: { skipped: (job) => void skipped.push(job), begunAnew: () => undefined },
    });
    schedules.push(schedule);
    await pass(5 * MINUTE_MS);
    expect(skipped).toEqual(Array(4).fill('reminders'));
    expect([began, nights.length]).toEqual([1, 5]);
  });
});
