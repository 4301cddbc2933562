import { schedule } from 'node-cron';
import { codeOf } from '../bot/errors.js';
import type { Log } from '../bot/log.js';
import type { Job } from './job.js';

/** A job and when it ticks, as cron has it in the zone of the schedule. */
export type Scheduled = { readonly job: Job; readonly cron: string };
export type Schedule = {
  /** Ticks no more, tells the jobs that run to stop, and waits for them. */
  stop(): Promise<void>;
};

/** Starts ticking. A tick that would begin while the one before still runs is left out. */
export function startSchedule(needs: {
  readonly jobs: readonly Scheduled[];
  readonly zone: string;
  readonly now: () => Date;
  readonly log: Log;
}): Schedule {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const tick = async (job: Job): Promise<void> => {
    try {
      const at = needs.now().toISOString();
      const result = await job.run({ at, dryRun: false, stopping: stopping.signal });
      if (result.due > 0) needs.log.info(result, 'job done');
    } catch (error) {
      needs.log.error({ code: codeOf(error), job: job.name }, 'job failed');
    }
  };
  const tasks = needs.jobs.map(({ job, cron }) =>
    schedule(
      cron,
      async () => {
        const run = tick(job);
        running.add(run);
        await run;
        running.delete(run);
      },
      { timezone: needs.zone, name: job.name, noOverlap: true },
    ),
  );
  return {
    async stop() {
      stopping.abort();
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all(running);
    },
  };
}
