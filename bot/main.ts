import { setTimeout as pause } from 'node:timers/promises';
import { createFiguresJob } from '../jobs/figures/figures.job.js';
import { createHandoverJob } from '../jobs/handover/handover.job.js';
import type { Job } from '../jobs/job.js';
import { createNights } from '../jobs/nights.js';
import { createReconcileJob } from '../jobs/reconcile/reconcile.job.js';
import { createRemindersJob } from '../jobs/reminders/reminders.job.js';
import type { Step } from '../jobs/reminders/send.js';
import { createRetentionJob } from '../jobs/retention/retention.job.js';
import { type Schedule, startSchedule } from '../jobs/schedule.js';
import { auditWrites } from './access/audit-trail.js';
import { createAuthorization } from './access/authorization.js';
import { createHasReports, type GraphAccess, graphAccess } from './clients/graph.js';
import { createFileUpload, type UploadFile } from './clients/onedrive-upload.js';
import { isServiceUrl } from './clients/trusted-hosts.js';
import type { Config } from './config.js';
import { dayOf } from './domain/calendar.js';
import { CodedError, codeOf } from './errors.js';
import { createAbout } from './features/about/about.handler.js';
import { createExport } from './features/about/export.handler.js';
import { createOwnData } from './features/about/own-data.js';
import { createOwnRecords } from './features/about/own-records.js';
import { createAbsence } from './features/absence/absence.handler.js';
import { createAgreement } from './features/agreement/agreement.handler.js';
import { createCheck } from './features/check/check.handler.js';
import { createCoffee } from './features/coffee/coffee.handler.js';
import { createConversation } from './features/conversation/conversation.handler.js';
import { createCosts } from './features/costs/costs.handler.js';
import { createDigest } from './features/digest/digest.handler.js';
import { createEvaluation } from './features/evaluation/evaluation.handler.js';
import { createFigures } from './features/figures/figures.handler.js';
import { createHrDefaults } from './features/hr/defaults.handler.js';
import { createHrExchange } from './features/hr/exchange.handler.js';
import { createHr } from './features/hr/hr.handler.js';
import { createHrOversight } from './features/hr/oversight.handler.js';
import { createKnowledge } from './features/knowledge/knowledge.handler.js';
import { createLeaver } from './features/leaver/leaver.handler.js';
import { createMeasures } from './features/measures/measures.handler.js';
import { createMenu } from './features/menu/menu.handler.js';
import { createMoments } from './features/moments/moments.handler.js';
import { createMonthly } from './features/monthly/monthly.handler.js';
import { createOverview } from './features/overview/overview.handler.js';
import { createPresence } from './features/presence/presence.handler.js';
import { createRemoval } from './features/removal/removal.handler.js';
import { createRequests } from './features/requests/requests.handler.js';
import { createSettings } from './features/settings/settings.handler.js';
import { createSignals } from './features/signals/signals.handler.js';
import { createSupport } from './features/support/support.handler.js';
import {
  accountOf,
  createAdmission,
  createTally,
  REQUEST_LIMITS,
  type RequestLimits,
} from './http/request-limits.js';
import { createServer } from './http/server.js';
import { createTurnCosts } from './http/turn-costs.js';
import type { Log } from './log.js';
import { createDanger } from './nlu/danger/danger.js';
import { createScreen } from './nlu/screening/field-screening.js';
import { createUnderstanding } from './nlu/understand.js';
import { createRouter, languageOfSaid } from './router.js';
import { createHealth } from './services/health-check.js';
import { createOrganisationSettings } from './services/organisation-settings.js';
import { upsertPerson } from './services/reachability.js';
import { openStores, type Stores } from './store/stores.js';
import { openTables, type Tables } from './store/tables/tables.js';
import { createTurnReads } from './store/turn-reads.js';
import { createTurnWrites } from './store/turn-writes.js';
import { type Incoming, readInput, readLocale } from './teams/activity.js';
import { type Authentication, authenticationFor, createAdapter } from './teams/adapter.js';
import { createDangerFirst } from './teams/danger-first.js';
import { DELIVERY, type DeliveryPolicies } from './teams/delivery-policy.js';
import { createProactive } from './teams/proactive.js';
import { createRates } from './teams/send-rate.js';
import { createTeamsBot, TURN_TIMES, type TurnTimes } from './teams/teams-bot.js';
import { BOT_FRAMEWORK_ISSUERS, precheckToken } from './teams/token-precheck.js';
import { createTurnBudget } from './teams/turn-budget.js';
import { type Turn, todayOf } from './turn.js';

