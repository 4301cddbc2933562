// How much of the processor starts take: npm run bench:start, on Linux. From the bundle, beside the bare echo bot.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshBundle } from '../../../dist/infra/bundle/fresh-bundle.js';
import { startTables } from './processes.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ROUNDS = 7;
/** In which /proc counts. */
const TICKS_A_SECOND = 100;
const QUESTION = 'hoe begin ik het gesprek';

const folder = mkdtempSync(join(tmpdir(), 'kopje-koffie-start-'));
const tables = await startTables();
const bundle = freshBundle(ROOT);
if (bundle === null) throw new Error('There is no bundle of this build: npm run bundle');
const compiled = join(ROOT, 'dist', 'bot', 'command.js');
const quiet = '--disable-warning=ExperimentalWarning';
/** What is started; until it says that it is ready, or until it has ended. */
const STARTS = {
  'a bare botbuilder echo': { args: [join(ROOT, 'tests/programs/bench/echo.mjs')], ready: true },
  'serve, from the bundle': { args: [quiet, bundle, 'serve'], ready: true },
  'serve, compiled files': { args: [quiet, compiled, 'serve'], ready: true },
  'job reminders, nothing due, from the bundle': { args: [quiet, bundle, 'job', 'reminders'] },
  'job reminders, nothing due, compiled files': { args: [quiet, compiled, 'job', 'reminders'] },
  'backup, from the bundle': { args: [quiet, bundle, 'backup', '--to', '-'] },
  'doctor, from the bundle': { args: [quiet, bundle, 'doctor'] },
  'ask, without npm': { args: [quiet, join(ROOT, 'dist/bot/nlu/ask.js'), QUESTION] },
};
const found = Object.fromEntries(Object.keys(STARTS).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1)
  for (const [name, start] of Object.entries(STARTS)) found[name].push(await measure(start));
await tables.stop();
rmSync(folder, { recursive: true });

process.stdout.write(`Starts, measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}: medians of ${ROUNDS}, least and most.

| | ms of the processor | ms by the clock | memory MB |
|---|---:|---:|---:|
${Object.entries(found)
  .map(
    ([name, all]) =>
      `| ${name} | ${spread(all, 'cpu')} | ${spread(all, 'ms')} | ${median(all, 'mb') || ''} |`,
  )
  .join('\n')}
`);
process.exit(0);

async function measure({ args, ready = false }) {
  const ended = usedByChildren();
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      ...{ BOT_ENV: 'development', HOST: '127.0.0.1', PORT: '0', REMINDERS: 'off', TABLE_PREFIX: 'start' },
      AZURE_TABLES_CONNECTION_STRING: tables.connectionString,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  let said = '';
  const isReady = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
        if (ready && /\bready\b/.test(said)) resolve(true);
      });
  });
  if (await Promise.race([isReady, closed.then(() => false)])) {
    const ms = performance.now() - started;
    const cpu = usedBy(child.pid);
    const mb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
    child.kill('SIGKILL');
    await closed;
    return { ms, cpu, mb };
  }
  if (ready || child.exitCode !== 0) throw new Error(said);
  return { ms: performance.now() - started, cpu: usedByChildren() - ended, mb: 0 };
}

/** Milliseconds of the processor so far. */
function usedBy(pid) {
  const [user, system] = times(pid).slice(11, 13);
  return ((user + system) * 1_000) / TICKS_A_SECOND;
}

/** Of all processes that this one has seen end. */
function usedByChildren() {
  const [user, system] = times('self').slice(13, 15);
  return ((user + system) * 1_000) / TICKS_A_SECOND;
}

function times(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, which may hold anything, stands in brackets.
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

function median(all, name) {
  return Math.round([...all].map((one) => one[name]).sort((one, other) => one - other)[all.length >> 1]);
}

function spread(all, name) {
  const numbers = all.map((one) => Math.round(one[name]));
  return `${median(all, name)} (${Math.min(...numbers)} to ${Math.max(...numbers)})`;
}
