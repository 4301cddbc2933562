import type { Job } from '../../jobs/job.js';
import { createJobs } from '../../jobs/jobs.js';
import { createNights } from '../../jobs/nights.js';
import { startSchedule } from '../../jobs/schedule.js';
import { createProactive } from '../teams/proactive.js';
import { createRates } from '../teams/send-rate.js';
import type { Access } from './access.js';
import type { Foundation } from './foundation.js';
import type { Health } from './health.js';
import { createEndWarning } from './identity.js';
import { createInFlight, type Shutdown, trackRuns } from './lifecycle.js';
import type { Microsoft } from './microsoft.js';
import type { Storage } from './storage.js';

/** What happens by itself: the jobs, and when each of them runs. */
export function composeBackground(
  { config, deps, timing, appId, policies, isHrAdmin, watch }: Foundation,
  parts: {
    readonly storage: Storage;
    readonly microsoft: Microsoft;
    readonly access: Access;
    readonly health: Health;
    readonly shutdown: Shutdown;
  },
) {
  const { storage, microsoft, access, health, shutdown } = parts;
  const { now, newId, log } = deps;
  const { monotonicNow } = timing;
  const { zone } = config;
  const { stores, tables } = storage;
  const { reminder } = policies;
  const stopping = () => shutdown.stop.signal.aborted;
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
          health.recorded();
          const [, , { oldestOverdue = null }] = tick;
          watch.recorded(oldestOverdue);
        },
      },
      tables,
      send: createProactive({
        authentication: microsoft.authentication,
        appId,
        rates,
        monotonicNow,
        policy: reminder,
        ending: { stop: shutdown.stop.signal, breakOff: shutdown.breakOff.signal },
        watch: watch.channel,
      }),
      ...(microsoft.install === null ? {} : { install: microsoft.install }),
      isHeld: (tenant) => rates.heldFor(tenant) > reminder.maxMs,
      isHrAdmin,
      settingsOf: (tenant) => access.organisationSettings.of(tenant),
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
  const warnOfEnd = createEndWarning(microsoft.end, (what) =>
    log.warn({ code: 'credential-ends', ...what }, 'what the bot proves with who it is ends soon'),
  );
  watch.begin({ rates: rates.state });
  const all: readonly Job[] = [jobs.eachMinute, ...jobs.nightly.map(({ job }) => job)];
  return {
    jobs: all,
    runs,
    startTicking: () =>
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
      }),
  };
}
