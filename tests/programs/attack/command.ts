import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ACTIONS } from '../../../cards/actions.js';
import { ownPrefix, startAzuriteProcess } from '../../support/azure/azurite.js';
import { minimise } from './minimise.js';
import { type Plan, type Report, runAttack } from './run.js';
import { kindOf } from './world.js';

const USAGE = `use: npm run attack -- [--minutes 5] [--seed 1] [--length 250] [--days 24]
     npm run attack -- --seed 7 --steps 0-40,52 [--minimise]

One world after another, each from the next seed, until the minutes are over. With --steps only these steps of one
seed, as a finding names them; with --minimise as few of them as still bring it about.`;

type Asked = {
  readonly minutes: number;
  readonly seed: number;
  /** Steps of a world, and the days that pass after them. */
  readonly length: number;
  readonly days: number;
  readonly steps: readonly number[] | null;
  readonly minimise: boolean;
};

/** Runs it as it is asked for on the command line; the exit code, 1 when something was found. */
export async function attack(args: readonly string[], tell: (line: string) => void): Promise<number> {
  const asked = readArguments(args);
  if (asked === null) {
    tell(USAGE);
    return 2;
  }
  const location = mkdtempSync(join(tmpdir(), 'kopje-koffie-attack-tables-'));
  const azurite = await startAzuriteProcess({ location });
  const until = performance.now() + asked.minutes * 60_000;
  const planFor = (seed: number, steps: readonly number[]): Plan => ({
    seed,
    steps,
    days: asked.days,
    connectionString: azurite.connectionString,
    prefix: ownPrefix(),
  });
  const reports: Report[] = [];
  try {
    if (asked.steps !== null) {
      const { steps, seed } = asked;
      const report = await runAttack(planFor(seed, steps));
      reports.push(report);
      tellReport(report, asked, tell);
      const [first] = report.findings;
      if (asked.minimise && first !== undefined) {
        const few = await minimise(steps, first, (tried) => runAttack(planFor(seed, tried)), tell);
        tell(`as few as bring it about: npm run attack -- --seed ${seed} --steps ${asRanges(few)}`);
      }
    } else {
      const steps = Array.from({ length: asked.length }, (_, at) => at);
      for (let seed = asked.seed; performance.now() < until; seed += 1) {
        const report = await runAttack({ ...planFor(seed, steps), until });
        reports.push(report);
        tellReport(report, asked, tell);
      }
    }
  } finally {
    await azurite.kill();
    rmSync(location, { recursive: true, force: true });
  }
  tellAll(reports, tell);
  return reports.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

function tellReport(report: Report, asked: Asked, tell: (line: string) => void): void {
  const { seed, steps, ms, findings, claims, promises, kills, twice, trace } = report;
  tell(
    `seed ${seed}: ${steps} steps, ${Math.round(ms / 1_000)} s, ${countOf(claims)} claims, ${promises} promises, ` +
      `${kills} kills, ${twice} came twice, ${findings.length} findings`,
  );
  for (const { invariant, what, at } of findings) {
    const last = Math.min(at, steps - 1);
    const ran = asked.steps?.slice(0, asked.steps.indexOf(last) + 1) ?? [0, last];
    const shown = asked.steps === null ? `${ran[0]}-${ran[1]}` : asRanges(ran);
    tell(`  ${invariant}, step ${at}: ${what.slice(0, 700)}`);
    tell(`    npm run attack -- --seed ${seed} --steps ${shown} --days ${asked.days}`);
  }
  if (trace !== null) tell(`  what happened: ${trace}`);
}

/** What was found, each kind once, with the seeds. */
function tellAll(reports: readonly Report[], tell: (line: string) => void): void {
  const kinds = new Map<string, number[]>();
  for (const { seed, findings } of reports) {
    for (const finding of findings) {
      const kind = kindOf(finding);
      kinds.set(kind, [...(kinds.get(kind) ?? []), seed]);
    }
  }
  const sum = (of: (report: Report) => number) => reports.reduce((total, report) => total + of(report), 0);
  tell(
    `${reports.length} seeds, ${sum(({ steps }) => steps)} steps, ${sum(({ claims }) => countOf(claims))} claims, ` +
      `${sum(({ promises }) => promises)} promises, ${sum(({ kills }) => kills)} kills, ` +
      `${sum(({ twice }) => twice)} came twice, ${sum(({ findings }) => findings.length)} findings`,
  );
  const claimed = new Map<string, number>();
  for (const { claims } of reports) {
    for (const [verb, count] of Object.entries(claims)) claimed.set(verb, (claimed.get(verb) ?? 0) + count);
  }
  tell(`  claimed: ${[...claimed].map(([verb, count]) => `${verb} ${count}`).join(', ')}`);
  const pressed = new Set(reports.flatMap(({ verbs }) => verbs));
  const never = Object.keys(ACTIONS).filter((verb) => !pressed.has(verb));
  if (never.length > 0) tell(`  never answered with a card: ${never.join(', ')}`);
  for (const [kind, seeds] of kinds)
    tell(`  ${seeds.length} times, seeds ${[...new Set(seeds)].join(', ')}: ${kind}`);
}

function countOf(claims: Report['claims']): number {
  return Object.values(claims).reduce((sum, count) => sum + count, 0);
}

function asRanges(steps: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const step of steps) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === step - 1) last[1] = step;
    else ranges.push([step, step]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

function readArguments(args: readonly string[]): Asked | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string', default: '1' },
        length: { type: 'string', default: '250' },
        days: { type: 'string', default: '24' },
        steps: { type: 'string' },
        minimise: { type: 'boolean', default: false },
      },
    });
    const [minutes, seed, length, days] = [values.minutes, values.seed, values.length, values.days].map(
      Number,
    );
    if (minutes === undefined || seed === undefined || length === undefined || days === undefined)
      return null;
    const whole = [seed, length, days].every(Number.isInteger) && minutes > 0 && length > 0 && days > 0;
    const steps = values.steps === undefined ? null : stepsIn(values.steps);
    if (!whole || steps?.some(Number.isNaN)) return null;
    return { minutes, seed, length, days, steps, minimise: values.minimise };
  } catch {
    return null;
  }
}

function stepsIn(ranges: string): number[] {
  return ranges.split(',').flatMap((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number);
    return Array.from({ length: Math.max(1, to - from + 1) }, (_, at) => from + at);
  });
}
