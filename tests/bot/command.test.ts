import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { openStores } from '../../bot/store/stores.js';
import { openTables } from '../../bot/store/tables/tables.js';
import { settlePort } from '../../infra/local/ports.js';
import packageJson from '../../package.json' with { type: 'json' };
import {
  type AzuriteProcess,
  connectionStringFor,
  dropTables,
  dumpTables,
  ownPrefix,
  startAzuriteProcess,
} from '../support/azure/azurite.js';
import { MILA, NINE } from '../support/jobs/sending-scene.js';
import { addressOf, answerOf, LEARNS_NOTHING, startCommand } from '../support/process/command.js';
import { limit } from '../support/run/time-limits.js';
import { openHouse } from '../support/running-bot.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  MANAGER,
  TENANT,
} from '../support/sample-records.js';
import { type Person, startTeams } from '../support/teams/teams.js';

const KEYS = [
  ...['job', 'at', 'due', 'claimed', 'sent', 'digests', 'dropped', 'deferred', 'failed'],
  ...['tableRequests', 'ms', 'counts'],
];
/** Of every job, whatever it counts. */
const COMMON = ['job', 'at', 'failed', 'tableRequests', 'ms', 'counts'];
const prefix = ownPrefix();

/** An empty folder to run in: no .env lies there. */
let folder: string;
let development: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-command-'));
  development = {
    ...{ BOT_ENV: 'development', PORT: '0', REMINDERS: 'off', TABLE_PREFIX: prefix },
    AZURE_TABLES_CONNECTION_STRING: inject('azurite'),
  };
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await dropTables(inject('azurite'), prefix);
});

/** By a form: words would have to be learned first. */
const asks = (person: Person) =>
  person.sends({
    type: 'message',
    text: '',
    value: { verb: 'absence.weeks', day: '2027-01-04', lang: 'nl' },
  });
const start = (args: readonly string[], env: Record<string, string>) =>
  startCommand(args, { cwd: folder, env, preload: [LEARNS_NOTHING] });
const run = (args: readonly string[], env = development) => start(args, env).ended;

