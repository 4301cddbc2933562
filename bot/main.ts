import type { Job } from '../jobs/job.js';
import { createJobs } from '../jobs/jobs.js';
import { createNights } from '../jobs/nights.js';
import { startSchedule } from '../jobs/schedule.js';
import packageJson from '../package.json' with { type: 'json' };
import { auditWrites } from './access/audit-trail.js';
import { createAuthorization } from './access/authorization.js';
import { createHasReports, type GraphAccess, graphAccess, graphStatus } from './clients/graph.js';
import { createFileUpload, type UploadFile } from './clients/onedrive-upload.js';
import { createSelfInstall } from './clients/self-install.js';
import { isServiceUrl } from './clients/trusted-hosts.js';
import type { Config } from './config.js';
import type { Finding } from './doctor/checks.js';
import { examine } from './doctor/doctor.js';
import { codeOf } from './errors.js';
import { createCommands } from './features/chat/commands.js';
import { createFeatures } from './features/features.js';
import {
  accountOf,
  createAdmission,
  createTally,
  REQUEST_LIMITS,
  type RequestLimits,
} from './http/request-limits.js';
import { createServer, type TokenPrecheck } from './http/server.js';
import { createTurnCosts } from './http/turn-costs.js';
import { CHANNEL_SCOPE, createEndWarning, createIdentities, endOf } from './identity.js';
import { createInFlight, createLifecycle, createShutdown, type Lifecycle, trackRuns } from './lifecycle.js';
import type { Log } from './log.js';
import { lazy, type Nlu } from './nlu/nlu.js';
import { createRouter, isTelling, languageOfSaid } from './router.js';
import { createChatContext } from './services/chat-context.js';
import { createChosenSettings } from './services/chosen-settings.js';
import { createHealth } from './services/health-check.js';
import { createOrganisationSettings } from './services/organisation-settings.js';
import { createTurnScope } from './services/turn-scope.js';
import { openRestoreRuns, type RestoreRuns } from './store/restore-runs.js';
import { createSeal } from './store/scan-seal.js';
import { openStores, type Stores } from './store/stores.js';
import { openTables, type Tables } from './store/tables/tables.js';
import { createTurnReads } from './store/turn-reads.js';
import { createTurnWrites } from './store/turn-writes.js';
import { type Incoming, readInput, readLocale, readSender } from './teams/activity.js';
import { authenticationFor, createAdapter } from './teams/adapter.js';
import type { Authentication } from './teams/connector.js';
import { createDangerFirst } from './teams/danger-first.js';
import { DELIVERY, type DeliveryPolicies } from './teams/delivery-policy.js';
import { createProactive } from './teams/proactive.js';
import { createRates } from './teams/send-rate.js';
import { createTeamsBot, TURN_TIMES, type TurnTimes } from './teams/teams-bot.js';
import { BOT_FRAMEWORK_ISSUERS, precheckToken } from './teams/token-precheck.js';
import { createTurnBudget } from './teams/turn-budget.js';
import { createWatch, type Telemetry } from './telemetry/watch.js';

/** What comes from outside and differs in a test: the clock, ids, the log, and who vouches for tokens. */
export type Dependencies = {
  readonly now: () => Date;
  /** Milliseconds that only go up, where not the process's own. */
  readonly monotonicNow?: () => number;
  readonly newId: () => string;
  readonly log: Log;
  /** Once for each process: learning it takes long. */
  readonly nlu: Nlu;
  readonly authentication?: Authentication;
  /** The Entra app id, where the authentication is not made from the configuration's credentials. */
  readonly appId?: string;
  /** How much one may ask for, where not `REQUEST_LIMITS`. */
  readonly limits?: RequestLimits;
  /** Takes a channel on this machine for Teams, and its file storage likewise; only in development unless said. */
  readonly localChannel?: boolean;
  /** How sending is tried again and how many messages a second a tenant gets, where not as Teams wants it. */
  readonly delivery?: Partial<DeliveryPolicies>;
  readonly sendRate?: number;
  /** When a turn shows that it is at work, and when it is late, where not `TURN_TIMES`. */
  readonly turnTimes?: Partial<TurnTimes>;
  /** Where Microsoft Graph is, where not at Microsoft. */
  readonly graph?: GraphAccess;
  /** Puts something between the stores and the tables, such as faults. */
  readonly aroundTables?: (tables: Tables) => Tables;
  /** Where a dry run prints what it would send. */
  readonly print?: (line: string) => void;
  /** Where figures go; nowhere unless said. */
  readonly telemetry?: Telemetry;
};

