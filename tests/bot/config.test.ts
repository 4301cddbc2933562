import { describe, expect, it } from 'vitest';
import { type ConfigResult, parseConfig } from '../../bot/config.js';

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

describe('config', () => {
  it('fills in what an operator may leave out', () => {
    expect(configOf(anEnvironment())).toEqual({
      port: 3978,
      host: '0.0.0.0',
      production: true,
      credentials: { type: 'SingleTenant', appId: APP, password: 'secret', tenantId: TENANT },
      allowedTenants: [],
      tables: { connectionString: TABLES },
      tablePrefix: 'kopje',
      hrAdmins: [],
      zone: 'Europe/Amsterdam',
      reminders: true,
      logLevel: 'info',
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
      TABLE_PREFIX: 'acc1',
      HR_ADMINS: HR,
      TIME_ZONE: 'America/Curacao',
      REMINDERS: 'off',
      LOG_LEVEL: 'debug',
    });
    expect(configOf(env)).toEqual({
      port: 8080,
      host: '10.0.0.4',
      production: true,
      credentials: { type: 'UserAssignedMSI', appId: APP, password: '', tenantId: TENANT },
      allowedTenants: [TENANT],
      tables: { endpoint: 'https://kopje.table.core.windows.net' },
      tablePrefix: 'acc1',
      hrAdmins: [HR],
      zone: 'America/Curacao',
      reminders: false,
      logLevel: 'debug',
    });
  });

  it('takes a list of ids with spaces, capitals and a comma too many', () => {
    expect(configOf(anEnvironment({ HR_ADMINS: ` ${HR.toUpperCase()} ,${TENANT},` })).hrAdmins).toEqual([
      HR,
      TENANT,
    ]);
  });

  it('takes an empty variable for one that is not there', () => {
    const empty = {
      PORT: '',
      HOST: '',
      BOT_ENV: '',
      TABLE_PREFIX: '',
      TIME_ZONE: '',
      AZURE_TABLES_ENDPOINT: '',
    };
    expect(parseConfig(anEnvironment(empty))).toEqual(parseConfig(anEnvironment()));
  });

  it('does not mind variables of others', () => {
    expect(parseConfig(anEnvironment({ PATH: '/usr/bin' })).ok).toBe(true);
  });

  it('cannot be changed afterwards', () => {
    const config = configOf(anEnvironment());
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.credentials)).toBe(true);
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '39.78'],
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
    ['LOG_LEVEL', 'verbose'],
  ])('refuses %s=%s and names it', (name, value) => {
    const problems = problemsOf(parseConfig(anEnvironment({ [name]: value })));
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: .+`))]);
  });

  it('refuses an address of the tables that is none', () => {
    const env = anEnvironment({ AZURE_TABLES_CONNECTION_STRING: undefined, AZURE_TABLES_ENDPOINT: 'kopje' });
    expect(problemsOf(parseConfig(env))).toEqual([expect.stringMatching(/^AZURE_TABLES_ENDPOINT: /)]);
  });

  it.each(['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'])(
    'refuses production without %s',
    (name) => {
      const problems = problemsOf(parseConfig(anEnvironment({ [name]: undefined })));
      expect(problems).toEqual([expect.stringContaining(`${name}: needed in production`)]);
    },
  );

  it('needs no password with a managed identity', () => {
    const env = anEnvironment({ MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: undefined });
    expect(parseConfig(env).ok).toBe(true);
  });

  it.each([
    ['both', { AZURE_TABLES_ENDPOINT: 'https://kopje.table.core.windows.net' }],
    ['neither', { AZURE_TABLES_CONNECTION_STRING: undefined }],
  ])('refuses %s of the addresses of the tables', (_which, overrides) => {
    const problems = problemsOf(parseConfig(anEnvironment(overrides)));
    expect(problems).toEqual([
      'Set one of AZURE_TABLES_CONNECTION_STRING and AZURE_TABLES_ENDPOINT (not both).',
    ]);
  });

  it('names every malformed field at once', () => {
    const env = anEnvironment({ PORT: 'abc', TIME_ZONE: 'Mars', REMINDERS: 'yes', HR_ADMINS: 'mila' });
    const named = problemsOf(parseConfig(env)).map((problem) => problem.split(':')[0]);
    expect(named.sort()).toEqual(['HR_ADMINS', 'PORT', 'REMINDERS', 'TIME_ZONE']);
  });

  it('names everything that is missing at once', () => {
    const problems = problemsOf(parseConfig({}));
    expect(problems).toEqual([
      expect.stringMatching(/^MicrosoftAppId: /),
      expect.stringMatching(/^MicrosoftAppTenantId: /),
      expect.stringMatching(/^MicrosoftAppPassword: /),
      expect.stringContaining('AZURE_TABLES_CONNECTION_STRING'),
    ]);
  });

  it('never repeats a secret in a problem', () => {
    const env = anEnvironment({ MicrosoftAppPassword: 'hush', MicrosoftAppTenantId: undefined, PORT: 'x' });
    expect(JSON.stringify(parseConfig(env))).not.toContain('hush');
  });
});

describe('config in development', () => {
  const development = { BOT_ENV: 'development', AZURE_TABLES_CONNECTION_STRING: TABLES };

  it('goes without credentials and then listens on this machine only', () => {
    expect(configOf(development)).toMatchObject({ production: false, credentials: null, host: '127.0.0.1' });
  });

  it.each(['127.0.0.1', 'localhost', '::1'])('may be told to listen on %s', (host) => {
    expect(configOf({ ...development, HOST: host }).host).toBe(host);
  });

  it.each(['0.0.0.0', '10.0.0.4', 'bot.example.nl', '::', '127.0.0.1.example.nl'])(
    'refuses to listen on %s',
    (host) => {
      const problems = problemsOf(parseConfig({ ...development, HOST: host }));
      expect(problems).toEqual([expect.stringMatching(/^HOST: /)]);
    },
  );

  it('uses credentials when they are there', () => {
    expect(configOf(anEnvironment({ BOT_ENV: 'development' })).credentials).toMatchObject({ appId: APP });
  });
});
