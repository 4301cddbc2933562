import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../../bot/errors.js';
import { createTally, REQUEST_LIMITS } from '../../../bot/http/request-limits.js';
import {
  type Answer,
  type BotServer,
  createServer,
  type Readiness,
  type TokenPrecheck,
} from '../../../bot/http/server.js';
import { faultsOf } from '../../support/faults.js';
import { logInto, SILENT } from '../../support/recording-log.js';

const ACTIVITY = {
  type: 'message',
  channelId: 'msteams',
  serviceUrl: 'https://smba.example/emea/',
  from: { id: '29:1' },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:1' },
  text: 'hoi',
};
/** What an answer may never hold: paths, stacks, names of what is inside. */
const INSIDE = /restify|node:|node_modules|\.[jt]s\b|\bat \w+|stack|secret/i;

type Answered = { status: number; headers: Record<string, unknown>; text: string };

let server: BotServer | undefined;
let url: string;
const now = 0;
const logged: string[] = [];
const afresh = async () => {
  await server?.close();
  server = undefined;
  logged.length = 0;
};
afterEach(afresh);

async function listen(
  deps: { answer?: Answer; precheck?: TokenPrecheck; ready?: Readiness; https?: boolean } = {},
): Promise<void> {
  server = createServer({
    port: 0,
    host: '127.0.0.1',
    log: logInto(logged, 'info'),
    precheck: deps.precheck ?? (() => null),
    answer: deps.answer ?? (async () => ({ status: 200, body: { taken: true } })),
    ready: deps.ready ?? (async () => ({ ready: true })),
    version: '0.2.0',
    supportContact: null,
    https: deps.https ?? true,
    refusals: createTally(REQUEST_LIMITS.refusedByAddress, () => now),
  });
  url = await server.listen();
}

/** One request over a connection of its own, so that closing waits for nobody. */
function ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': type };
    const outgoing = request(`${url}${path}`, { method, agent: false, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
  });
}

