import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableServiceClient } from '@azure/data-tables';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { openStores } from '../../bot/store/stores.js';
import { openTables } from '../../bot/store/tables/tables.js';
import { dropTables, ownPrefix } from '../support/azure/azurite.js';
import { startTablesProxy } from '../support/azure/tables-proxy.js';
import { faultsOf } from '../support/faults.js';
import { answerOf, COMMAND, startCommand } from '../support/process/command.js';
import { LATE_MS } from '../support/run/time-limits.js';
import { aMember, aNewReminder, anAgreement, EMPLOYEE, MANAGER, TENANT } from '../support/sample-records.js';

const azurite = inject('azurite');
const service = TableServiceClient.fromConnectionString(azurite, { allowInsecureConnection: true });

let folder: string;
/** A backup of tables with something in them, which stay. */
let backup: string;
let full: string;
const prefixes: string[] = [];
const newPrefix = () => {
  const prefix = ownPrefix();
  prefixes.push(prefix);
  return prefix;
};
const settings = (prefix: string, more: Record<string, string> = {}): Record<string, string> => ({
  ...{ BOT_ENV: 'development', PORT: '0', REMINDERS: 'off', TABLE_PREFIX: prefix },
  ...{
    SCAN_SECRET: 'a secret of 32 characters that nobody guesses',
    AZURE_TABLES_CONNECTION_STRING: azurite,
  },
  ...more,
});
const run = (args: readonly string[], env = settings(full)) => answerOf(args, env);
const start = (args: readonly string[], env: Record<string, string>) =>
  startCommand(args, { cwd: folder, env });
async function tablesOf(prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name = '' } of service.listTables()) if (name.startsWith(prefix)) names.push(name);
  return names;
}
const inFolder = (name: string) => join(folder, name);
const files = async () => (await readdir(folder)).sort();
/** What an operator may be shown: no stack, and nothing of what the service or an SDK says. */
const PLAIN = /^(?![\s\S]*(\n\s+at |<\?xml|odata|AccountKey|RequestId))/;
/** What is said in words, beside the lines of the log. */
const sentence = (stderr: string) =>
  stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-operator-'));
  full = newPrefix();
  const tables = openTables({ connectionString: azurite }, full);
  await tables.create();
  const stores = openStores(tables);
  await stores.managers.addAgreement({ tenant: TENANT, person: EMPLOYEE }, aMember(), anAgreement());
  backup = inFolder('one.backup');
  expect(await run(['backup', '--to', backup])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const prefix of prefixes) await dropTables(azurite, prefix);
});

describe('words that are no command', () => {
  it('get a sentence about what is wrong before how it is used, and 2', async () => {
    expect(
      await faultsOf<readonly [string, readonly string[], RegExp]>(
        [
          ['a command that is not there', ['restor'], /^There is no command restor\./],
          ['an option that is not there', ['backup', '--too', 'x'], /^Unknown option '--too'/],
          ['an option of another command', ['doctor', '--dry-run'], /^Unknown option '--dry-run'/],
          ['an option without its value', ['backup', '--to'], /^Option '--to <value>' argument missing/],
          ['an empty value', ['backup', '--to', ''], /^--to has to be followed by something\./],
          ['an empty prefix', ['backup', '--to', 'x', '--prefix', ''], /^--prefix has to be followed/],
          ['a word too many', ['backup', 'kopje', '--to', 'x'], /^kopje: backup takes no such word\./],
          ['a job that is not there', ['job', 'reminder'], /^There is no job reminder\./],
          ['no job', ['job'], /^Say which job\./],
          ['a day for an instant', ['job', 'figures', '--at', '2027-01-12'], /^--at: /],
          ['a day that does not exist', ['job', 'figures', '--at', '2027-02-30T09:00:00Z'], /^--at: /],
          ['no file to make', ['backup'], /^Say where to: --to, --ledger-to, or both\./],
          ['no file to put back', ['restore', '--nothing-since'], /^Say which backup: --from\./],
          [
            'two that exclude each other',
            ['restore', '--from', 'x', '--unknown-since', '--nothing-since'],
            /^--unknown-since goes with neither --nothing-since nor --ledger\./,
          ],
          [
            'a prefix that no table can have',
            ['backup', '--to', 'x', '--prefix', '9-bad'],
            /^--prefix: letters and digits/,
          ],
        ],
        async (_case, args, says) => {
          const { code, stdout, stderr } = await run(args);
          expect(stderr).toMatch(says);
          expect(stderr).toContain('\nuse: command.js serve');
          expect([code, stdout]).toEqual([2, '']);
        },
      ),
    ).toEqual([]);
  });
});

