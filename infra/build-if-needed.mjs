// Compiles the TypeScript sources when dist/ is older than they are. Writes nothing to stdout, which belongs to the
// command that comes after it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
// Comparing with the compiler's output would miss a source that was taken away, and a build that broke off half-way.
const stamp = join(dist, '.built');
const sources = ['bot', 'cards', 'jobs', 'manifest', 'infra', 'package.json', 'tsconfig.json'];

// Said here, since what comes next would only know an option of `node` that it does not have.
const OLDEST = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
  fail(`This is Node ${process.versions.node}. Kopje Koffie needs Node 20.19 or newer: https://nodejs.org`);

const builtAt = modified(stamp);
if (builtAt === null || newest() > builtAt) build();

function build() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(compiler)) {
    // Where only what runs is installed, the build came along with it.
    if (existsSync(dist)) return;
    fail('There is no build in dist/, and TypeScript is not installed to make one. Run: npm ci');
  }
  const startedAt = new Date();
  const { status, error } = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.json')], {
    cwd: root,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  });
  if (error) fail(error.message);
  if (status !== 0) fail('The sources do not compile; see above.');
  writeFileSync(stamp, '');
  // The time at which it began: what was edited meanwhile is compiled next time.
  utimesSync(stamp, startedAt, startedAt);
}

/** When the newest source, or a folder that lost one, was changed, in ms. */
function newest() {
  return Math.max(...sources.map((name) => newestIn(join(root, name))));
}

function newestIn(path) {
  const changed = modified(path) ?? 0;
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return changed;
  const inside = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || /\.(ts|json)$/.test(entry.name))
    .map((entry) => newestIn(join(path, entry.name)));
  return Math.max(changed, ...inside);
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