/** What comes from outside and differs in a test: the clock, ids, the log, and who vouches for tokens. */
export type Dependencies = {
  readonly now: () => Date;
  /** Milliseconds that only go up, where not the process's own. */
  readonly monotonicNow?: () => number;
  readonly newId: () => string;
  readonly log: Log;
  readonly authentication?: NonNullable<Authentication>;
  /** The Entra app id, where the authentication is not made from the configuration's credentials. */
  readonly appId?: string;
  /** How much one may ask for, where it is not what is usual. */
  readonly limits?: RequestLimits;
  /** Takes a channel on this machine for Teams, and its file storage likewise; only in development unless said. */
  readonly localChannel?: boolean;
  /** How sending is tried again and how many messages a second a tenant gets, where not as Teams wants it. */
  readonly delivery?: Partial<DeliveryPolicies>;
  readonly sendRate?: number;
  /** When a turn shows that it is at work, and when it is late, where not as usual. */
  readonly turnTimes?: Partial<TurnTimes>;
  /** Where Microsoft Graph is, where not at Microsoft. */
  readonly graph?: GraphAccess;
  /** Puts something between the stores and the tables, such as faults. */
  readonly aroundTables?: (tables: Tables) => Tables;
  /** Told of each step of the reminders; a test may end the process there. */
  readonly reached?: (step: Step) => void;
  /** Where a dry run says what it would send. */
  readonly tell?: (line: string) => void;
};

/** A chosen language or zone is worth no longer wait than this: mostly it is what is usual. */
const CHOSEN_WITHIN_MS = 2_000;
/** How long after each other the tables are tried at the start. */
const TABLES_AGAIN_MS = { first: 500, most: 15_000 };
/**
 * Who stops a process gives it 10 seconds, mostly. Messages that have left get the first of them to be answered; the
 * rest is for writing down what came of them, and what did not leave is given back.
 */
const STOP_SENDING_MS = 4_000;
const STOP_WITHIN_MS = 9_000;

/**
 * What is read and learned from the content is the same for every bot of a process. It takes about a second of the
 * processor: ready comes first, and the first words wait at most for that.
 */
const inDanger = lazy(createDanger);
// Danger is looked for before anything is understood, in more than what is understood.
const understand = lazy(() => createUnderstanding(() => false));
const screen = lazy(createScreen);

/** The whole bot, put together and not yet started. */
export type Bot = {
  readonly tables: Tables;
  readonly stores: Stores;
  readonly jobs: readonly Job[];
  /** Listens, makes the tables as soon as they answer, and ticks from then on; the address it listens on. */
  start(): Promise<string>;
  /** Writes at once what is to go on the audit trail. */
  flushAudit(): Promise<void>;
  /** Takes nothing new, finishes what it has within 10 seconds, and gives back what others can do. */
  stop(): Promise<void>;
};

