import { createFiguresJob, type FiguresDeps } from './figures/figures.job.js';
import { createHandoverJob, type HandoverJobDeps } from './handover/handover.job.js';
import type { Job } from './job.js';
import type { Nightly } from './nights.js';
import { createReconcileJob, type ReconcileDeps } from './reconcile/reconcile.job.js';
import { createRemindersJob, type RemindersDeps } from './reminders/reminders.job.js';
import { createRetentionJob } from './retention/retention.job.js';
import type { RetentionDeps } from './retention/work.js';

export type JobsDeps = RemindersDeps & ReconcileDeps & FiguresDeps & RetentionDeps & HandoverJobDeps;

/** All that happens by itself. */
export type Jobs = {
  readonly eachMinute: Job;
  /** Once a night from a local time on, in this order where several are due. */
  readonly nightly: readonly Nightly[];
};

/**
 * Each job once, and when it runs. `around` is put around each of them, for whoever has to know what is going on.
 * Mending comes before counting, and counting before what is past its retention period goes.
 */
export function createJobs(deps: JobsDeps, around: (job: Job) => Job = (job) => job): Jobs {
  return {
    eachMinute: around(createRemindersJob(deps)),
    nightly: [
      { time: '03:30', job: around(createReconcileJob(deps)) },
      { time: '03:45', job: around(createFiguresJob(deps)) },
      { time: '04:00', job: around(createRetentionJob(deps)) },
      { time: '04:30', job: around(createHandoverJob(deps)) },
    ],
  };
}
