// A year in a minute: npm run simulate -- --managers 1000 --seed 1, with --json for JSON alone.
import { parseArgs } from 'node:util';
import { asText, reportOf } from './report.mjs';
import { simulateYear } from './year.mjs';

const { values } = parseArgs({
  options: {
    managers: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const asked = { managers: Number(values.managers), seed: Number(values.seed) };
if (!Number.isInteger(asked.managers) || asked.managers < 1 || !Number.isInteger(asked.seed)) {
  process.stderr.write('Give whole numbers, such as --managers 1000 --seed 1.\n');
  process.exit(1);
}
const started = performance.now();
const report = reportOf(asked, await simulateYear(asked));
const seconds = Math.round((performance.now() - started) / 1_000);
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : asText(report, seconds));
