import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../bot/telemetry/definitions.js';
import { faultsOf } from '../../support/faults.js';
import { faultsOfQuery } from '../../support/promql.js';
import { PROMTOOL, promtool, RULES } from '../../support/promtool.js';

const FOLDER = dirname(RULES);
type Rule = {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
};
const rules = (load(readFileSync(RULES, 'utf8')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const named = rules.map((rule) => [rule.alert, rule] as const);
type Panel = {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { expr: string }[];
};
const { panels } = JSON.parse(readFileSync(join(FOLDER, 'dashboard.json'), 'utf8')) as { panels: Panel[] };
const operate = readFileSync(join(FOLDER, '../../docs/operate.md'), 'utf8');
const [, told = ''] = operate.split('\n## Alerts\n');

describe('a query', () => {
  it('is looked at by its grammar and by what there is', async () => {
    expect(
      await faultsOf(
        [
          ['max(kopje_reminders_lag_seconds) > 900', []],
          ['max(kopje_reminders_lag_seconds > 900', [expect.stringContaining('does not parse')]],
          ['kopje_reminders_lag', ['no metric kopje_reminders_lag']],
          ['kopje_turn_seconds', ['no metric kopje_turn_seconds']],
          ['kopje_turn_seconds_count{person="x"}', ['kopje_turn_seconds_count has no label person']],
          [
            'kopje_turn_seconds_count{outcome=~"late|lost"}',
            ['kopje_turn_seconds_count: outcome is never lost'],
          ],
          ['sum by (tenant) (kopje_turn_seconds_count)', ['no label tenant']],
        ],
        (query, faults) => {
          expect(faultsOfQuery(query)).toEqual(faults);
        },
      ),
    ).toEqual([]);
  });
});

describe('the alerts for Prometheus', () => {
  it('each ask for metrics, labels and values that there are', async () => {
    expect(rules.length).toBeGreaterThan(20);
    expect(await faultsOf(named, (_, { expr }) => expect(faultsOfQuery(expr)).toEqual([]))).toEqual([]);
  });

  it('each say how bad it is, and lead to a paragraph of their own', async () => {
    expect(
      await faultsOf(named, (alert, { labels, annotations }) => {
        expect(['critical', 'warning']).toContain(labels.severity);
        expect(annotations.summary).toMatch(/^[A-Z].*\.$/);
        expect(annotations.runbook_url).toBe(`docs/operate.md#${alert.toLowerCase()}`);
        const [, paragraph = ''] = told.split(`\n### ${alert}\n`);
        expect(paragraph.trim().length).toBeGreaterThan(80);
        if (labels.severity === 'critical') expect(paragraph.split('\n### ')[0]).toContain('**Critical');
      }),
    ).toEqual([]);
  });

  it('are all those that an operator is told of', () => {
    const headings = [...told.split('\n## ')[0]!.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(headings.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  it('each have figures on which they fire and on which they do not yet', () => {
    const text = readFileSync(join(FOLDER, 'alerts.test.yml'), 'utf8');
    const { tests } = load(text) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
    };
    const tried = tests.flatMap((one) => one.alert_rule_test);
    const of = (fires: boolean) =>
      tried.filter((one) => (one.exp_alerts !== undefined) === fires).map((one) => one.alertname);
    expect(of(true).sort()).toEqual(rules.map(({ alert }) => alert).sort());
    expect([...new Set(of(false))].sort()).toEqual(of(true).sort());
  });

  it.skipIf(PROMTOOL === null)(
    'hold what promtool makes of them, and so does the example of a configuration',
    () => {
      expect(promtool('test', 'rules', join(FOLDER, 'alerts.test.yml'))).toMatchObject({ code: 0 });
      expect(promtool('check', 'config', join(FOLDER, 'prometheus.yml'))).toMatchObject({ code: 0 });
    },
  );
});

describe('the dashboard', () => {
  it('asks in each panel for metrics, labels and values that there are', async () => {
    const queries = panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => [`${title}: ${expr}`, expr] as const),
    );
    expect(queries.length).toBeGreaterThan(20);
    expect(await faultsOf(queries, (_, expr) => expect(faultsOfQuery(expr)).toEqual([]))).toEqual([]);
  });

  it('shows every metric', () => {
    const shown = JSON.stringify(panels);
    expect(Object.keys(METRICS).filter((name) => !shown.includes(name))).toEqual([]);
  });
});
