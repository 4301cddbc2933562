import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildPackage, PACKAGE_FILES } from './build-package.js';

const TARGET = join('dist', 'kopje-koffie.zip');

if (existsSync('.env')) process.loadEnvFile('.env');
const found = PACKAGE_FILES.filter((name) => existsSync(join('manifest', name)));
const contents = await Promise.all(
  found.map(async (name) => [name, await readFile(join('manifest', name))] as const),
);
const result = await buildPackage({ env: process.env, files: Object.fromEntries(contents) });

// An older package left in place would look like the one that was just asked for.
await rm(TARGET, { force: true });
if (result.ok) {
  await mkdir(dirname(TARGET), { recursive: true });
  await writeFile(TARGET, result.zip);
  const size = `${(result.zip.length / 1024).toFixed(1)} KiB`;
  console.log(`${TARGET}, ${size}, version ${result.version}, links to ${result.publicUrl}`);
} else {
  console.error(['No app package was made:', ...result.problems.map((problem) => `- ${problem}`)].join('\n'));
  process.exitCode = 1;
}
