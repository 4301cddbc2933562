import restify from 'restify';
import { LANGS, type Lang } from '../cards/content/words.js';
import { type Envelope, envelope } from './activity.js';
import { codeOf } from './errors.js';
import type { Log } from './log.js';
import { PAGE_POLICY } from './pages/html-page.js';
import { privacyPage } from './pages/privacy-page.js';
import { termsPage } from './pages/terms-page.js';

/** Runs the bot on an activity whose token is not proven yet: the status and body to answer with. */
export type Answer = (
  authorization: string,
  activity: Envelope,
) => Promise<{ readonly status: number; readonly body?: unknown; readonly retryAfter?: number }>;
/** Counts a refused request from an address; seconds to wait when there were too many, else null. */
export type Refused = (address: string) => Promise<number | null>;
/** Why a request is not let in by what its token says of itself; null when it may be looked at further. */
export type FaultOf = (authorization: string | undefined, serviceUrl: string) => string | null;
/** What `/readyz` says: whether to send traffic here, and the state of health as JSON. */
export type Readiness = () => Promise<{ readonly ready: boolean }>;

export type BotServer = {
  /** Starts listening; the address it listens on, such as `http://127.0.0.1:3978`. */
  listen(): Promise<string>;
  /** Takes no new requests and waits for those that it has. */
  close(): Promise<void>;
};

/** Teams sends far less than this; what is larger is not read. */
const BODY_MAX_BYTES = 256 * 1024;

export function createServer(needs: {
  readonly port: number;
  readonly host: string;
  readonly faultOf: FaultOf;
  readonly answer: Answer;
  readonly ready: Readiness;
  readonly refused: Refused;
  readonly production: boolean;
  readonly log: Log;
}): BotServer {
  const { log } = needs;
  const server = restify.createServer({ name: '', ignoreTrailingSlash: true });
  server.pre((_request: restify.Request, response: restify.Response, next: restify.Next) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (needs.production) response.setHeader('strict-transport-security', HSTS);
    next();
  });
  server.use(restify.plugins.bodyParser({ maxBodySize: BODY_MAX_BYTES, mapParams: false }));

  const refuse = async (request: restify.Request, response: restify.Response, status: 400 | 401) => {
    const seconds = await needs.refused(request.socket.remoteAddress ?? '');
    if (seconds !== null) return tooMuch(response, seconds);
    response.send(status, status === 401 ? UNPROVEN : NO_ACTIVITY);
  };

  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const activity = envelope.safeParse(request.body);
    if (!activity.success) {
      await refuse(request, response, 400);
      return;
    }
    const { authorization } = request.headers;
    const fault = needs.faultOf(authorization, activity.data.serviceUrl);
    if (fault !== null) {
      log.warn({ code: fault }, 'token refused');
      await refuse(request, response, 401);
      return;
    }
    try {
      const { status, body, retryAfter } = await needs.answer(authorization ?? '', activity.data);
      if (status === 401) await refuse(request, response, 401);
      else if (status === 429) tooMuch(response, retryAfter ?? 1);
      else response.send(status, body);
    } catch (error) {
      log.error({ code: codeOf(error) }, 'request failed');
      if (!response.headersSent) response.send(500, { code: 'Failed', message: 'Try again later.' });
    }
  });
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { alive: true });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const state = await needs.ready();
    response.send(state.ready ? 200 : 503, state);
  });
  for (const [path, page] of [
    ['/privacy', privacyPage],
    ['/terms', termsPage],
  ] as const) {
    server.get(path, (request: restify.Request, response: restify.Response, next: restify.Next) => {
      const html = page(languageAsked(request));
      response.sendRaw(200, html, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': PAGE_POLICY,
      });
      next();
    });
  }
  // restify would put the message of whatever was thrown into the answer.
  server.on('restifyError', (_request, _response, error: RestifyError, done: () => void) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ code: codeOf(error) }, 'request failed');
    const said = { code: REFUSALS[status] ?? 'Refused', message: 'This request cannot be taken.' };
    error.toJSON = () => said;
    error.toString = () => said.message;
    done();
  });

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.on('error', reject);
        server.listen(needs.port, needs.host, () => {
          const { port } = server.address() as { port: number };
          resolve(`http://${needs.host === '0.0.0.0' ? '127.0.0.1' : needs.host}:${port}`);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

/** The language in the address, else the first of ours that the browser asks for, else Dutch. */
function languageAsked(request: restify.Request): Lang {
  const asked = new URLSearchParams(request.getQuery()).get('lang');
  const accepted = (request.headers['accept-language'] ?? '').split(',').map((one) => one.trim().slice(0, 2));
  return [asked, ...accepted].flatMap((one) => LANGS.filter((lang) => lang === one))[0] ?? 'nl';
}

type RestifyError = Error & { statusCode?: number; toJSON?: () => unknown };

function tooMuch(response: restify.Response, seconds: number): void {
  response.setHeader('retry-after', String(seconds));
  response.send(429, { code: 'TooMuch', message: 'Too many requests. Try again later.' });
}

/** On every answer; a page has a policy of its own. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;
/** A year. */
const HSTS = 'max-age=31536000';
const NO_ACTIVITY = { code: 'BadActivity', message: 'The body is no Bot Framework activity of Teams.' };
/** The same for whatever is wrong with a token: who tries keys learns nothing. */
const UNPROVEN = { code: 'Unauthorized', message: 'This request does not prove who it is from.' };
const REFUSALS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  404: 'NotFound',
  405: 'NotAllowed',
  413: 'TooLarge',
  415: 'WrongType',
  500: 'Failed',
};
