import type { GraphAccess } from '../clients/graph.js';
import type { Config } from '../config.js';
import type { RequestLimits } from '../http/request-limits.js';
import type { Log } from '../log.js';
import type { Nlu } from '../nlu/nlu.js';
import type { Retries, Tables } from '../store/tables/tables.js';
import type { Authentication } from '../teams/connector.js';
import { DELIVERY, type DeliveryPolicies } from '../teams/delivery-policy.js';
import type { TurnTimes } from '../teams/teams-bot.js';
import { createWatch, type Telemetry } from '../telemetry/watch.js';
import { afterTimer } from '../timeout.js';

/** What comes from outside and differs in a test: the clock, ids, the log, and who vouches for tokens. */
export type Dependencies = {
  readonly now: () => Date;
  /** Milliseconds that only go up, where not the process's own. */
  readonly monotonicNow?: () => number;
  readonly newId: () => string;
  readonly log: Log;
  /** Asked once, and where turns are answered alone. One for each process: learning it takes long. */
  readonly nlu: () => Promise<Nlu>;
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
  /** How a request to the tables is tried again, where not as the service wants it. */
  readonly tableRetries?: Retries;
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

export type Foundation = ReturnType<typeof createFoundation>;

/** What every other part is made with: the settings, the dependencies, time, and what measures. */
export function createFoundation(config: Config, deps: Dependencies) {
  const timing = timingOf(deps);
  return {
    config,
    deps,
    timing,
    local: deps.localChannel ?? !config.production,
    policies: { ...DELIVERY, ...deps.delivery } satisfies DeliveryPolicies,
    appId: deps.appId ?? config.credentials?.appId ?? '',
    isHrAdmin: (person: string) => config.hrAdmins.includes(person),
    watch: createWatch({
      telemetry: deps.telemetry ?? null,
      reminders: config.reminders,
      now: deps.now,
      monotonicNow: timing.monotonicNow,
      newId: deps.newId,
    }),
  };
}

function timingOf({ monotonicNow }: Dependencies) {
  return {
    monotonicNow: monotonicNow ?? (() => performance.now()),
    sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)),
    after: afterTimer,
  };
}