describe('command: the settings', () => {
  it('exits with 1 in production without credentials, and tells every problem at once and no secret', async () => {
    const { code, stdout, stderr } = await run(['serve'], { PORT: 'many', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    for (const name of [
      'PORT',
      'LOG_LEVEL',
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
      'MicrosoftAppPassword',
    ])
      expect(stderr).toMatch(new RegExp(`^- ${name}: `, 'm'));
    expect(stderr).toContain('AZURE_TABLES_CONNECTION_STRING');
    expect(stderr).not.toMatch(/\bat .*\.js/);
    {
      const secrets = {
        MicrosoftAppPassword: 'a-password',
        AZURE_TABLES_CONNECTION_STRING: 'AccountKey=a-key',
      };
      const { code, stderr } = await run(['serve'], secrets);
      expect(code).toBe(1);
      expect(stderr).not.toMatch(/a-password|a-key/);
    }
  });
});

describe('command: job', () => {
  it('says in a dry run what is due, by ids, and ends with the result as one line of JSON', async () => {
    const tables = openTables({ connectionString: inject('azurite') }, prefix);
    await tables.create();
    const stores = openStores(tables);
    await stores.people.add(aPerson());
    await stores.managers.addAgreement(MILA, aMember(), anAgreement());
    await stores.reminders.plan(aNewReminder());
    const before = await dumpTables(inject('azurite'), prefix);

    const asked = ['job', 'reminders', '--at', '2027-01-12T09:00:00+01:00', '--dry-run'];
    const { code, stdout } = await answerOf(asked, development);
    const lines = stdout.trimEnd().split('\n');
    const result = JSON.parse(lines.at(-1) ?? '');
    expect(Object.keys(result).sort()).toEqual([...KEYS].sort());
    expect(result).toMatchObject({ job: 'reminders', at: NINE, due: 1, sent: 1, failed: 0 });
    expect(lines).toHaveLength(2);
    for (const id of [TENANT, MANAGER, 'evaluation:agreement-1']) expect(lines[0]).toContain(id);
    expect(stdout).not.toMatch(/Sanne|Mila/);
    expect(code).toBe(0);
    expect(await dumpTables(inject('azurite'), prefix)).toEqual(before);
  });

  it('has the keys that scripts read in the result of each job', async () => {
    const house = await openHouse({ inMemory: true });
    try {
      for (const { name } of house.bot.jobs) {
        const result = await house.work(name, '2027-01-09T03:30:00+01:00', true);
        expect(result.job).toBe(name);
        const wanted = ['reminders', 'reconcile', 'retention'].includes(name) ? KEYS : COMMON;
        expect(Object.keys(result), name).toEqual(expect.arrayContaining([...wanted]));
      }
    } finally {
      await house.close();
    }
  });

  it('exits with 2 and says how it is used when it gets what it does not know', async () => {
    const { code, stdout, stderr } = await run(['job', 'reminders', '--at', '2027-02-30T09:00:00Z']);
    expect(stderr).toContain('use: command.js serve');
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('command: a job that is told to stop', () => {
  const PEOPLE = 60;

  /** So many managers, each with a reminder that is due, with a prefix of their own. */
  async function manyDue() {
    const own = ownPrefix();
    const tables = openTables({ connectionString: inject('azurite') }, own);
    await tables.create();
    const stores = openStores(tables);
    const teams = await startTeams({ appId: randomUUID(), limits: 'off' });
    const reminders = [];
    for (let made = 0; made < PEOPLE; made += 1) {
      const person = teams.person({ name: `Manager ${made}`, installed: true });
      const manager = { tenant: TENANT, person: person.objectId };
      const { conversationId: conversation, serviceUrl, userId: user, tenantId } = person;
      const reference = { ...aReference({ conversation, serviceUrl, user }), tenant: tenantId };
      await Promise.all([
        stores.people.add(aPerson({ ...manager, reference })),
        stores.managers.addAgreement(manager, aMember(), anAgreement()),
      ]);
      reminders.push(aNewReminder({ ...manager, manager: person.objectId }));
    }
    await stores.reminders.planAll(reminders);
    return { own, stores, teams };
  }

  it('gives its claims back, says what it did and ends with the code of the signal', async () => {
    const { own, stores, teams } = await manyDue();
    const running = start(['job', 'reminders', '--at', NINE], { ...development, TABLE_PREFIX: own });
    try {
      teams.fault(() => ({ delayMs: 500 }));
      await vi.waitUntil(() => teams.received.length > 10, { timeout: limit(30_000), interval: 5 });
      running.child.kill('SIGTERM');
      const ended = await running.ended;
      expect(ended).toMatchObject({ code: 143, signal: null });
      const result = JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) ?? '');
      expect(result).toMatchObject({ job: 'reminders', due: PEOPLE, sent: teams.received.length });
      let left = 0;
      for await (const { reminder } of stores.reminders.due(NINE)) {
        left += 1;
        expect([reminder?.owner, reminder?.until]).toEqual([null, null]);
      }
      expect(left).toBe(PEOPLE - teams.received.length);
    } finally {
      running.child.kill('SIGKILL');
      await running.ended;
      await teams.close();
      await dropTables(inject('azurite'), own);
    }
  });
});

describe('command: doctor', () => {
  it('says of each thing whether it is well, prints no secret, and its code says whether something is not', async () => {
    const key = /AccountKey=([^;]+)/.exec(inject('azurite'))?.[1] ?? '';
    const given = { ...development, SCAN_SECRET: 'scan-secret-scan-secret-scan-secret' };
    const before = await answerOf(['doctor'], { ...given, TABLE_PREFIX: 'neverstarted' });
    expect([before.code, before.stderr]).toEqual([1, '']);
    expect(before.stdout).toMatch(/^FAULT {2}tables .*made when the bot starts/m);
    await openTables({ connectionString: inject('azurite') }, prefix).create();
    const after = await run(['doctor'], given);
    expect([after.code, after.stderr]).toEqual([0, '']);
    expect(after.stdout).toMatch(/^ok {5}tables /m);
    expect(after.stdout).toMatch(/^ok {5}clock /m);
    for (const { stdout } of [before, after])
      for (const secret of [key, given.SCAN_SECRET]) expect(stdout).not.toContain(secret);
    expect((await dumpTables(inject('azurite'), prefix)).health).toEqual([]);
  });

  it('is asked at the start too, where what it finds is a warning and stops nothing', async () => {
    // Where App Service gives tokens, to none of whose identities this belongs.
    const service = createServer((_request, response) => {
      response.statusCode = 400;
      response.end('{"error":"no identity"}');
    }).listen(0, '127.0.0.1');
    await once(service, 'listening');
    const { port } = service.address() as AddressInfo;
    const running = start(['serve'], {
      ...{ ...development, MicrosoftAppType: 'UserAssignedMSI' },
      ...{ MicrosoftAppId: randomUUID(), MicrosoftAppTenantId: randomUUID() },
      ...{
        IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
        IDENTITY_HEADER: 'a-header-not-to-print',
      },
    });
    try {
      const url = await addressOf(running);
      await vi.waitUntil(() => running.stderr().includes('"check":"channel"'), { timeout: limit(30_000) });
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const warned = running
        .stderr()
        .split('\n')
        .filter((line) => line.includes('"code":"doctor"'));
      expect(warned.length).toBeGreaterThan(0);
      for (const line of warned) expect(JSON.parse(line)).toMatchObject({ level: 40 });
      expect(running.stderr()).not.toContain('a-header-not-to-print');
    } finally {
      service.close();
      service.closeAllConnections();
      running.child.kill('SIGTERM');
      expect(await running.ended).toMatchObject({ code: 0 });
    }
  });
});

describe('command: serve', () => {
  it('answers /healthz and shows its figures; finishes what people asked before SIGTERM, takes nothing new, ends with 0', async () => {
    const measured = { OTEL_EXPORTER_PROMETHEUS_PORT: '0', METRICS_LOG: 'on' };
    const running = start(['serve'], { ...development, ...measured });
    let url = '';
    const teams = await startTeams({ appId: randomUUID(), botUrl: () => url });
    try {
      url = await addressOf(running);
      await vi.waitUntil(() => fetch(`${url}/readyz`).then(({ ok }) => ok), { timeout: limit(20_000) });
      const answer = await fetch(`${url}/healthz`);
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { alive: true, version: packageJson.version },
      ]);
      await vi.waitUntil(() => running.stderr().includes('"metrics":"http'), { timeout: limit(30_000) });
      // A port of their own.
      const figures = /"metrics":"([^"]+)"/.exec(running.stderr())?.[1] ?? '';
      const text = await (await fetch(figures)).text();
      expect(text).toContain('kopje_build_info 1');
      expect(text).toContain(`service_version="${packageJson.version}"`);
      const sanne = teams.person({ name: 'Sanne', installed: true });
      teams.fault(() => ({ delayMs: 1_500 }));
      const turn = asks(sanne);
      await vi.waitUntil(() => teams.received.length > 0, { timeout: limit(20_000), interval: 5 });
      running.child.kill('SIGTERM');
      await vi.waitUntil(
        () =>
          fetch(`${url}/healthz`).then(
            () => false,
            () => true,
          ),
        { timeout: limit(5_000) },
      );
      expect((await turn).status).toBe(200);
      expect(sanne.messages()).toHaveLength(1);
      const ended = await running.ended;
      expect(ended).toMatchObject({ code: 0, signal: null, stdout: '' });
      // What was measured since the last line is not lost.
      expect(ended.stderr).toMatch(/"code":"metrics","instance":"[0-9a-f-]+","version":"[^"]+","points":\[/);
      await expect(fetch(figures)).rejects.toThrow();
      expect(teams.violations).toEqual([]);
    } finally {
      running.child.kill('SIGKILL');
      await running.ended;
      await teams.close();
    }
  });
});

