import { mkdtemp, rm } from 'node:fs/promises';
import { METHODS } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { dropTables, ownPrefix } from '../support/azure/azurite.js';
import { faultsOf } from '../support/faults.js';
import { addressOf, LEARNS_NOTHING, type Running, startCommand } from '../support/process/command.js';

/** A request as bytes, in the pieces in which it is written. */
type Raw = readonly Buffer[];

const SEED = 20_270_112;
const RUNS = 600;
/** A second with the machine to itself. */
const prefix = ownPrefix();

let folder: string;
let bot: Running;
let url: URL;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopje-koffie-raw-'));
  bot = startCommand(['serve'], {
    cwd: folder,
    preload: [LEARNS_NOTHING],
    env: {
      ...{ BOT_ENV: 'development', PORT: '0', REMINDERS: 'off', TABLE_PREFIX: prefix },
      AZURE_TABLES_CONNECTION_STRING: inject('azurite'),
    },
  });
  url = new URL(await addressOf(bot));
});
afterAll(async () => {
  bot.child.kill('SIGKILL');
  await bot.ended;
  await dropTables(inject('azurite'), prefix);
  await rm(folder, { recursive: true, force: true });
});

describe('whatever a stranger writes to the port', () => {
  it('is answered whatever the host is, finds no page by it, and the bot lives on', async () => {
    expect(
      await faultsOf(
        [
          ...['foo|bar', 'x:99999', '[::1', 'a b', '%', 'ok.test:abc', 'xn--a', '1.2.3.999', '\x80\xff'],
          ...['[fe80::1%25eth0]:3978', '/', '?', '#', '@', ':', '[]', '\\', 'a\tb', 'x'.repeat(15_000)],
        ],
        async (host) => {
          expect(await answersTo([request({ host })])).toMatch(/^HTTP\/1\.1 (200|400) /);
          await expectAlive();
        },
      ),
    ).toEqual([]);
    for (const host of ['x/readyz?', 'x/readyz#', 'x\\\\readyz?', 'x@y/readyz?']) {
      expect(await answersTo([request({ host, target: '/' })])).toMatch(/^HTTP\/1\.1 400 /);
    }
  });

  it('is answered whatever the target is, and the bot lives on', async () => {
    expect(
      await faultsOf(
        [
          ...[
            'http://',
            'http:',
            'http:///',
            'http://%',
            'http://[',
            '*',
            '//',
            '///',
            '//[',
            '/%',
            '/%E0%A4%A',
          ],
          ...[
            '/%00',
            '/healthz;x=1',
            '/healthz?%',
            '/healthz#',
            '/../..',
            '\\',
            'a:b',
            'javascript:1',
            '?',
            '@',
          ],
          ...[
            'http://[::1/healthz',
            'http://a:99999/healthz',
            'https://a b/',
            '/healthz/__proto__',
            '/constructor',
          ],
        ],
        async (target) => {
          for (const method of ['GET', 'POST', 'OPTIONS']) {
            expect(await answersTo([request({ method, target })])).toMatch(/^HTTP\/1\.1 (200|4\d\d) /);
          }
          await expectAlive();
        },
      ),
    ).toEqual([]);
  });

  it('is answered or hung up on, at random, and the bot lives on', async () => {
    await fc.assert(
      fc.asyncProperty(aRaw, async (raw) => {
        await answersTo(raw);
        await expectAlive();
      }),
      { seed: SEED, numRuns: RUNS, endOnFailure: true },
    );
    expect(bot.stderr()).not.toMatch(/"level":(50|60)/);
  });

  it('takes nobody’s place: many half requests are open while others are answered', async () => {
    const half = Array.from({ length: 200 }, () => {
      const socket = connect(Number(url.port), url.hostname);
      socket.on('error', () => undefined).resume();
      socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{"type":');
      return socket;
    });
    await expectAlive();
    for (const socket of half) socket.destroy();
    await expectAlive();
  });
});

async function expectAlive(): Promise<void> {
  const answer = await answersTo([request({ connection: 'close' })]);
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(`not answered: ${answer} ${bot.stderr()}`);
}

function request({
  method = 'GET',
  target = '/healthz',
  host = 'bot.example',
  connection = 'keep-alive',
}: {
  readonly method?: string;
  readonly target?: string;
  readonly host?: string;
  readonly connection?: string;
}): Buffer {
  return Buffer.from(
    `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: ${connection}\r\n\r\n`,
    'latin1',
  );
}

/** Writes the pieces, says that nothing more comes, and gives what was answered until the line was closed. */
function answersTo(raw: Raw): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname);
    let answer = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      answer += part;
    });
    socket.once('close', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // It may hang up before it has heard everything; that nobody listens any more is another thing.
      if (error.code === 'ECONNREFUSED') reject(new Error(`nobody listens: ${bot.stderr()}`));
    });
    const write = (at: number): void => {
      const piece = raw[at];
      if (piece === undefined) socket.end();
      else socket.write(piece, () => setImmediate(write, at + 1));
    };
    socket.once('connect', () => write(0));
  });
}

