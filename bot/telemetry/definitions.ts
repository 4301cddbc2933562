/**
 * A metric, as an operator reads it. `attributes` holds every value that each of them may have: how many series there
 * can be follows from this list, and no name, id or word of anybody can become one. `buckets` are upper bounds, in the
 * unit of the metric.
 */
export type Definition = {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** UCUM, as OpenTelemetry wants it; what is counted stands in braces. */
  readonly unit: string;
  readonly help: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly buckets?: readonly number[];
};

const JOBS = ['reminders', 'reconcile', 'figures', 'retention', 'handover'] as const;
/** An answer by its status; `none`: no answer came, `no-token`: there was nothing to sign the request with. */
const CHANNEL_STATUSES = [
  ...['2xx', '400', '401', '403', '404', '412', '413', '429', '500', '502', '503', '504', 'other'],
  ...['none', 'no-token'],
] as const;
/** `silent`: no answer in time, `away`: no connection or no token. */
const TABLE_STATUSES = [
  ...['ok', 'not-found', 'conflict', 'denied', 'throttled', 'refused', 'server-error', 'silent', 'away'],
] as const;
const SECONDS = [0.01, 0.03, 0.1, 0.3, 1, 3, 8] as const;

/**
 * All that is measured. Chosen by hand: what instruments itself exports addresses and bodies. Cards that bring help in danger, and
 * texts that were refused, are counted nowhere: in a small team such a count is about somebody. A turn in which danger
 * came first is no turn here at all, since one that asks the tables for nothing would be known by that.
 *
 * Names are the same in Prometheus, in OTLP and in the log: they end as Prometheus wants it, which a collector leaves
 * alone.
 */
export const METRICS = {
  kopje_reminders_lag_seconds: {
    kind: 'gauge',
    unit: 's',
    help: 'How long the oldest reminder that is due and not sent has been due.',
    attributes: {},
  },
  kopje_reminders_total: {
    kind: 'counter',
    unit: '{reminder}',
    help: 'Reminders by what came of them. A reminder that is tried again on another day counts each time.',
    attributes: { outcome: ['sent', 'dropped', 'deferred', 'failed', 'gave-up', 'set-aside'] },
  },
  kopje_reminder_retries_total: {
    kind: 'counter',
    unit: '{request}',
    help: 'Requests that sent a reminder again within one run.',
    attributes: {},
  },
  kopje_unreachable_total: {
    kind: 'counter',
    unit: '{message}',
    help: 'Reminders that found somebody out of reach, by why; they wait until that person is back.',
    attributes: { reason: ['blocked', 'not-installed', 'not-found', 'forbidden'] },
  },
  kopje_channel_request_seconds: {
    kind: 'histogram',
    unit: 's',
    help: 'Requests to Teams: reminders, and answers to people.',
    attributes: { purpose: ['reminder', 'answer'], status: CHANNEL_STATUSES },
    buckets: SECONDS,
  },
  kopje_send_rate_per_second: {
    kind: 'gauge',
    unit: '{message}/s',
    help: 'Messages a second that the slowest organisation may get now: 49 when all is well, less after a 429.',
    attributes: {},
  },
  kopje_held_organisations: {
    kind: 'gauge',
    unit: '{organisation}',
    help: 'Organisations that get no reminders now, since Teams said so or does not answer there.',
    attributes: {},
  },
  kopje_turn_seconds: {
    kind: 'histogram',
    unit: 's',
    help: 'What people do, from its arrival until it is answered. Teams gives up after some ten seconds.',
    attributes: { kind: ['text', 'press', 'event', 'other'], outcome: ['answered', 'late', 'failed'] },
    buckets: SECONDS,
  },
  kopje_http_requests_total: {
    kind: 'counter',
    unit: '{request}',
    help: 'Requests to /api/messages: 200 for those that were let in, else the status that they were refused with.',
    attributes: { status: ['200', '400', '401', '413', '415', '429', '500', '503', 'other'] },
  },
  kopje_table_request_seconds: {
    kind: 'histogram',
    unit: 's',
    help: 'Requests to the tables, each try by itself. not-found and conflict are part of normal work.',
    attributes: {
      operation: ['get', 'query', 'insert', 'replace', 'merge', 'remove', 'transaction', 'create'],
      status: TABLE_STATUSES,
    },
    buckets: SECONDS,
  },
  kopje_job_runs_total: {
    kind: 'counter',
    unit: '{run}',
    help: 'Runs of jobs. skipped: the run of the minute before still went on. failed: nothing was done.',
    attributes: { job: JOBS, outcome: ['done', 'failed', 'skipped'] },
  },
  kopje_job_seconds: {
    kind: 'histogram',
    unit: 's',
    help: 'How long runs of jobs take.',
    attributes: { job: JOBS },
    buckets: [0.1, 1, 10, 60, 300, 900],
  },
  kopje_job_lag_seconds: {
    kind: 'gauge',
    unit: 's',
    help: 'reminders: since when this instance has recorded no run. The rest: since when a night is not done; 0 when it is.',
    attributes: { job: JOBS },
  },
  kopje_ticks_begun_anew_total: {
    kind: 'counter',
    unit: '{time}',
    help: 'How often ticking was begun anew, because the clock had jumped or no tick came.',
    attributes: { why: ['clock-jumped', 'no-tick'] },
  },
  kopje_clock_ahead_seconds: {
    kind: 'gauge',
    unit: 's',
    help: 'How far the clock of this machine is ahead of the one of the tables, by their last answer; below 0 behind.',
    attributes: {},
  },
  kopje_build_info: {
    kind: 'gauge',
    unit: '{instance}',
    help: '1 for each instance that runs; the version stands in target_info and in /healthz.',
    attributes: {},
  },
  kopje_uptime_seconds: {
    kind: 'gauge',
    unit: 's',
    help: 'How long this instance has been running.',
    attributes: {},
  },
  kopje_event_loop_delay_seconds: {
    kind: 'gauge',
    unit: 's',
    help: 'How long the only thread kept others waiting, over the last minute or so.',
    attributes: { percentile: ['50', '99', '100'] },
  },
  kopje_memory_bytes: {
    kind: 'gauge',
    unit: 'By',
    help: 'Memory of the process, and the part of it that holds objects.',
    attributes: { part: ['rss', 'heap-used'] },
  },
} as const satisfies Readonly<Record<string, Definition>>;

type All = typeof METRICS;
export type MetricName = keyof All;
export type NameOf<Kind extends Definition['kind']> = {
  [Name in MetricName]: All[Name]['kind'] extends Kind ? Name : never;
}[MetricName];
/** One value for each attribute, of those that it may have. */
export type AttributesOf<Name extends MetricName> = {
  readonly [Key in keyof All[Name]['attributes']]: All[Name]['attributes'][Key] extends readonly (infer Value)[]
    ? Value & string
    : never;
};

/** All sets of attributes that a metric can have; one, without any, where it has none. */
export function seriesOf({ attributes }: Definition): readonly Readonly<Record<string, string>>[] {
  return Object.entries(attributes).reduce<Readonly<Record<string, string>>[]>(
    (sets, [key, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [key]: value }))),
    [{}],
  );
}
