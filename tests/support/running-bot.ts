import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { GraphAccess } from '../../bot/clients/graph.js';
import { parseConfig } from '../../bot/config.js';
import { UNLIMITED } from '../../bot/http/request-limits.js';
import { type Bot, composeBot } from '../../bot/main.js';
import { createNlu } from '../../bot/nlu/nlu.js';
import type { Retries, Tables } from '../../bot/store/tables/tables.js';
import type { DeliveryPolicies } from '../../bot/teams/delivery-policy.js';
import type { TurnTimes } from '../../bot/teams/teams-bot.js';
import type { Telemetry } from '../../bot/telemetry/watch.js';
import type { FixedResult, JobResult } from '../../jobs/job.js';
import { dropTables, dumpTables, ownPrefix } from './azure/azurite.js';
import { type OneDrive, startOneDrive } from './azure/fake-one-drive.js';
import { openMemoryOwnTables } from './azure/temporary-tables.js';
import { logInto } from './recording-log.js';
import { type Issuer, startIssuer } from './teams/issuer.js';
import { startTeams, type Teams } from './teams/teams.js';

/** The whole house for a journey: real server and adapter, real tables, the stand-in of Teams, a clock to set. */
export type House = {
  readonly bot: Bot;
  readonly url: string;
  readonly teams: Teams;
  readonly issuer: Issuer;
  readonly oneDrive: OneDrive;
  /** What was logged, a line each. */
  readonly logged: readonly string[];
  /** Sets the clock; an instant such as `2027-01-12T10:00:00+01:00`. */
  setNow(instant: string): void;
  /** Runs the reminders at an instant, or now. */
  remind(at?: string, dryRun?: boolean): Promise<FixedResult>;
  /** Runs another job the same way. */
  work(job: string, at?: string, dryRun?: boolean): Promise<JobResult>;
  /** All tables as they are; with etags, which change with each write. */
  dump(withEtags?: boolean): Promise<Record<string, readonly unknown[]>>;
  close(): Promise<void>;
};

/** For all bots of a test file: learning it takes a second. */
const NLU = createNlu();
/** As often as in earnest, for a test that has to do with tables that are away and not with how long. */
export const TRIED_AT_ONCE: Retries = { maxRetries: 3, retryDelayInMs: 1, maxRetryDelayInMs: 2 };
const APP_ID = '0c5cfdbb-c596-4d39-b557-5d9516c94107';

export async function openHouse(
  options: {
    now?: string;
    /** With commas; or told the stand-in's tenant, which is not known before. */
    allowedTenants?: (tenant: string) => string;
    hrAdmins?: string;
    /** Who has people reporting to them counts, by what this Graph says. */
    graph?: GraphAccess;
    /** The app in the catalog, which the bot installs for people by what this Graph says. */
    catalogApp?: string;
    /** Where the tables are: in the Azurite that the whole run shares unless said. */
    tables?: string;
    /** As many requests as the bot takes from people, and not as many as a test likes. */
    limited?: boolean;
    /** The way of the bot to those tables, where it is not the straight one. */
    way?: string;
    /** Prefix of the table names, for a test that fills the tables itself; a random one unless given. */
    prefix?: string;
    /** How sending is tried again, where a test has no time for the usual. */
    delivery?: Partial<DeliveryPolicies>;
    /** How a request to the tables is tried again, likewise. */
    tableRetries?: Retries;
    /** When a turn shows that it is at work, and when it is late, where not as usual. */
    turnTimes?: Partial<TurnTimes>;
    /** Puts something between the bot and its tables, such as faults. */
    aroundTables?: (tables: Tables) => Tables;
    /** Tables in memory, for a test of many presses that says nothing of what the service does. */
    inMemory?: boolean;
    /** Where figures go; nowhere unless said. */
    telemetry?: Telemetry;
    /** `off` takes any number of messages a second, for a day that passes in one. */
    limits?: 'strict' | 'off';
  } = {},
): Promise<House> {
  const tables = options.tables ?? inject('azurite');
  const prefix = options.prefix ?? ownPrefix();
  const memory = options.inMemory === true ? openMemoryOwnTables() : null;
  const around = options.aroundTables ?? ((tables: Tables) => tables);
  const aroundTables = (tables: Tables) => around(memory?.tables ?? tables);
  const issuer = await startIssuer({ appId: APP_ID });
  const oneDrive = await startOneDrive();
  let url = '';
  let now = new Date(options.now ?? '2027-01-12T10:00:00+01:00');
  const logged: string[] = [];
  const teams = await startTeams({
    appId: APP_ID,
    issuer,
    botUrl: () => url,
    oneDrive,
    limits: options.limits ?? 'strict',
  });
  const parsed = parseConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    MicrosoftAppId: APP_ID,
    MicrosoftAppPassword: 'not-used-by-the-local-issuer',
    MicrosoftAppTenantId: teams.tenantId,
    ALLOWED_TENANTS: options.allowedTenants?.(teams.tenantId) ?? '*',
    HR_ADMINS: options.hrAdmins ?? '',
    AZURE_TABLES_CONNECTION_STRING: options.way ?? tables,
    TABLE_PREFIX: prefix,
    REMINDERS: 'off',
    TEAMS_CATALOG_APP_ID: options.catalogApp,
    GRAPH: options.graph === undefined ? 'off' : 'on',
    LOG_LEVEL: 'debug',
  });
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  /** A clock that is set forward has let that time pass; one that is set back was wrong. */
  let passed = 0;
  const setNow = (instant: string) => {
    const before = now.getTime();
    now = new Date(instant);
    passed += Math.max(0, now.getTime() - before);
  };
  const bot = composeBot(parsed.config, {
    now: () => now,
    monotonicNow: () => performance.now() + passed,
    newId: randomUUID,
    nlu: async () => NLU,
    log: logInto(logged),
    authentication: issuer.authentication(),
    appId: APP_ID,
    localChannel: true,
    ...(options.graph === undefined ? {} : { graph: options.graph }),
    ...(options.delivery === undefined ? {} : { delivery: options.delivery }),
    ...(options.tableRetries === undefined ? {} : { tableRetries: options.tableRetries }),
    ...(options.turnTimes === undefined ? {} : { turnTimes: options.turnTimes }),
    aroundTables,
    ...(options.limited === true ? {} : { limits: UNLIMITED }),
    ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
  });
  url = await bot.start();
  const work = async (name: string, at?: string, dryRun = false) => {
    if (at !== undefined) setNow(at);
    const job = bot.jobs.find((one) => one.name === name);
    if (job === undefined) throw new Error(`no job ${name}`);
    return job.run({ at: now.toISOString(), dryRun, byHand: true });
  };
  return {
    bot,
    url,
    teams,
    issuer,
    oneDrive,
    logged,
    setNow,
    remind: (at, dryRun) => work('reminders', at, dryRun) as Promise<FixedResult>,
    work,
    async dump(withEtags) {
      await bot.flushAudit();
      return memory === null ? dumpTables(tables, prefix, withEtags) : memory.dump(withEtags);
    },
    async close() {
      await bot.stop();
      await teams.close();
      await oneDrive.close();
      await issuer.close();
      if (memory === null) await dropTables(tables, prefix);
    },
  };
}
