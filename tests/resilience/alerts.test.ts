import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { Exporters } from '../../bot/telemetry/exporters.js';
import { dropTables, ownPrefix } from '../support/azure/azurite.js';
import { startTablesProxy, type TablesProxy } from '../support/azure/tables-proxy.js';
import { addressOf, LEARNS_NOTHING, startCommand } from '../support/process/command.js';
import { firingAt, PROMTOOL, type Scrapes } from '../support/promtool.js';
import { limit } from '../support/run/time-limits.js';
import { type House, openHouse, TRIED_AT_ONCE } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams.js';
import { openPrometheus, type Sample, scrape } from '../support/telemetry.js';

/** Where the days begin: the reminder of this morning is due at nine. */
const START = Date.parse('2027-01-26T08:30:00+01:00');
const MINUTE = 60_000;
/** So long all is well before something goes wrong. */
const WELL = 12;
/** From then on, until a reminder is due. */
const UNTIL_DUE = (Date.parse('2027-01-26T09:00:00+01:00') - START) / MINUTE - WELL;
/** How long things take, and how much else is in the process, is up to the machine and to the tests beside this one. */
const OF_THE_MACHINE = ['TablesSlow', 'TurnsSlow', 'EventLoopBlocked', 'MemoryHigh'];
/** Tried again at once, so that an outage of an hour passes in seconds. */
const AT_ONCE = { attempts: 1, baseMs: 1, maxMs: 2, answerWithinMs: 5_000, withinMs: 5_000, insists: false };

/** The bot with a time of its own, which Prometheus asks once a minute. */
type Day = {
  readonly house: House;
  readonly proxy: TablesProxy;
  readonly mila: Person;
  /** Lets minutes pass: in each the reminders run, and Mila asks two things. */
  pass(minutes: number): Promise<void>;
  /** Lets time pass within a minute, as what takes long does. */
  takes(ms: number): void;
  /** Whether Mila has nothing to ask. */
  quiet: boolean;
  /** By how much the clock of the bot is off, in milliseconds. */
  off: number;
  readonly scrapes: (readonly Sample[])[];
};

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openDay(): Promise<Day> {
  // Recorded the day before, to look back on this one.
  let time = START - 24 * 60 * MINUTE;
  const proxy = await startTablesProxy(inject('azurite'), () => new Date(time));
  const exporters: Exporters = await openPrometheus();
  const again = [412, 429, 502, 503, 504];
  const house = await openHouse({
    now: new Date(time).toISOString(),
    way: proxy.connectionString,
    tableRetries: TRIED_AT_ONCE,
    telemetry: exporters.telemetry,
    limits: 'off',
    delivery: Object.fromEntries(
      ['reminder', 'answer', 'update', 'help', 'helpLater'].map((one) => [one, { ...AT_ONCE, again }]),
    ),
  });
  closing.push(
    () => proxy.close(),
    () => exporters.stop(),
    () => proxy.open().then(() => house.close()),
  );
  const mila = house.teams.person({ name: 'Mila' });
  await mila.install();
  await recordAgreement(
    mila,
    { name: 'Sanne', subjects: 'tasks' },
    { what1: 'Sanne doet de balie niet', next: '2027-01-26' },
  );
  time = START;
  const day: Day = {
    house,
    proxy,
    mila,
    quiet: false,
    off: 0,
    scrapes: [],
    takes(ms) {
      time += ms;
      house.setNow(new Date(time + day.off).toISOString());
    },
    async pass(minutes) {
      for (let minute = 0; minute < minutes; minute += 1) {
        time = Math.max(time, START + (day.scrapes.length + 1) * MINUTE);
        house.setNow(new Date(time + day.off).toISOString());
        await house.remind().catch(() => undefined);
        for (const text of day.quiet ? [] : ['wat staat er open?', 'instellingen'])
          await mila.says(text).catch(() => undefined);
        day.scrapes.push(await scrape(exporters));
      }
    },
  };
  return day;
}

/** How many minutes after `since` each alert fires for the first time, and that none did before. */
function alertsAfter(scrapes: Scrapes, since: number): Readonly<Record<string, number>> {
  const firing = firingAt(scrapes);
  const ours = firing.map((alerts) => [...alerts].filter((alert) => !OF_THE_MACHINE.includes(alert)));
  expect(ours.slice(0, since).flat()).toEqual([]);
  const first = new Map<string, number>();
  firing.forEach((alerts, minute) => {
    for (const alert of alerts) if (!first.has(alert)) first.set(alert, minute - since + 1);
  });
  return Object.fromEntries(first);
}

