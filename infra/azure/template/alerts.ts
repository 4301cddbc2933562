import type { MetricName } from '../../../bot/telemetry/definitions.js';

/** The table of Log Analytics that has the log, and the column with the line. */
export type LogTable = { readonly table: string; readonly column: string };

export type Severity = 'critical' | 'warning';
/** The same as the alert of that name for Prometheus: `rows` are the rows of `points` when it fires, none when it does not. */
export type Alert = {
  readonly name: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly rows: string;
};

/**
 * The figures in the log as rows: `METRICS_LOG` writes a line a minute. A gauge has `value`, a counter `value` since the
 * line before, a histogram `count`, `total` and `most` since then.
 */
export function points({ table, column }: LogTable): string {
  return [
    `let points = materialize(${table}`,
    `| where ${column} has '"code":"metrics"'`,
    `| extend line = parse_json(tostring(${column}))`,
    '| mv-expand point = line.points',
    '| project TimeGenerated, instance = tostring(line.instance), version = tostring(line.version),',
    '  name = tostring(point.name),',
    '  attributes = point.attributes, value = todouble(point.value), count = tolong(point["count"]),',
    '  total = todouble(point["sum"]), most = todouble(point["max"]));',
  ].join('\n');
}

const of = (name: MetricName) => `points | where name == "${name}"`;
const since = (time: string) => `TimeGenerated > ago(${time})`;
/** Ingestion into Log Analytics takes some minutes: a shorter gap is no sign that the bot is silent. */
const HEARD_WITHIN = '10m';
/** The last of each instance, and of each `by`; of an instance that has gone nothing. */
const last = (name: MetricName, by = '') =>
  `${of(name)} and ${since(HEARD_WITHIN)} | summarize arg_max(TimeGenerated, value, attributes) by instance${by}`;
/** Shares of a histogram's counts in so long: `bad` of `all`. */
const share = (name: MetricName, key: string, values: readonly string[], time: string) =>
  `${of(name)} and ${since(time)} | summarize bad = sumif(count, tostring(attributes.${key}) in (${list(values)})), all = sum(count)`;
const list = (values: readonly string[]) => values.map((value) => `"${value}"`).join(', ');
const CHANNEL_FAILS = ['400', '401', '413', '500', '502', '503', '504', 'other', 'none', 'no-token'];

/**
 * Each alert of infra/prometheus/alerts.yml, by its name. The log has no buckets, so that what is slow is told by the average.
 */
