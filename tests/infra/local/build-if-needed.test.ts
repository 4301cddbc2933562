import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { setUpEach } from '../../support/set-up.js';

const REAL = fileURLToPath(new URL('../../..', import.meta.url));
const SCRIPT = join('infra', 'build-if-needed.mjs');
const SETTINGS = { compilerOptions: { outDir: 'dist', rootDir: '.', types: [] }, include: ['bot'] };

describe('build-if-needed', () => {
  let project: string;
  const afresh = setUpEach(
    async () => {
      project = await mkdtemp(join(tmpdir(), 'kopje-koffie-build-'));
      await mkdir(join(project, 'bot'));
      await cp(join(REAL, SCRIPT), join(project, SCRIPT));
      await symlink(join(REAL, 'node_modules'), join(project, 'node_modules'));
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify(SETTINGS));
      await writeFile(join(project, 'bot', 'main.ts'), "console.log('first');");
    },
    () => rm(project, { recursive: true, force: true }),
  );

  it('compiles when there is no build or what was edited since, says nothing, and only then', async () => {
    expect(build()).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(runBuilt()).toBe('first\n');
    await writeFile(join(project, 'dist', 'bot', 'main.js'), "console.log('left alone');");
    build();
    expect(runBuilt()).toBe('left alone\n');
    await writeFile(join(project, 'bot', 'main.ts'), "console.log('second');");
    build();
    expect(runBuilt()).toBe('second\n');
  });

  it('stops on sources that do not compile, and says so on stderr alone', async () => {
    await writeFile(join(project, 'bot', 'main.ts'), "const wrong: number = 'text'; console.log(wrong);");
    const { status, stdout, stderr } = build();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/main\.ts.*do not compile/s);
  });

  it('goes on with the build that is there where TypeScript is not installed, or says what to do', async () => {
    build();
    await rm(join(project, 'node_modules'));
    await writeFile(join(project, 'bot', 'main.ts'), "console.log('second');");
    expect(build()).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(runBuilt()).toBe('first\n');
    await afresh();
    await rm(join(project, 'node_modules'));
    expect(build()).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining('Run: npm ci') });
  });

  function build(): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = run(SCRIPT);
    return { status, stdout, stderr };
  }

  function runBuilt(): string {
    return run(join('dist', 'bot', 'main.js')).stdout;
  }

  function run(file: string) {
    return spawnSync(process.execPath, [join(project, file)], { encoding: 'utf8' });
  }
});
