import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { settlePort } from '../../../dist/infra/local/ports.js';

const HOST = '127.0.0.1';
/** The account that every Azurite has; its key is public and opens nothing but an emulator. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
/** A million rows take more than Node allows by itself. */
const AZURITE_MEMORY_MB = 12_000;
const TELLS_USAGE = new URL('tells-usage.mjs', import.meta.url).href;

const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** Azurite's tables as a process of its own, in memory: what is measured is not its disk. */
export async function startTables() {
  const port = await settlePort(0);
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/table/main.js');
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${AZURITE_MEMORY_MB}`,
      ...['--import', TELLS_USAGE, main],
      ...['--tableHost', HOST, '--tablePort', String(port), '--inMemoryPersistence'],
      ...['--silent', '--skipApiVersionCheck', '--disableProductStyleUrl', '--disableTelemetry'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] },
  );
  children.add(child);
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('successfully started') && resolve());
    child.once('exit', () => reject(new Error('Azurite did not start')));
  });
  const endpoint = `http://${HOST}:${port}/${ACCOUNT}`;
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};TableEndpoint=${endpoint};`,
    usedMs: async () => milliseconds(await ask(child)),
    stop: () => stop(child),
  };
}

/**
 * What something costs: its milliseconds, those of the processor in each of the processes concerned, and the share of
 * all cores that went to whatever else ran on the machine.
 */
export async function costOf(tables, channel, work) {
  const before = await usage(tables, channel);
  const started = performance.now();
  const result = await work();
  const ms = performance.now() - started;
  const after = await usage(tables, channel);
  const used = Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]]));
  const others = used.machine - used.bot - used.tables - used.channel;
  return { result, ms, ...used, othersShare: Math.max(0, others / (ms * cpus().length)) };
}

async function usage(tables, channel) {
  const times = cpus().map((core) => core.times);
  return {
    bot: milliseconds(process.cpuUsage()),
    tables: await tables.usedMs(),
    channel: channel === undefined ? 0 : await channel.usedMs(),
    machine: times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0),
  };
}

function milliseconds({ user, system }) {
  return (user + system) / 1_000;
}

async function ask(child, question = {}) {
  const answer = once(child, 'message');
  child.send(question);
  const [told] = await answer;
  return told;
}

/** The channel; `taken` says when messages came and were refused since the last time it was asked. */
export async function startChannel(strict) {
  const child = fork(fileURLToPath(new URL('channel.mjs', import.meta.url)), strict ? ['strict'] : []);
  children.add(child);
  const [{ serviceUrl }] = await once(child, 'message');
  return {
    serviceUrl,
    taken: () => ask(child, { forget: true }),
    usedMs: async () => milliseconds((await ask(child)).used),
    stop: () => stop(child),
  };
}

async function stop(child) {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  children.delete(child);
}

/** A bot to talk to; `asks` says what it has used so far. */
export async function startTalker(which, connectionString) {
  const started = performance.now();
  const child = fork(fileURLToPath(new URL('talker.mjs', import.meta.url)), [which, connectionString], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
  });
  children.add(child);
  const [{ url, scrapeUrl }] = await once(child, 'message');
  return {
    url,
    scrapeUrl,
    readyMs: performance.now() - started,
    async asks() {
      const { used, after, ...told } = await ask(child);
      return { ...told, usedMs: milliseconds(used), afterMs: milliseconds(after) };
    },
    seed: (seed) => ask(child, { seed }),
    /** Its answer comes among those to others: nothing else may be asked meanwhile. */
    remind: async (at) => (await ask(child, { remind: at })).result,
    stop: () => stop(child),
  };
}
