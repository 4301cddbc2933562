import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { templateFiles } from '../../../infra/azure/template/template-files.js';
import tsconfig from '../../../tsconfig.json' with { type: 'json' };

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const read = (name: string) => readFileSync(path(name), 'utf8');
const file = read('infra/container/Containerfile');
/** Lines of the last stage, those that go on joined, comments left out. */
const steps = file
  .replaceAll(/^\s*#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '');
const run = steps.slice(steps.findLastIndex((line) => line.startsWith('FROM ')));
const valuesOf = (instruction: string) =>
  run.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));

describe('the image', () => {
  it('runs as a number that is not root, needs no shell, and holds nothing but the bundle, which only root owns', () => {
    expect(valuesOf('USER')).toEqual([expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/)]);
    expect(valuesOf('RUN')).toEqual([]);
    for (const started of [...valuesOf('ENTRYPOINT'), ...valuesOf('CMD')])
      expect(() => JSON.parse(started), started).not.toThrow();
    expect(valuesOf('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(valuesOf('COPY')).toEqual(['--from=bundle --chown=0:0 /src/dist/bundle/ ./']);
  });

  it('listens where the platform asks, and has the labels by which a registry shows it', () => {
    const [port] = valuesOf('EXPOSE');
    expect(valuesOf('ENV').join(' ')).toContain(`PORT=${port}`);
    const containerApps = templateFiles()['modules/container-apps.bicep'];
    expect(containerApps).toContain(`targetPort: ${port}`);
    for (const label of ['title', 'description', 'licenses', 'version', 'revision'])
      expect(valuesOf('LABEL').join(' ')).toContain(`org.opencontainers.image.${label}=`);
  });

  it('takes no installation script of a package, and what the lock file names alone', () => {
    expect(file).toContain('npm ci --ignore-scripts');
  });
});

describe('what goes to the builder', () => {
  const lines = read('infra/container/Containerfile.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  it('is all that compiling takes, what is named, and no secret', () => {
    expect(lines[0]).toBe('*');
    expect(lines).toContain('**/.env*');
    const taken = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(taken.filter((name) => !existsSync(path(name)))).toEqual([]);
    const folders = tsconfig.include.map((pattern) => pattern.split('/')[0]);
    expect(taken).toEqual(
      expect.arrayContaining([...folders, 'package.json', 'package-lock.json', 'tsconfig.json', 'LICENSE']),
    );
  });
});
