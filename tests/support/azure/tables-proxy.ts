import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from '../teams/teams.js';

/** A request of the bot to the tables, before anything came of it. */
export type TablesRequest = {
  readonly method: string;
  /** With the query, as it came. */
  readonly url: string;
  /** The table's name, prefix included; of a transaction that of its first operation; empty where none is named. */
  readonly table: string;
  readonly body: string;
};

/** The tables with a door in front that can be shut: what comes through is what Azurite answers. */
export type TablesProxy = {
  readonly connectionString: string;
  /** From now on answers requests by such a method itself, with this status; nothing to stop. */
  fail(status?: number, methods?: RegExp): void;
  /**
   * The next request by such a method comes through, and whoever made it never hears what came of it: the connection
   * breaks once `meanwhile` is over.
   */
  loseAnswer(methods: RegExp, meanwhile?: () => Promise<unknown>): void;
  /** From now on asks this for each request whether it goes wrong; nothing to stop. */
  fault(decide?: (request: TablesRequest) => Fault | undefined): void;
  /** Nothing listens any more, so that a connection is refused, until `open`. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
};

type Answer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

/** `clock` is what the service says of the time, where a test has a time of its own. */
export async function startTablesProxy(connectionString: string, clock?: () => Date): Promise<TablesProxy> {
  const port = Number(/TableEndpoint=http:\/\/127\.0\.0\.1:(\d+)/.exec(connectionString)?.[1]);
  const agent = new Agent({ keepAlive: true });
  const delays = new Set<NodeJS.Timeout>();
  let decide: (request: TablesRequest) => Fault | undefined = () => undefined;
  let losing: { readonly methods: RegExp; readonly meanwhile: () => Promise<unknown> } | undefined;
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const body = await bytesOf(incoming);
    const fault = decide({ method, url, table: tableIn(url, body), body: body.toString('utf8') });
    if (fault?.delayMs) await delay(fault.delayMs);
    const spoils = fault?.status !== undefined || fault?.hang === true || fault?.closeSocket === true;
    const answer = spoils && !fault.afterDelivery ? undefined : await onward(method, url, headers, body);
    const lost = losing?.methods.test(method) === true ? losing : undefined;
    if (lost !== undefined) {
      losing = undefined;
      await lost.meanwhile();
      return void incoming.socket.destroy();
    }
    if (fault?.hang) return;
    if (fault?.closeSocket) return void incoming.socket.destroy();
    const date = clock === undefined ? {} : { date: clock().toUTCString() };
    if (fault?.status !== undefined)
      return respond(outgoing, fault.status, { ...fault, headers: { ...date, ...fault.headers } });
    if (answer === undefined || outgoing.destroyed) return void outgoing.destroy();
    // Two calls: restify, where it runs in the same process, has writeHead return nothing.
    outgoing.writeHead(answer.status, { ...answer.headers, ...date });
    outgoing.end(answer.body);
  }

  function onward(method: string, path: string, headers: IncomingMessage['headers'], body: Buffer) {
    return new Promise<Answer>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
        bytesOf(answer).then(
          (bytes) =>
            resolve({
              status: answer.statusCode ?? 502,
              headers: withLength(answer.headers, bytes),
              body: bytes,
            }),
          reject,
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  function delay(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        delays.delete(timer);
        resolve();
      }, milliseconds);
      delays.add(timer);
    });
  }

  const listen = (where: number) =>
    new Promise<void>((listening) => server.listen(where, '127.0.0.1', listening));
  const stopListening = () =>
    new Promise<void>((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    });
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  return {
    connectionString: connectionString.replace(`127.0.0.1:${port}`, `127.0.0.1:${own}`),
    fail(status, methods = /./) {
      decide = ({ method, body }) => {
        if (status === undefined || !methods.test(method)) return undefined;
        // The service may say in its error what it was asked to write.
        return { status, body: { 'odata.error': { code: 'Refused', message: { value: body } } } };
      };
    },
    loseAnswer(methods, meanwhile = async () => undefined) {
      losing = { methods, meanwhile };
    },
    fault(next = () => undefined) {
      decide = next;
    },
    shut: async () => {
      if (server.listening) await stopListening();
    },
    open: async () => {
      if (!server.listening) await listen(own);
    },
    close: async () => {
      for (const timer of delays) clearTimeout(timer);
      if (server.listening) await stopListening();
      agent.destroy();
    },
  };
}

/** Decoded whole, an answer is no longer in chunks. */
function withLength(headers: IncomingMessage['headers'], body: Buffer): IncomingMessage['headers'] {
  const { 'transfer-encoding': _chunked, ...rest } = headers;
  return { ...rest, 'content-length': String(body.length) };
}

function respond(outgoing: ServerResponse, status: number, { headers, body }: Fault): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
  outgoing.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function tableIn(url: string, body: Buffer): string {
  const inPath = /^\/devstoreaccount1\/(?:Tables\('(\w+)'\)|(\w+))/.exec(url);
  const path = inPath?.[1] ?? inPath?.[2] ?? '';
  if (path !== '') return path;
  return /\/devstoreaccount1\/(\w+)/.exec(body.toString('latin1'))?.[1] ?? '';
}
