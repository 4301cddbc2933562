import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Definition, METRICS } from '../../bot/telemetry/definitions.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const operate = readFileSync(join(ROOT, 'docs/operate.md'), 'utf8');
const [, rest = ''] = operate.split('\n## Metrics\n');
const section = rest.split(/\n## /)[0] ?? '';

describe('what an operator is told of metrics', () => {
  it('has a row for each, with its labels and what it means, and for none that there is not', () => {
    const rows = Object.entries<Definition>(METRICS).map(([name, { kind, attributes, help }]) => {
      const labels = Object.entries(attributes).map(([key, values]) => `\`${key}\`: ${values.join(' ')}`);
      return `| \`${name}\` | ${kind} | ${labels.join('; ')} | ${help} |`;
    });
    expect(section.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
  });
});
