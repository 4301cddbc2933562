import type { Tracer } from '@opentelemetry/api';
import { type AttributesOf, METRICS } from './definitions.js';
import { type Metrics, NO_METRICS } from './metrics.js';
import { type ProcessFigures, processFigures } from './process-figures.js';

/** Where metrics and traces go; either may be of nobody's interest. */
export type Telemetry = { readonly metrics: Metrics; readonly tracer: Tracer | null };

export type WatchDeps = {
  /** Null where nobody wants to know. */
  readonly telemetry: Telemetry | null;
  readonly now: () => Date;
  /** Milliseconds that only go up. */
  readonly monotonicNow: () => number;
  readonly newId: () => string;
  /** Whether this instance sends reminders: else it has no jobs to be late with. */
  readonly reminders: boolean;
};

/** A run of a job, as far as it is looked at here. */
type Run = { readonly at: string; readonly dryRun: boolean };
type Result = {
  readonly counts: Readonly<Record<string, number>>;
  readonly failed: number;
  readonly sent?: number;
  readonly dropped?: number;
  readonly deferred?: number;
};
type Job<How extends Run, Came extends Result> = {
  readonly name: string;
  readonly run: (how: How) => Promise<Came>;
};
/** What somebody did, by its kind alone. */
type Activity = { readonly type?: string | undefined; readonly value?: unknown };
/** What came of a request to Teams. */
type Attempt = {
  readonly outcome: { readonly kind: string; readonly why?: string };
  readonly status: number | null;
};
type TableAnswer =
  | { readonly status: number; readonly date: string | null }
  | { readonly status: 'silent' | 'away' };
type TableOperation = AttributesOf<'kopje_table_request_seconds'>['operation'];

/** What the rooms tell of themselves, and which figure it becomes. No room knows that it is measured. */
export type Watch = {
  readonly tables: (operation: TableOperation) => (came: TableAnswer) => void;
  readonly channel: (purpose: 'reminder' | 'answer', again: boolean) => (came: Attempt) => void;
  readonly turn: <Outcome extends 'answered' | 'late' | 'helped'>(
    activity: Activity,
    act: () => Promise<Outcome>,
  ) => Promise<Outcome>;
  readonly http: (status: number) => void;
  /** The same job, with its runs counted and traced. */
  readonly job: <How extends Run, Came extends Result>(job: Job<How, Came>) => Job<How, Came>;
  readonly schedule: {
    skipped(job: string): void;
    begunAnew(why: 'clock-jumped' | 'no-tick'): void;
  };
  readonly night: (job: string, due: string, isDone: boolean) => void;
  /** A run of the reminders was recorded; `oldestOverdue` is the due instant of what it left. */
  readonly recorded: (oldestOverdue: string | null) => void;
  /** Begins to show what is read when it is asked for. */
  readonly begin: (sources: Sources) => void;
  readonly end: () => void;
};

export type Sources = {
  readonly rates: () => { readonly slowest: number; readonly held: number };
};

/** What the pieces of a watch have in common: where figures go, by which clock, and what is seen meanwhile. */
type Watching = Pick<WatchDeps, 'now' | 'monotonicNow' | 'newId'> & {
  readonly metrics: Metrics;
  readonly tracer: Tracer | null;
  /** Seconds since a reading of `monotonicNow`. */
  readonly since: (started: number) => number;
  readonly seen: Seen;
};

/** What was told, for the figures that are read when they are asked for. */
type Seen = {
  readonly begunAt: number;
  readonly nights: Map<JobName, { readonly due: string; readonly isDone: boolean }>;
  hasJobs: boolean;
  recordedAt: number;
  oldestOverdue: string | null;
  aheadSeconds: number | null;
  figures: ProcessFigures | null;
};