const latin = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)),
});
const urlish = fc.string({
  unit: fc.constantFrom(...'/:@?#[]%\\|^*.0aF-;=&<>{}'.split(''), '%2e', 'http://', 'xn--', '\xff'),
});
const target = fc.oneof(
  fc.constantFrom('/healthz', '/readyz', '/privacy?lang=en', '/terms', '/api/messages', '/', '*'),
  urlish,
  urlish.map((rest) => `/${rest}`),
  urlish.map((rest) => `http://${rest}`),
  visible.map((rest) => `/privacy?lang=${rest}`),
  fc.constant(`/${'x'.repeat(14_000)}`),
);
const header = fc.oneof(
  fc.oneof(urlish, visible, latin).map((value) => `Host: ${value}`),
  fc.constantFrom(
    'Content-Type: application/json',
    'Content-Type: text/html',
    'Content-Length: 2',
    'Content-Length: -1',
    'Content-Length: 99999999999999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Expect: 100-continue',
    'Expect: much',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Upgrade: h2c',
    'HTTP2-Settings: AAAA',
    'Connection: close',
    'Accept: nothing/at-all;q=x',
    'Accept-Version: ~1',
    'Range: bytes=0-',
    `Cookie: ${'x'.repeat(9_000)}`,
  ),
  fc
    .tuple(
      fc.constantFrom('Accept', 'Accept-Language', 'Authorization', 'Content-Type', 'Content-Encoding', 'X'),
      fc.oneof(visible, latin, fc.constant(',;q=.'.repeat(1_000))),
    )
    .map(([name, value]) => `${name}: ${value}`),
  latin,
);
const body = fc.oneof(
  fc.constantFrom(
    '',
    '{}',
    '{"type":"message"',
    '[',
    'null',
    '0\r\n\r\n',
    '2\r\n{}\r\n0\r\n\r\n',
    'ffffffffff\r\n',
  ),
  fc.json(),
  latin,
);
const aRequest = fc
  .record({
    method: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'CONNECT') },
      { weight: 2, arbitrary: fc.constantFrom(...METHODS) },
      { weight: 1, arbitrary: visible },
    ),
    target,
    version: fc.oneof(
      { weight: 6, arbitrary: fc.constant('HTTP/1.1') },
      { weight: 1, arbitrary: fc.constantFrom('HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9', 'ICY', '') },
    ),
    headers: fc.array(header, { maxLength: 6 }),
    body,
  })
  .map(({ method, target: to, version, headers, body: rest }) =>
    Buffer.from(`${method} ${to} ${version}\r\n${headers.join('\r\n')}\r\n\r\n${rest}`, 'latin1'),
  );
/** One request or several behind each other, whole or broken off, in one piece or in several. */
const aRaw: fc.Arbitrary<Raw> = fc
  .record({
    requests: fc.array(aRequest, { minLength: 1, maxLength: 3 }),
    keep: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    ),
    pieces: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ requests, keep, pieces }) => {
    const bytes = Buffer.concat(requests);
    const kept = bytes.subarray(0, Math.ceil(bytes.length * keep));
    const each = Math.max(1, Math.ceil(kept.length / pieces));
    return Array.from({ length: pieces }, (_, at) => kept.subarray(at * each, (at + 1) * each)).filter(
      ({ length }) => length > 0,
    );
  });
