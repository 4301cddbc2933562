import { existsSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { z } from 'zod';
import { codeOf } from './errors.js';

/** In lower case, as tokens and activities are compared with it; in the portal some ids stand in capitals. */
const guid = z
  .guid('an id of Microsoft Entra, such as 00000000-0000-0000-0000-000000000000')
  .transform((id) => id.toLowerCase());
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''))
  .pipe(z.array(guid));

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'a number from 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'a number from 0 to 65535');
const collector = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'the http or https address of a collector, such as http://127.0.0.1:4318',
  );

const environment = z.object({
  PORT: portNumber.default(3978),
  HOST: z.string().min(1).optional(),
  BOT_ENV: z.enum(['production', 'development']).default('production'),
  MicrosoftAppType: z.enum(['SingleTenant', 'UserAssignedMSI']).default('SingleTenant'),
  MicrosoftAppId: guid.optional(),
  MicrosoftAppPassword: z.string().min(1).optional(),
  MicrosoftAppPasswordEnds: z.iso.date('the day on which the secret ends, such as 2027-11-30').optional(),
  MicrosoftAppCertificate: z.string().min(1).optional(),
  MicrosoftAppFederatedClientId: guid.optional(),
  MicrosoftAppTenantId: guid.optional(),
  ALLOWED_TENANTS: z.union([z.literal('*').transform(() => '*' as const), list]),
  AZURE_TABLES_CONNECTION_STRING: z
    .string()
    .superRefine((text, { addIssue }) => {
      const problem = connectionStringProblem(text);
      if (problem !== null) addIssue(problem);
    })
    .optional(),
  AZURE_TABLES_ENDPOINT: z
    .string()
    .refine(
      isTablesEndpoint,
      'the https address of the table service and nothing behind it, such as https://youraccount.table.core.windows.net',
    )
    .optional(),
  AZURE_TABLES_CLIENT_ID: guid.optional(),
  TABLE_PREFIX: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, 'letters and digits, a letter first, 40 at most')
    .default('kopje'),
  HR_ADMINS: list,
  TIME_ZONE: z
    .string()
    .default('Europe/Amsterdam')
    .refine(isZone, 'not an IANA time zone, such as Europe/Amsterdam'),
  REMINDERS: z.enum(['on', 'off']).default('on'),
  GRAPH: z.enum(['on', 'off']).default('off'),
  TEAMS_CATALOG_APP_ID: guid.optional(),
  SUPPORT_CONTACT: z.string().trim().max(200, '200 characters at most').optional(),
  SCAN_SECRET: z
    .union([
      z.literal('off').transform(() => 'off' as const),
      z
        .string()
        .transform((text) => text.split(',').map((part) => part.trim()))
        .pipe(
          z.array(
            z
              .string()
              .min(
                32,
                'at least 32 characters, chosen at random, such as `openssl rand -hex 32` makes; or off, for no team scans',
              ),
          ),
        ),
    ])
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_LOG: z.enum(['on', 'off']).default('off'),
  OTEL_EXPORTER_PROMETHEUS_PORT: portNumber.optional(),
  OTEL_EXPORTER_PROMETHEUS_HOST: z.string().min(1).default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal(
      'http/protobuf',
      'http/protobuf is the only one that is spoken; a collector takes it on port 4318',
    )
    .optional(),
  OTEL_METRIC_EXPORT_INTERVAL: z
    .string()
    .regex(/^\d{4,7}$/, 'a number of milliseconds, 1000 at least')
    .transform(Number)
    .refine((ms) => ms >= 1_000, 'a number of milliseconds, 1000 at least')
    .default(60_000),
  OTEL_METRICS_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  OTEL_SDK_DISABLED: z.enum(['true', 'false']).default('false'),
});

/** The name of a setting, as it stands in the environment. */
export type SettingName = keyof typeof environment.shape;
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

/** How the bot proves to Bot Framework and Microsoft Graph who it is; null only in development. */
export type Credentials = {
  readonly type: 'SingleTenant' | 'UserAssignedMSI';
  readonly appId: string;
  readonly tenantId: string;
  readonly proof: Proof;
};

/** What an app shows to get a token. */
export type Proof =
  | { readonly by: 'managed-identity' }
  /** `ends` is the day on which it is taken no more, where the operator said so. */
  | { readonly by: 'secret'; readonly secret: string; readonly ends: string | null }
  /** Certificate and private key in PEM: the text itself, or where it lies. */
  | { readonly by: 'certificate'; readonly certificate: string }
  /** The token of a managed identity that the app trusts: a federated credential, which has no secret. */
  | { readonly by: 'federation'; readonly clientId: string };

