import restify from 'restify';
import { envelope } from './activity.js';
import { codeOf } from './errors.js';
import type { Log } from './log.js';

/** A request and an answer as Bot Framework's adapter wants them: restify's own fit. */
export type Process = (request: restify.Request, response: restify.Response) => Promise<void>;
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
  readonly process: Process;
  readonly ready: Readiness;
  readonly log: Log;
}): BotServer {
  const { log } = needs;
  const server = restify.createServer({ name: 'kopje-koffie', ignoreTrailingSlash: true });
  server.use(restify.plugins.bodyParser({ maxBodySize: BODY_MAX_BYTES, mapParams: false }));

  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const activity = envelope.safeParse(request.body);
    if (!activity.success) {
      response.send(400, { code: 'BadActivity', message: 'The body is no Bot Framework activity of Teams.' });
      return;
    }
    try {
      await needs.process(request, response);
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

type RestifyError = Error & { statusCode?: number; toJSON?: () => unknown };

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  404: 'NotFound',
  405: 'NotAllowed',
  413: 'TooLarge',
  415: 'WrongType',
  500: 'Failed',
};