describe.skipIf(PROMTOOL === null)('what an operator hears, and how soon', () => {
  it('is nothing while all is well', async () => {
    const day = await openDay();
    await day.pass(WELL + 20);
    const heard = Object.keys(alertsAfter(day.scrapes, day.scrapes.length));
    expect(heard.filter((alert) => !OF_THE_MACHINE.includes(alert))).toEqual([]);
  });

  type Fault = readonly [
    what: string,
    goesWrong: (day: Day) => unknown,
    minutes: number,
    within: Readonly<Record<string, number>>,
  ];
  const faults: readonly Fault[] = [
    [
      'the tables cannot be reached',
      ({ proxy }) => proxy.shut(),
      6,
      { TablesFail: 4, JobFails: 3, ReminderRunsStopped: 6, TurnsFail: 3 },
    ],
    [
      'the tables fail inside',
      ({ proxy }) => proxy.fail(500),
      4,
      { TablesFail: 4, JobFails: 4, TurnsFail: 4 },
    ],
    ['the identity loses its role', ({ proxy }) => proxy.fail(403), 5, { TablesFail: 4, JobFails: 4 }],
    [
      'the tables refuse every third request, since there are too many',
      ({ proxy }) => {
        let requests = 0;
        proxy.fault(() => {
          requests += 1;
          return requests % 3 === 0 ? { status: 429, body: {} } : undefined;
        });
      },
      6,
      { TablesThrottled: 5 },
    ],
    [
      'the tables take two seconds for each answer',
      (day) =>
        day.proxy.fault(() => {
          day.takes(2_000);
          return undefined;
        }),
      7,
      { TablesSlow: 6 },
    ],
    [
      'Teams takes no token of the bot',
      ({ house }) => house.teams.fault(() => ({ status: 401, body: {} })),
      6,
      { ChannelFails: 5, TurnsFail: 5 },
    ],
    [
      'Teams says that it is too much',
      ({ house }) => house.teams.fault(() => ({ status: 429, body: {} })),
      6,
      { ChannelThrottled: 5 },
    ],
    [
      'Teams is away for over an hour in which a reminder is due',
      (day) => {
        day.quiet = true;
        day.house.teams.fault(() => ({ status: 503, body: {} }));
      },
      UNTIL_DUE + 70,
      { RemindersLate: UNTIL_DUE + 18, RemindersVeryLate: UNTIL_DUE + 66 },
    ],
    [
      'the clock of the machine jumps two hours ahead',
      (day) => {
        day.off = 2 * 3_600_000;
      },
      5,
      { ClockWrong: 4 },
    ],
    [
      'the clock of the machine jumps back by an hour',
      (day) => {
        day.off = -3_600_000;
      },
      5,
      { ClockWrong: 4 },
    ],
  ];

  it.each(faults)(
    'when %s',
    async (_what, goesWrong, minutes, within) => {
      const day = await openDay();
      await day.pass(WELL);
      const since = day.scrapes.length;
      await goesWrong(day);
      await day.pass(minutes);
      const heard = alertsAfter(day.scrapes, since);
      for (const [alert, most] of Object.entries(within)) {
        expect(Object.keys(heard)).toContain(alert);
        expect(heard[alert], alert).toBeLessThanOrEqual(most);
      }
    },
    180_000,
  );

  it('when an instance is killed', async () => {
    const prefix = ownPrefix();
    const folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-alerts-'));
    const running = startCommand(['serve'], {
      cwd: folder,
      preload: [LEARNS_NOTHING],
      env: {
        ...{ BOT_ENV: 'development', PORT: '0', TABLE_PREFIX: prefix, OTEL_EXPORTER_PROMETHEUS_PORT: '0' },
        AZURE_TABLES_CONNECTION_STRING: inject('azurite'),
      },
    });
    closing.push(
      () => dropTables(inject('azurite'), prefix),
      () => rm(folder, { recursive: true, force: true }),
    );
    await addressOf(running);
    await vi.waitUntil(() => running.stderr().includes('"metrics":"http'), { timeout: limit(30_000) });
    const address = /"metrics":"([^"]+)"/.exec(running.stderr())?.[1] ?? '';
    const asked = () => scrape({ address }).catch(() => null);
    const well = [await asked(), await asked(), await asked()];
    expect(well).not.toContain(null);
    running.child.kill('SIGKILL');
    await running.ended;
    const gone = await Promise.all([asked(), asked(), asked(), asked()]);
    expect(gone).toEqual([null, null, null, null]);
    const heard = alertsAfter([...well, ...gone], well.length);
    expect(heard.InstanceDown).toBeLessThanOrEqual(3);
    expect(heard.NoInstance).toBeLessThanOrEqual(3);
  });
});