export function createWatch(deps: WatchDeps): Watch {
  const { now, monotonicNow, newId } = deps;
  const { metrics, tracer } = deps.telemetry ?? { metrics: NO_METRICS, tracer: null };
  const since = (started: number) => (monotonicNow() - started) / 1_000;
  const begunAt = monotonicNow();
  const seen: Seen = {
    begunAt,
    nights: new Map(),
    hasJobs: deps.reminders,
    recordedAt: begunAt,
    oldestOverdue: null,
    aheadSeconds: null,
    figures: null,
  };
  const watching: Watching = { now, monotonicNow, newId, metrics, tracer, since, seen };

  return {
    tables: (operation) => timeTables(watching, operation),
    channel: (purpose, again) => timeChannel(watching, purpose, again),
    turn: (activity, act) => timeTurn(watching, activity, act),
    http(status) {
      // Those that were let in are counted as turns: not all of them are.
      if (status >= 400 && status !== 501)
        metrics.add('kopje_http_requests_total', { status: httpStatusOf(status) });
    },
    job(job) {
      const name = jobNameOf(job.name);
      return name === null ? job : timedJob(watching, name, job);
    },
    schedule: {
      skipped(job) {
        const name = jobNameOf(job);
        if (name !== null) metrics.add('kopje_job_runs_total', { job: name, outcome: 'skipped' });
      },
      begunAnew: (why) => metrics.add('kopje_ticks_begun_anew_total', { why }),
    },
    night(job, due, isDone) {
      const name = jobNameOf(job);
      if (name !== null) seen.nights.set(name, { due, isDone });
    },
    recorded(oldestOverdue) {
      seen.hasJobs = true;
      seen.recordedAt = monotonicNow();
      seen.oldestOverdue = oldestOverdue;
    },
    begin({ rates }) {
      if (deps.telemetry === null) return;
      seen.figures = processFigures(monotonicNow);
      showProcess(watching, seen.figures);
      showJobs(watching, rates);
    },
    end: () => seen.figures?.stop(),
  };
}

function timeTables(
  { now, monotonicNow, metrics, since, seen }: Watching,
  operation: TableOperation,
): (came: TableAnswer) => void {
  const started = monotonicNow();
  return (came) => {
    const status = tableStatusOf(came);
    metrics.record('kopje_table_request_seconds', { operation, status }, since(started));
    if ('date' in came) seen.aheadSeconds = aheadOf(now(), came.date) ?? seen.aheadSeconds;
  };
}

function timeChannel(
  { monotonicNow, metrics, since }: Watching,
  purpose: 'reminder' | 'answer',
  again: boolean,
): (came: Attempt) => void {
  const started = monotonicNow();
  if (again) metrics.add('kopje_reminder_retries_total', {});
  return (came) => {
    const status = channelStatusOf(came);
    metrics.record('kopje_channel_request_seconds', { purpose, status }, since(started));
    if (purpose === 'reminder' && came.outcome.kind === 'gone')
      metrics.add('kopje_unreachable_total', { reason: reasonOf(came) });
  };
}

async function timeTurn<Outcome extends 'answered' | 'late' | 'helped'>(
  { monotonicNow, metrics, since }: Watching,
  activity: Activity,
  act: () => Promise<Outcome>,
): Promise<Outcome> {
  const started = monotonicNow();
  const kind = turnKindOf(activity);
  const count = (outcome: 'answered' | 'late' | 'failed') => {
    metrics.record('kopje_turn_seconds', { kind, outcome }, since(started));
    metrics.add('kopje_http_requests_total', { status: '200' });
  };
  try {
    const outcome = await act();
    // In a small team it would be somebody.
    if (outcome === 'helped') return outcome;
    count(outcome);
    return outcome;
  } catch (error) {
    count('failed');
    throw error;
  }
}

/** The same job, with its runs counted and traced; a dry run is none. */
function timedJob<How extends Run, Came extends Result>(
  { monotonicNow, newId, metrics, tracer, since }: Watching,
  name: JobName,
  job: Job<How, Came>,
): Job<How, Came> {
  return {
    name: job.name,
    async run(how) {
      if (how.dryRun) return job.run(how);
      const started = monotonicNow();
      const span = tracer?.startSpan(`job ${name}`, { attributes: { job: name, 'job.run': newId() } });
      try {
        const result = await job.run(how);
        metrics.add('kopje_job_runs_total', { job: name, outcome: 'done' });
        if (name === 'reminders') countReminders(metrics, result);
        span?.setAttributes(numbersOf(result));
        return result;
      } catch (error) {
        metrics.add('kopje_job_runs_total', { job: name, outcome: 'failed' });
        // Not the message: whose error this is, is not known here.
        span
          ?.setStatus({ code: 2 })
          .setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
        throw error;
      } finally {
        metrics.record('kopje_job_seconds', { job: name }, since(started));
        span?.end();
      }
    },
  };
}

function showProcess({ metrics, since, seen }: Watching, figures: ProcessFigures): void {
  metrics.show('kopje_build_info', () => alone(1));
  metrics.show('kopje_uptime_seconds', () => alone(since(seen.begunAt)));
  metrics.show('kopje_event_loop_delay_seconds', figures.eventLoopDelay);
  metrics.show('kopje_memory_bytes', figures.memory);
  metrics.show('kopje_clock_ahead_seconds', () =>
    seen.aheadSeconds === null ? [] : alone(seen.aheadSeconds),
  );
}

