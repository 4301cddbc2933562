import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { answers, type Child, startChild, waitUntilReady } from './child.js';
import { LOOPBACK, settlePort } from './ports.js';

export const AZURITE_PORT = 10_002;
const START_TIMEOUT_MS = 20_000;

/** The account that every Azurite has; its key is public and opens nothing but an emulator. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export type AzuriteOptions = {
  /** The folder that keeps the tables between runs; made where it is missing. */
  readonly dataFolder: string;
  /** 10002 by default; 0 picks a free one. */
  readonly port?: number;
  /** Aborts the start. */
  readonly signal?: AbortSignal | undefined;
};

export type Azurite = {
  /** What `@azure/data-tables` takes; over http, so the client needs `allowInsecureConnection`. */
  readonly connectionString: string;
  readonly port: number;
  readonly child: Child;
  /** Stops it gracefully: its tables are written to the folder first. */
  stop(): Promise<void>;
};

/** Starts Azurite's table service on this machine and waits until it answers. */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  const { dataFolder, port = AZURITE_PORT, signal } = options;
  await mkdir(dataFolder, { recursive: true });
  // With port 0 Azurite takes a free port and never says which.
  const settled = await settlePort(port);
  const child = startChild({
    name: 'Azurite (the tables)',
    command: [
      createRequire(import.meta.url).resolve('azurite/dist/src/table/main.js'),
      ...['--tableHost', LOOPBACK, '--tablePort', String(settled), '--location', dataFolder],
      // The client's version of the Tables protocol may run ahead of the emulator's.
      '--skipApiVersionCheck',
      '--silent',
      '--disableTelemetry',
    ],
    cwd: dataFolder,
  });
  const endpoint = `http://${LOOPBACK}:${settled}/${ACCOUNT}`;
  await waitUntilReady(child, {
    isReady: () => answers(`${endpoint}/Tables`),
    timeoutMs: START_TIMEOUT_MS,
    signal,
  });
  return {
    connectionString: [
      'DefaultEndpointsProtocol=http',
      `AccountName=${ACCOUNT}`,
      `AccountKey=${KEY}`,
      `TableEndpoint=${endpoint};`,
    ].join(';'),
    port: settled,
    child,
    stop: () => child.stop(),
  };
}
