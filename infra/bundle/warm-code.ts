import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { compileCode, keepCodeCache } from './code-cache.js';

/**
 * Run as a separate process: warms the bundle up, without tables or Teams, by starting the bot and asking it one question,
 * and then writes V8's code cache beside the code. A cache made before anything has run holds a tenth of that, since V8
 * compiles functions lazily. Arguments: the folder, and the file with the code.
 */
const [folder = '', name = ''] = process.argv.slice(2);
const JSON_BODY = { 'content-type': 'application/json' };
const AGAIN_MS = 20;
const WITHIN_MS = 60_000;

// In the place of the tables and of Teams: refuses each request at once, while the bot would wait for no answer at all.
const refusing = createHttpServer((_request, response) => {
  // Not in one: restify, once loaded in this process, lets `writeHead` return nothing.
  response.writeHead(400);
  response.end();
});
const elsewhere = await addressOf(refusing);
const address = await freeAddress();
Object.assign(process.env, {
  ...{
    BOT_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: new URL(address).port,
    REMINDERS: 'off',
    LOG_LEVEL: 'silent',
  },
  AZURE_TABLES_CONNECTION_STRING: `DefaultEndpointsProtocol=http;AccountName=none;AccountKey=bm9uZQ==;TableEndpoint=${elsewhere}/none;`,
});
process.argv.splice(2, process.argv.length, 'serve');
// V8 discards bytecode that has not run for a while. Put back afterwards: a code cache is only accepted with equal flags.
setFlagsFromString('--no-flush-bytecode');
const code = compileCode(folder, name, createRequire(import.meta.url));
code.run();
await until(async () => (await fetch(`${address}/healthz`)).ok);
// The turn fails at the tables, and by then the question has been understood.
await fetch(`${address}/api/messages`, {
  method: 'POST',
  headers: JSON_BODY,
  body: JSON.stringify(question()),
});
setFlagsFromString('--flush-bytecode');
keepCodeCache(folder, name, code);
process.exit(0);

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + WITHIN_MS; performance.now() < end; await pause(AGAIN_MS))
    if (await isSo().catch(() => false)) return;
  throw new Error('The bundle does not start.');
}

/** As Teams asks it. */
function question() {
  const [user, bot] = ['29:somebody', '28:bot'];
  return {
    ...{ type: 'message', id: '1', text: 'hoe begin ik het gesprek', locale: 'nl-NL' },
    ...{ channelId: 'msteams', serviceUrl: elsewhere, timestamp: new Date().toISOString() },
    ...{ from: { id: user, aadObjectId: randomUUID() }, recipient: { id: bot } },
    conversation: { id: 'a:talk', tenantId: randomUUID(), conversationType: 'personal' },
  };
}

async function addressOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function freeAddress(): Promise<string> {
  const server = createServer();
  const free = await addressOf(server);
  server.close();
  await once(server, 'close');
  return free;
}
