import type { MetricName } from '../../../bot/telemetry/definitions.js';
import { type LogTable, points } from './alerts.js';

export type Panel = { readonly title: string; readonly chart: 'timechart' | 'table'; readonly rows: string };

const of = (name: MetricName) => `points | where name == "${name}"`;
const label = (key: string) => `tostring(attributes.${key})`;
const FIVE = 'bin(TimeGenerated, 5m)';

/** What an operator looks at, in the order of the dashboard for Grafana. */
export const PANELS: readonly Panel[] = [
  {
    title: 'Is it well: the last figures of each instance',
    chart: 'table',
    rows: 'points | where isnotnull(value) and name in ("kopje_reminders_lag_seconds", "kopje_job_lag_seconds", "kopje_send_rate_per_second", "kopje_held_organisations", "kopje_clock_ahead_seconds", "kopje_uptime_seconds", "kopje_build_info") | summarize arg_max(TimeGenerated, value) by instance, version, name, labels = tostring(attributes) | project instance, version, name, labels, value, TimeGenerated | order by name asc',
  },
  {
    title: 'Oldest reminder that is due, in seconds',
    chart: 'timechart',
    rows: `${of('kopje_reminders_lag_seconds')} | summarize seconds = max(value) by ${FIVE}`,
  },
  {
    title: 'What came of reminders',
    chart: 'timechart',
    rows: `${of('kopje_reminders_total')} | summarize reminders = sum(value) by ${FIVE}, ${label('outcome')}`,
  },
  {
    title: 'Messages to Teams by status',
    chart: 'timechart',
    rows: `${of('kopje_channel_request_seconds')} | summarize messages = sum(count) by ${FIVE}, strcat(${label('purpose')}, " ", ${label('status')})`,
  },
  {
    title: 'Out of reach, by why; and requests that sent a reminder again',
    chart: 'timechart',
    rows: 'points | where name in ("kopje_unreachable_total", "kopje_reminder_retries_total") | summarize messages = sum(value) by bin(TimeGenerated, 1h), strcat(name, " ", tostring(attributes.reason))',
  },
  {
    title: 'Turns, by what they were and what came of them',
    chart: 'timechart',
    rows: `${of('kopje_turn_seconds')} | summarize turns = sum(count) by ${FIVE}, strcat(${label('kind')}, " ", ${label('outcome')})`,
  },
  {
    title: 'How long an answer takes, in seconds: on average, and the longest',
    chart: 'timechart',
    rows: `${of('kopje_turn_seconds')} | summarize average = sum(total) / sum(count), longest = max(most) by ${FIVE}`,
  },
  {
    title: 'Requests by status',
    chart: 'timechart',
    rows: `${of('kopje_http_requests_total')} | summarize requests = sum(value) by ${FIVE}, ${label('status')}`,
  },
  {
    title: 'Requests to the tables by status',
    chart: 'timechart',
    rows: `${of('kopje_table_request_seconds')} | summarize requests = sum(count) by ${FIVE}, ${label('status')}`,
  },
  {
    title: 'How long the tables take, in seconds, by operation',
    chart: 'timechart',
    rows: `${of('kopje_table_request_seconds')} | summarize average = sum(total) / sum(count) by ${FIVE}, ${label('operation')}`,
  },
  {
    title: 'Runs of jobs',
    chart: 'timechart',
    rows: `${of('kopje_job_runs_total')} | summarize runs = sum(value) by bin(TimeGenerated, 15m), strcat(${label('job')}, " ", ${label('outcome')})`,
  },
  {
    title: 'How long jobs take, in seconds, and how often ticking was begun anew',
    chart: 'timechart',
    rows: 'points | where name in ("kopje_job_seconds", "kopje_ticks_begun_anew_total") | summarize figure = sum(coalesce(total, value)) by bin(TimeGenerated, 15m), strcat(name, " ", tostring(attributes.job), tostring(attributes.why))',
  },
  {
    title: 'Event loop delay, in seconds',
    chart: 'timechart',
    rows: `${of('kopje_event_loop_delay_seconds')} | summarize seconds = max(value) by ${FIVE}, ${label('percentile')}`,
  },
  {
    title: 'Memory, in bytes',
    chart: 'timechart',
    rows: `${of('kopje_memory_bytes')} | summarize bytes = max(value) by ${FIVE}, ${label('part')}`,
  },
];

/** The workbook as Azure keeps it: a text of JSON. */
export function workbook(log: LogTable): string {
  const time = '{time}';
  const parameters = {
    type: 9,
    name: 'time',
    content: {
      version: 'KqlParameterItem/1.0',
      style: 'pills',
      queryType: 0,
      resourceType: 'microsoft.operationalinsights/workspaces',
      parameters: [
        {
          id: 'c5b1a6f0-3f0e-4a5e-9a54-6f0f5c1f0001',
          version: 'KqlParameterItem/1.0',
          name: 'time',
          label: 'Time',
          type: 4,
          value: { durationMs: 86_400_000 },
          typeSettings: {
            selectableValues: [3_600_000, 14_400_000, 86_400_000, 604_800_000].map((durationMs) => ({
              durationMs,
            })),
          },
        },
      ],
    },
  };
  const items = PANELS.map(({ title, chart, rows }, at) => ({
    type: 3,
    name: `panel-${at}`,
    customWidth: chart === 'table' ? '100' : '50',
    content: {
      version: 'KqlItem/1.0',
      query: `${points(log)}\n${rows}`,
      size: 0,
      title,
      timeContextFromParameter: 'time',
      queryType: 0,
      resourceType: 'microsoft.operationalinsights/workspaces',
      visualization: chart,
    },
  }));
  // The time that is chosen holds for every query; named here too, so that one who reads the JSON sees it.
  const about = {
    type: 1,
    name: 'about',
    content: { json: `What the bot does, over ${time}. docs/operate.md has each figure.` },
  };
  return JSON.stringify({ version: 'Notebook/1.0', items: [parameters, about, ...items] });
}
