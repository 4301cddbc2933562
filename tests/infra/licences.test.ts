import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPermissive, productionLicences } from '../../infra/licences.js';
import { faultsOf } from '../support/faults.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = join(ROOT, 'dist', 'infra', 'list-licences.js');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kopje-koffie-licences-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Package = { name: string; license?: unknown; licenses?: unknown; dev?: boolean };

/** A folder with these packages installed. */
function installed(...packages: readonly Package[]): string {
  const locked: Record<string, object> = { '': {} };
  for (const { dev = false, ...manifest } of packages) {
    const path = `node_modules/${manifest.name}`;
    locked[path] = dev ? { dev } : {};
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), JSON.stringify({ version: '1.0.0', ...manifest }));
  }
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: locked }));
  return folder;
}

function list(cwd: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('a licence', () => {
  it('is permissive when all of it is, or one of its choices', async () => {
    expect(
      await faultsOf(
        [
          ['MIT', true],
          ['(MIT OR GPL-3.0-only)', true],
          ['(ISC AND CC-BY-3.0)', true],
          ['ISC AND GPL-3.0-only', false],
          ['GPL-3.0-only', false],
          ['AGPL-3.0-or-later', false],
          ['SEE LICENSE IN LICENSE', false],
          ['UNLICENSED', false],
          ['((MIT OR ISC) AND LGPL-3.0-only)', false],
          ['', false],
        ],
        (licence, permissive) => {
          expect(isPermissive(licence)).toBe(permissive);
        },
      ),
    ).toEqual([]);
  });
});

describe('licences', () => {
  it('are those of all that is installed for production, permissive every one', () => {
    const all = productionLicences(ROOT);
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(all.length).toBeGreaterThan(Object.keys(dependencies).length);
    expect(all.map(({ name }) => name)).not.toContain('vitest');
    expect(all.filter(({ licence }) => !isPermissive(licence))).toEqual([]);
  });

  it('are listed with name and version, those of tools left out, and 0 says that all is well', () => {
    const made = installed({ name: 'one', license: 'MIT' }, { name: 'tool', license: 'GPL-3.0', dev: true });
    expect(list(made)).toEqual({
      status: 0,
      stdout: 'one 1.0.0  MIT\n1 packages, 0 of which not permissive\n',
      stderr: '',
    });
  });

  it('in the ways of older packages are read too', () => {
    installed(
      { name: 'a', license: { type: 'MIT', url: 'x' } },
      { name: 'b', licenses: [{ type: 'GPL-2.0' }, { type: 'MIT' }] },
    );
    expect(productionLicences(folder).map(({ licence }) => licence)).toEqual(['MIT', 'GPL-2.0 OR MIT']);
  });

  it('end with 1 and name each that is not permissive, or that names none', () => {
    const made = installed(
      { name: 'one', license: 'MIT' },
      { name: 'two', license: 'GPL-3.0' },
      { name: 'three' },
    );
    const { status, stderr } = list(made);
    expect(status).toBe(1);
    expect(stderr).toBe('- three 1.0.0: none named\n- two 1.0.0: GPL-3.0\n');
  });
});