export function composeBot(config: Config, around: Dependencies): Bot {
  const { now, newId, log } = around;
  const timing = {
    monotonicNow: around.monotonicNow ?? (() => performance.now()),
    sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)),
    after(ms: number, act: () => void) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
  const budget = createTurnBudget({
    ...timing,
    failedLate: (error) => log.warn({ code: codeOf(error) }, 'failed after its turn was over'),
  });
  const straight = openTables(config.tables, config.tablePrefix, budget.requests);
  const tables = around.aroundTables?.(straight) ?? straight;
  const turnWrites = createTurnWrites(tables);
  const opened = openStores(turnWrites.tables);
  const turnReads = createTurnReads(opened.people);
  const stores: Stores = { ...opened, people: turnReads.people };
  const { zone } = config;
  const organisationSettings = createOrganisationSettings({
    // One reading is for everybody who waits for it, not in the time of whose turn began it.
    organisations: {
      ...stores.organisations,
      get: (tenant) => budget.outside(() => stores.organisations.get(tenant)),
    },
    ...timing,
    log,
  });
  const usualLanguage = async (tenant: string) => (await organisationSettings.of(tenant)).language;
  const isHrAdmin = (person: string) => config.hrAdmins.includes(person);
  const hasReports =
    config.graph && config.credentials !== null
      ? createHasReports({
          access: around.graph ?? graphAccess(config.credentials),
          tenant: config.credentials.tenantId,
          ...timing,
          log,
        })
      : null;
  const audited = auditWrites({
    managers: stores.managers,
    organisations: stores.organisations,
    handovers: stores.handovers,
    audit: stores.audit,
    newId,
    log,
    // What is noted of several turns goes together.
    later: (what, inMs) =>
      budget.outside(() => void (inMs === 0 ? setImmediate(what) : setTimeout(what, inMs).unref())),
  });
  const { organisations } = audited;
  const forHr = { ...stores, organisations, organisationSettings, newId, zone, reportsCount: config.graph };
  const limits: RequestLimits = around.limits ?? REQUEST_LIMITS;
  const costByPerson = createTally(limits.costByPerson, timing.monotonicNow);
  const costs = createTurnCosts(costByPerson, timing.monotonicNow);
  const shared = {
    ...stores,
    managers: audited.managers,
    noteFound: audited.noteFound,
    organisationSettings,
    screen: costs.measured(screen),
    zone,
  };

  const local = around.localChannel ?? !config.production;
  const ownRecords = createOwnRecords(shared);
  const ownData = createOwnData({ ...shared, ownRecords });
  const putFile = createFileUpload({ ...timing, local, log });
  const upload: UploadFile = (address, bytes) => {
    budget.requests.writing();
    return putFile(address, bytes);
  };

  /** In ticks; null until it happens. */
  const happened: { startedAt: number | null; recordedAt: number | null } = {
    startedAt: null,
    recordedAt: null,
  };
  const health = createHealth({
    tables,
    stores,
    reminders: config.reminders,
    now,
    monotonicNow: timing.monotonicNow,
    startedAt: () => happened.startedAt,
    recordedAt: () => happened.recordedAt,
  });
  const authorize = createAuthorization({
    organisationSettings,
    managers: stores.managers,
    isHrAdmin,
    hasReports,
  });
  const route = createRouter(
    {
      menu: createMenu(isHrAdmin),
      conversation: createConversation(),
      support: createSupport(organisationSettings),
      knowledge: createKnowledge(),
      signals: createSignals(),
      check: createCheck(),
      absence: createAbsence((turn) =>
        withTimeout(CHOSEN_WITHIN_MS, todayOf({ people: stores.people, zone }, turn)).catch(() =>
          dayOf(turn.now, zone),
        ),
      ),
      costs: createCosts(),
      measures: createMeasures(),
      presence: createPresence(stores),
      agreement: createAgreement({ ...shared, newId }),
      coffee: createCoffee({ ...shared, newId, authorize }),
      moments: createMoments({ ...shared, newId, authorize }),
      overview: createOverview(shared),
      monthly: createMonthly(),
      figures: createFigures(shared),
      settings: createSettings({ ...shared, isHrAdmin }),
      hr: {
        ...createHr(forHr),
        ...createHrDefaults(forHr),
        ...createHrExchange(forHr),
        ...createHrOversight({ ...forHr, health: health.state, nights: stores.health }),
      },
      leaver: createLeaver({
        ...shared,
        handovers: audited.handovers,
        hrAdmins: config.hrAdmins,
        newId,
      }),
      evaluation: createEvaluation(shared),
      about: {
        ...createAbout({ ...shared, ownRecords }),
        ...createExport({ ...shared, ownData, upload }),
      },
      removal: createRemoval(shared),
      requests: createRequests(shared),
      digest: createDigest(shared),
    },
    understand,
    audited.during,
    // The tables being away must not keep anybody from an answer that needs none.
    async ({ tenant, person, locale }) => {
      const kept = stores.people.get(tenant, person).then((found) => found?.record.language ?? null);
      const chosen = await withTimeout(CHOSEN_WITHIN_MS, kept).catch(() => null);
      return chosen ?? locale ?? (await usualLanguage(tenant));
    },
    authorize,
  );
  /** What was kept is kept: that its writer could not be remembered is made up for when they write again. */
  const rememberWriter = async (turn: Turn) => {
    try {
      await upsertPerson(stores, turn);
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'who wrote something could not be remembered');
    }
  };
  const langOf = (activity: Incoming) => {
    const said = readInput(activity);
    const locale = config.production ? readLocale(activity.locale) : null;
    return (said === null ? null : languageOfSaid(said, understand)) ?? locale ?? 'nl';
  };
  const dangerFirst = createDangerFirst({ inDanger, isHrAdmin });
  const policies: DeliveryPolicies = { ...DELIVERY, ...around.delivery };
  const deliveries = new Set<Promise<unknown>>();
  const adapter = createAdapter({
    authentication: around.authentication ?? authenticationFor(config.credentials),
    log,
    newId,
    langOf,
    monotonicNow: timing.monotonicNow,
    after: timing.after,
    policies,
    goesOn: (delivery) => keepWhile(delivery, deliveries),
  });
  const bot = createTeamsBot({
    inDanger: dangerFirst,
    langOf,
    log,
    route: (turn) =>
      turnReads.during(() =>
        turnWrites.during(
          () => route(turn),
          () => rememberWriter(turn),
        ),
      ),
    now,
    allowedTenants: config.allowedTenants,
    trustLocale: config.production,
    local,
    inTime: budget.inTime,
    after: timing.after,
    times: { ...TURN_TIMES, ...around.turnTimes },
  });
  const measuredBot = costs.measured(bot);
  const admit = createAdmission({
    byPerson: createTally(limits.byPerson, timing.monotonicNow),
    costByPerson,
    inDanger: dangerFirst,
    monotonicNow: timing.monotonicNow,
  });
  const tell = around.tell ?? (() => undefined);
  const stop = new AbortController();
  const breakOff = new AbortController();
  const instance = newId();
  const appId = around.appId ?? config.credentials?.appId ?? '';
  const rates = createRates(timing, around.sendRate);
  const reminders = createRemindersJob({
    ...stores,
    health: {
      ...stores.health,
      async record(...tick) {
        await stores.health.record(...tick);
        happened.recordedAt = timing.monotonicNow();
      },
    },
    isHrAdmin,
    usualLanguage,
    tables,
    send: createProactive({
      adapter,
      appId,
      rates,
      monotonicNow: timing.monotonicNow,
      policy: policies.reminder,
      ending: { stop: stop.signal, breakOff: breakOff.signal },
    }),
    log,
    zone,
    now,
    reached: around.reached ?? (() => undefined),
    stopping: () => stop.signal.aborted,
    isHeld: (tenant) => rates.heldFor(tenant) > policies.reminder.maxMs,
    monotonicNow: timing.monotonicNow,
    instance,
    tell,
  });
  const reconcile = createReconcileJob({
    ...stores,
    isHrAdmin,
    tables,
    zone,
    monotonicNow: timing.monotonicNow,
    tell,
  });
  const retention = createRetentionJob({
    ...stores,
    tables,
    log,
    zone,
    instance,
    newId,
    monotonicNow: timing.monotonicNow,
    tell,
  });
  const handover = createHandoverJob({
    ...stores,
    tables,
    log,
    zone,
    newId,
    monotonicNow: timing.monotonicNow,
    tell,
  });
  const figures = createFiguresJob({ ...stores, tables, zone, now, monotonicNow: timing.monotonicNow, tell });
  // What is due follows from the tables: a tick that is missed is made up for by the next.
  const running = new Set<Promise<unknown>>();
  const eachMinute = trackRuns(reminders, running);
  const nightly = [
    { job: trackRuns(reconcile, running), time: '03:30' },
    { job: trackRuns(figures, running), time: '03:45' },
    { job: trackRuns(retention, running), time: '04:00' },
    { job: trackRuns(handover, running), time: '04:30' },
  ];
  const stopping = () => stop.signal.aborted;
  const nights = createNights({
    ...stores,
    nightly,
    zone,
    instance,
    now,
    monotonicNow: timing.monotonicNow,
    stopping,
    log,
  });

  let schedule: Schedule | null = null;
  const server = createServer({
    port: config.port,
    host: config.host,
    log,
    https: config.production,
    // Without credentials, which only development allows, there is no token to look at.
    faultOf: (token, serviceUrl) =>
      serviceUrl !== null && !isServiceUrl(serviceUrl, local)
        ? 'foreign-service-url'
        : appId === ''
          ? null
          : precheckToken(token, serviceUrl, { audience: appId, issuers: BOT_FRAMEWORK_ISSUERS }),
    answer: (token, activity) =>
      adapter.answer(token, activity, {
        bot: (said, outlet) => costs.during(accountOf(said), () => measuredBot(said, outlet)),
        onAuthenticationFailure: (error, why) =>
          why === 'refused'
            ? log.warn({ code: codeOf(error) }, 'token refused')
            : log.error({ code: codeOf(error) }, 'the keys to check tokens with cannot be had'),
        admit,
      }),
    refusals: createTally(limits.refusedByAddress, timing.monotonicNow),
    ready: health.ready,
  });

  return {
    tables,
    stores,
    jobs: [eachMinute, ...nightly.map(({ job }) => job)],
    async start() {
      const address = await server.listen();
      setImmediate(() => {
        inDanger('');
        understand('');
        screen('');
      });
      await waitForTables(tables, stop.signal, (error) =>
        log.warn({ address, code: codeOf(error) }, 'waiting for the tables'),
      );
      happened.startedAt = timing.monotonicNow();
      if (config.reminders && !stopping())
        schedule = startSchedule({ eachMinute, nights, now, monotonicNow: timing.monotonicNow, log });
      return address;
    },
    flushAudit: audited.flush,
    async stop() {
      stop.abort();
      const late = setTimeout(() => breakOff.abort(), STOP_SENDING_MS);
      // A delivery that still goes on is given the same time as reminders that have left, and is not worth more.
      const delivered = withTimeout(STOP_SENDING_MS, Promise.allSettled(deliveries)).catch(() => undefined);
      const all = Promise.allSettled([schedule?.stop(), server.close(), delivered, ...running]);
      // What ends in time is on the audit trail before the process is gone.
      await withTimeout(STOP_WITHIN_MS, all.then(audited.flush)).catch((error: unknown) => {
        log.warn({ code: codeOf(error) }, 'stopped before all was done');
      });
      clearTimeout(late);
    },
  };
}

