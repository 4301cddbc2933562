import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const TESTS = fileURLToPath(new URL('../..', import.meta.url));
/** Programs that are run by hand measure time, and mean the numbers that they name. */
const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/^programs\/.*(?<!\.test)\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(TESTS, name), 'utf8') }));

const linesWith = (pattern: RegExp) =>
  files.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([found]) => `${name}: ${found.trim()}`));

describe('what a test waits for, and what it logs', () => {
  it('takes longer on a busy machine: no limit is a number by itself', () => {
    const found = [
      ...linesWith(/\btimeout: [1-9][\d_]*/g),
      ...linesWith(/AbortSignal\.timeout\(\d[\d_]*/g),
      // The last argument of a test or a hook.
      ...linesWith(/^\s*\}, [\d_]{4,}\);$/gm),
    ];
    expect(found, 'limit() of time-limits.ts').toEqual([]);
  });

  it('waits longer than the second that vi.waitFor and vi.waitUntil give by themselves', () => {
    const found = linesWith(/vi\.wait(?:For|Until)\((?:(?!\btimeout\b)[^;])*;/g);
    expect(found, '{ timeout: SOON_MS } of time-limits.ts').toEqual([]);
  });

  it('is logged into a list by the one log that does so', () => {
    expect(linesWith(/^import .* from 'pino';$/gm), 'logInto() or SILENT').toEqual([
      "support/recording-log.ts: import pino from 'pino';",
    ]);
  });
});
