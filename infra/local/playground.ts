import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answers, asModule, type Child, startChild, waitUntilReady } from './child.js';
import { fullName, type Person, playgroundConfig } from './people.js';
import { LOOPBACK, settlePort } from './ports.js';

export const PLAYGROUND_PORT = 56_150;
const START_TIMEOUT_MS = 30_000;

/** The Playground listens on every network interface and has no option for that. */
const LISTEN_ON_LOOPBACK = asModule(`
  import { Server } from 'node:net';
  const { listen } = Server.prototype;
  Server.prototype.listen = function (first, ...rest) {
    const hosted = typeof first === 'number' ? [first, '${LOOPBACK}'] : [first];
    return listen.call(this, ...hosted, ...rest);
  };
`);

/** The Content Security Policy of its page: its own script, and the fonts of Microsoft's icons from their CDN. */
const PAGE_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "font-src 'self' data: https://res-1.cdn.office.net",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const PAGE_HEADERS = {
  'Content-Security-Policy': PAGE_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** It sends no security headers, and has no option for them. */
const SEND_HEADERS = asModule(`
  import { ServerResponse } from 'node:http';
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function (...given) {
    for (const [name, value] of Object.entries(${JSON.stringify(PAGE_HEADERS)})) this.setHeader(name, value);
    this.removeHeader('X-Powered-By');
    return writeHead.apply(this, given);
  };
`);

export type PlaygroundOptions = {
  /** Who looks at it, and types. */
  readonly viewer: Person;
  /** The bot's `/api/messages`, in full. */
  readonly botEndpoint: string;
  /** For its configuration and log; made where it is missing. */
  readonly dataFolder: string;
  /** 56150 by default; 0 picks a free one. */
  readonly port?: number;
  /** Aborts the start. */
  readonly signal?: AbortSignal | undefined;
};

export type Playground = {
  /** The page to open in a browser. */
  readonly url: string;
  readonly port: number;
  readonly child: Child;
  stop(): Promise<void>;
};

/**
 * Starts Microsoft 365 Agents Playground for one person, with telemetry off, and waits until its page answers.
 * It opens no browser. The person is "installed" (installationUpdate, conversationUpdate) when a browser opens the
 * page, each time; what the bot sends while no page is open is accepted and never shown.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { viewer, botEndpoint, dataFolder, signal } = options;
  const port = await settlePort(options.port ?? PLAYGROUND_PORT);
  const name = viewer.givenName.toLowerCase();
  const configFile = join(dataFolder, `playground-${name}.json`);
  await mkdir(dataFolder, { recursive: true });
  await writeFile(configFile, `${JSON.stringify(playgroundConfig(viewer), null, 2)}\n`);

  const url = `http://${LOOPBACK}:${port}`;
  const child = startChild({
    name: `Microsoft 365 Agents Playground (${fullName(viewer)})`,
    preload: [LISTEN_ON_LOOPBACK, SEND_HEADERS],
    command: [
      createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js'),
      ...['start', '--app-endpoint', botEndpoint, '--channel-id', 'msteams', '--port', String(port)],
      ...['--service-url', `${url}/_connector`, '--disable-telemetry'],
    ],
    cwd: dataFolder,
    env: {
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: configFile,
      M365_AGENTS_PLAYGROUND_LOGFILE: join(dataFolder, `playground-${name}.log`),
      SEND_INSTALLATION_ACTIVITY: 'true',
      TEAMSAPPTESTER_BROWSER: 'none',
    },
  });
  // Where the port was taken in the meantime it moves to another without a failure; its page then never answers here.
  const isReady = () => answers(`${url}/_internal/v1/config`, 200);
  await waitUntilReady(child, { isReady, timeoutMs: START_TIMEOUT_MS, signal });
  return { url, port, child, stop: () => child.stop() };
}
