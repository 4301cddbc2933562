/** What a job says when it is done; the last line that `npm run job` prints. Counts, ids never. */
export type JobResult = {
  readonly job: string;
  /** The instant that the job took for now, ISO 8601 UTC. */
  readonly at: string;
  readonly due: number;
  readonly claimed: number;
  readonly sent: number;
  readonly digests: number;
  readonly dropped: number;
  readonly deferred: number;
  readonly failed: number;
  readonly tableRequests: number;
  readonly ms: number;
};

export type JobRun = {
  /** Instant, ISO 8601 UTC: everything due up to it is handled. */
  readonly at: string;
  /** Says what would be done and touches nothing. */
  readonly dryRun: boolean;
};

export type Job = { readonly name: string; readonly run: (how: JobRun) => Promise<JobResult> };