describe('command: serve, when an error is caught by nobody', () => {
  const preload = fileURLToPath(new URL('../support/process/throws-on-signal.mjs', import.meta.url));
  it.each([
    ['is thrown', 'SIGUSR2', 'uncaughtException', 'TypeError'],
    ['is in a promise', 'SIGHUP', 'unhandledRejection', 'ERR_SECRET'],
  ] as const)(
    'that %s: says so by its code, finishes what people asked, and ends with 1',
    async (_how, signal, origin, code) => {
      const running = startCommand(['serve'], {
        cwd: folder,
        env: development,
        preload: [LEARNS_NOTHING, preload],
      });
      let url = '';
      const teams = await startTeams({ appId: randomUUID(), botUrl: () => url });
      try {
        url = await addressOf(running);
        const sanne = teams.person({ name: 'Sanne', installed: true });
        teams.fault(() => ({ delayMs: 1_000 }));
        const turn = asks(sanne);
        await vi.waitUntil(() => teams.received.length > 0, { timeout: limit(20_000), interval: 5 });
        running.child.kill(signal);
        expect((await turn).status).toBe(200);
        expect(sanne.messages()).toHaveLength(1);
        const ended = await running.ended;
        expect(ended).toMatchObject({ code: 1, signal: null });
        const fatal = ended.stderr.split('\n').filter((line) => line.includes('"level":60'));
        expect(fatal.map((line) => JSON.parse(line))).toMatchObject([{ code, origin }]);
        expect(ended.stderr).not.toMatch(/secret of Sanne|\bat .*\.m?js/);
      } finally {
        running.child.kill('SIGKILL');
        await running.ended;
        await teams.close();
      }
    },
  );
});

