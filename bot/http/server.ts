import type { Socket } from 'node:net';
import restify from 'restify';
import { LANGS, type Lang } from '../../cards/content/words.js';
import { codeOf } from '../errors.js';
import type { Log } from '../log.js';
import { type Envelope, envelope } from '../teams/activity.js';
import type { Answered } from '../teams/adapter.js';
import type { TokenFault } from '../teams/token-precheck.js';
import { homePage } from './pages/home-page.js';
import { PAGE_POLICY } from './pages/html-page.js';
import { privacyPage } from './pages/privacy-page.js';
import { termsPage } from './pages/terms-page.js';
import { type Body, readJson } from './request-body.js';
import { networkOf, type Tally } from './request-limits.js';

/** Runs the bot on an activity that is not authenticated yet. */
export type Answer = (authorization: string, activity: Envelope) => Promise<Answered>;
/**
 * Why a request is not let in by what its token says of itself; null when it may be looked at further. Without the
 * service address, which stands in the body, the token is looked at alone.
 */
export type TokenPrecheck = (
  authorization: string | undefined,
  serviceUrl: string | null,
) => TokenFault | 'foreign-service-url' | null;
/** What `/readyz` says: whether to send traffic here. Anybody may ask, so it says nothing else. */
export type Readiness = () => Promise<{ readonly ready: boolean }>;

export type BotServer = {
  /** Starts listening; the address it listens on, such as `http://127.0.0.1:3978`. */
  listen(): Promise<string>;
  /** Takes no new requests and waits for those that it has. */
  close(): Promise<void>;
};

/** Teams sends far less than this; what is larger is not kept. */
const BODY_MAX_BYTES = 256 * 1024;
/** How long a request may take to come in. Teams' come at once; who dawdles keeps no connection busy. */
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 20_000;

/** For whatever is served: nothing of it may run, be kept or be shown in a page. Our own pages have their own style. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};
/** A browser that came by https once comes by nothing else for a year. */
const HTTPS_ONLY = { 'Strict-Transport-Security': 'max-age=31536000' };

export type ServerDeps = {
  readonly port: number;
  readonly host: string;
  readonly precheck: TokenPrecheck;
  readonly answer: Answer;
  readonly ready: Readiness;
  readonly log: Log;
  /** Whether people reach it by https, through whatever stands before it. */
  readonly https: boolean;
  readonly version: string;
  /** Whom the page at the root names to ask; null when nobody is. */
  readonly supportContact: string | null;
  /** Counts by address what was refused. */
  readonly refusals: Tally;
  /** Told of the status that each activity was answered with. */
  readonly watch?: (status: number) => void;
};
/** Whether it takes no new requests any more. */
type State = { closing: boolean };

export function createServer(deps: ServerDeps): BotServer {
  const server = restify.createServer({ name: '', ignoreTrailingSlash: true });
  Object.assign(server.server, { headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS });
  // restify listens to this and does nothing, so that Node would leave the connection open for good.
  server.on('upgrade', (_request: unknown, socket: Socket) => socket.destroy());
  const state: State = { closing: false };
  const headers = Object.entries({ ...HEADERS, ...(deps.https ? HTTPS_ONLY : {}) });
  server.pre((request: restify.Request, response: restify.Response, next: restify.Next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    closeConnection(response, state);
    if (hasUrl(request)) return next();
    send(response, refusal(400), state);
    return next(false);
  });
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const answered = await answerActivity(deps, request);
    deps.watch?.(answered.status);
    send(response, answered, state);
  });
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { alive: true, version: deps.version });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const { ready } = await deps.ready();
    response.send(ready ? 200 : 503, { ready });
  });
  addPages(server, deps);
  // restify would put the message of whatever was thrown into the answer.
  server.on('restifyError', (_request, _response, error: RestifyError, done: () => void) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) deps.log.error({ code: codeOf(error) }, 'request failed');
    const said = { code: REFUSALS[status] ?? 'Refused', message: CANNOT_BE_TAKEN };
    error.toJSON = () => said;
    error.toString = () => said.message;
    done();
  });
  return {
    listen: () => listen(server, deps),
    close: () =>
      new Promise((resolve) => {
        state.closing = true;
        server.close(() => resolve());
      }),
  };
}

