import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holderOf } from '../../../infra/local/folder-lock.js';
import { EMPLOYEE, MANAGER } from '../../../infra/local/people.js';
import { settlePort } from '../../../infra/local/ports.js';
import { type Local, type LocalOptions, startLocal } from '../../../infra/local/start-local.js';
import { openBrowser, type TestBrowser } from '../../support/browser/browser.js';
import { createPlaygroundPage, type PlaygroundPage } from '../../support/browser/playground-page.js';
import { SOON_MS } from '../../support/run/time-limits.js';

const STUB_BOT = fileURLToPath(new URL('../../support/process/stub-bot.mjs', import.meta.url));
const FREE_PORTS = { bot: 0, tables: 0, manager: 0, employee: 0 };

let folders: string;
beforeAll(async () => {
  folders = await mkdtemp(join(tmpdir(), 'kopje-koffie-local-'));
});
afterAll(() => rm(folders, { recursive: true, force: true }));

describe.sequential('start-local, in a browser', () => {
  let dataFolder: string;
  /** Started on the same data before, and stopped. */
  let before: Local;
  let leftByIt: readonly number[];
  let heldByIt: Awaited<ReturnType<typeof holderOf>>;
  let local: Local;
  let browser: TestBrowser;
  let manager: PlaygroundPage;

  beforeAll(async () => {
    dataFolder = await makeFolder();
    before = await start(dataFolder);
    await openTable(before).createTable();
    await openTable(before).createEntity({ partitionKey: 'p', rowKey: 'r', text: 'kept' });
    await before.stop();
    leftByIt = before.pids.filter(isAlive);
    heldByIt = await holderOf(dataFolder);
    [local, browser] = await Promise.all([start(dataFolder), openBrowser()]);
    manager = createPlaygroundPage(await browser.newPage());
    await manager.open(local.managerUrl);
  });
  afterAll(() => Promise.all([browser?.close(), local?.stop()]));

  it('serves its page with security headers, and brings the card that the bot answers a typed message with', async () => {
    const page = await fetch(local.managerUrl);
    const script = /src="([^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
    const nothing = await fetch(`${local.managerUrl}/_connector/no/such/path`);
    for (const { headers } of [page, await fetch(local.managerUrl + script), nothing]) {
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'.*frame-ancestors 'none'$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    }
    await manager.send('hoe begin ik het gesprek?');
    await manager.waitForCard('You said: hoe begin ik het gesprek?');
  });

  it('replaces the card by the one that a press brings, also from the overflow menu', async () => {
    await manager.press('Verder');
    await manager.waitForCard('"verb":"next"');
    await manager.press('Later');
    await manager.waitForCard('"verb":"later"');
    expect(await manager.countCards()).toBe(1);
  });

  it('shows what is missing in a form, and sends what is filled in', async () => {
    await manager.press('Opslaan');
    await manager.waitForCard('Vul een naam in');
    await manager.fill('Naam', 'Sanne');
    await manager.fill('Afspraak', 'Minder vergaderen');
    await manager.fill('Datum', '2027-03-15');
    await manager.choose('Met wie?', 'Sanne Bakker');
    await manager.choose('Initiatief', 'Rust');
    await manager.choose('Onderwerpen', 'Taken');
    await manager.choose('Onderwerpen', 'Rust');
    await manager.choose('Ritme', 'Uren');
    await manager.choose('Meer onderwerpen', 'Taken');
    await manager.choose('Delen', 'Deel het');
    await manager.press('Opslaan');
    const card = await manager.waitForCard('"verb":"save"');
    expect(JSON.parse(/\{.*\}/.exec(card)?.[0] ?? '')).toEqual({
      verb: 'save',
      name: 'Sanne',
      note: 'Minder vergaderen',
      date: '2027-03-15',
      who: EMPLOYEE.id,
      one: 'rust',
      some: 'taken,rust',
      rhythm: 'uren',
      more: 'taken',
      share: 'yes',
      by: MANAGER.id,
    });
  });

  it('lets the employee take part in a Playground of their own', async () => {
    const employee = createPlaygroundPage(await browser.newPage());
    await employee.open(local.employeeUrl);
    await employee.send('met wie kan ik praten?');
    await employee.waitForCard('You said: met wie kan ik praten?');
    await employee.press('Verder');
    await employee.waitForCard(`"by":"${EMPLOYEE.id}"`);
  });

  it('says to another start that the data is taken, and keeps that off it', async () => {
    const second = await startLocal({ ...(await localOptions()), dataFolder });
    expect(second).toEqual({ ok: false, problem: expect.stringContaining('It runs already, as process') });
    expect(second).toMatchObject({ problem: expect.stringContaining('DATA_FOLDER=') });
  });

  it('lets a job find its tables, without any setting', async () => {
    const program = fileURLToPath(new URL('../../../dist/infra/local/run-command.js', import.meta.url));
    const child = spawn(
      process.execPath,
      [program, 'job', 'reminders', '--at', '2027-01-04T09:00:00+01:00'],
      {
        cwd: dataFolder,
        env: { PATH: process.env.PATH, DATA_FOLDER: dataFolder },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    expect(await exitCode(child)).toBe(0);
    expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toMatchObject({ job: 'reminders', failed: 0 });
  });

  it('keeps the tables of the start before, which left no process behind', async () => {
    expect([leftByIt, heldByIt, await before.ended]).toEqual([[], null, null]);
    expect(await openTable(local).getEntity('p', 'r')).toMatchObject({ text: 'kept' });
  });

  it('leaves no process behind when one of them stops by itself, and says which', async () => {
    const [tables] = local.pids;
    process.kill(tables as number, 'SIGKILL');
    expect(await local.ended).toMatch(/^Azurite \(the tables\) stopped by itself/);
    expect(local.pids.filter(isAlive)).toEqual([]);
  });
});

describe('start-local', () => {
  it('says which port is taken, for what, and what to do', async () => {
    const blocker = await listen();
    const port = portOf(blocker);
    const started = await startLocal({ ...(await localOptions()), ports: { ...FREE_PORTS, tables: port } });
    blocker.close();
    expect(started).toEqual({ ok: false, problem: expect.stringContaining(`Port ${port} is taken`) });
    expect(started).toMatchObject({
      problem: expect.stringContaining(`AZURITE_PORT=${port + 1_000} npm start`),
    });
  });

  it('says that the bot did not start, with its own words, and stops the rest', async () => {
    const command = ['-e', "console.error('no tables here'); process.exit(1)"];
    const started = await startLocal({ ...(await localOptions()), botCommand: command });
    expect(started).toEqual({
      ok: false,
      problem: expect.stringMatching(/^The bot stopped.*no tables here$/s),
    });
  });

  it('gives up a start that is not wanted any more', async () => {
    const stopping = new AbortController();
    const never = ['-e', 'setInterval(() => {}, 1000)'];
    const options = { ...(await localOptions()), botCommand: never, signal: stopping.signal };
    const starting = startLocal(options);
    await hasTables(options.dataFolder);
    stopping.abort();
    expect(await starting).toMatchObject({ ok: false });
  });
});

describe('start', () => {
  const program = fileURLToPath(new URL('../../../dist/infra/local/start.js', import.meta.url));

  it('refuses a taken port, and one that is no number, with exit code 1, and says every wrong one', async () => {
    const blocker = await listen();
    const { child, output } = run({ PORT: String(portOf(blocker)) });
    const code = await exitCode(child);
    blocker.close();
    expect(output()).toMatch(/Port \d+ is taken by another program; the bot needs it/);
    expect(code).toBe(1);
    {
      const { child, output } = run({ PORT: 'abc', PLAYGROUND_PORT: '65535' });
      expect(await exitCode(child)).toBe(1);
      expect(output()).toContain('PORT is "abc"');
      expect(output()).toContain('PLAYGROUND_PORT is "65535"');
    }
  });

  it('stops on a signal while it starts, without a complaint', async () => {
    const folder = await makeFolder();
    const { child, output } = run({
      PORT: '0',
      AZURITE_PORT: '0',
      PLAYGROUND_PORT: '0',
      DATA_FOLDER: folder,
    });
    await hasTables(folder);
    child.kill('SIGINT');
    expect(await exitCode(child)).toBe(0);
    expect(output()).not.toContain('cannot start');
  });

  function run(env: Record<string, string>): { child: ChildProcess; output: () => string } {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, CI: 'true', DATA_FOLDER: folders, ...env },
    });
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.stderr.on('data', (part) => {
      text += part;
    });
    return { child, output: () => text };
  }
});

function makeFolder(): Promise<string> {
  return mkdtemp(join(folders, 'data-'));
}

async function localOptions(): Promise<LocalOptions> {
  return { dataFolder: await makeFolder(), ports: FREE_PORTS, botCommand: [STUB_BOT] };
}

async function start(dataFolder: string): Promise<Local> {
  const started = await startLocal({ ...(await localOptions()), dataFolder });
  if (!started.ok) throw new Error(started.problem);
  return started.local;
}

function openTable({ connectionString }: Local): TableClient {
  return TableClient.fromConnectionString(connectionString, 'kept', { allowInsecureConnection: true });
}

async function listen(): Promise<Server> {
  const server = createServer();
  const port = await settlePort(0);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}

/** Waits until Azurite has begun to write in a folder. */
async function hasTables(folder: string): Promise<void> {
  const deadline = Date.now() + SOON_MS;
  while (!(await readdir(folder)).includes('__azurite_db_table__.json')) {
    if (Date.now() > deadline) throw new Error('Azurite wrote nothing.');
    await pause(20);
  }
}
