import { type ScheduledTask, schedule } from 'node-cron';
import { codeOf } from '../bot/errors.js';
import type { Log } from '../bot/log.js';
import type { Job, JobResult } from './job.js';

export type Schedule = { stop(): Promise<void> };

export type ScheduleDeps = {
  /** Run each minute. A run that would begin while the one before still goes on is left out. */
  readonly eachMinute: Job;
  /** Told each minute: what a night has left to do. Never rejects. */
  readonly nights: () => Promise<void>;
  readonly now: () => Date;
  /** Milliseconds that only go up. */
  readonly monotonicNow: () => number;
  readonly log: Log;
  readonly watch?: WatchSchedule;
};
/** Told of a tick on which nothing was begun, and of ticking that was begun anew. */
export type WatchSchedule = {
  skipped(job: string): void;
  begunAnew(why: 'clock-jumped' | 'no-tick'): void;
};

/** By UTC: a zone has an hour that comes twice, in which cron does not tick, and one that never comes. */
const EACH_MINUTE = '* * * * *';
const ZONE = 'UTC';
/**
 * cron waits for the instant that it worked out, by a clock that may be set back meanwhile: by an hour, and nothing
 * ticks for an hour. And one that is set forward by months has it count every minute of them. So it is begun anew when no
 * tick came for so long, or when the clock has jumped.
 */
const WATCHED_EACH_MS = 5_000;
const SILENT_MS = 75_000;
const JUMPED_MS = 90_000;

/** Starts ticking. What is due follows from the tables, so that a tick that is missed is made up for by the next. */
export function startSchedule(deps: ScheduleDeps): Schedule {
  let isRunning = false;
  let tickedAt = deps.monotonicNow();
  const tick = () => {
    tickedAt = deps.monotonicNow();
    void deps.nights();
    if (isRunning) {
      deps.watch?.skipped(deps.eachMinute.name);
      return;
    }
    isRunning = true;
    void runOnce(deps).finally(() => {
      isRunning = false;
    });
  };
  const start = () => schedule(EACH_MINUTE, tick, { timezone: ZONE });
  let task: ScheduledTask = start();
  const aheadBy = () => deps.now().getTime() - deps.monotonicNow();
  let ahead = aheadBy();
  const watch = setInterval(() => {
    const jumped = Math.abs(aheadBy() - ahead) > JUMPED_MS;
    ahead = aheadBy();
    if (!jumped && deps.monotonicNow() - tickedAt < SILENT_MS) return;
    const why = jumped ? 'clock-jumped' : 'no-tick';
    deps.log.warn({ code: why }, 'ticking is begun anew');
    deps.watch?.begunAnew(why);
    void task.destroy();
    task = start();
    tick();
  }, WATCHED_EACH_MS);
  return {
    async stop() {
      clearInterval(watch);
      await task.destroy();
    },
  };
}

async function runOnce({ eachMinute, now, log }: ScheduleDeps): Promise<void> {
  try {
    const result = await eachMinute.run({ at: now().toISOString(), dryRun: false });
    if (hasWorked(result)) log.info(result, 'job done');
  } catch (error) {
    log.error({ code: codeOf(error), job: eachMinute.name }, 'job failed');
  }
}

/** A tick each minute that had nothing to do would be most of the log. */
function hasWorked({ failed, counts, ...result }: JobResult & { readonly due?: number }): boolean {
  return failed > 0 || (result.due ?? 0) > 0 || Object.values(counts).some((count) => count > 0);
}
