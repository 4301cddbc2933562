import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const HOST = '127.0.0.1';
/** The account that every Azurite has; its key is public and opens nothing but an emulator. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
/** A million rows take more than Node allows by itself. */
const AZURITE_MEMORY_MB = 12_000;

const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** Azurite's tables as a process of its own, in memory: what is measured is not its disk. */
export async function startTables() {
  const port = await freePort();
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/table/main.js');
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${AZURITE_MEMORY_MB}`,
      main,
      ...['--tableHost', HOST, '--tablePort', String(port), '--inMemoryPersistence'],
      ...['--silent', '--skipApiVersionCheck', '--disableProductStyleUrl', '--disableTelemetry'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  children.add(child);
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('successfully started') && resolve());
    child.once('exit', () => reject(new Error('Azurite did not start')));
  });
  const endpoint = `http://${HOST}:${port}/${ACCOUNT}`;
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};TableEndpoint=${endpoint};`,
    stop: () => stop(child),
  };
}

/** The channel; `taken` says when messages came and were refused since the last time it was asked. */
export async function startChannel(strict) {
  const child = fork(fileURLToPath(new URL('channel.mjs', import.meta.url)), strict ? ['strict'] : []);
  children.add(child);
  const [{ serviceUrl }] = await once(child, 'message');
  return {
    serviceUrl,
    async taken() {
      const answer = once(child, 'message');
      child.send({});
      const [taken] = await answer;
      return taken;
    },
    stop: () => stop(child),
  };
}

async function stop(child) {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  children.delete(child);
}

async function freePort() {
  const probe = createServer().listen(0, HOST);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
