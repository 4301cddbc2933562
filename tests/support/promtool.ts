import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sample } from './telemetry.js';

/** Debian's `prometheus` has it. Where it is not, or `PROMTOOL` names another, what needs it is left out. */
export const PROMTOOL: string | null = found(process.env.PROMTOOL ?? 'promtool');
export const RULES = fileURLToPath(new URL('../../infra/prometheus/alerts.yml', import.meta.url));

function found(command: string): string | null {
  return spawnSync(command, ['--version']).status === 0 ? command : null;
}

export function promtool(...args: readonly string[]): {
  readonly code: number | null;
  readonly says: string;
} {
  const { status, stdout, stderr } = spawnSync(PROMTOOL ?? 'promtool', [...args], { encoding: 'utf8' });
  return { code: status, says: `${stdout}${stderr}` };
}

/** What Prometheus has, scrape by scrape, a minute apart; null where nobody answered it. */
export type Scrapes = readonly (readonly Sample[] | null)[];

/**
 * Which alerts fire at each minute, by promtool with the rules as they are. What is asked there is that none fires, and read is
 * what it found instead: it has no other way to tell.
 */
export function firingAt(scrapes: Scrapes): readonly ReadonlySet<string>[] {
  const folder = mkdtempSync(join(tmpdir(), 'kopje-koffie-promtool-'));
  try {
    const file = join(folder, 'rules.test.yml');
    const minutes = scrapes.map((_, minute) => ({
      expr: 'ALERTS{alertstate="firing"}',
      eval_time: `${minute}m`,
      exp_samples: [],
    }));
    const test = { interval: '1m', input_series: seriesOf(scrapes), promql_expr_test: minutes };
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ rule_files: [RULES], evaluation_interval: '1m', tests: [test] }));
    const { code, says } = promtool('test', 'rules', file);
    if (code !== 0 && !says.includes('FAILED:')) throw new Error(says);
    const firing = scrapes.map(() => new Set<string>());
    const failures = says.matchAll(/time: (\w+),\s+exp: nil\s+got: (.*)/g);
    for (const [, time = '', got = ''] of failures)
      for (const [, alert = ''] of got.matchAll(/alertname="(\w+)"/g)) firing[minutesOf(time)]?.add(alert);
    return firing;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `1h5m` and `0s`, as Go prints them. */
function minutesOf(time: string): number {
  const part = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(time)?.[1] ?? 0);
  return part('h') * 60 + part('m');
}

/** As Prometheus keeps them: with the job and instance of whom it asked, a series that was not there as missing. */
function seriesOf(scrapes: Scrapes): readonly { readonly series: string; readonly values: string }[] {
  const byName = new Map<string, string[]>();
  scrapes.forEach((samples, minute) => {
    const up: Sample = { name: 'up', labels: {}, value: samples === null ? 0 : 1 };
    for (const { name, labels, value } of [...(samples ?? []), up]) {
      const all = { ...labels, job: labels.job ?? 'kopje-koffie', instance: 'one:9464' };
      const shown = Object.entries(all).map(([key, one]) => `${key}=${JSON.stringify(one)}`);
      const series = `${name}{${shown.join(',')}}`;
      const values = byName.get(series) ?? scrapes.map((_, at) => (at < minute ? '_' : 'stale'));
      values[minute] = String(value);
      byName.set(series, values);
    }
  });
  return [...byName].map(([series, values]) => ({ series, values: values.join(' ') }));
}
