import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle } from './build-bundle.js';
import { freshBundle } from './fresh-bundle.js';

const TARGET = join('dist', 'bundle');
const WARM = fileURLToPath(new URL('warm-code.js', import.meta.url));

const root = process.cwd();
// Before the tests: they start it, and need not wait for what is there.
const isWanted = !process.argv.includes('--if-older') || freshBundle(root) === null;
if (isWanted) await make();

async function make(): Promise<void> {
  const folder = join(root, TARGET);
  const { code, packageFolders } = await buildBundle(root, folder);
  compile(folder, code);
  const files = readdirSync(folder).map((name) => ({ name, bytes: statSync(join(folder, name)).size }));
  for (const { name, bytes } of files) console.log(`${megabytes(bytes)}  ${name}`);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${megabytes(total)}  ${TARGET}, with parts of ${packageFolders.length} packages`);
}

/** Without it the bundle is whole as well, and only slower to start: a machine on which nothing may listen makes one too. */
function compile(folder: string, code: string): void {
  try {
    // In the folder itself, where no .env of somebody's is read.
    execFileSync(process.execPath, [WARM, folder, code], { cwd: folder, stdio: 'inherit' });
  } catch {
    console.error('The bundle could not be started here: it goes without compiled code.');
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2).padStart(6)} MB`;
}
