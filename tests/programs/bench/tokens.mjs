// Posts 100,000 bogus tokens of all kinds to the built bot and tells what memory it has meanwhile: npm run bench:tokens.
// They come from 10,000 addresses of this machine, 127.x.y.z, so that none is held back before its token is looked at.
import { fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startTables } from './processes.mjs';

const TOKENS = 100_000;
const TELL_EACH = 25_000;
const WARM_UP = 2_000;
const A_CONNECTION = 10;
const AT_ONCE = 32;
/** What the heap may grow from the first quarter to the end: it comes and goes by less. */
const MOST_GROWTH_MB = 8;
const APP_ID = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';
const ISSUER = 'https://api.botframework.com';
const TENANT = randomUUID();
const ACTIVITY = JSON.stringify({
  type: 'typing',
  channelId: 'msteams',
  serviceUrl: SERVICE_URL,
  from: { id: '29:someone', aadObjectId: randomUUID() },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:1', tenantId: TENANT, conversationType: 'personal' },
});

const own = await generateKeyPair('RS256');
const tokenService = await startTokenService();
const tables = await startTables();
const bot = fork(new URL('bot-process.mjs', import.meta.url), [tokenService.origin], {
  execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  env: {
    PORT: '0',
    MicrosoftAppId: APP_ID,
    MicrosoftAppPassword: 'not-used',
    MicrosoftAppTenantId: TENANT,
    AZURE_TABLES_CONNECTION_STRING: tables.connectionString,
  },
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
process.once('exit', () => bot.kill('SIGKILL'));
const [{ url }] = await once(bot, 'message');
const { port } = new URL(url);

const expired = await sign({}, own, { issuedAt: now() - 7_200 });
const wrongIssuer = await sign({ iss: 'https://login.example' }, own);
const unsigned = `${part({ alg: 'none', typ: 'JWT', kid: 'own' })}.${part(claims())}.`;
/** Each makes a token that nobody has seen before, where it can: what is remembered of one would be remembered of all. */
const KINDS = {
  none: () => undefined,
  garbage: () => randomBytes(200).toString('base64'),
  'alg none': () => unsigned,
  'foreign tid': () => {
    const tid = randomUUID();
    return forged({ iss: `https://sts.windows.net/${tid}/`, tid, appid: randomUUID(), ver: '1.0' });
  },
  'wrong issuer': () => wrongIssuer,
  expired: () => expired,
  'unknown key': () => forged({}, randomUUID()),
  'foreign signature': () => forged({}),
};

const statuses = new Map();
const kinds = Object.keys(KINDS);
await post(WARM_UP);
statuses.clear();
const memory = [await tell(0)];
for (let sent = 0; sent < TOKENS; sent += TELL_EACH) {
  await post(TELL_EACH);
  memory.push(await tell(sent + TELL_EACH));
}
const good = await ask('127.0.0.1', await sign({}, own));
console.log(`answers: ${[...statuses].map(([status, count]) => `${count} times ${status}`).join(', ')}`);
console.log(`kinds: ${kinds.join(', ')}; a good token after them gets ${good}`);
const grown = memory.at(-1).heapMb - memory[1].heapMb;
console.log(`from ${TELL_EACH} to ${TOKENS} the heap grew by ${grown.toFixed(1)} MB`);
bot.kill('SIGKILL');
await tables.stop();
tokenService.close();
process.exit(grown < MOST_GROWTH_MB && good === 200 && statuses.size === 1 && statuses.has(401) ? 0 : 1);

async function post(count) {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      const [, b, c, d] = randomBytes(4);
      const from = `127.${b}.${c}.${Math.min(254, d + 1)}`;
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let each = 0; each < A_CONNECTION && left > 0; each += 1) {
        left -= 1;
        const status = await ask(from, KINDS[kinds[left % kinds.length]](), agent);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      agent.destroy();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function ask(localAddress, token, agent) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    const outgoing = request(
      { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', localAddress, agent, headers },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      },
    );
    outgoing.once('error', reject);
    outgoing.end(ACTIVITY);
  });
}

async function tell(after) {
  const answer = once(bot, 'message');
  bot.send('memory');
  const [{ heapUsed, rss }] = await answer;
  const [heapMb, rssMb] = [heapUsed, rss].map((bytes) => bytes / 2 ** 20);
  console.log(`after ${String(after).padStart(6)}: heap ${heapMb.toFixed(1)} MB, rss ${rssMb.toFixed(0)} MB`);
  return { heapMb };
}

/** The keys of the token service, and the address under which they are found. */
async function startTokenService() {
  const key = { ...(await exportJWK(own.publicKey)), kid: 'own', use: 'sig', endorsements: ['msteams'] };
  const server = createServer((incoming, response) => {
    const origin = `http://127.0.0.1:${server.address().port}`;
    const answer =
      incoming.url === '/keys' ? { keys: [key] } : { issuer: ISSUER, jwks_uri: `${origin}/keys` };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

function sign(changes, { privateKey }, { issuedAt = now() } = {}) {
  return new SignJWT(claims(changes, issuedAt))
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'own' })
    .sign(privateKey);
}

/** Looks signed: whoever checks finds out that it is not. Signing each would cost more than all the rest. */
function forged(changes, kid = 'own') {
  const head = part({ alg: 'RS256', typ: 'JWT', kid });
  return `${head}.${part(claims({ jti: randomUUID(), ...changes }))}.${base64url.encode(randomBytes(256))}`;
}

function claims(changes = {}, issuedAt = now()) {
  const times = { nbf: issuedAt, exp: issuedAt + 3_600 };
  return { iss: ISSUER, aud: APP_ID, serviceurl: SERVICE_URL, ...times, ...changes };
}

function part(value) {
  return base64url.encode(JSON.stringify(value));
}

function now() {
  return Math.floor(Date.now() / 1_000);
}
