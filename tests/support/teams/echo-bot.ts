import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudAdapter, type TurnContext } from 'botbuilder';
import type { BotFrameworkAuthentication } from './issuer.js';

export interface EchoBot {
  readonly url: string;
  readonly adapter: CloudAdapter;
  close(): Promise<void>;
}

/** The least that botbuilder can do over node:http: says back what was said, unless told otherwise. */
export async function startEchoBot({
  authentication,
  logic = echo,
}: {
  authentication: BotFrameworkAuthentication;
  logic?: (context: TurnContext) => Promise<void>;
}): Promise<EchoBot> {
  const adapter = new CloudAdapter(authentication);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    const incoming = { body, headers: request.headers, method: request.method ?? 'POST' };
    await adapter.process(incoming, answering(response), logic);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    adapter,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function echo(context: TurnContext): Promise<void> {
  if (context.activity.type === 'message') await context.sendActivity(`echo: ${context.activity.text}`);
}

/** The part of an express response that CloudAdapter uses. */
function answering(response: ServerResponse) {
  return {
    socket: response.socket,
    status: (code: number) => {
      response.statusCode = code;
    },
    header: (name: string, value: unknown) => response.setHeader(name, String(value)),
    send: (body: unknown) => {
      response.setHeader('content-type', 'application/json');
      response.write(JSON.stringify(body));
    },
    end: () => response.end(),
  };
}
