import { describe, expect, it } from 'vitest';
import { createIdentities } from '../../bot/composition/identity.js';
import { type ConfigResult, parseConfig } from '../../bot/config.js';
import { openTables } from '../../bot/store/tables/tables.js';
import { faultsOf } from '../support/faults.js';

type Environment = Readonly<Record<string, string | undefined>>;

const APP = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const TENANT = '72f988bf-0000-4000-8000-000000000001';
const HR = 'a1a1a1a1-0000-4000-8000-000000000001';
const TABLES = 'UseDevelopmentStorage=true';

/** The least that production needs. */
function anEnvironment(overrides: Environment = {}): Environment {
  return {
    MicrosoftAppId: APP,
    MicrosoftAppPassword: 'secret',
    MicrosoftAppTenantId: TENANT,
    AZURE_TABLES_CONNECTION_STRING: TABLES,
    ...overrides,
  };
}

function configOf(env: Environment) {
  const result = parseConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

function problemsOf(result: ConfigResult): readonly string[] {
  return result.ok ? [] : result.problems;
}

const TABLES_IDENTITY = '7d8f2f0a-54a0-4f0b-9f0f-6a3a1f7a1111';

describe('config', () => {
  it('takes a certificate or a federated credential in the place of a secret, and one of them alone', () => {
    const proofOf = (more: Record<string, string | undefined>) =>
      configOf(anEnvironment({ MicrosoftAppPassword: undefined, ...more })).credentials?.proof;
    const clientId = TABLES_IDENTITY;
    expect(proofOf({ MicrosoftAppCertificate: '/keys/bot.pem' })).toEqual({
      by: 'certificate',
      certificate: '/keys/bot.pem',
    });
    expect(proofOf({ MicrosoftAppFederatedClientId: clientId.toUpperCase() })).toEqual({
      by: 'federation',
      clientId,
    });
    expect(proofOf({ MicrosoftAppPassword: 'x', MicrosoftAppPasswordEnds: '2027-01-31' })).toEqual({
      ...{ by: 'secret', secret: 'x', ends: '2027-01-31' },
    });
    const both = { MicrosoftAppPassword: 'x', MicrosoftAppCertificate: '/keys/bot.pem' };
    expect(problemsOf(parseConfig(anEnvironment(both)))).toEqual([
      'MicrosoftAppCertificate: leave out this one or MicrosoftAppPassword; the bot shows one of them.',
    ]);
    expect(problemsOf(parseConfig(anEnvironment({ MicrosoftAppPasswordEnds: '31-01-2027' })))).toEqual([
      expect.stringMatching(/^MicrosoftAppPasswordEnds: /),
    ]);
  });

  it('fills in what an operator may leave out, and serves every organisation only where it is told to', () => {
    expect(configOf(anEnvironment({ ALLOWED_TENANTS: '*' })).allowedTenants).toEqual([]);
    expect(configOf(anEnvironment({ ALLOWED_TENANTS: HR })).allowedTenants).toEqual([HR]);
    expect(configOf(anEnvironment())).toEqual({
      port: 3978,
      host: '0.0.0.0',
      production: true,
      credentials: {
        ...{ type: 'SingleTenant', appId: APP, tenantId: TENANT },
        proof: { by: 'secret', secret: 'secret', ends: null },
      },
      // One's own: a bot that answers every organisation has to be told so.
      allowedTenants: [TENANT],
      tables: { connectionString: TABLES },
      tablePrefix: 'kopje',
      hrAdmins: [],
      zone: 'Europe/Amsterdam',
      reminders: true,
      graph: false,
      catalogApp: null,
      supportContact: null,
      scanSecrets: ['secret'],
      logLevel: 'info',
      telemetry: null,
    });
  });

  it('reads everything that an operator may set', () => {
    const env = anEnvironment({
      PORT: '8080',
      HOST: '10.0.0.4',
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppPassword: undefined,
      ALLOWED_TENANTS: TENANT,
      AZURE_TABLES_CONNECTION_STRING: undefined,
      AZURE_TABLES_ENDPOINT: 'https://kopje.table.core.windows.net',
      AZURE_TABLES_CLIENT_ID: TABLES_IDENTITY,
      TABLE_PREFIX: 'acc1',
      HR_ADMINS: HR,
      TIME_ZONE: 'America/Curacao',
      REMINDERS: 'off',
      GRAPH: 'on',
      TEAMS_CATALOG_APP_ID: TABLES_IDENTITY.toUpperCase(),
      SUPPORT_CONTACT: ' Helpdesk, 030 123 45 67 ',
      LOG_LEVEL: 'debug',
      METRICS_LOG: 'on',
      OTEL_EXPORTER_PROMETHEUS_PORT: '9464',
      OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_METRIC_EXPORT_INTERVAL: '15000',
      SCAN_SECRET: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
    });
    expect(configOf(env)).toEqual({
      port: 8080,
      host: '10.0.0.4',
      production: true,
      credentials: {
        ...{ type: 'UserAssignedMSI', appId: APP, tenantId: TENANT },
        proof: { by: 'managed-identity' },
      },
      allowedTenants: [TENANT],
      tables: { endpoint: 'https://kopje.table.core.windows.net', clientId: TABLES_IDENTITY },
      tablePrefix: 'acc1',
      hrAdmins: [HR],
      zone: 'America/Curacao',
      reminders: false,
      graph: true,
      catalogApp: TABLES_IDENTITY,
      supportContact: 'Helpdesk, 030 123 45 67',
      scanSecrets: ['a'.repeat(32), 'b'.repeat(32)],
      logLevel: 'debug',
      telemetry: {
        prometheus: { host: '0.0.0.0', port: 9464 },
        otlpMetrics: true,
        otlpTraces: false,
        exportIntervalMillis: 15_000,
        log: true,
      },
    });
  });

  it('measures where somebody wants it, and nowhere else', () => {
    const of = (more: Record<string, string>) => configOf(anEnvironment(more)).telemetry;
    const collector = 'http://127.0.0.1:4318';
    expect(of({ OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0', OTEL_METRIC_EXPORT_INTERVAL: '5000' })).toBeNull();
    // The figures say nothing of anybody, and are nobody's business all the same.
    expect(of({ OTEL_EXPORTER_PROMETHEUS_PORT: '9464' })?.prometheus).toEqual({
      host: '127.0.0.1',
      port: 9464,
    });
    expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT: collector })).toMatchObject({
      otlpMetrics: true,
      otlpTraces: true,
    });
    expect(of({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector })).toMatchObject({ otlpMetrics: false });
    expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_SDK_DISABLED: 'true' })).toBeNull();
    const none = { OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' };
    expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT: collector, ...none })).toBeNull();
  });

  it('wants a port of its own for Prometheus, since the bot could not listen on its own otherwise', () => {
    const parsed = (port: string) =>
      parseConfig(anEnvironment({ PORT: port, OTEL_EXPORTER_PROMETHEUS_PORT: '9464' }));
    expect(parsed('9464')).toEqual({
      ok: false,
      problems: [expect.stringMatching(/^OTEL_EXPORTER_PROMETHEUS_PORT: .*another/)],
    });
    expect(parsed('9465').ok).toBe(true);
    // Any free port is another one each time.
    expect(parseConfig(anEnvironment({ PORT: '0', OTEL_EXPORTER_PROMETHEUS_PORT: '0' })).ok).toBe(true);
  });

  it('takes lists of ids with spaces and a comma too many in lower case, and an empty variable for one that is not there', () => {
    expect(configOf(anEnvironment({ HR_ADMINS: ` ${HR.toUpperCase()} ,${TENANT},` })).hrAdmins).toEqual([
      HR,
      TENANT,
    ]);
    const env = anEnvironment({
      MicrosoftAppId: APP.toUpperCase(),
      MicrosoftAppTenantId: TENANT.toUpperCase(),
      ALLOWED_TENANTS: TENANT.toUpperCase(),
    });
    expect(configOf(env)).toEqual(configOf(anEnvironment({ ALLOWED_TENANTS: TENANT })));
    const empty = {
      PORT: '',
      HOST: '',
      BOT_ENV: '',
      TABLE_PREFIX: '',
      TIME_ZONE: '',
      AZURE_TABLES_ENDPOINT: '',
    };
    expect(parseConfig(anEnvironment(empty))).toEqual(parseConfig(anEnvironment()));
    expect(parseConfig(anEnvironment({ PATH: '/usr/bin' })).ok).toBe(true);
  });

  it('seals scans with a secret of its own, with the password after it, with neither where there is none, and not where that was chosen', () => {
    const [one, other] = ['a'.repeat(32), 'b'.repeat(40)];
    expect(configOf(anEnvironment({ SCAN_SECRET: `${one}, ${other}` })).scanSecrets).toEqual([
      one,
      other,
      'secret',
    ]);
    const msi = { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: '' };
    expect(configOf(anEnvironment(msi)).scanSecrets).toEqual([]);
    expect(parseConfig(anEnvironment({ SCAN_SECRET: 'short' }))).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/^SCAN_SECRET: at least 32 characters/)],
    });
    expect(configOf(anEnvironment({ SCAN_SECRET: 'off' })).scanSecrets).toEqual([]);
    const tryOut = { BOT_ENV: 'development', SCAN_SECRET: 'off' };
    expect(configOf(anEnvironment(tryOut)).scanSecrets).toEqual([]);
    expect(parseConfig(anEnvironment({ SCAN_SECRET: `off,${'a'.repeat(32)}` })).ok).toBe(false);
  });

  it('has a secret for the try-out alone: not where somebody without credentials looks after tables elsewhere', () => {
    const elsewhere = {
      ...{ AccountName: 'kopje', AccountKey: 'c2VjcmV0LWtleQ==', EndpointSuffix: 'core.windows.net' },
      DefaultEndpointsProtocol: 'https',
    };
    const secretsWith = (tables: Environment) =>
      configOf({ BOT_ENV: 'development', ...tables }).scanSecrets.length;
    const local = 'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0LWtleQ==;';
    expect([
      secretsWith({ AZURE_TABLES_CONNECTION_STRING: TABLES }),
      secretsWith({ AZURE_TABLES_CONNECTION_STRING: `${local}TableEndpoint=http://127.0.0.1:10002/a;` }),
      secretsWith({ AZURE_TABLES_ENDPOINT: 'https://kopje.table.core.windows.net' }),
      secretsWith({
        AZURE_TABLES_CONNECTION_STRING: Object.entries(elsewhere)
          .map((pair) => pair.join('='))
          .join(';'),
      }),
    ]).toEqual([1, 1, 0, 0]);
  });

  it('cannot be changed afterwards', () => {
    const config = configOf(anEnvironment());
    expect(Object.isFrozen(config)).toBe(true);
    for (const part of [config.credentials, config.allowedTenants, config.hrAdmins, config.tables]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('refuses a value that it cannot use, and names the setting', async () => {
    expect(
      await faultsOf(
        [
          ['PORT', 'abc'],
          ['PORT', '-1'],
          ['PORT', '65536'],
          ['PORT', '39.78'],
          ['PORT', '1e3'],
          ['PORT', '0x50'],
          ['PORT', ' '],
          ['PORT', '99999'],
          ['PORT', '123456'],
          ['BOT_ENV', 'test'],
          ['MicrosoftAppType', 'MultiTenant'],
          ['MicrosoftAppId', 'kopje-koffie'],
          ['MicrosoftAppTenantId', 'contoso.onmicrosoft.com'],
          ['ALLOWED_TENANTS', `${TENANT},contoso`],
          ['HR_ADMINS', 'mila@example.nl'],
          ['TABLE_PREFIX', '1kopje'],
          ['TABLE_PREFIX', 'kopje-koffie'],
          ['TABLE_PREFIX', 'k'.repeat(41)],
          ['TIME_ZONE', 'Europe/Utrecht'],
          ['REMINDERS', 'true'],
          ['GRAPH', 'yes'],
          ['LOG_LEVEL', 'verbose'],
        ],
        (name, value) => {
          const problems = problemsOf(parseConfig(anEnvironment({ [name]: value })));
          expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: .+`))]);
        },
      ),
    ).toEqual([]);
  });

  const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==';
  const ACCOUNT = `DefaultEndpointsProtocol=https;AccountName=kopje;AccountKey=${KEY}`;
  it('takes each form of connection string that what opens the tables takes, and says in plain words what is wrong with another', async () => {
    expect(
      await faultsOf(
        [
          'UseDevelopmentStorage=true',
          `${ACCOUNT};EndpointSuffix=core.windows.net`,
          `${ACCOUNT};TableEndpoint=https://kopje.table.core.windows.net/`,
          `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${KEY};TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;`,
          'TableEndpoint=https://kopje.table.core.windows.net/;SharedAccessSignature=sv=2022-11-02&ss=t&srt=sco&sp=rwdlacu&sig=abc%3D',
        ],
        (connectionString) => {
          const { tables } = configOf(anEnvironment({ AZURE_TABLES_CONNECTION_STRING: connectionString }));
          expect(tables).toEqual({ connectionString });
          expect(() =>
            openTables(createIdentities().tables({ tables, credentials: null }), 'kopje'),
          ).not.toThrow();
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          ['rubbish', 'no connection string'],
          ['https://kopje.table.core.windows.net', 'no connection string'],
          ['AccountKey=hush', 'no connection string'],
          [ACCOUNT, 'no connection string'],
          [`${ACCOUNT.replace(KEY, '')};EndpointSuffix=core.windows.net`, 'no connection string'],
          [`${ACCOUNT.replace(KEY, 'hu sh')};EndpointSuffix=core.windows.net`, 'no connection string'],
          [`${ACCOUNT.replace('kopje', '')};EndpointSuffix=core.windows.net`, 'no connection string'],
          [`${ACCOUNT};EndpointSuffix=no host`, 'no connection string'],
          [`${ACCOUNT};TableEndpoint=kopje`, 'no connection string'],
          [`${ACCOUNT};TableEndpoint=ftp://kopje.example/`, 'no connection string'],
          [
            `${ACCOUNT.replace('https', 'http')};EndpointSuffix=core.windows.net`,
            'must not travel in the open',
          ],
          [`${ACCOUNT};TableEndpoint=http://kopje.example/`, 'must not travel in the open'],
          ['TableEndpoint=https://kopje.table.core.windows.net/', 'no connection string'],
          ['SharedAccessSignature=sv=1&sig=hush', 'no connection string'],
          [
            'TableEndpoint=https://kopje.example/;SharedAccessSignature=sv=1&sig=hush',
            'no connection string',
          ],
        ],
        (connectionString, words) => {
          const problems = problemsOf(
            parseConfig(anEnvironment({ AZURE_TABLES_CONNECTION_STRING: connectionString })),
          );
          expect(problems).toEqual([expect.stringMatching(`^AZURE_TABLES_CONNECTION_STRING: .*${words}`)]);
          expect(problems.join()).not.toMatch(/hush|Eby8/);
        },
      ),
    ).toEqual([]);
  });

  it('asks Microsoft Graph only with credentials', () => {
    const env = { BOT_ENV: 'development', AZURE_TABLES_CONNECTION_STRING: TABLES, GRAPH: 'on' };
    expect(problemsOf(parseConfig(env))).toEqual([expect.stringMatching(/^GRAPH: /)]);
  });

  it('takes a number or a pipe for a port', async () => {
    expect(
      await faultsOf(['0', '80', '65535'], (port) => {
        expect(configOf(anEnvironment({ PORT: port })).port).toBe(Number(port));
      }),
    ).toEqual([]);
  });

  it('refuses production without its credentials, but for a password with a managed identity', async () => {
    expect(
      await faultsOf(['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'], (name) => {
        const problems = problemsOf(parseConfig(anEnvironment({ [name]: undefined })));
        expect(problems).toEqual([expect.stringContaining(`${name}: needed`)]);
      }),
    ).toEqual([]);
    const env = anEnvironment({ MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: undefined });
    expect(parseConfig(env).ok).toBe(true);
  });

  it('refuses what is no address of tables, both of their addresses, and neither', async () => {
    expect(
      await faultsOf(
        [
          ['both', { AZURE_TABLES_ENDPOINT: 'https://kopje.table.core.windows.net' }],
          ['neither', { AZURE_TABLES_CONNECTION_STRING: undefined }],
        ],
        (_which, overrides) => {
          const problems = problemsOf(parseConfig(anEnvironment(overrides)));
          expect(problems).toEqual([
            'Set one of AZURE_TABLES_CONNECTION_STRING and AZURE_TABLES_ENDPOINT (not both).',
          ]);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          ...[
            'kopje',
            'http://kopje.table.core.windows.net',
            'ftp://kopje.table.core.windows.net',
            'https://kopje',
          ],
          ...[
            'https://kopje.table.core.windows.net/people',
            'https://kopje.table.core.windows.net/?sv=1&sig=2',
          ],
          'https://someone:secret@kopje.table.core.windows.net',
        ],
        (endpoint) => {
          const env = anEnvironment({
            AZURE_TABLES_CONNECTION_STRING: undefined,
            AZURE_TABLES_ENDPOINT: endpoint,
          });
          expect(problemsOf(parseConfig(env))).toEqual([
            expect.stringMatching(/^AZURE_TABLES_ENDPOINT: the https address .* https:\/\/youraccount/),
          ]);
        },
      ),
    ).toEqual([]);
  });

  it('names every malformed and every missing field at once, and none that is there', () => {
    const env = anEnvironment({ PORT: 'abc', TIME_ZONE: 'Mars', REMINDERS: 'yes', HR_ADMINS: 'mila' });
    const named = problemsOf(parseConfig(env)).map((problem) => problem.split(':')[0]);
    expect(named.sort()).toEqual(['HR_ADMINS', 'PORT', 'REMINDERS', 'TIME_ZONE']);
    const problems = problemsOf(parseConfig({}));
    expect(problems).toEqual([
      expect.stringMatching(/^MicrosoftAppId: /),
      expect.stringMatching(/^MicrosoftAppTenantId: /),
      expect.stringMatching(/^MicrosoftAppPassword: /),
      expect.stringContaining('AZURE_TABLES_CONNECTION_STRING'),
    ]);
    {
      const problems = problemsOf(parseConfig({ PORT: 'abc' }));
      expect(problems).toEqual([
        expect.stringMatching(/^PORT: /),
        expect.stringMatching(/^MicrosoftAppId: /),
        expect.stringMatching(/^MicrosoftAppTenantId: /),
        expect.stringMatching(/^MicrosoftAppPassword: /),
        expect.stringContaining('AZURE_TABLES_CONNECTION_STRING'),
      ]);
    }
    expect(problemsOf(parseConfig(anEnvironment({ PORT: 'abc' })))).toEqual([
      expect.stringMatching(/^PORT: /),
    ]);
  });

  it('never repeats a secret in a problem', () => {
    const env = anEnvironment({ MicrosoftAppPassword: 'hush', MicrosoftAppTenantId: undefined, PORT: 'x' });
    expect(JSON.stringify(parseConfig(env))).not.toContain('hush');
  });
});

describe('config in development', () => {
  const development = { BOT_ENV: 'development', AZURE_TABLES_CONNECTION_STRING: TABLES };

  it('goes without credentials and then listens on this machine only, whatever it is called, and uses them when they are there', async () => {
    expect(configOf(development)).toMatchObject({ production: false, credentials: null, host: '127.0.0.1' });
    expect(configOf(anEnvironment({ BOT_ENV: 'development' })).credentials).toMatchObject({ appId: APP });
    expect(
      await faultsOf(['127.0.0.1', 'localhost', '::1'], (host) => {
        expect(configOf({ ...development, HOST: host }).host).toBe(host);
      }),
    ).toEqual([]);
  });

  it('refuses to listen where others could come in, also when something else is malformed', async () => {
    expect(
      await faultsOf(['0.0.0.0', '10.0.0.4', 'bot.example.nl', '::', '127.0.0.1.example.nl'], (host) => {
        const problems = problemsOf(parseConfig({ ...development, HOST: host }));
        expect(problems).toEqual([expect.stringMatching(/^HOST: /)]);
      }),
    ).toEqual([]);
    const problems = problemsOf(parseConfig({ ...development, HOST: '0.0.0.0', PORT: 'abc' }));
    expect(problems).toEqual([expect.stringMatching(/^PORT: /), expect.stringMatching(/^HOST: /)]);
  });

  it('refuses half a set of credentials, and names what is missing', async () => {
    expect(
      await faultsOf(
        [
          ['an id alone', { MicrosoftAppId: APP }, ['MicrosoftAppTenantId', 'MicrosoftAppPassword']],
          ['a tenant alone', { MicrosoftAppTenantId: TENANT }, ['MicrosoftAppId', 'MicrosoftAppPassword']],
          ['a password alone', { MicrosoftAppPassword: 'hush' }, ['MicrosoftAppId', 'MicrosoftAppTenantId']],
          ['no password', { MicrosoftAppId: APP, MicrosoftAppTenantId: TENANT }, ['MicrosoftAppPassword']],
        ],
        (_case, half, missing) => {
          const problems = problemsOf(parseConfig({ ...development, ...half }));
          expect(problems).toEqual(missing.map((name) => expect.stringContaining(`${name}: needed`)));
        },
      ),
    ).toEqual([]);
  });
});
