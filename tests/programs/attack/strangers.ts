import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Chance } from './chance.js';
import { oddText } from './texts.js';
import type { World } from './world.js';

/** Bytes as they go over the wire, piece by piece; `waitMs` lies between the pieces. */
type Raw = { readonly name: string; readonly pieces: readonly (string | Buffer)[]; readonly waitMs?: number };

const HOSTS = [
  'foo|bar',
  'x:99999',
  '[::1',
  'a b',
  '%',
  'ok.test:abc',
  'xn--a',
  '1.2.3.999',
  '[fe80::1%25eth0]:3978',
  '',
  ' ',
  'a'.repeat(8_000),
  '\u00e9',
  'localhost@evil.example',
  'localhost/..',
  'localhost?x',
  '0x7f.1',
  'localhost, localhost',
] as const;
const TARGETS = [
  '/healthz',
  '/readyz',
  '/api/messages',
  '/api/messages/',
  '//api/messages',
  '/privacy?lang=%00',
  '/privacy?lang=nl&lang=en',
  '/privacy?%',
  '/terms?__proto__=1',
  '/%',
  '/%c0%af',
  '/..;/..',
  '/a|b',
  '*',
  'http://',
  'http:///',
  'http://[',
  'https://evil.example/healthz',
  '//',
  '/\\evil.example',
  `/${'a'.repeat(7_000)}`,
  '/?q=${7*7}',
  'healthz',
] as const;
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'CONNECT'] as const;
const VERSIONS = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''] as const;
const HEADERS = [
  'Content-Length: -1',
  'Content-Length: 1e3',
  'Content-Length: 5\r\nContent-Length: 6',
  'Transfer-Encoding: chunked\r\nContent-Length: 3',
  'Transfer-Encoding: chunked, gzip',
  'Expect: 100-continue',
  'Expect: something-else',
  'Connection: Upgrade\r\nUpgrade: h2c',
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x',
  'Accept: */*;q=x',
  'Accept: application/xml',
  'Accept-Language: \u0001',
  'Accept-Encoding: gzip;q=zz',
  'Accept-Version: ~x',
  'X-Forwarded-For: 1.2.3.4, ::1',
  'X-Http-Method-Override: DELETE',
  'Cookie: a=b; __proto__=c',
  'Range: bytes=0-',
  'If-None-Match: *',
  'Date: yesterday',
  'Bad Header',
  ' folded: x',
  `X-Long: ${'x'.repeat(20_000)}`,
  ...['Bearer', 'Bearer x', 'Bearer a.b.c', 'Basic eDp4', 'Bearer eyJhbGciOiJub25lIn0.e30.'].map(
    (value) => `Authorization: ${value}`,
  ),
] as const;
const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/json;;;',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/vnd.api+json',
  '',
] as const;

/** A stranger from the internet has a try; what they got, or that they got nothing. */
export async function strangerComes(world: World, chance: Chance): Promise<string> {
  const count = chance.weighted([
    [1, 5],
    [3, 2],
    [12, 1],
  ]);
  const tries = Array.from({ length: count }, (_, at) => rawRequest(chance.sub(at)));
  const answers = await Promise.all(tries.map((one) => sendRaw(world, one)));
  for (const [at, answer] of answers.entries()) {
    const name = tries[at]?.name ?? '';
    if (INSIDE.test(answer))
      world.found('replies are valid', `${name} was told of the inside: ${answer.slice(0, 300)}`);
    // 501 and 505 are what HTTP itself has for a method or a version that there is not.
    if (/^HTTP\/1\.1 5(?!0[15])/.test(answer) && !/\/readyz/.test(name))
      world.found('replies are valid', `${name} was answered with ${answer.split('\r\n')[0]}`);
    const leaks = world.secrets.in(answer);
    if (leaks.length > 0)
      world.found('nobody sees another’s', `a stranger with ${name} read ${leaks.join(', ')}`);
  }
  return `stranger: ${tries.map(({ name }, at) => `${name} -> ${answers[at]?.split('\r\n')[0] || 'nothing'}`).join('; ')}`;
}

