import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

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
  close(): Promise<void>;
};

export async function startTablesProxy(connectionString: string): Promise<TablesProxy> {
  const port = Number(/TableEndpoint=http:\/\/127\.0\.0\.1:(\d+)/.exec(connectionString)?.[1]);
  let losing: { readonly methods: RegExp; readonly meanwhile: () => Promise<unknown> } | undefined;
  let failing: { readonly status: number; readonly methods: RegExp } | undefined;
  const server = createServer((incoming, outgoing) => {
    const { method = '', url, headers } = incoming;
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      if (failing?.methods.test(method)) {
        // The service may say in its error what it was asked to write.
        outgoing.writeHead(failing.status, { 'content-type': 'application/json' });
        outgoing.end(
          JSON.stringify({ 'odata.error': { code: 'Refused', message: { value: body.toString('utf8') } } }),
        );
        return;
      }
      const lost = losing?.methods.test(method) === true ? losing : undefined;
      if (lost !== undefined) losing = undefined;
      const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
        if (lost !== undefined) {
          answer.resume().on('end', () => void lost.meanwhile().then(() => incoming.socket.destroy()));
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const own = (server.address() as AddressInfo).port;
  return {
    connectionString: connectionString.replace(`127.0.0.1:${port}`, `127.0.0.1:${own}`),
    fail: (status, methods = /./) => {
      failing = status === undefined ? undefined : { status, methods };
    },
    loseAnswer: (methods, meanwhile = async () => undefined) => {
      losing = { methods, meanwhile };
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