describe('tables that cannot be had', () => {
  it('are told with what to do about them, by every command, and with 1', async () => {
    const away = azurite.replace(/:\d+\/devstore/, ':9/devstore');
    const otherKey = azurite.replace('AccountKey=E', 'AccountKey=F');
    const silent = /^ECONNREFUSED: the tables do not answer\. Look at AZURE_TABLES_CONNECTION_STRING/;
    const restore = ['restore', '--from', backup, '--nothing-since', '--prefix', 'nowhere'];
    expect(
      await faultsOf<readonly [string, readonly string[], string, RegExp]>(
        [
          ['backup', ['backup', '--to', inFolder('never.backup')], away, silent],
          ['unreadable', ['unreadable'], away, silent],
          ['job', ['job', 'reminders'], away, silent],
          ['restore', restore, away, silent],
          ['another key', restore, otherKey, /^http-403: the key is not taken\. Copy it anew/],
        ],
        async (_case, args, connection, says) => {
          const env = settings(full, { AZURE_TABLES_CONNECTION_STRING: connection });
          const { code, stdout, stderr } = await run(args, env);
          expect(sentence(stderr)).toMatch(says);
          expect(stderr).toMatch(PLAIN);
          expect([code, stdout]).toEqual([1, '']);
        },
      ),
    ).toEqual([]);
    expect(await files()).toEqual(['one.backup']);
  });

  it('which are still being deleted are waited for by whoever puts a backup back', async () => {
    const proxy = await startTablesProxy(azurite);
    proxy.fail(409, /POST/);
    try {
      const env = settings(newPrefix(), { AZURE_TABLES_CONNECTION_STRING: proxy.connectionString });
      const { code, stderr } = await run(['restore', '--from', backup, '--nothing-since'], env);
      expect(sentence(stderr)).toMatch(/^http-409: .*still being deleted.* run the same again/);
      expect(code).toBe(1);
    } finally {
      await proxy.close();
    }
  });
});

describe('tables that are not there', () => {
  it('are read by no command, and made by none that writes nothing: the prefix was mistyped', async () => {
    const prefix = newPrefix();
    expect(
      await faultsOf<readonly [string, readonly string[], RegExp]>(
        [
          [
            'a backup',
            ['backup', '--to', inFolder('never.backup'), '--prefix', prefix],
            /^There are no tables .*--prefix/,
          ],
          [
            'a ledger',
            ['backup', '--ledger-to', inFolder('never'), '--prefix', prefix],
            /^There are no tables .*--prefix/,
          ],
          ['rows that cannot be read', ['unreadable'], /^There are no tables .*TABLE_PREFIX/],
          [
            'a restore of what is not there',
            ['restore', '--from', inFolder('never.backup'), '--nothing-since'],
            /^There is no file .*never\.backup\./,
          ],
        ],
        async (_case, args, says) => {
          const { code, stderr } = await run(args, settings(prefix));
          expect(sentence(stderr)).toMatch(says);
          expect(code).toBe(1);
        },
      ),
    ).toEqual([]);
    const dry = await run(['restore', '--from', backup, '--dry-run'], settings(prefix));
    expect([dry.code, dry.stderr]).toEqual([0, '']);
    expect(await tablesOf(prefix)).toEqual([]);
    expect(await files()).toEqual(['one.backup']);
  });

  it('since a version before did not make them are nothing to miss: its tables are backed up and looked through', async () => {
    const prefix = newPrefix();
    await openTables({ connectionString: azurite }, prefix).create();
    await service.deleteTable(`${prefix}scans`);
    const made = await run(
      ['backup', '--to', inFolder('before.backup'), '--ledger-to', inFolder('before.ledger')],
      settings(prefix),
    );
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(await run(['unreadable'], settings(prefix))).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const to = newPrefix();
    const asked = ['restore', '--from', inFolder('before.backup'), '--ledger', inFolder('before.ledger')];
    expect(await run(asked, settings(to))).toMatchObject({ code: 0, stderr: '' });
    expect(await tablesOf(to)).toHaveLength(9);
    for (const name of ['before.backup', 'before.ledger']) await rm(inFolder(name));
  });

  it('and those that may only be read are enough for a backup: whoever makes one need not be able to change anything', async () => {
    const proxy = await startTablesProxy(azurite);
    proxy.fail(403, /^(?!GET)/);
    try {
      const env = settings(full, { AZURE_TABLES_CONNECTION_STRING: proxy.connectionString });
      const made = await run(
        ['backup', '--to', inFolder('read.backup'), '--ledger-to', inFolder('read.ledger')],
        env,
      );
      expect([made.code, made.stderr]).toEqual([0, '']);
      for (const name of ['read.backup', 'read.ledger']) await rm(inFolder(name));
    } finally {
      await proxy.close();
    }
  });

  it('of which one was deleted are named, and what was removed and sent can be told all the same', async () => {
    const prefix = newPrefix();
    await openTables({ connectionString: azurite }, prefix).create();
    await service.deleteTable(`${prefix}managers`);
    const whole = await run(['backup', '--to', inFolder('never.backup')], settings(prefix));
    expect([whole.code, whole.stderr]).toEqual([1, expect.stringContaining(`Not there: ${prefix}managers.`)]);
    const looked = await run(['unreadable'], settings(prefix));
    expect([looked.code, looked.stderr]).toEqual([1, expect.stringContaining(`${prefix}managers`)]);
    expect(await run(['backup', '--ledger-to', inFolder('left.ledger')], settings(prefix))).toMatchObject({
      code: 0,
    });
    await rm(inFolder('left.ledger'));
  });
});

