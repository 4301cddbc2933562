// A year in a minute: npm run simulate -- --managers 1000 --seed 1, with --json for JSON alone; --days for less than a year.
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    managers: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '364' },
    json: { type: 'boolean', default: false },
  },
});
const asked = { managers: Number(values.managers), seed: Number(values.seed), days: Number(values.days) };
const { managers, seed, days } = asked;
if (![managers, seed, days].every(Number.isInteger) || managers < 1 || days < 7) {
  process.stderr.write('Give whole numbers, such as --managers 1000 --seed 1.\n');
  process.exit(1);
}
// Only now: the house takes half a second to load.
const [{ asText, reportOf }, { simulateYear }] = await Promise.all([
  import('./report.mjs'),
  import('./year.mjs'),
]);
const started = performance.now();
const report = reportOf(asked, await simulateYear(asked));
const seconds = Math.round((performance.now() - started) / 1_000);
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : asText(report, seconds));
