import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('simulate.mjs', import.meta.url));

async function simulate(...args: readonly string[]) {
  const { stdout } = await run(process.execPath, [SCRIPT, ...args]);
  return stdout;
}

describe('a year of managers', () => {
  it('reminds of every agreed evaluation on its day, and never more than anybody is promised', async () => {
    const report = JSON.parse(await simulate('--managers', '4', '--seed', '3', '--json'));
    expect(report.evaluations.owed).toBeGreaterThan(45);
    expect(report.evaluations.late).toEqual([]);
    expect(report.evaluations.share).toBe(1);
    expect(report.digestsAWeek.mostOnADay).toBe(1);
    expect(report.digestsAWeek.beyondTheCap).toBe(0);
    expect(report.digestsAWeek.median).toBeLessThanOrEqual(3);
  });

  it('is the same year for the same seed, told in a page', async () => {
    const told = async () =>
      (await simulate('--managers', '3', '--days', '112', '--seed', '4')).replace(/took \d+ s/, '');
    const [once, again] = await Promise.all([told(), told()]);
    expect(again).toBe(once);
    expect(once).toMatch(/With a million managers/);
  });

  it('says what it wants when it is given something else', async () => {
    await expect(simulate('--managers', 'many')).rejects.toMatchObject({ code: 1 });
  });
});