describe('server: what an operator asks', () => {
  it('says on /healthz that it lives, also when it is not ready, with a slash behind it too', async () => {
    await listen({ ready: async () => ({ ready: false }) });
    const answer = await ask('GET', '/healthz');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ alive: true, version: '0.2.0' });
    await listen();
    expect((await ask('GET', '/readyz/')).status).toBe(200);
  });

  it('answers 200 or 503 on /readyz by whether it is ready, and says nothing else', async () => {
    expect(
      await faultsOf(
        [
          [200, true],
          [503, false],
        ],
        async (status, ready) => {
          const state = { ready, tables: ready, gaveUp: 2 };
          await listen({ ready: async () => state });
          const answer = await ask('GET', '/readyz');
          expect(answer.status).toBe(status);
          expect(answer.headers['content-type']).toContain('application/json');
          expect(JSON.parse(answer.text)).toEqual({ ready });
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('server: what it does not take', () => {
  it('answers what it does not serve with its status and tells nothing of its inside', async () => {
    expect(
      await faultsOf(
        [
          ['POST', '/', 405],
          ['GET', '/no/such/path', 404],
          ['POST', '/no/such/path', 404],
          ['GET', '/../../etc/passwd', 404],
          ['GET', '/api/messages', 405],
          ['PUT', '/api/messages', 405],
          ['DELETE', '/healthz', 405],
          ['POST', '/readyz', 405],
        ],
        async (method, path, status) => {
          await listen();
          const answer = await ask(method, path);
          expect(answer.status).toBe(status);
          expect(JSON.parse(answer.text)).toEqual({
            code: status === 404 ? 'NotFound' : 'NotAllowed',
            message: 'This request cannot be taken.',
          });
          expect(answer.text).not.toMatch(INSIDE);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('answers HEAD /api/messages with 405 and no body', async () => {
    await listen();
    expect(await ask('HEAD', '/api/messages')).toMatchObject({ status: 405, text: '' });
  });

  it('does not hand on what is no activity', async () => {
    expect(
      await faultsOf<[string, unknown, number]>(
        [
          ['no JSON', '{"type":', 400],
          ['nothing', '', 400],
          ['no activity', { type: 'message' }, 400],
          ['an activity of another channel', { ...ACTIVITY, channelId: 'webchat' }, 400],
          ['more than 256 KB', { ...ACTIVITY, text: 'x'.repeat(257 * 1024) }, 413],
        ],
        async (_case, body, status) => {
          let handed = 0;
          await listen({
            answer: async () => {
              handed += 1;
              return { status: 200 };
            },
          });
          const answer = await ask('POST', '/api/messages', body);
          expect(answer.status).toBe(status);
          expect(answer.text).not.toMatch(INSIDE);
          expect(handed).toBe(0);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('server: an activity', () => {
  it('goes on as it came, and its answer goes back', async () => {
    const handed: unknown[] = [];
    await listen({
      answer: async (_token, activity) => {
        handed.push(activity);
        return { status: 201, body: { id: '1' } };
      },
    });
    const answer = await ask('POST', '/api/messages', ACTIVITY);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([201, { id: '1' }]);
    expect(handed).toEqual([ACTIVITY]);
  });

  it('that ends in an error is answered with 500, without its message, and logged by its code, also the state of health', async () => {
    expect(
      await faultsOf<[string, unknown, string]>(
        [
          ['an error', new TypeError('a secret of Sanne'), 'TypeError'],
          ['an error with a code', new CodedError('table-limit', 'a secret of Sanne'), 'table-limit'],
          ['an error with a status', Object.assign(new Error('a secret'), { statusCode: 418 }), 'http-418'],
          ['something that is no error', 'a secret of Sanne', 'unknown'],
        ],
        async (...given) => {
          const [, thrown, code] = given;
          await listen({ answer: () => Promise.reject(thrown) });
          const answer = await ask('POST', '/api/messages', ACTIVITY);
          expect(answer.status).toBe(500);
          expect(JSON.parse(answer.text)).toEqual({ code: 'Failed', message: 'Try again later.' });
          expect(logged).toHaveLength(1);
          expect(JSON.parse(logged[0]!)).toMatchObject({ code, msg: 'request failed' });
          expect(logged[0]).not.toMatch(/secret|Sanne/);
        },
        afresh,
      ),
    ).toEqual([]);
    await listen({ ready: () => Promise.reject(new Error('a secret')) });
    const answer = await ask('GET', '/readyz');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(INSIDE);
    expect(logged.join('')).not.toContain('secret');
  });

  it('whose token is not right is answered with 401, whatever is wrong with it, and is not handed on', async () => {
    let handed = 0;
    const answer = async () => {
      handed += 1;
      return { status: 401, body: { why: 'a secret' } };
    };
    await listen({ answer, precheck: (token) => (token === undefined ? 'no-token' : null) });
    const without = await ask('POST', '/api/messages', ACTIVITY);
    expect(without.status).toBe(401);
    expect(handed).toBe(0);
    expect(logged.join('')).toContain('no-token');
    await server?.close();
    await listen({ answer });
    const onAuthenticationFailure = await ask('POST', '/api/messages', ACTIVITY);
    expect([onAuthenticationFailure.status, onAuthenticationFailure.text]).toEqual([401, without.text]);
  });
});

describe('server: the headers of whatever it answers', () => {
  const everything: [string, string, unknown, number][] = [
    ['GET', '/healthz', undefined, 200],
    ['HEAD', '/healthz', undefined, 405],
    ['GET', '/readyz', undefined, 503],
    ['POST', '/api/messages', ACTIVITY, 200],
    ['POST', '/api/messages', { ...ACTIVITY, text: 'unproven' }, 401],
    ['POST', '/api/messages', { ...ACTIVITY, text: 'too often' }, 429],
    ['POST', '/api/messages', { ...ACTIVITY, text: 'fault' }, 500],
    ['POST', '/api/messages', {}, 400],
    ['POST', '/api/messages', '"', 400],
    ['POST', '/api/messages', { text: 'x'.repeat(300_000) }, 413],
    ['GET', '/no', undefined, 404],
    ['GET', '/%E0%A4%A', undefined, 404],
    ['GET', '/api/messages', undefined, 405],
    ['OPTIONS', '/api/messages', undefined, 405],
    ['TRACE', '/healthz', undefined, 405],
  ];
  const answer: Answer = async (_token, { text }) => {
    if (text === 'fault') throw new Error('a secret');
    if (text === 'too often') return { status: 429, retryAfter: 7 };
    return { status: text === 'unproven' ? 401 : 200 };
  };

  it('protect each answer, whatever its method, path and status', async () => {
    expect(
      await faultsOf(
        everything,
        async (method, path, body, status) => {
          await listen({ answer, ready: async () => ({ ready: false }) });
          const answered = await ask(method, path, body);
          expect(answered.status).toBe(status);
          expect(answered.headers).toMatchObject({
            'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
            'x-content-type-options': 'nosniff',
            'referrer-policy': 'no-referrer',
            'cache-control': 'no-store',
            'strict-transport-security': 'max-age=31536000',
          });
          expect(answered.headers).not.toHaveProperty('server');
          expect(answered.headers).not.toHaveProperty('x-powered-by');
          expect(answered.headers['retry-after']).toBe(status === 429 ? '7' : undefined);
          expect(answered.text).not.toMatch(INSIDE);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('ask for https in production only', async () => {
    await listen({ https: false });
    expect((await ask('GET', '/healthz')).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('server: its address', () => {
  it('cannot be taken twice: the second one says so', async () => {
    await listen();
    const port = Number(new URL(url).port);
    const deps = {
      host: '127.0.0.1',
      log: SILENT,
      precheck: () => null,
      answer: async () => ({ status: 200 }),
      https: true,
      version: '0.2.0',
      supportContact: null,
      refusals: createTally(REQUEST_LIMITS.refusedByAddress, () => now),
    };
    const second = createServer({ ...deps, port, ready: async () => ({ ready: true }) });
    await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