export const ALERTS: readonly Alert[] = [
  {
    name: 'ReminderRunsStopped',
    severity: 'critical',
    summary: 'No reminders have been looked at for over four minutes.',
    rows: `${last('kopje_job_lag_seconds', ', job = tostring(attributes.job)')} | where job == "reminders" | summarize lag = min(value) | where lag > 240`,
  },
  {
    name: 'RemindersLate',
    severity: 'warning',
    summary: 'A reminder is over a quarter of an hour late.',
    rows: `${last('kopje_reminders_lag_seconds')} | summarize lag = max(value) | where lag > 900`,
  },
  {
    name: 'RemindersVeryLate',
    severity: 'critical',
    summary: 'A reminder is over an hour late.',
    rows: `${last('kopje_reminders_lag_seconds')} | summarize lag = max(value) | where lag > 3600`,
  },
  {
    name: 'RemindersGivenUp',
    severity: 'warning',
    summary: 'A reminder was given up after five days, or could not be read and was set aside.',
    rows: `${of('kopje_reminders_total')} and ${since('1h')} and tostring(attributes.outcome) in ("gave-up", "set-aside") | summarize lost = sum(value) | where lost > 0`,
  },
  {
    name: 'JobFails',
    severity: 'warning',
    summary: 'A job failed three times within a quarter of an hour.',
    rows: `${of('kopje_job_runs_total')} and ${since('15m')} and tostring(attributes.outcome) == "failed" | summarize failed = sum(value) by job = tostring(attributes.job) | where failed > 2`,
  },
  {
    name: 'NightMissed',
    severity: 'warning',
    summary: 'A job of the night is not done two hours after its time.',
    rows: `${last('kopje_job_lag_seconds', ', job = tostring(attributes.job)')} | where job != "reminders" | summarize lag = min(value) by job | where lag > 7200`,
  },
  {
    name: 'TablesFail',
    severity: 'critical',
    summary: 'More than 5 of 100 requests to the tables fail.',
    rows: `${share('kopje_table_request_seconds', 'status', ['server-error', 'silent', 'away', 'denied'], '5m')} | where all > 0 and 100.0 * bad / all > 5`,
  },
  {
    name: 'TablesThrottled',
    severity: 'warning',
    summary: 'The tables refuse more than 2 of 100 requests because there are too many.',
    rows: `${share('kopje_table_request_seconds', 'status', ['throttled'], '5m')} | where all > 0 and 100.0 * bad / all > 2`,
  },
  {
    name: 'TablesSlow',
    severity: 'warning',
    summary: 'One of ten requests to the tables takes longer than a second.',
    rows: `${of('kopje_table_request_seconds')} and ${since('10m')} | summarize seconds = sum(total) / sum(count) | where seconds > 0.5`,
  },
  {
    name: 'ChannelFails',
    severity: 'critical',
    summary: 'More than 20 of 100 messages to Teams fail.',
    rows: `${share('kopje_channel_request_seconds', 'status', CHANNEL_FAILS, '10m')} | where bad > 4 and 100.0 * bad / all > 20`,
  },
  {
    name: 'ChannelThrottled',
    severity: 'warning',
    summary: 'Teams says of more than 5 of 100 messages that there are too many.',
    rows: `${share('kopje_channel_request_seconds', 'status', ['429'], '10m')} | where bad > 4 and 100.0 * bad / all > 5`,
  },
  {
    name: 'ManyUnreachable',
    severity: 'warning',
    summary: 'Over 20 reminders found somebody out of reach within an hour.',
    rows: `${of('kopje_unreachable_total')} and ${since('1h')} | summarize people = sum(value) | where people > 20`,
  },
  {
    name: 'EveryoneRefused',
    severity: 'warning',
    summary: 'Requests are refused, and nobody was let in for half an hour.',
    rows: `${of('kopje_http_requests_total')} and ${since('30m')} | summarize refused = sumif(value, tostring(attributes.status) == "401"), served = sumif(value, tostring(attributes.status) == "200") | where refused > 20 and served == 0`,
  },
  {
    name: 'KeysAway',
    severity: 'critical',
    summary: 'The keys to check tokens with cannot be had, so that nobody can talk to the bot.',
    rows: `${of('kopje_http_requests_total')} and ${since('10m')} and tostring(attributes.status) == "503" | summarize refused = sum(value) | where refused > 2`,
  },
  {
    name: 'TurnsFail',
    severity: 'critical',
    summary: 'More than 5 of 100 times that people ask something they get no answer.',
    rows: `${share('kopje_turn_seconds', 'outcome', ['failed', 'late'], '10m')} | where bad > 2 and 100.0 * bad / all > 5`,
  },
  {
    name: 'TurnsSlow',
    severity: 'warning',
    summary: 'One of ten answers takes longer than three seconds.',
    rows: `${of('kopje_turn_seconds')} and ${since('15m')} | summarize seconds = sum(total) / sum(count) | where seconds > 2`,
  },
  {
    name: 'NoInstance',
    severity: 'critical',
    summary: 'No instance is measured, so probably none runs.',
    rows: `points | where ${since(HEARD_WITHIN)} | summarize lines = count() | where lines == 0`,
  },
  {
    name: 'InstanceDown',
    severity: 'warning',
    summary: 'An instance does not answer Prometheus.',
    rows: `${of('kopje_build_info')} | summarize now = dcountif(instance, ${since(HEARD_WITHIN)}), before = dcountif(instance, TimeGenerated between (ago(25m) .. ago(15m))) | where now < before`,
  },
  {
    name: 'InstanceRestarts',
    severity: 'warning',
    summary: 'An instance was started three times within half an hour.',
    rows: `${of('kopje_uptime_seconds')} and ${since('30m')} | summarize all = dcount(instance), now = dcountif(instance, ${since(HEARD_WITHIN)}) | where all - now > 2`,
  },
  {
    name: 'ClockWrong',
    severity: 'warning',
    summary: 'The clock of an instance is over a minute off the one of the tables.',
    rows: `${last('kopje_clock_ahead_seconds')} | where abs(value) > 60 | summarize off = max(abs(value)), instances = count() | where instances > 0`,
  },
  {
    name: 'EventLoopBlocked',
    severity: 'warning',
    summary: 'An instance has too much to do, and keeps everybody waiting.',
    rows: `${of('kopje_event_loop_delay_seconds')} and ${since('10m')} and tostring(attributes.percentile) == "99" | summarize least = min(value) by instance | where least > 0.5`,
  },
  {
    name: 'MemoryHigh',
    severity: 'warning',
    summary: 'An instance uses over 800 MB.',
    rows: `${of('kopje_memory_bytes')} and ${since('15m')} and tostring(attributes.part) == "rss" | summarize least = min(value) by instance | where least > 800000000`,
  },
];

/** One query for all alerts of a severity: a row for each that fires, with its name. */
export function alertQuery(severity: Severity, log: LogTable): string {
  const all = ALERTS.filter((alert) => alert.severity === severity).map(
    ({ name, summary, rows }) => `(${rows} | extend alert = "${name}", summary = "${summary}")`,
  );
  return `${points(log)}\nunion\n${all.join(',\n')}\n| project TimeGenerated = now(), alert, summary`;
}
