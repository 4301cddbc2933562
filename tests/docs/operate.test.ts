import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../bot/config.js';
import { FAULT_CODES } from '../../bot/errors.js';
import { createTally, REQUEST_LIMITS } from '../../bot/http/request-limits.js';
import { createServer } from '../../bot/http/server.js';
import { createLog, LINE_CODES, LOG_LINES } from '../../bot/log.js';
import { METRICS } from '../../bot/telemetry/definitions.js';
import type { HealthView } from '../../cards/hr/health.card.js';
import { createJobs, type JobsDeps } from '../../jobs/jobs.js';
import { faultsOf } from '../support/faults.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const operate = read('docs/operate.md');

/** What a heading holds, up to the next of its level or above. */
function under(page: string, heading: string): string {
  const level = heading.indexOf(' ');
  const [, rest = ''] = page.split(`\n${heading}\n`);
  return rest.split(new RegExp(`\\n#{1,${level}} `))[0] ?? '';
}

/** What stands in code marks at the start of each row of the tables there. */
function namedIn(text: string): readonly string[] {
  return [...text.matchAll(/^\| ((?:`[^`]+`(?:, )?)+)/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
}

const sorted = (names: readonly string[]) => [...names].sort();

/** A field that is new does not compile until it is here, and is then asked of the page. */
const ON_HEALTH_CARD: Readonly<Record<keyof HealthView, true>> = {
  version: true,
  tables: true,
  reminders: true,
  ticking: true,
  lastTick: true,
  behind: true,
  waiting: true,
  failed: true,
  night: true,
  ends: true,
};

describe('what an operator is told', () => {
  it('has each line of each level, and none that is not logged', async () => {
    expect(
      await faultsOf(Object.entries(LOG_LINES), (level, lines) => {
        expect(sorted(namedIn(under(operate, `### ${level}`)))).toEqual(sorted(lines));
      }),
    ).toEqual([]);
  });

  it('has each code that the bot gives, and none besides', () => {
    expect(sorted(namedIn(under(operate, '### Codes')))).toEqual(sorted([...FAULT_CODES, ...LINE_CODES]));
  });

  it('has each job with its time of the night, and how each is run by hand', () => {
    const { job: jobs } = METRICS.kopje_job_runs_total.attributes;
    const nights = under(operate, '## A day, a night');
    const told = [...nights.matchAll(/(\d\d:\d\d) `(\w+)`/g)].map(([, time, name]) => ({ time, name }));
    expect(told).toEqual(
      createJobs({} as JobsDeps).nightly.map(({ time, job }) => ({ time, name: job.name })),
    );
    const byHand = /npm run job -- ([\w\\|]+) /.exec(read('docs/commands.md'))?.[1]?.split('\\|') ?? [];
    expect(sorted(byHand)).toEqual(sorted(jobs));
    expect(sorted(['reminders', ...told.map(({ name = '' }) => name)])).toEqual(sorted(jobs));
  });

  it('has no list of lines or codes that nothing in the sources logs', () => {
    const sources = ['bot', 'jobs'].flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !['log.ts', 'errors.ts'].includes(name))
        .map((name) => read(join(room, name))),
    );
    const inSources = (text: string) => sources.some((source) => source.includes(`'${text}'`));
    const unused = [...Object.values(LOG_LINES).flat(), ...FAULT_CODES, ...LINE_CODES].filter(
      // Made of what became of a message or a write: the compiler knows which there are.
      (name) => !/^(send|night)-/.test(name) && !inSources(name),
    );
    // Logged where the lines are listed: by what keeps the console quiet.
    expect(sorted(unused)).toEqual(['a library wrote to the console', 'console']);
  });

  it('has each field that an address answers with, and that HR sees', async () => {
    const server = createServer({
      port: 0,
      host: '127.0.0.1',
      log: createLog('silent'),
      precheck: () => null,
      answer: async () => ({ status: 200 }),
      ready: async () => ({ ready: true }),
      version: '0.2.0',
      supportContact: null,
      https: true,
      refusals: createTally(REQUEST_LIMITS.refusedByAddress, () => 0),
    });
    const url = await server.listen();
    try {
      const answered = await Promise.all(
        ['/healthz', '/readyz'].map(async (path) =>
          Object.keys(await (await fetch(`${url}${path}`)).json()).flatMap((field) => [path, field]),
        ),
      );
      const fields = [...answered.flat(), ...Object.keys(ON_HEALTH_CARD)];
      const told = [...operate.matchAll(/^\| `(\/\w+)` `(\w+)`/gm)].flatMap(([, path = '', field = '']) => [
        path,
        field,
      ]);
      expect(
        sorted([...told, ...namedIn(under(operate, '## Addresses')).filter((name) => !/^\//.test(name))]),
      ).toEqual(sorted(fields));
    } finally {
      await server.close();
    }
  });

  it('has each setting, and none that is not read', () => {
    const cells = [...read('docs/configuration.md').matchAll(/^\| ([^|]*`[^|]*) \|/gm)].map(
      ([, cell = '']) => cell,
    );
    const named = cells.flatMap((cell) =>
      [...cell.matchAll(/`([A-Z_]{4,}|Microsoft\w+)`/g)].map(([, name = '']) => name),
    );
    expect(sorted(named)).toEqual(sorted(SETTING_NAMES));
  });
});