/** Where the tables are; `clientId` names another identity for them than the bot's own, null where it is the same. */
export type TablesSettings =
  | { readonly connectionString: string }
  | { readonly endpoint: string; readonly clientId: string | null };

/** Where what is measured goes. Each may be left out. */
export type TelemetrySettings = {
  /** Where Prometheus may fetch it. */
  readonly prometheus: { readonly host: string; readonly port: number } | null;
  /** Whether it is sent to the collector that OpenTelemetry's own variables name. */
  readonly otlpMetrics: boolean;
  readonly otlpTraces: boolean;
  readonly exportIntervalMillis: number;
  /** Whether a line of the log has it once a minute. */
  readonly log: boolean;
};

/** All settings, read once at the start. Nothing else of ours reads the environment. */
export type Config = {
  readonly port: number;
  readonly host: string;
  readonly production: boolean;
  readonly credentials: Credentials | null;
  /** Entra tenant ids that may use the bot, lower case; empty, which only `*` says, means every tenant that reaches it. */
  readonly allowedTenants: readonly string[];
  readonly tables: TablesSettings;
  readonly tablePrefix: string;
  /** Entra object ids, lower case. */
  readonly hrAdmins: readonly string[];
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
  readonly reminders: boolean;
  /** Whether Entra's word on who has people reporting to them counts beside HR's list. */
  readonly graph: boolean;
  /** The app in the catalog of the organisation, which the bot installs for who never opened it; null where it does not. */
  readonly catalogApp: string | null;
  /** Whom people ask in this organisation, for the page that anybody may read; null when nobody is named. */
  readonly supportContact: string | null;
  /**
   * What the answers of open team scans are sealed with: the first of these, after it those of before. Empty where the bot
   * has no secret at all, or was told to do without scans, and then none can be started.
   */
  readonly scanSecrets: readonly string[];
  readonly logLevel: string;
  /** Null where nothing is to be measured. */
  readonly telemetry: TelemetrySettings | null;
};

