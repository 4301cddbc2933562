import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../bot/telemetry/definitions.js';
import { APP_SERVICE_LOG, CONTAINER_APPS_LOG } from '../../../infra/azure/template/alert-rules.js';
import { ALERTS, alertQuery, points } from '../../../infra/azure/template/alerts.js';
import { PANELS, workbook } from '../../../infra/azure/template/workbook.js';
import { faultsOf } from '../../support/faults.js';
import { faultsOfKusto } from '../../support/kusto.js';
import { RULES } from '../../support/promtool.js';

const LOGS = [APP_SERVICE_LOG, CONTAINER_APPS_LOG];
const SEVERITIES = ['critical', 'warning'] as const;
type Rule = {
  readonly alert: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
};
const forPrometheus = (load(readFileSync(RULES, 'utf8')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);

describe('a query of Log Analytics', () => {
  const asked = (rows: string) => `${points(APP_SERVICE_LOG)}\n(${rows})`;
  it('is looked at by its grammar and by what there is', async () => {
    expect(
      await faultsOf(
        [
          ['points | where name == "kopje_turn_seconds" | summarize n = sum(count)', []],
          ['points | where name = = "kopje_turn_seconds"', expect.arrayContaining(['Missing expression'])],
          [
            'points | where person == "x"',
            [expect.stringContaining("'person' does not refer to any known column")],
          ],
          ['points | where name == "kopje_turns"', ['no metric kopje_turns']],
          [
            'points | where name == "kopje_turn_seconds" and tostring(attributes.person) == "x"',
            ['no label person', 'person is never x'],
          ],
          [
            'points | where name == "kopje_turn_seconds" and tostring(attributes.outcome) in ("late", "lost")',
            ['outcome is never lost'],
          ],
        ],
        (rows, faults) => {
          expect(faultsOfKusto(asked(rows))).toEqual(faults);
        },
      ),
    ).toEqual([]);
  });
});

describe('the alerts of Azure Monitor', () => {
  it('are those for Prometheus, by name, severity and words', () => {
    const ours = ALERTS.map(({ name, severity, summary }) => [name, severity, summary]);
    expect(ours).toEqual(
      forPrometheus.map(({ alert, labels, annotations }) => [alert, labels.severity, annotations.summary]),
    );
  });

  it('each ask for metrics, labels and values that there are', async () => {
    const named = ALERTS.map(({ name, rows }) => [name, rows] as const);
    expect(
      await faultsOf(named, (_, rows) =>
        expect(faultsOfKusto(`${points(APP_SERVICE_LOG)}\n(${rows})`)).toEqual([]),
      ),
    ).toEqual([]);
  });

  it('are one query of each severity, for each way of hosting', () => {
    for (const log of LOGS)
      for (const severity of SEVERITIES) {
        const query = alertQuery(severity, log);
        expect(faultsOfKusto(query)).toEqual([]);
        // Azure takes no longer one.
        expect(query.length).toBeLessThan(10_000);
        for (const { name } of ALERTS.filter((one) => one.severity === severity))
          expect(query).toContain(`alert = "${name}"`);
      }
  });
});

describe('the workbook of Azure', () => {
  it('asks in each panel for metrics, labels and values that there are', async () => {
    type Item = { readonly content: { readonly query?: string; readonly title?: string } };
    const { items } = JSON.parse(workbook(CONTAINER_APPS_LOG)) as { items: readonly Item[] };
    const queries = items.flatMap(({ content: { query, title = '' } }) =>
      query === undefined ? [] : [[title, query] as const],
    );
    expect(queries.length).toBe(PANELS.length);
    expect(await faultsOf(queries, (_, query) => expect(faultsOfKusto(query)).toEqual([]))).toEqual([]);
  });

  it('shows every metric', () => {
    const shown = JSON.stringify(PANELS);
    expect(Object.keys(METRICS).filter((name) => !shown.includes(name))).toEqual([]);
  });
});
