import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, parseConfig } from '../../../bot/config.js';
import type { CheckDeps } from '../../../bot/doctor/checks.js';
import { asText, examine } from '../../../bot/doctor/doctor.js';
import { CodedError } from '../../../bot/errors.js';
import { openTables, type Table } from '../../../bot/store/tables/tables.js';
import { type OwnTables, openMemoryOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';

const APP = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const SECRETS = ['a-secret-password', 'a'.repeat(40), 'c2VjcmV0LWtleQ=='];

function aConfig(more: Record<string, string | undefined> = {}): Config {
  const parsed = parseConfig({
    MicrosoftAppId: APP,
    MicrosoftAppPassword: SECRETS[0],
    MicrosoftAppTenantId: APP,
    SCAN_SECRET: SECRETS[1],
    HR_ADMINS: APP,
    METRICS_LOG: 'on',
    AZURE_TABLES_CONNECTION_STRING: `DefaultEndpointsProtocol=https;AccountName=kopje;AccountKey=${SECRETS[2]};EndpointSuffix=core.windows.net`,
    ...more,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.config;
}

let own: OwnTables;
beforeAll(async () => {
  own = openMemoryOwnTables();
});
afterAll(() => own.drop());

/** Everything is well, unless said. */
async function lookAt(more: Partial<CheckDeps> = {}, late = false) {
  const findings = await examine({
    config: aConfig(),
    tables: own.tables,
    end: null,
    channelToken: async () => 'a token',
    graph: null,
    now: () => new Date(),
    newId: () => 'row-of-its-own',
    version: '0.2.0',
    node: '24.1.0',
    after: (_ms, act) => {
      if (late) setImmediate(act);
      return () => undefined;
    },
    ...more,
  });
  return {
    findings,
    text: asText(findings),
    of: (check: string) => findings.filter((one) => one.check === check),
    faults: findings.filter(({ state }) => state === 'fault').map(({ check }) => check),
  };
}

const failingWith = (error: unknown) => {
  const fail = async () => {
    throw error;
  };
  const table = { ...own.tables.table('health'), insert: fail } as Table;
  return { ...own.tables, table: () => table };
};
/** As the SDKs throw them, with what must not be printed in their words. */
const thrown = (name: string, more: object = {}) =>
  Object.assign(new Error(`${SECRETS.join(' ')} was not taken`), { name, ...more });

describe('doctor', () => {
  it('says of each thing that it is well, and leaves nothing behind', async () => {
    const { findings, text, faults } = await lookAt();
    expect(faults).toEqual([]);
    expect(findings.map(({ check, state }) => `${check} ${state}`)).toEqual([
      ...['versions ok', 'settings ok', 'time zones ok', 'tables ok', 'clock ok', 'channel ok', 'graph ok'],
    ]);
    expect(text.split('\n')).toHaveLength(findings.length + 1);
    expect(JSON.stringify(await own.dump())).not.toContain('row-of-its-own');
  });

  it('tells what to do where the tables refuse it, are throttled, silent, not there or not found', async () => {
    expect(
      await faultsOf<readonly [string, unknown, RegExp]>(
        [
          [
            'may not',
            thrown('RestError', { statusCode: 403 }),
            /^http-403: .*AZURE_TABLES_CONNECTION_STRING/,
          ],
          ['is not known', thrown('RestError', { statusCode: 401 }), /^http-401: /],
          [
            'finds no tables',
            thrown('RestError', { statusCode: 404 }),
            /^http-404: .*made when the bot starts/,
          ],
          ['is throttled', thrown('RestError', { statusCode: 503 }), /^http-503: .*too much to do/],
          ['finds nobody', thrown('RestError', { code: 'ENOTFOUND' }), /^ENOTFOUND: .*do not answer/],
          [
            'is still being deleted',
            thrown('RestError', { statusCode: 409 }),
            /^http-409: .*still being deleted/,
          ],
          ['has no identity', thrown('CredentialUnavailableError'), /^CredentialUnavailableError: no token/],
          ['waits in vain', new CodedError('tables-silent', 'late'), /^tables-silent: .*do not answer/],
        ],
        async (_what, error, says) => {
          const { of, text } = await lookAt({ tables: failingWith(error) });
          expect(of('tables')).toEqual([
            { check: 'tables', state: 'fault', says: expect.stringMatching(says) },
          ]);
          for (const secret of SECRETS) expect(text).not.toContain(secret);
        },
      ),
    ).toEqual([]);
  });

  it('takes away what one before left that was killed, and nothing of one beside it', async () => {
    const table = own.tables.table('health');
    const now = new Date('2027-01-12T12:00:00.000Z');
    const rows = [
      { partitionKey: 'doctor', rowKey: 'killed', at: '2027-01-12T11:00:00.000Z' },
      { partitionKey: 'doctor', rowKey: 'beside', at: '2027-01-12T11:59:55.000Z' },
    ];
    for (const row of rows) await table.upsert(row);
    expect((await lookAt({ now: () => now })).of('tables')).toMatchObject([{ state: 'ok' }]);
    const left: string[] = [];
    for await (const { row } of table.query({ partition: 'doctor' })) left.push(row.rowKey);
    expect(left).toEqual(['beside']);
    await table.remove('doctor', 'beside');
  });

  it('names the role where the tables are opened with an identity', async () => {
    const config = aConfig({
      AZURE_TABLES_CONNECTION_STRING: undefined,
      AZURE_TABLES_ENDPOINT: 'https://kopje.table.core.windows.net',
    });
    const tables = failingWith(thrown('RestError', { statusCode: 403 }));
    expect((await lookAt({ config, tables })).of('tables')[0]?.says).toContain(
      'Storage Table Data Contributor',
    );
  });

  it('says by whom the tables are opened, where there is no token for them', async () => {
    const identity = '7d8f2f0a-54a0-4f0b-9f0f-6a3a1f7a1111';
    const endpoint = {
      AZURE_TABLES_CONNECTION_STRING: undefined,
      AZURE_TABLES_ENDPOINT: 'https://kopje.table.core.windows.net',
      MicrosoftAppPassword: undefined,
    };
    const tables = failingWith(thrown('AuthenticationRequiredError'));
    expect(
      await faultsOf<readonly [string, Record<string, string>, RegExp]>(
        [
          [
            'the identity of the bot',
            { MicrosoftAppType: 'UserAssignedMSI' },
            /identity that MicrosoftAppId or/,
          ],
          [
            'one that the app trusts',
            { MicrosoftAppFederatedClientId: identity },
            /MicrosoftAppFederatedClientId or/,
          ],
          [
            'one that is named',
            { MicrosoftAppFederatedClientId: identity, AZURE_TABLES_CLIENT_ID: identity },
            /identity that AZURE_TABLES_CLIENT_ID names/,
          ],
          [
            'the certificate',
            { MicrosoftAppCertificate: 'bot.pem' },
            /with MicrosoftAppCertificate: .*reaches login\.microsoftonline\.com/,
          ],
          [
            'what the machine is signed in as',
            { MicrosoftAppPassword: 'a-password' },
            /AZURE_CLIENT_SECRET or with az/,
          ],
        ],
        async (_case, env, says) => {
          const config = aConfig({ ...endpoint, ...env });
          expect((await lookAt({ config, tables })).of('tables')[0]?.says).toMatch(says);
        },
      ),
    ).toEqual([]);
  });

  it('finds that one table of all is missing', async () => {
    const { faults, of } = await lookAt({ tables: { ...own.tables, answer: async () => false } });
    expect(faults).toEqual(['tables']);
    expect(of('tables')[0]?.says).toContain('Not every table');
  });

  it('looks at its clock by the one of the tables, whether ahead, behind or some seconds off', async () => {
    expect(
      await faultsOf(
        [
          [3_600_000, 'fault', /36\d\d seconds ahead/],
          [-120_000, 'fault', /1[12]\d seconds behind/],
          [5_000, 'ok', /runs with/],
        ],
        async (ms, state, says) => {
          const { of } = await lookAt({ now: () => new Date(Date.now() + ms) });
          expect(of('clock')).toMatchObject([{ state, says: expect.stringMatching(says) }]);
        },
      ),
    ).toEqual([]);
  });

  it('looks at its clock by a refusal as well, which a clock that is off is a reason for', async () => {
    const server = createServer((_request, response) => {
      response.statusCode = 403;
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/kopje`;
    const connectionString = `DefaultEndpointsProtocol=http;AccountName=kopje;AccountKey=${SECRETS[2]};TableEndpoint=${address}`;
    const tables = openTables({ connectionString }, 'kopje');
    const days = 2 * 86_400_000;
    const { of } = await lookAt({ tables, now: () => new Date(Date.now() + days) });
    // Nothing is deleted by an hour that came with a refusal: whatever stands before the tables may have said it.
    await expect(tables.serverTime()).rejects.toThrow();
    server.closeAllConnections();
    server.close();
    expect(of('clock')).toEqual([
      { check: 'clock', state: 'fault', says: expect.stringMatching(/17\d{4} seconds ahead/) },
    ]);
    expect(of('tables')).toMatchObject([{ state: 'fault', says: expect.stringContaining('http-403') }]);
  });

  it('says that what the bot shows ends soon, while it is still taken', async () => {
    const end = { what: 'secret', day: '2027-02-01' } as const;
    const now = () => new Date('2027-01-12T09:00:00Z');
    const { of } = await lookAt({ end, now, tables: { ...own.tables, serverTime: async () => null } });
    expect(of('channel')).toMatchObject([
      { state: 'note', says: expect.stringContaining('2027-02-01, in 20 days') },
    ]);
  });

  it('says where no token for the channel is given, and to whom that belongs', async () => {
    const { of, text } = await lookAt({
      channelToken: () => Promise.reject(thrown('AuthenticationRequiredError')),
    });
    expect(of('channel')).toMatchObject([
      { state: 'fault', says: expect.stringContaining('MicrosoftAppPassword') },
    ]);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  it('asks Graph where it is on, and tells a refusal from an answer', async () => {
    expect(
      await faultsOf(
        [
          [200, 'ok'],
          [404, 'ok'],
          [403, 'fault'],
          [401, 'fault'],
          [503, 'note'],
        ],
        async (status, state) => {
          expect((await lookAt({ graph: async () => status })).of('graph')).toMatchObject([{ state }]);
        },
      ),
    ).toEqual([]);
  });

  it('looks at the version of Node', async () => {
    expect(
      await faultsOf(
        [
          ['18.20.0', 'fault'],
          ['20.18.9', 'fault'],
          ['20.19.0', 'note'],
          ['22.1.0', 'ok'],
          ['26.0.0', 'ok'],
          ['27.0.0', 'fault'],
        ],
        async (node, state) => {
          expect((await lookAt({ node })).of('versions')).toMatchObject([{ state }]);
        },
      ),
    ).toEqual([]);
  });

  it('says what may be left out and will be missed', async () => {
    const config = aConfig({ HR_ADMINS: '', METRICS_LOG: 'off', REMINDERS: 'off', ALLOWED_TENANTS: '*' });
    const { of, faults } = await lookAt({ config });
    const said = of('settings').map(({ state, says }) => `${state} ${says}`);
    expect(said.slice(1).every((line) => line.startsWith('note '))).toBe(true);
    for (const name of ['HR_ADMINS', 'REMINDERS', 'ALLOWED_TENANTS', 'docs/operate.md'])
      expect(said.join('\n')).toContain(name);
    expect(faults).toEqual([]);
  });

  it('waits for nothing that is silent', async () => {
    const never = () => new Promise<never>(() => undefined);
    const { of } = await lookAt({ channelToken: never }, true);
    expect(of('channel')).toMatchObject([{ state: 'fault', says: expect.stringContaining('No answer') }]);
  });
});