/** The same function, made when it is called for the first time. */
function lazy<Answer>(make: () => (text: string) => Answer): (text: string) => Answer {
  let made: ((text: string) => Answer) | null = null;
  return (text) => {
    made ??= make();
    return made(text);
  };
}

/** A job whose runs are known while they go on. */
function trackRuns(job: Job, running: Set<Promise<unknown>>): Job {
  return {
    name: job.name,
    run(how) {
      const run = job.run(how);
      keepWhile(run, running);
      return run;
    },
  };
}

/** Keeps what is going on in a set until it ends, however it ends. */
function keepWhile(going: Promise<unknown>, among: Set<Promise<unknown>>): void {
  among.add(going);
  const forget = () => void among.delete(going);
  going.then(forget, forget);
}

/** Makes the tables, as often as it takes: an outage of theirs at the start is no reason to need a hand. */
async function waitForTables(
  tables: Tables,
  stopped: AbortSignal,
  waiting: (error: unknown) => void,
): Promise<void> {
  for (
    let waitMs = TABLES_AGAIN_MS.first;
    !stopped.aborted;
    waitMs = Math.min(2 * waitMs, TABLES_AGAIN_MS.most)
  ) {
    try {
      return await tables.create();
    } catch (error) {
      waiting(error);
      await pause(waitMs, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
}

/** What comes of it, or a fault when it does not come in so long. */
async function withTimeout<Result>(ms: number, awaited: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new CodedError('too-late', 'it took too long')), ms);
  });
  return Promise.race([awaited, late]).finally(() => clearTimeout(timer));
}

/**
 * On SIGINT or SIGTERM the bot stops, and the process ends with what `codeOfSignal` says. So it does, with 1, on an error
 * that nobody caught, also one in a promise: what a process does after that cannot be known, so that going on is no
 * choice, while ending at once would leave leases behind and cut off whoever waits for an answer. This mends nothing:
 * where the error came from has to catch it. What comes back tells whether the process is ending.
 */
export function stopOnSignals(
  bot: Bot,
  log: Log,
  codeOfSignal: (signal: NodeJS.Signals) => number = () => 0,
): () => boolean {
  let code = 0;
  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= bot.stop();
    stopped.then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  const hear = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping');
    code = codeOfSignal(signal);
    stop();
  };
  process.once('SIGINT', hear);
  process.once('SIGTERM', hear);
  // Without a listener of its own an unhandled rejection comes here too.
  process.on('uncaughtException', (error: unknown, origin) => {
    log.fatal({ code: codeOf(error), origin }, 'stopping after an error that nobody caught');
    code = 1;
    stop();
  });
  return () => stopped !== null;
}
