import type { Job } from '../jobs/job.js';
import packageJson from '../package.json' with { type: 'json' };
import { composeAccess } from './composition/access.js';
import { composeBackground } from './composition/background.js';
import { createFoundation, type Dependencies } from './composition/foundation.js';
import { composeHealth } from './composition/health.js';
import { createInFlight, createLifecycle, createShutdown, type Lifecycle } from './composition/lifecycle.js';
import { composeMicrosoft } from './composition/microsoft.js';
import type { Serving } from './composition/serving.js';
import { composeStorage } from './composition/storage.js';
import type { Config } from './config.js';
import type { Finding } from './doctor/checks.js';
import { examine } from './doctor/doctor.js';
import type { RestoreRuns } from './store/restore-runs.js';
import type { Stores } from './store/stores.js';
import type { Tables } from './store/tables/tables.js';

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

/**
 * Puts the rooms together, from the ground up: what is kept, who may do what, what answers, what happens by itself. Each
 * line is a file of `composition`; in which order all of it starts and ends stands in `composition/lifecycle.ts`.
 */
export function composeBot(config: Config, deps: Dependencies): Bot {
  const foundation = createFoundation(config, deps);
  const shutdown = createShutdown();
  const microsoft = composeMicrosoft(foundation);
  const storage = composeStorage(foundation, { microsoft });
  const access = composeAccess(foundation, { storage, microsoft });
  const health = composeHealth(foundation, { storage, microsoft });
  const background = composeBackground(foundation, { storage, microsoft, access, health, shutdown });
  const deliveries = createInFlight();

  const { tables, stores, audited, restoreRuns } = storage;
  const lifecycle = createLifecycle({
    async openServing(): Promise<Serving> {
      const { composeServing } = await import('./composition/serving.js');
      return composeServing(foundation, { storage, microsoft, access, health, deliveries });
    },
    async prepareTables() {
      await tables.create();
      await restoreRuns.mustBeFinished();
    },
    started: health.started,
    startTicking: config.reminders ? background.startTicking : null,
    shutdown,
    runs: background.runs,
    deliveries,
    flushAudit: audited.flush,
    log: deps.log,
  });
  return {
    tables,
    stores,
    restoreRuns,
    jobs: background.jobs,
    flushAudit: audited.flush,
    examine: () =>
      examine({
        ...{ config, tables, now: deps.now, newId: deps.newId, after: foundation.timing.after },
        version: packageJson.version,
        node: process.versions.node,
        end: microsoft.end,
        channelToken: microsoft.channelToken,
        graph: microsoft.graphStatus,
      }),
    start: lifecycle.start,
    async stop() {
      await lifecycle.stop();
      foundation.watch.end();
    },
  };
}