type Found = z.infer<typeof environment>;

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the environment into a frozen Config, or says every problem at once, each in a sentence that tells the
 * operator what to do. An empty variable counts as one that is not there, as `.env` files leave them.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(filled);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`);
  // What hangs together is looked at all the same, so that nobody has to start again for each problem.
  const found: Found = parsed.success ? parsed.data : { ...environment.parse({}), ...onlyTexts(filled) };
  const production = filled.BOT_ENV !== 'development';

  const credentials = readCredentials(found);
  if (credentials === null && (production || hasSomeCredentials(found))) {
    problems.push(...missingCredentials(found));
  }
  problems.push(...tooManyProofs(found));
  const tables = readTables(found);
  if (tables === null) {
    problems.push('Set one of AZURE_TABLES_CONNECTION_STRING and AZURE_TABLES_ENDPOINT (not both).');
  }
  if (found.GRAPH === 'on' && credentials === null) {
    problems.push(
      'GRAPH: on asks Microsoft Graph with the credentials of the bot; set those, or leave it off.',
    );
  }
  if (found.TEAMS_CATALOG_APP_ID !== undefined && credentials === null) {
    problems.push(
      'TEAMS_CATALOG_APP_ID: the app is installed with the credentials of the bot; set those, or leave it out.',
    );
  }
  const telemetry = readTelemetry(found);
  const prometheusPort = telemetry?.prometheus?.port;
  if (prometheusPort !== undefined && prometheusPort !== 0 && prometheusPort === found.PORT) {
    problems.push(
      `OTEL_EXPORTER_PROMETHEUS_PORT: the bot itself listens on ${found.PORT} (PORT); choose another, such as 9464.`,
    );
  }
  if (!production && found.HOST !== undefined && !isLoopback(found.HOST)) {
    problems.push('HOST: with BOT_ENV=development the bot listens on 127.0.0.1 only; leave HOST out.');
  }
  if (problems.length > 0 || tables === null) return { ok: false, problems };

  return {
    ok: true,
    config: Object.freeze({
      port: found.PORT,
      host: found.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
      production,
      credentials,
      allowedTenants: Object.freeze(allowedTenants(found)),
      tables: Object.freeze(tables),
      tablePrefix: found.TABLE_PREFIX,
      hrAdmins: Object.freeze(found.HR_ADMINS),
      zone: found.TIME_ZONE,
      reminders: found.REMINDERS === 'on',
      graph: found.GRAPH === 'on',
      catalogApp: found.TEAMS_CATALOG_APP_ID ?? null,
      supportContact: found.SUPPORT_CONTACT ?? null,
      scanSecrets: Object.freeze(readScanSecrets(found, !production && isOnThisMachine(tables))),
      logLevel: found.LOG_LEVEL,
      telemetry,
    }),
  };
}

/** One's own tenant where nothing is said: a bot that answers every organisation has to be told so. */
function allowedTenants({ ALLOWED_TENANTS: named, MicrosoftAppTenantId: own }: Found): string[] {
  if (named === '*') return [];
  return named.length === 0 && own !== undefined ? [own] : named;
}

function readCredentials(found: Found): Credentials | null {
  const { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId, MicrosoftAppType: type } = found;
  const proof = readProof(found);
  if (appId === undefined || tenantId === undefined || proof === null) return null;
  return Object.freeze({ type, appId, tenantId, proof: Object.freeze(proof) });
}

function readProof(found: Found): Proof | null {
  if (found.MicrosoftAppType === 'UserAssignedMSI') return { by: 'managed-identity' };
  const { MicrosoftAppPassword: secret, MicrosoftAppCertificate: certificate } = found;
  const { MicrosoftAppFederatedClientId: clientId } = found;
  if (clientId !== undefined) return { by: 'federation', clientId };
  if (certificate !== undefined) return { by: 'certificate', certificate };
  return secret === undefined ? null : { by: 'secret', secret, ends: found.MicrosoftAppPasswordEnds ?? null };
}

const PROOFS = ['MicrosoftAppPassword', 'MicrosoftAppCertificate', 'MicrosoftAppFederatedClientId'] as const;

/** With two of them nobody knows which is used, nor which may be taken away. */
function tooManyProofs(found: Found): string[] {
  const [first, ...others] = PROOFS.filter((name) => found[name] !== undefined);
  return others.map((name) => `${name}: leave out this one or ${first}; the bot shows one of them.`);
}

/**
 * The bot's password does where no secret of its own was set: it is in no table either. Answers of a scan that is open
 * while it changes are lost, and the scan then says so.
 */
function readScanSecrets(found: Found, isTriedOut: boolean): readonly string[] {
  if (found.SCAN_SECRET === 'off') return [];
  const password = found.MicrosoftAppPassword ?? '';
  const secrets = [...(found.SCAN_SECRET ?? []), ...(password === '' ? [] : [password])];
  // Not with tables elsewhere: whoever makes a backup of an organisation's from their own machine sets no credentials, and
  // a ledger under a secret that stands here could be read by anybody, and not by the bot.
  return secrets.length === 0 && isTriedOut ? ['development'] : secrets;
}

/** Whether tables are those of an emulator beside it. */
function isOnThisMachine(tables: TablesSettings): boolean {
  return (
    'connectionString' in tables &&
    /usedevelopmentstorage=true|https?:\/\/(127\.0\.0\.1|localhost)[:/]/i.test(tables.connectionString)
  );
}

function readTelemetry(found: Found): TelemetrySettings | null {
  const port = found.OTEL_EXPORTER_PROMETHEUS_PORT;
  const collectors = {
    metrics: found.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT ?? found.OTEL_EXPORTER_OTLP_ENDPOINT,
    traces: found.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? found.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
  const settings: TelemetrySettings = {
    prometheus: port === undefined ? null : { host: found.OTEL_EXPORTER_PROMETHEUS_HOST, port },
    otlpMetrics: collectors.metrics !== undefined && found.OTEL_METRICS_EXPORTER === 'otlp',
    otlpTraces: collectors.traces !== undefined && found.OTEL_TRACES_EXPORTER === 'otlp',
    exportIntervalMillis: found.OTEL_METRIC_EXPORT_INTERVAL,
    log: found.METRICS_LOG === 'on',
  };
  const { prometheus, otlpMetrics, otlpTraces, log } = settings;
  const isWanted = prometheus !== null || otlpMetrics || otlpTraces || log;
  return isWanted && found.OTEL_SDK_DISABLED === 'false' ? Object.freeze(settings) : null;
}

/** Half a set is a slip: without the rest nobody would be asked who they are. */
function hasSomeCredentials(found: Found): boolean {
  return (['MicrosoftAppId', 'MicrosoftAppTenantId', ...PROOFS] as const).some(
    (name) => found[name] !== undefined,
  );
}

/** The texts among the settings whose own check failed somewhere else. */
function onlyTexts(filled: Readonly<Record<string, string | undefined>>): Partial<Found> {
  const names = [
    'MicrosoftAppId',
    'MicrosoftAppTenantId',
    'MicrosoftAppPassword',
    'MicrosoftAppCertificate',
    'MicrosoftAppFederatedClientId',
    'MicrosoftAppType',
    'AZURE_TABLES_CONNECTION_STRING',
    'AZURE_TABLES_ENDPOINT',
    'HOST',
  ] as const;
  return Object.fromEntries(names.flatMap((name) => (filled[name] ? [[name, filled[name]]] : [])));
}

function missingCredentials(found: Found): string[] {
  const needed: [string, string | undefined][] = [
    ['MicrosoftAppId', found.MicrosoftAppId],
    ['MicrosoftAppTenantId', found.MicrosoftAppTenantId],
  ];
  const lacking = needed
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name}: needed, or anyone could speak to the bot as anyone.`);
  if (readProof(found) !== null) return lacking;
  return [
    ...lacking,
    'MicrosoftAppPassword: needed, or in its place MicrosoftAppCertificate or MicrosoftAppFederatedClientId; or MicrosoftAppType=UserAssignedMSI, where a managed identity is the bot.',
  ];
}

