import { lastTimeOfDay } from '../bot/domain/calendar.js';
import { nightStep } from '../bot/domain/night-run.js';
import { codeOf } from '../bot/errors.js';
import type { Log } from '../bot/log.js';
import type { NightRuns } from '../bot/store/night-runs.js';
import type { Job } from './job.js';

/** A job that is done once a night, and from when on: local time, `HH:mm`. */
export type Nightly = { readonly job: Job; readonly time: string };

export type NightsDeps = {
  /** In the order in which they are done where several are due. */
  readonly nightly: readonly Nightly[];
  /** IANA zone of the times. */
  readonly zone: string;
  readonly nightRuns: NightRuns;
  readonly instance: string;
  readonly now: () => Date;
  /** Milliseconds that only go up. */
  readonly monotonicNow: () => number;
  /** Whether this instance is ending: nothing more is begun then. */
  readonly stopping: () => boolean;
  readonly log: Log;
  /** Told of each job at each tick: since when it was due, and whether it is done for that night as far as is known. */
  readonly watch?: (job: string, due: string, isDone: boolean) => void;
};

/** A job that failed is begun again after so long: most outages are over by then. */
const AGAIN_MS = 15 * 60_000;

/**
 * A function that does what a night has left to do; called at each tick. What is due follows from the tables and not
 * from a clock that has to strike: a night in which the process was down, the machine slept or the clock changed is made
 * up for at the next tick, and of many instances one does it. Never rejects.
 */
export function createNights(deps: NightsDeps): () => Promise<void> {
  /** The nights that are done as far as this instance knows: asking the tables once a night is enough. */
  const done = new Map<string, string>();
  /** When a run of this instance failed, by `monotonicNow`. */
  const failed = new Map<string, number>();
  let underWay: Promise<void> | null = null;
  const runDue = async () => {
    for (const { job, time } of deps.nightly) {
      const due = lastTimeOfDay(deps.now().toISOString(), deps.zone, time);
      const failedAt = failed.get(job.name);
      const isTooSoon = failedAt !== undefined && deps.monotonicNow() - failedAt < AGAIN_MS;
      if (deps.stopping() || done.get(job.name) === due || isTooSoon) continue;
      try {
        if (await isDone(deps, job, due, failedAt !== undefined)) done.set(job.name, due);
        failed.delete(job.name);
      } catch (error) {
        failed.set(job.name, deps.monotonicNow());
        deps.log.error({ code: codeOf(error), job: job.name }, 'job failed');
      }
    }
    for (const { job, time } of deps.nightly) {
      const due = lastTimeOfDay(deps.now().toISOString(), deps.zone, time);
      deps.watch?.(job.name, due, done.get(job.name) === due);
    }
  };
  return () => {
    underWay ??= runDue().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

/** Whether the job has run for the night of `due` in the end, by us or by another; `again` where it failed before. */
async function isDone(
  { nightRuns, instance, now, log }: NightsDeps,
  job: Job,
  due: string,
  again: boolean,
): Promise<boolean> {
  const startedAt = now().toISOString();
  const last = await nightRuns.last(job.name);
  const step = nightStep(last?.record ?? null, due, startedAt);
  if (step === 'done') return true;
  // What says that somebody is at it may be what we left when it failed.
  if (step === 'wait' && !(again && last?.record?.instance === instance)) return false;
  const begun = { startedAt, doneAt: null, instance };
  if ((await nightRuns.put(job.name, begun, last?.etag ?? null)) !== 'ok') return false;
  const result = await job.run({ at: startedAt, dryRun: false });
  log.info(result, 'job done');
  const ours = await nightRuns.last(job.name);
  // An instance that took this run for dead writes by itself when it is done.
  if (ours?.record?.instance !== instance || ours.record.startedAt !== startedAt) return false;
  const written = await nightRuns.put(job.name, { ...begun, doneAt: now().toISOString() }, ours.etag);
  if (written !== 'ok') log.warn({ code: `night-${written}`, job: job.name }, 'a night run is not noted');
  return true;
}
