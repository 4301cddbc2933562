import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { compileCode, keepCodeCache } from './code-cache.js';

/**
 * A process of its own: starts the bot of a bundle in itself, for nobody and without tables, until it has answered a
 * request, and keeps beside the code what V8 has compiled by then. Of what was compiled before anything ran that is ten
 * times as much. Arguments: the folder, and the file with the code.
 */
const [folder = '', name = ''] = process.argv.slice(2);
const AGAIN_MS = 20;
const WITHIN_MS = 60_000;

const port = await freePort();
Object.assign(process.env, {
  ...{ BOT_ENV: 'development', HOST: '127.0.0.1', PORT: String(port), REMINDERS: 'off', LOG_LEVEL: 'silent' },
  // Where nobody listens: it goes on waiting for them, and all else is there.
  AZURE_TABLES_CONNECTION_STRING:
    'DefaultEndpointsProtocol=http;AccountName=none;AccountKey=bm9uZQ==;TableEndpoint=http://127.0.0.1:1/none;',
});
process.argv.splice(2, process.argv.length, 'serve');
// V8 forgets the code of what ran but once. Put back afterwards: what is kept is for a start with the same flags.
setFlagsFromString('--no-flush-bytecode');
const code = compileCode(folder, name, createRequire(import.meta.url));
code.run();
const until = performance.now() + WITHIN_MS;
while (!(await answers()) && performance.now() < until) await pause(AGAIN_MS);
setFlagsFromString('--flush-bytecode');
keepCodeCache(folder, name, code);
process.exit(0);

async function answers(): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}