describe('command: serve, with the tables away', () => {
  let location: string;
  let port: number;
  let connectionString: string;
  beforeAll(async () => {
    location = await mkdtemp(join(tmpdir(), 'kopje-koffie-tables-'));
    port = await settlePort(0);
    connectionString = connectionStringFor(port);
  });
  afterAll(() => rm(location, { recursive: true, force: true }));

  it('waits and says so, lives and is not ready, and comes up by itself when they come', async () => {
    const running = start(['serve'], { ...development, AZURE_TABLES_CONNECTION_STRING: connectionString });
    let url = '';
    const teams = await startTeams({ appId: randomUUID(), botUrl: () => url });
    let tables: AzuriteProcess | undefined;
    try {
      url = await addressOf(running);
      expect(running.stderr()).toContain('"msg":"waiting for the tables"');
      expect(running.stderr()).toContain('"code":"ECONNREFUSED"');
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const away = await fetch(`${url}/readyz`);
      expect([away.status, await away.json()]).toEqual([503, { ready: false }]);
      const sanne = teams.person({ name: 'Sanne', installed: true });
      expect((await asks(sanne)).messages).toHaveLength(1);

      tables = await startAzuriteProcess({ location, port });
      await vi.waitUntil(() => running.stderr().includes('"msg":"ready"'), { timeout: limit(30_000) });
      await vi.waitUntil(() => fetch(`${url}/readyz`).then(({ ok }) => ok), { timeout: limit(20_000) });
      running.child.kill('SIGTERM');
      const { code, stderr } = await running.ended;
      expect(code).toBe(0);
      expect(stderr).not.toMatch(/AccountKey|devstoreaccount|\bat .*\.js/);
    } finally {
      running.child.kill('SIGKILL');
      await running.ended;
      await teams.close();
      await tables?.stop();
    }
  });

  it('stops while it waits, with 0, and does not say that it was ready', async () => {
    const running = start(['serve'], { ...development, AZURE_TABLES_CONNECTION_STRING: connectionString });
    try {
      await addressOf(running);
      running.child.kill('SIGTERM');
      const ended = await running.ended;
      expect(ended).toMatchObject({ code: 0, signal: null });
      expect(ended.stderr).not.toContain('"msg":"ready"');
    } finally {
      running.child.kill('SIGKILL');
      await running.ended;
    }
  });
});