/** What an answer may never hold: messages of exceptions, stacks, names of what is inside. */
const INSIDE = /[a-z]Error\b|\bat \w+ \(|node:|node_modules|\.[jt]s\b|zod|restify|Cannot read/;

function rawRequest(chance: Chance): Raw {
  const method = chance.any(METHODS) ?? 'GET';
  const target = chance.any(TARGETS) ?? '/';
  const host = chance.yes(0.4) ? (chance.any(HOSTS) ?? '') : 'localhost';
  const version = chance.any(VERSIONS) ?? 'HTTP/1.1';
  const header = chance.yes(0.5) ? `${chance.any(HEADERS)}\r\n` : '';
  const head = `${method} ${target} ${version}\r\nHost: ${host}\r\n${header}`;
  const shown = `${method} ${target.slice(0, 40)} ${host.slice(0, 30)} ${header.slice(0, 50).trim()}`;
  return chance.weighted<() => Raw>([
    [() => ({ name: shown, pieces: [`${head}Connection: close\r\n\r\n`] }), 8],
    [() => bodied(chance, shown), 6],
    [() => ({ name: `pipelined ${shown}`, pieces: [`${head}\r\n`.repeat(chance.of([2, 20]))] }), 1],
    [() => ({ name: `slow ${shown}`, pieces: head.slice(0, 40).match(/.{1,8}/gs) ?? [], waitMs: 15 }), 1],
    [() => ({ name: 'no HTTP', pieces: [oddText(chance).slice(0, 2_000), '\r\n\r\n'] }), 1],
    [() => ({ name: 'TLS', pieces: [Buffer.from('16030100c8010000c40303', 'hex'), '\r\n\r\n'] }), 1],
    [() => ({ name: 'cut off', pieces: [head.slice(0, chance.between(0, head.length))] }), 1],
  ])();
}

function bodied(chance: Chance, shown: string): Raw {
  const [name, body, encoding = ''] = chance.weighted<readonly [string, string | Buffer, string?]>([
    [['no JSON', '{"type":'], 2],
    [['null', 'null'], 1],
    [['nested', `${'['.repeat(50_000)}${']'.repeat(50_000)}`], 1],
    [['an activity of nobody', JSON.stringify(FORGED)], 3],
    [['an odd text', oddText(chance)], 1],
    [['huge', 'x'.repeat(chance.of([257, 600, 1_100]) * 1024)], 1],
    [['a bomb', gzipSync('x'.repeat(5e6)), 'gzip'], 1],
    [['no gzip', 'no gzip', 'gzip'], 1],
    [['no UTF-8', Buffer.from([0xff, 0xfe, 0x7b, 0x00])], 1],
  ]);
  const type = chance.yes(0.7) ? 'application/json' : (chance.any(TYPES) ?? '');
  const length = chance.weighted([
    [Buffer.byteLength(body), 6],
    [Buffer.byteLength(body) + 10, 1],
    [0, 1],
  ]);
  const chunked = chance.yes(0.2);
  const head = [
    'POST /api/messages HTTP/1.1',
    'Host: localhost',
    `Content-Type: ${type}`,
    ...(encoding === '' ? [] : [`Content-Encoding: ${encoding}`]),
    chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`,
    ...(chance.yes(0.4) ? [`Authorization: ${chance.of(['Bearer x', 'Bearer a.b.c', 'x'])}`] : []),
    ...(chance.yes(0.3) ? ['Connection: close'] : []),
  ].join('\r\n');
  const size = Buffer.byteLength(body).toString(16);
  const pieces = chunked ? [`${head}\r\n\r\n${size}\r\n`, body, '\r\n0\r\n\r\n'] : [`${head}\r\n\r\n`, body];
  return { name: `body ${name} (${type}) ${chunked ? 'chunked' : length} ${shown.slice(0, 0)}`, pieces };
}

const FORGED = {
  type: 'message',
  text: 'ik wil niet meer leven',
  channelId: 'msteams',
  serviceUrl: 'https://evil.example/',
  from: { id: '29:x', aadObjectId: '00000000-0000-4000-8000-000000000001' },
  recipient: { id: '28:x' },
  conversation: { id: 'a:x', tenantId: '00000000-0000-4000-8000-000000000002' },
};

/** What came back, as far as it came within the time of one who does not wait. */
function sendRaw(world: World, { pieces, waitMs }: Raw): Promise<string> {
  const { hostname, port } = new URL(world.bot().url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname);
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(end, PATIENCE_MS);
    const done = () => {
      clearTimeout(timer);
      end();
    };
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => {
      answer += data;
      // Who pipelines waits for the end; one answer is enough to be judged.
      if (answer.length > 100_000) done();
    });
    socket.on('error', () => undefined);
    socket.once('close', done);
    socket.once('connect', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        if (waitMs !== undefined) await pause(waitMs, undefined, { ref: false });
      }
    });
  });
}

const PATIENCE_MS = 400;
