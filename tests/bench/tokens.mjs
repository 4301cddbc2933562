// What 100,000 requests with bogus tokens do to the memory: npm run bench:tokens, with -- --json for JSON alone.
import { randomUUID } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import { parseArgs } from 'node:util';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startTables, startTalker } from './processes.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});
const APP = '0c5cfdbb-c596-4d39-b557-5d9516c94107';
const ISSUER = 'https://api.botframework.com';
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';
const KEY_ID = 'bench';
const AT_ONCE = 32;
const ALL = values.quick ? 4_000 : 100_000;
const LOOKS = 4;

const own = await generateKeyPair('RS256');
const foreign = await generateKeyPair('RS256');
const issuer = await serveKeys(await exportJWK(own.publicKey));
const tables = await startTables();
const bot = await startTalker('ours', tables.connectionString, issuer);
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const forged = await sign(foreign.privateKey);

/** Each kind of bogus token, a new one for each request where that could leave something behind. */
const BOGUS = {
  none: () => null,
  garbage: () => `Bearer ${randomUUID()}`,
  'no algorithm': () => unsigned({ alg: 'none' }, good()),
  'a tenant of its own': () => {
    const tid = randomUUID();
    return unsigned(
      { alg: 'RS256', kid: KEY_ID },
      { ...good(), iss: `https://sts.windows.net/${tid}/`, tid },
    );
  },
  'another bot': () => unsigned({ alg: 'RS256', kid: KEY_ID }, { ...good(), aud: randomUUID() }),
  'another address': () =>
    unsigned({ alg: 'RS256', kid: KEY_ID }, { ...good(), serviceurl: `https://${randomUUID()}.example/` }),
  'a key of its own': () => unsigned({ alg: 'RS256', kid: randomUUID() }, good()),
  'a foreign signature': () => `Bearer ${forged}`,
};

const looks = [await look(0)];
const statuses = new Map();
for (let part = 1; part <= LOOKS; part += 1) {
  await knock(ALL / LOOKS);
  looks.push(await look((ALL / LOOKS) * part));
}
const served = await post(`Bearer ${await sign(own.privateKey)}`);
await bot.stop();
await tables.stop();
const report = {
  date: new Date().toISOString(),
  node: process.version,
  looks,
  statuses: [...statuses],
  served,
};
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : asText(report));
process.exit(served === 200 && [...statuses.keys()].every((status) => status === 401) ? 0 : 1);

async function knock(count) {
  const kinds = Object.values(BOGUS);
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const status = await post(kinds[left % kinds.length]());
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function look(after) {
  const { rssMb, heapMb } = await bot.asks();
  return { after, heapMb, rssMb };
}

function post(authorization) {
  const id = randomUUID();
  const body = JSON.stringify({
    type: 'typing',
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: `29:${id}`, aadObjectId: id },
    recipient: { id: `28:${APP}` },
    conversation: { id: `a:${id}`, conversationType: 'personal' },
    channelData: { tenant: { id: '72f988bf-0000-4000-8000-000000000001' } },
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(authorization === null ? {} : { authorization }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${bot.url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function good() {
  const now = Math.floor(Date.now() / 1_000);
  return { iss: ISSUER, aud: APP, nbf: now, exp: now + 3_600, serviceurl: SERVICE_URL };
}

function sign(key) {
  return new SignJWT(good()).setProtectedHeader({ alg: 'RS256', kid: KEY_ID }).sign(key);
}

function unsigned(header, claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `Bearer ${part(header)}.${part(claims)}.${Buffer.alloc(256).toString('base64url')}`;
}

/** OpenID metadata and keys, as the Bot Framework serves them. */
async function serveKeys(publicKey) {
  const key = { ...publicKey, kid: KEY_ID, use: 'sig', alg: 'RS256', endorsements: ['msteams'] };
  const server = createServer((asked, response) => {
    const origin = `http://127.0.0.1:${server.address().port}`;
    const metadata = {
      issuer: ISSUER,
      jwks_uri: `${origin}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(asked.url === '/keys' ? { keys: [key] } : metadata));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${server.address().port}`;
}

function asText({ date, node, looks: seen, statuses: answers, served: last }) {
  const rows = seen.map(({ after, heapMb, rssMb }) => `| ${after} | ${heapMb} | ${rssMb} |`);
  return `Requests with bogus tokens of ${Object.keys(BOGUS).length} kinds, measured ${date.slice(0, 10)}, Node ${node}; memory after collecting garbage.

| after | heap MB | resident MB |
|---:|---:|---:|
${rows.join('\n')}

Answers: ${answers.map(([status, count]) => `${status} ${count} times`).join(', ')}. A good token after them: ${last}.
`;
}
