import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('attack.mjs', import.meta.url));
/** Minutes of it say more: `npm run attack`. Enough to see that each part of it still works on this bot. */
const SHORT = ['--seed', '1', '--steps', '0-40', '--days', '3'];

it('finds nothing in a short attack, which says how to repeat what it does', async () => {
  const { stdout } = await run(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    PROGRAM,
    ...SHORT,
  ]);
  expect(stdout).toMatch(/^seed 1: 41 steps, .* 0 findings$/m);
  expect(stdout).toMatch(/claimed: .*agreement\.save/);
  expect(stdout).toMatch(/claimed: .*scan\.save/);
  expect(stdout).toMatch(/claimed: .*scan\.send/);
});