function listen(server: restify.Server, { port, host }: ServerDeps): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, host, () => {
      const { port: bound } = server.address() as { port: number };
      resolve(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${bound}`);
    });
  });
}

function addPages(server: restify.Server, deps: ServerDeps): void {
  for (const [path, page] of [
    ['/', (lang: Lang) => homePage(lang, deps)],
    ['/privacy', privacyPage],
    ['/terms', termsPage],
  ] as const) {
    server.get(path, async (request: restify.Request, response: restify.Response) => {
      response.sendRaw(200, page(languageAsked(request)), {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': PAGE_POLICY,
      });
    });
  }
}

/** An address with too many refusals is told to wait, and of its requests without a token that may be right none is read. */
async function answerActivity(deps: ServerDeps, request: restify.Request): Promise<Answered> {
  const { refusals, log } = deps;
  const address = networkOf(request.socket.remoteAddress ?? '');
  const wait = refusals.waitOf(address);
  const unread = wait > 0 && deps.precheck(request.headers.authorization, null) !== null;
  const answered = unread ? UNAUTHORIZED : await take(deps, request);
  if (!REFUSED.includes(answered.status)) return answered;
  refusals.count(address);
  if (wait > 0) return { ...TOO_MANY, retryAfter: wait };
  if (refusals.waitOf(address) > 0) log.warn({ code: 'too-many-refused' }, 'an address is held back');
  return answered;
}

async function take({ precheck, answer, log }: ServerDeps, request: restify.Request): Promise<Answered> {
  const body = await readJson(request, BODY_MAX_BYTES);
  if (body.kind !== 'json') return UNREADABLE[body.kind];
  const activity = envelope.safeParse(body.value);
  if (!activity.success) return NO_ACTIVITY;
  const { authorization } = request.headers;
  const fault = precheck(authorization, activity.data.serviceUrl);
  if (fault !== null) {
    log.warn({ code: fault }, 'token refused');
    return UNAUTHORIZED;
  }
  try {
    const answered = await answer(authorization ?? '', activity.data);
    return { ...answered, ...PLAIN[answered.status] };
  } catch (error) {
    log.error({ code: codeOf(error) }, 'request failed');
    return FAILED;
  }
}

function send(response: restify.Response, { status, body, retryAfter }: Answered, state: State): void {
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  // What is still to come of it is not waited for.
  if (status === 413) response.setHeader('Connection', 'close');
  closeConnection(response, state);
  response.send(status, body);
}

/** Else a connection that is kept alive keeps the process alive. */
function closeConnection(response: restify.Response, { closing }: State): void {
  if (closing) response.setHeader('Connection', 'close');
}

/**
 * Whether a URL can be made of the Host header and the request target. restify makes one before it looks for a route,
 * outside of any try, so that an unreadable one would end the process. Its own reading is asked here, since it keeps
 * what it has read: a check of ours beside it could let by what it cannot read. It puts the two behind each other, so
 * that a host with a path in it would choose the route. RFC 9112, 3.2.
 */
function hasUrl(request: restify.Request): boolean {
  if (/[/\\?#@]/.test(request.headers.host ?? '')) return false;
  try {
    request.getUrl();
    return true;
  } catch {
    return false;
  }
}

/** The language in the address, else the first of ours that the browser asks for, else Dutch. */
function languageAsked(request: restify.Request): Lang {
  const asked = new URLSearchParams(request.getQuery()).get('lang');
  const accepted = (request.headers['accept-language'] ?? '').split(',').map((one) => one.trim().slice(0, 2));
  return [asked, ...accepted].flatMap((one) => LANGS.filter((lang) => lang === one))[0] ?? 'nl';
}

type RestifyError = Error & { statusCode?: number; toJSON?: () => unknown };

const CANNOT_BE_TAKEN = 'This request cannot be taken.';
const REFUSALS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  404: 'NotFound',
  405: 'NotAllowed',
  413: 'TooLarge',
  415: 'WrongType',
  500: 'Failed',
};
const UNREADABLE: Readonly<Record<Exclude<Body['kind'], 'json'>, Answered>> = {
  'no-json': refusal(400),
  'too-large': refusal(413),
  'wrong-type': refusal(415),
};
const NO_ACTIVITY: Answered = {
  status: 400,
  body: { code: 'BadActivity', message: 'The body is no Bot Framework activity of Teams.' },
};
/** The same for whatever is wrong with a token: who tries keys learns nothing. */
const UNAUTHORIZED: Answered = {
  status: 401,
  body: { code: 'Unauthorized', message: 'This request does not prove who it is from.' },
};
const TOO_MANY: Answered = {
  status: 429,
  body: { code: 'TooMany', message: 'There were too many requests. Try again later.' },
};
const AWAY: Answered = { status: 503, body: { code: 'Unavailable', message: 'Try again later.' } };
const FAILED: Answered = { status: 500, body: { code: 'Failed', message: 'Try again later.' } };
/** What is refused goes out in these words alone. */
const PLAIN: Readonly<Record<number, Answered>> = { 401: UNAUTHORIZED, 429: TOO_MANY, 503: AWAY };
/** What counts against an address. */
const REFUSED: readonly number[] = [400, 401, 413, 415];

function refusal(status: number): Answered {
  return { status, body: { code: REFUSALS[status], message: CANNOT_BE_TAKEN } };
}