/** An instance that only chats has none of these. */
function showJobs({ now, metrics, since, seen }: Watching, rates: Sources['rates']): void {
  const ofJobs =
    <Shown>(read: () => readonly Shown[]) =>
    () =>
      seen.hasJobs ? read() : [];
  metrics.show(
    'kopje_reminders_lag_seconds',
    ofJobs(() => alone(secondsFrom(seen.oldestOverdue, now()))),
  );
  metrics.show(
    'kopje_send_rate_per_second',
    ofJobs(() => alone(rates().slowest)),
  );
  metrics.show(
    'kopje_held_organisations',
    ofJobs(() => alone(rates().held)),
  );
  metrics.show(
    'kopje_job_lag_seconds',
    ofJobs(() => [
      { value: since(seen.recordedAt), attributes: { job: 'reminders' as const } },
      ...[...seen.nights].map(([job, { due, isDone }]) => ({
        value: isDone ? 0 : secondsFrom(due, now()),
        attributes: { job },
      })),
    ]),
  );
}

/** A figure that is not told apart by anything. */
function alone(value: number) {
  return [{ value, attributes: {} }];
}

type JobName = AttributesOf<'kopje_job_seconds'>['job'];

function jobNameOf(name: string): JobName | null {
  return METRICS.kopje_job_seconds.attributes.job.find((one) => one === name) ?? null;
}

function countReminders(metrics: Metrics, { counts, failed, ...result }: Result): void {
  const { gaveUp = 0, setAside = 0 } = counts;
  for (const [outcome, count] of [
    ['sent', result.sent ?? 0],
    ['dropped', result.dropped ?? 0],
    ['deferred', result.deferred ?? 0],
    ['failed', failed - gaveUp - setAside],
    ['gave-up', gaveUp],
    ['set-aside', setAside],
  ] as const)
    if (count > 0) metrics.add('kopje_reminders_total', { outcome }, count);
}

/** Counts and milliseconds of a result: nothing else of it goes into a trace. */
function numbersOf({ counts, ...result }: Result): Record<string, number> {
  const all = Object.entries({ ...result, ...counts });
  return Object.fromEntries(
    all.flatMap(([key, value]) => (typeof value === 'number' ? [[`job.${key}`, value]] : [])),
  );
}

function turnKindOf({ type = '', value }: Activity): AttributesOf<'kopje_turn_seconds'>['kind'] {
  if (type === 'invoke') return 'press';
  if (type === 'message') return value === undefined || value === null ? 'text' : 'press';
  return ['installationUpdate', 'conversationUpdate'].includes(type) ? 'event' : 'other';
}

type ChannelStatus = AttributesOf<'kopje_channel_request_seconds'>['status'];

function channelStatusOf({ outcome, status }: Attempt): ChannelStatus {
  if (status === null) return outcome.why === 'no token' ? 'no-token' : 'none';
  if (status >= 200 && status < 300) return '2xx';
  const known = METRICS.kopje_channel_request_seconds.attributes.status;
  return known.find((one) => one === String(status)) ?? 'other';
}

/** Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages (status codes). */
function reasonOf({ outcome, status }: Attempt): AttributesOf<'kopje_unreachable_total'>['reason'] {
  if (status === 404) return 'not-found';
  if (/Blocked/.test(outcome.why ?? '')) return 'blocked';
  return /NotInConversation|Roster/.test(outcome.why ?? '') ? 'not-installed' : 'forbidden';
}

type HttpStatus = AttributesOf<'kopje_http_requests_total'>['status'];

function httpStatusOf(status: number): HttpStatus {
  const known = METRICS.kopje_http_requests_total.attributes.status;
  return known.find((one) => one === String(status)) ?? 'other';
}

type TableStatus = AttributesOf<'kopje_table_request_seconds'>['status'];

function tableStatusOf({ status }: TableAnswer): TableStatus {
  if (typeof status === 'string') return status;
  if (status < 400) return 'ok';
  if (status >= 500) return status === 503 ? 'throttled' : 'server-error';
  return TABLE_STATUSES[status] ?? 'refused';
}

/** The service says both with 409 and 412 that somebody else was first. */
const TABLE_STATUSES: Readonly<Record<number, TableStatus>> = {
  ...{ 401: 'denied', 403: 'denied', 404: 'not-found', 409: 'conflict', 412: 'conflict', 429: 'throttled' },
};

/** By how many seconds a clock is ahead of a date from HTTP; null where that tells none. */
function aheadOf(now: Date, date: string | null): number | null {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return null;
  const ahead = (now.getTime() - at) / 1_000;
  // The date is cut off to whole seconds, and the answer took its time: within a second nothing can be said.
  return Math.abs(ahead) < 1.5 ? 0 : ahead;
}

function secondsFrom(instant: string | null, now: Date): number {
  return instant === null ? 0 : Math.max(0, (now.getTime() - Date.parse(instant)) / 1_000);
}
