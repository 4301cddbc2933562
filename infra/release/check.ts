import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from '../../bot/config.js';
import { buildBundle } from '../bundle/build-bundle.js';
import { isPermissive, licensedPackage } from '../licences.js';
import { newestRelease } from './changelog.js';
import { pinProblems, versionProblems } from './release-problems.js';
import { type Sbom, sbomOfBundle } from './sbom.js';
import { workflowProblems } from './workflow-problems.js';

/**
 * Everything about a release that can be looked at without releasing: says what is fine and what is not, ends with 1
 * when something is not. Writes the bundle, its SBOM and the notes of the version to `dist/`.
 */
const WORKFLOWS = join('.github', 'workflows');
const TARGET = join('dist', 'release');

const typed = readOptions(process.argv.slice(2), { tag: { type: 'string' } });
if (typeof typed === 'string') {
  console.error(`${typed}\nuse: npm run release:check [-- --tag v0.2.0]`);
  process.exit(2);
}
const root = process.cwd();
const read = (...path: readonly string[]) => readFileSync(join(root, ...path), 'utf8');
const run = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const { version } = JSON.parse(read('package.json')) as { version: string };
mkdirSync(TARGET, { recursive: true });

const checks: Readonly<Record<string, () => Promise<readonly string[]> | readonly string[]>> = {
  'the version is the same everywhere': () =>
    versionProblems({
      packageJson: read('package.json'),
      packageLock: read('package-lock.json'),
      changelog: read('CHANGELOG.md'),
      manifest: read('manifest', 'manifest.json'),
      tag: typed.values.tag ?? null,
    }),
  'the notes of the version are there': () => {
    const notes = newestRelease(read('CHANGELOG.md'))?.notes ?? '';
    writeFileSync(join(TARGET, 'notes.md'), `${notes}\n`);
    return notes === '' ? ['CHANGELOG.md has no notes of a version.'] : [];
  },
  'the bundle is made, with the licences of all that is in it, and all of that is in the SBOM': async () => {
    const { packageFolders } = await buildBundle(root, join(root, 'dist', 'bundle'));
    const packages = packageFolders.map((folder) => licensedPackage(join(root, folder)));
    const installed = JSON.parse(
      run('npm', 'sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'),
    ) as Sbom;
    const names = packages.map((one) => `${one.name}@${one.version}`);
    const { sbom, problems } = sbomOfBundle(installed, 'kopje-koffie', names);
    writeFileSync(join(TARGET, 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
    return [
      ...packages
        .filter(({ licence }) => !isPermissive(licence))
        .map((one) => `${one.name} ${one.version} is not under a permissive licence: ${one.licence}`),
      ...problems,
    ];
  },
  'the workflows are well-formed, and their actions pinned': async () => {
    const names = readdirSync(join(root, WORKFLOWS));
    const found = await Promise.all(
      names.map(async (name) => {
        const workflow = read(WORKFLOWS, name);
        return [...(await workflowProblems(name, workflow)), ...pinProblems(name, workflow)];
      }),
    );
    return found.flat();
  },
  'nothing is changed that is not committed': () =>
    run('git', 'status', '--porcelain')
      .split('\n')
      .filter((line) => line !== ''),
};

let wrong = 0;
for (const [what, check] of Object.entries(checks)) {
  const problems = await check();
  console.log(`${problems.length === 0 ? 'ok ' : 'NOT'} ${what}`);
  for (const problem of problems) console.log(`    ${problem}`);
  wrong += problems.length;
}
console.log(wrong === 0 ? `${version} can be released.` : `${version} cannot be released yet.`);
if (wrong > 0) process.exitCode = 1;
