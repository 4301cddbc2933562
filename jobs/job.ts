/** What a job says when it is done; the last line that `npm run job` prints. Counts, ids never. */
export type JobResult = {
  readonly job: string;
  /** The instant that the job took for now, ISO 8601 UTC. */
  readonly at: string;
  /** What could not be done this time; the command ends with 1 when there is any. */
  readonly failed: number;
  readonly tableRequests: number;
  readonly ms: number;
  /** What this job counts beside that, by its own names. */
  readonly counts: Readonly<Record<string, number>>;
};

/**
 * The result of reminders, reconcile and retention: scripts of operators read these names, which were made for
 * reminders and stay. What they mean in another job stands in its `counts` by the right name.
 */
export type FixedResult = JobResult & {
  readonly due: number;
  readonly claimed: number;
  readonly sent: number;
  readonly digests: number;
  readonly dropped: number;
  readonly deferred: number;
};

export type JobRun = {
  /** Instant, ISO 8601 UTC: everything due up to it is handled. */
  readonly at: string;
  /** Says what would be done and touches nothing. */
  readonly dryRun: boolean;
  /** An operator typed the instant: it counts as it is, also where it is far from the present. */
  readonly byHand?: boolean;
};

export type Job<Result extends JobResult = JobResult> = {
  readonly name: string;
  readonly run: (how: JobRun) => Promise<Result>;
};