function readTables(found: Found): TablesSettings | null {
  const { AZURE_TABLES_CONNECTION_STRING: connectionString, AZURE_TABLES_ENDPOINT: endpoint } = found;
  const clientId = found.AZURE_TABLES_CLIENT_ID ?? null;
  if (connectionString !== undefined && endpoint === undefined) return { connectionString };
  if (endpoint !== undefined && connectionString === undefined) return { endpoint, clientId };
  return null;
}

/**
 * Adds what stands in `.env` to the environment, where what is set already goes first; a sentence for an operator where it
 * is there and cannot be read. A mount of a file that is not there is a folder of that name.
 */
export function readEnvFile(): string | null {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    return null;
  } catch (error) {
    return `.env cannot be read (${codeOf(error)}): it has to be a file that this user may read, or not there.`;
  }
}

/** What the options of a program say, with `words` beside them, or a sentence about what is wrong with what was typed. */
export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  { words = false }: { readonly words?: boolean } = {},
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: words });
  } catch (error) {
    if (!codeOf(error).startsWith('ERR_PARSE_ARGS')) throw error;
    // What comes behind it is about hyphens, which nobody meant.
    const [said = ''] = (error as Error).message.split('. ');
    return `${said.replace(/\.$/, '')}.`;
  }
}

const NO_CONNECTION_STRING =
  'no connection string of Azure Tables. Copy it whole from the storage account, under Access keys or Shared access signature.';
const OPEN_CONNECTION =
  'its tables are at an http address, and the key for them must not travel in the open. Only an emulator on this machine may be at one.';

/**
 * Why a text cannot be used as a connection string; null when it can. The same parts that the SDK looks for, which
 * would throw something unreadable from its inside; and it is loaded only after the settings are found right.
 */
function connectionStringProblem(text: string): string | null {
  if (/usedevelopmentstorage=true/i.test(text)) return null;
  const parts = new Map(
    text.split(';').map((part): [string, string] => {
      const at = part.indexOf('=');
      return [part.slice(0, Math.max(0, at)).trim().toLowerCase(), part.slice(at + 1).trim()];
    }),
  );
  const of = (name: string) => parts.get(name) ?? '';
  const protocol = of('defaultendpointsprotocol').toLowerCase();
  const byKey = protocol !== '' && of('accountname') !== '' && isBase64(of('accountkey'));
  const bySignature = /(^|&)sig=./.test(of('sharedaccesssignature'));
  const made =
    byKey && of('endpointsuffix') !== ''
      ? `${protocol}://${of('accountname')}.table.${of('endpointsuffix')}`
      : '';
  const address = of('tableendpoint') || made;
  if (!(byKey || bySignature) || !URL.canParse(address)) return NO_CONNECTION_STRING;
  const { protocol: used, hostname, pathname } = new URL(address);
  // With a signature the SDK takes the account's name from the address.
  const namesAccount = hostname.split('.')[1] === 'table' || pathname.split('/')[1] !== '';
  if (!byKey && !namesAccount) return NO_CONNECTION_STRING;
  if (used === 'http:') return isLoopback(hostname) ? null : OPEN_CONNECTION;
  return used === 'https:' ? null : NO_CONNECTION_STRING;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function isTablesEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash, hostname } = new URL(text);
  const more = username + password + search + hash;
  return protocol === 'https:' && hostname.includes('.') && pathname === '/' && more === '';
}

function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === 'localhost' || host === '::1';
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
