import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holderOf, lockFolder } from '../../../infra/local/folder-lock.js';
import { faultsOf } from '../../support/faults.js';
import { setUpEach } from '../../support/set-up.js';

const TABLES = 'UseDevelopmentStorage=true';

describe('a data folder', () => {
  let folder: string;
  const afresh = setUpEach(
    async () => {
      folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-lock-'));
    },
    () => rm(folder, { recursive: true, force: true }),
  );

  it('is one process’s until it lets go, and tells others where its tables are', async () => {
    const lock = await lockFolder(folder);
    if ('pid' in lock) throw new Error('somebody has it');
    expect(await lockFolder(folder)).toEqual({ pid: process.pid, connectionString: null });
    await lock.share(TABLES);
    expect(await holderOf(folder)).toEqual({ pid: process.pid, connectionString: TABLES });
    await lock.release();
    expect(await holderOf(folder)).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not held by a file that says nobody who runs, and goes to one of several that begin at once', async () => {
    expect(
      await faultsOf(
        [
          ['of a process that is gone', JSON.stringify({ pid: 2 ** 30, connectionString: null })],
          ['that was cut off', '{"pid":'],
          ['of another making', '{"pid":0}'],
        ],
        async (_case, text) => {
          await writeFile(join(folder, 'in-use.json'), text);
          expect(await holderOf(folder)).toBeNull();
          expect('release' in (await lockFolder(folder))).toBe(true);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    const taken = await Promise.all(Array.from({ length: 5 }, () => lockFolder(folder)));
    expect(taken.filter((one) => 'release' in one)).toHaveLength(1);
  });
});
