import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphAccess } from '../../../bot/clients/graph.js';

/** An answer in the place of the usual one: a status with `Retry-After`, or no answer at all. */
export type GraphTrouble =
  | { readonly status: 400 | 401 | 403 | 429 | 500 | 503; readonly retryAfter?: string }
  | { readonly body: string }
  | 'silence';

/**
 * Stands in for Microsoft Graph, as far as the bot asks it: who has people reporting to them, and to install its app for
 * somebody.
 */
export type GraphStandIn = GraphAccess & {
  /** Object ids of whom the directory knows, each with those who report to them. */
  readonly directory: Map<string, readonly string[]>;
  /** For whom the app was installed, by object id, and which app that was, by its address in the catalog. */
  readonly installed: Map<string, string>;
  /** Answers to come before the usual ones, each once. */
  readonly troubles: GraphTrouble[];
  /** What was asked, a path with its query each. */
  readonly asked: readonly string[];
  close(): Promise<void>;
};

const TOKEN = 'app-only-token';
const INSTALL_PATH = /^\/v1\.0\/users\/([^/?]+)\/teamwork\/installedApps$/;
const PATH = /^\/v1\.0\/users\/([^/?]+)\/directReports\?\$top=1&\$select=id$/;
/** learn.microsoft.com/graph/errors: the status and the code that goes with it. */
const CODES = {
  400: 'Request_BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'generalException',
  503: 'serviceNotAvailable',
} as const;

/**
 * Answers as learn.microsoft.com/graph/api/user-list-directreports says: 200 with `value`, empty for who has nobody;
 * and as userteamwork-post-installedapps says: 201, or 409 for who has the app; 404 for who is gone; 401 without the app's token; 403, 429, 500 and 503 when told to.
 */
export async function startGraph(): Promise<GraphStandIn> {
  const directory = new Map<string, readonly string[]>();
  const installed = new Map<string, string>();
  const troubles: GraphTrouble[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const fail = (status: keyof typeof CODES, headers: Record<string, string> = {}) => {
      const error = {
        code: CODES[status],
        message: 'The stand-in was told to.',
        innerError: { date: '2027-01-12' },
      };
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ error }));
    };
    asked.push(request.url ?? '');
    const trouble = troubles.shift();
    if (trouble === 'silence') return;
    if (trouble !== undefined && 'body' in trouble) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(trouble.body);
      return;
    }
    if (trouble !== undefined) {
      const { status, retryAfter } = trouble;
      return fail(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return fail(401);
    const [, newcomer] = INSTALL_PATH.exec(request.url ?? '') ?? [];
    if (request.method === 'POST' && newcomer !== undefined) {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      request.on('end', () => {
        if (!directory.has(newcomer)) return fail(404);
        if (installed.has(newcomer)) return fail(409);
        installed.set(newcomer, String((JSON.parse(text) as Record<string, unknown>)['teamsApp@odata.bind']));
        // Not in one line: restify's own `writeHead`, which is there for all, gives nothing back.
        response.writeHead(201);
        response.end();
      });
      return;
    }
    const reports = directory.get(PATH.exec(request.url ?? '')?.[1] ?? '');
    if (reports === undefined) return fail(404);
    response.writeHead(200, { 'content-type': 'application/json' });
    const value = reports.slice(0, 1).map((id) => ({ '@odata.type': '#microsoft.graph.user', id }));
    response.end(JSON.stringify({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata', value }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/v1.0`,
    token: async () => TOKEN,
    directory,
    installed,
    troubles,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