/** The whole bot, put together and not yet started. */
export type Bot = Lifecycle & {
  readonly tables: Tables;
  readonly stores: Stores;
  readonly restoreRuns: RestoreRuns;
  readonly jobs: readonly Job[];
  /** Writes at once what is to go on the audit trail. */
  flushAudit(): Promise<void>;
  /** Looks at what it needs from outside; never rejects. */
  examine(): Promise<readonly Finding[]>;
};

/** Puts the rooms together, from the ground up: what is kept, who may do what, what answers, what happens by itself. */
export function composeBot(config: Config, deps: Dependencies): Bot {
  const { now, newId, log, nlu } = deps;
  const { zone } = config;
  const timing = timingOf(deps);
  const { monotonicNow, after } = timing;
  const local = deps.localChannel ?? !config.production;
  const appId = deps.appId ?? config.credentials?.appId ?? '';
  const isHrAdmin = (person: string) => config.hrAdmins.includes(person);
  const shutdown = createShutdown();
  const stopping = () => shutdown.stop.signal.aborted;
  const watch = createWatch({
    telemetry: deps.telemetry ?? null,
    reminders: config.reminders,
    now,
    monotonicNow,
    newId,
  });

  // What is kept.
  const identities = createIdentities();
  const budget = createTurnBudget({
    ...timing,
    failedLate: (error) => log.warn({ code: codeOf(error) }, 'failed after its turn was over'),
  });
  const straight = openTables(identities.tables(config), config.tablePrefix, budget.requests, watch.tables);
  const tables = deps.aroundTables?.(straight) ?? straight;
  const turnWrites = createTurnWrites(tables);
  const { scanSecrets } = config;
  const opened = openStores(turnWrites.tables, scanSecrets.length > 0 ? createSeal(scanSecrets) : null);
  const turnReads = createTurnReads(opened.people);
  const stores: Stores = { ...opened, people: turnReads.people };
  const audited = auditWrites({
    ...stores,
    newId,
    log,
    // What is noted of several turns goes together.
    schedule: (what, inMs) =>
      budget.outside(() => void (inMs === 0 ? setImmediate(what) : setTimeout(what, inMs).unref())),
  });

  // What counts for an organisation and for a person, and who may do what.
  const organisationSettings = createOrganisationSettings({
    // One reading is for everybody who waits for it, not in the time of whose turn began it.
    organisations: {
      ...stores.organisations,
      get: (tenant) => budget.outside(() => stores.organisations.get(tenant)),
    },
    ...timing,
    log,
  });
  const chosen = createChosenSettings({
    people: stores.people,
    organisationSettings,
    zone,
    monotonicNow,
  });
  const { credentials } = config;
  const ofBot = credentials === null ? null : identities.ofBot(credentials);
  const end = endOf(credentials);
  const warnOfEnd = createEndWarning(end, (what) =>
    log.warn({ code: 'credential-ends', ...what }, 'what the bot proves with who it is ends soon'),
  );
  const access = ofBot === null ? null : (deps.graph ?? graphAccess(ofBot));
  const graph = config.graph ? access : null;
  const hasReports =
    graph !== null && credentials !== null
      ? createHasReports({
          access: graph,
          tenant: credentials.tenantId,
          ...timing,
          log,
        })
      : null;
  const install =
    credentials === null || access === null || config.catalogApp === null
      ? null
      : createSelfInstall({
          access,
          tenant: credentials.tenantId,
          catalogApp: config.catalogApp,
          monotonicNow,
          log,
        });
  const authorize = createAuthorization({
    organisationSettings,
    managers: stores.managers,
    isHrAdmin,
    hasReports,
  });
  /** In ticks of `monotonicNow`; null until it happens. */
  const happened: { startedAt: number | null; recordedAt: number | null } = {
    startedAt: null,
    recordedAt: null,
  };
  const health = createHealth({
    tables,
    stores,
    version: packageJson.version,
    reminders: config.reminders,
    end,
    now,
    monotonicNow,
    startedAt: () => happened.startedAt,
    recordedAt: () => happened.recordedAt,
  });

  // What answers a turn.
  const limits: RequestLimits = deps.limits ?? REQUEST_LIMITS;
  const costByPerson = createTally(limits.costByPerson, monotonicNow);
  const costs = createTurnCosts(costByPerson, monotonicNow);
  const putFile = createFileUpload({ ...timing, local, log });
  const upload: UploadFile = (address, bytes) => {
    budget.requests.writing();
    return putFile(address, bytes);
  };
  const chatContext = createChatContext(monotonicNow);
  const features = createFeatures({
    ...stores,
    ...audited,
    organisationSettings,
    chatContext,
    chosen,
    authorize,
    isHrAdmin,
    hrAdmins: config.hrAdmins,
    reportsCount: config.graph,
    screen: costs.measured(nlu.screen),
    upload,
    health: health.state,
    nights: stores.health,
    newId,
    zone,
  });
  // A job never reads a text: what draws all cards for their titles waits for the first one, or until all is warmed up.
  const commandOf = lazy(createCommands);
  const route = createRouter({
    features,
    understand: nlu.understand,
    followUp: nlu.followUp,
    commandOf,
    chatContext,
    during: audited.during,
    chosen,
    authorize,
  });
  const inScope = createTurnScope({ ...stores, turnReads, turnWrites, log });

  // Teams.
  const langOf = (activity: Incoming) => {
    const said = readInput(activity);
    const sender = readSender(activity);
    const locale = config.production ? readLocale(activity.locale) : null;
    const known = sender === null ? null : chosen.knownLanguage(sender);
    // Only where nothing else tells: it understands all that was said.
    const spoken = () => (said === null ? null : languageOfSaid(said, nlu.understand));
    const word = said?.kind === 'text' && !isTelling(said.text);
    const before = word && sender !== null ? chatContext.lang(sender) : null;
    return known ?? before ?? (word ? (locale ?? spoken()) : (spoken() ?? locale)) ?? 'nl';
  };
  const dangerFirst = createDangerFirst({ judgeDanger: nlu.judgeDanger, isHrAdmin });
  const policies: DeliveryPolicies = { ...DELIVERY, ...deps.delivery };
  const deliveries = createInFlight();
  const authentication = deps.authentication ?? authenticationFor(config.credentials, ofBot, now);
  const adapter = createAdapter({
    authentication,
    log,
    newId,
    langOf,
    monotonicNow,
    after,
    policies,
    goesOn: deliveries.add,
    watch: watch.channel,
  });
  const teamsBot = costs.measured(
    createTeamsBot({
      dangerIn: dangerFirst,
      langOf,
      log,
      route: (turn) => inScope(turn, () => route(turn)),
      now,
      allowedTenants: config.allowedTenants,
      trustLocale: config.production,
      local,
      inTime: budget.inTime,
      after,
      times: { ...TURN_TIMES, ...deps.turnTimes },
    }),
  );

  // What happens by itself.
  const rates = createRates(timing, deps.sendRate);
  const instance = newId();
  const runs = createInFlight();
  const jobs = createJobs(
    {
      ...stores,
      health: {
        ...stores.health,
        async record(...tick) {
          await stores.health.record(...tick);
          happened.recordedAt = monotonicNow();
          const [, , { oldestOverdue = null }] = tick;
          watch.recorded(oldestOverdue);
        },
      },
      tables,
      send: createProactive({
        authentication,
        appId,
        rates,
        monotonicNow,
        policy: policies.reminder,
        ending: { stop: shutdown.stop.signal, breakOff: shutdown.breakOff.signal },
        watch: watch.channel,
      }),
      ...(install === null ? {} : { install }),
      isHeld: (tenant) => rates.heldFor(tenant) > policies.reminder.maxMs,
      isHrAdmin,
      defaultLanguage: async (tenant) => (await organisationSettings.of(tenant)).language,
      zone,
      instance,
      newId,
      now,
      monotonicNow,
      stopping,
      print: deps.print ?? (() => undefined),
      log,
    },
    (job) => trackRuns(watch.job(job), runs),
  );
  const nights = createNights({
    ...stores,
    nightly: jobs.nightly,
    zone,
    instance,
    now,
    monotonicNow,
    stopping,
    log,
    watch: watch.night,
  });
  watch.begin({ rates: rates.state });

  // Who may come in.
  const admit = createAdmission({
    byPerson: createTally(limits.byPerson, monotonicNow),
    costByPerson,
    dangerIn: dangerFirst,
    monotonicNow,
  });
  const server = createServer({
    port: config.port,
    host: config.host,
    log,
    https: config.production,
    version: packageJson.version,
    supportContact: config.supportContact,
    precheck: tokenPrecheckFor(appId, local),
    answer: (token, activity) =>
      adapter.answer(token, activity, {
        bot: (said, outlet) =>
          costs.during(accountOf(said), () => watch.turn(said, () => teamsBot(said, outlet))),
        onAuthenticationFailure: (error, why) =>
          why === 'refused'
            ? log.warn({ code: codeOf(error) }, 'token refused')
            : log.error({ code: codeOf(error) }, 'the keys to check tokens with cannot be had'),
        admit,
      }),
    refusals: createTally(limits.refusedByAddress, monotonicNow),
    ready: health.ready,
    watch: watch.http,
  });

  const restoreRuns = openRestoreRuns(tables);
  const lifecycle = createLifecycle({
    server,
    async prepareTables() {
      await tables.create();
      await restoreRuns.mustBeFinished();
    },
    warmUp: () => {
      nlu.warmUp();
      commandOf('');
    },
    started: () => {
      happened.startedAt = monotonicNow();
    },
    startTicking: config.reminders
      ? () =>
          startSchedule({
            eachMinute: jobs.eachMinute,
            nights: () => {
              warnOfEnd(now().toISOString());
              return nights();
            },
            now,
            monotonicNow,
            log,
            watch: watch.schedule,
          })
      : null,
    shutdown,
    runs,
    deliveries,
    flushAudit: audited.flush,
    log,
  });
  return {
    tables,
    stores,
    restoreRuns,
    jobs: [jobs.eachMinute, ...jobs.nightly.map(({ job }) => job)],
    flushAudit: audited.flush,
    examine: () =>
      examine({
        ...{ config, tables, now, newId, after, version: packageJson.version },
        node: process.versions.node,
        end,
        channelToken: ofBot === null ? null : () => ofBot.getToken(CHANNEL_SCOPE),
        graph: graph === null ? null : () => graphStatus(graph),
      }),
    start: lifecycle.start,
    async stop() {
      await lifecycle.stop();
      watch.end();
    },
  };
}

function timingOf({ monotonicNow }: Dependencies) {
  return {
    monotonicNow: monotonicNow ?? (() => performance.now()),
    sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)),
    after(ms: number, act: () => void) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** Without credentials, which only development allows, there is no token to look at. */
function tokenPrecheckFor(appId: string, local: boolean): TokenPrecheck {
  const expected = { audience: appId, issuers: BOT_FRAMEWORK_ISSUERS };
  return (token, serviceUrl) => {
    if (serviceUrl !== null && !isServiceUrl(serviceUrl, local)) return 'foreign-service-url';
    return appId === '' ? null : precheckToken(token, serviceUrl, expected);
  };
}