describe('a place that nothing can be written to', () => {
  it.runIf(process.platform === 'linux')('is the standard output too, when nobody takes it', () => {
    for (const [how, code] of [
      ['> /dev/full', 'ENOSPC'],
      ['| true', 'EPIPE'],
    ] as const) {
      const line = `"$NODE" --disable-warning=ExperimentalWarning "$COMMAND" backup --to - 2>said ${how}`;
      spawnSync('sh', ['-c', `${line}; cat said >&2`], {
        cwd: folder,
        env: { ...process.env, ...settings(full), NODE: process.execPath, COMMAND },
      });
      const { stdout } = spawnSync('cat', ['said'], { cwd: folder, encoding: 'utf8' });
      expect(sentence(stdout), how).toMatch(new RegExp(`^The standard output took no more \\(${code}\\)`));
      expect(stdout).toMatch(PLAIN);
    }
    spawnSync('rm', ['said'], { cwd: folder });
  });
});

describe('a command that is told to stop', () => {
  it('says what has become of it and what to do', async () => {
    const many = newPrefix();
    const tables = openTables({ connectionString: azurite }, many);
    await tables.create();
    const stores = openStores(tables);
    for (let made = 0; made < 120; made += 1)
      await stores.managers.putMembers(
        { tenant: TENANT, person: randomUUID() },
        Array.from({ length: 20 }, (_, at) =>
          aMember({ id: `name-${at}`, person: null, rhythm: 'quarterly' }),
        ),
      );
    const making = start(['backup', '--to', 'stopped.backup'], settings(many));
    await vi.waitUntil(async () => (await files()).includes('stopped.backup.part'), {
      timeout: LATE_MS,
      interval: 5,
    });
    making.child.kill('SIGTERM');
    const made = await making.ended;
    expect(sentence(made.stderr)).toBe('Stopped: no file was made. Run the same again.');
    expect(made.code).toBe(143);
    expect(await files()).toEqual(['one.backup']);

    expect(await run(['backup', '--to', inFolder('many.backup')], settings(many))).toMatchObject({ code: 0 });
    const to = newPrefix();
    const asked = ['restore', '--from', inFolder('many.backup'), '--nothing-since'];
    const putting = start(asked, settings(to));
    await vi.waitUntil(async () => (await tablesOf(to)).length === 9, { timeout: LATE_MS, interval: 5 });
    putting.child.kill('SIGINT');
    const put = await putting.ended;
    expect(sentence(put.stderr)).toMatch(/^Stopped half-way\. Run the same again: .*works on these tables/);
    expect(put.code).toBe(130);
    expect(await run(asked, settings(to))).toMatchObject({ code: 0 });
    await rm(inFolder('many.backup'));
  });
});

describe('putting a backup back', () => {
  it('brings nobody the app, who may have taken it away since', async () => {
    const asked: string[] = [];
    // Gives a token for whatever it is asked, and tells what that was.
    const identities = createServer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('resource') ?? '');
      response.setHeader('content-type', 'application/json');
      response.end('{"access_token":"a-token","expires_on":"4070908800"}');
    }).listen(0, '127.0.0.1');
    await once(identities, 'listening');
    const { port } = identities.address() as AddressInfo;
    const from = newPrefix();
    const tables = openTables({ connectionString: azurite }, from);
    await tables.create();
    const stores = openStores(tables);
    await stores.managers.addAgreement({ tenant: TENANT, person: MANAGER }, aMember(), anAgreement());
    const reminder = aNewReminder({ person: EMPLOYEE, kind: 'agreement-shared' });
    await stores.reminders.plan(reminder);
    for await (const { stored, reminder: due } of stores.reminders.due(reminder.due))
      if (due !== null) await stores.reminders.waitAll([{ stored, reminder: due }]);
    try {
      expect(await run(['backup', '--to', inFolder('waiting.backup')], settings(from))).toMatchObject({
        code: 0,
      });
      // Where identities are given the SDK reads from the environment itself.
      vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${port}/msi/token`);
      vi.stubEnv('IDENTITY_HEADER', 'header');
      const env = settings(newPrefix(), {
        ...{ MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppId: randomUUID() },
        ...{ MicrosoftAppTenantId: TENANT, TEAMS_CATALOG_APP_ID: randomUUID() },
      });
      const words = ['restore', '--from', inFolder('waiting.backup'), '--nothing-since'];
      const restored = await run(words, env);
      const told = JSON.parse(restored.stdout.trimEnd().split('\n').at(-1) ?? '');
      expect(told).toMatchObject({ rows: { reminders: 1, managers: 2 } });
      expect(asked.filter((resource) => resource.includes('graph'))).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      identities.close();
      identities.closeAllConnections();
      await rm(inFolder('waiting.backup'), { force: true });
    }
  });
});
