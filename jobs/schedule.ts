import { schedule } from 'node-cron';
import { codeOf } from '../bot/errors.js';
import type { Log } from '../bot/log.js';
import type { Job, JobResult } from './job.js';

/** A job and when it ticks, as cron has it in the zone of the schedule. */
export type Scheduled = { readonly job: Job; readonly cron: string };
export type Schedule = { stop(): Promise<void> };

/** A tick each minute that had nothing to do would be most of the log. */
function hasWorked({ failed, counts, ...result }: JobResult & { readonly due?: number }): boolean {
  return failed > 0 || (result.due ?? 0) > 0 || Object.values(counts).some((count) => count > 0);
}

/** Starts ticking. A tick that would begin while the one before still runs is left out. */
export function startSchedule(needs: {
  readonly jobs: readonly Scheduled[];
  readonly zone: string;
  readonly now: () => Date;
  readonly log: Log;
}): Schedule {
  const tasks = needs.jobs.map(({ job, cron }) =>
    schedule(
      cron,
      async () => {
        try {
          const result = await job.run({ at: needs.now().toISOString(), dryRun: false });
          if (hasWorked(result)) needs.log.info(result, 'job done');
        } catch (error) {
          needs.log.error({ code: codeOf(error), job: job.name }, 'job failed');
        }
      },
      { timezone: needs.zone, name: job.name, noOverlap: true },
    ),
  );
  return {
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}
