import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { settlePort } from '../../../infra/local/ports.js';

export interface Azurite {
  readonly connectionString: string;
  readonly port: number;
  stop(): Promise<void>;
}

export interface AzuriteProcess extends Azurite {
  readonly pid: number;
  /**
   * Ends it as a crash would. Azurite writes its data every 5 seconds, so what came after the last time is
   * gone; `stop` writes everything first.
   */
  kill(): Promise<void>;
}

/** An entity as it is stored, with `etag` and `timestamp` left out. */
export type DumpedEntity = Record<string, unknown>;

/** The account that Azurite has for everybody; github.com/Azure/Azurite README, not a secret. */
const ACCOUNT = 'devstoreaccount1';
const ACCOUNT_KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const HOST = '127.0.0.1';
const KEEP_ALIVE_SECONDS = 5;
const DATA_FILE = '__azurite_db_table__.json';

const require = createRequire(import.meta.url);

/**
 * What is used of azurite/dist/src/table, which is no public interface: this file is the only one
 * to know it.
 */
interface TableServer {
  readonly httpServer: Server;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Azurite's table service in this process; in memory, or with its data in a folder. */
export async function startAzurite({
  location,
  port = 0,
}: {
  location?: string;
  port?: number;
} = {}): Promise<Azurite> {
  const { default: Configuration } = require('azurite/dist/src/table/TableConfiguration.js');
  const { default: Server } = require('azurite/dist/src/table/TableServer.js');
  const file = join(location ?? '', DATA_FILE);
  const quiet = [false, false, undefined, undefined] as const;
  // The SDK's version of the service can be ahead of Azurite's, hence the check that is skipped.
  const lenient = [false, true] as const;
  const plainHttp = ['', '', '', undefined] as const;
  const configuration = new Configuration(
    HOST,
    port,
    KEEP_ALIVE_SECONDS,
    file,
    ...quiet,
    ...lenient,
    ...plainHttp,
    true,
    location === undefined,
  );
  const server: TableServer = new Server(configuration);
  await server.start();
  const actual = (server.httpServer.address() as AddressInfo).port;
  return {
    connectionString: connectionStringFor(actual),
    port: actual,
    stop: async () => {
      const closed = once(server.httpServer, 'close');
      await server.close();
      server.httpServer.closeAllConnections();
      await closed;
    },
  };
}

/** Azurite's table service as a process of its own, for a test that kills it. */
export async function startAzuriteProcess({
  location,
  port = 0,
}: {
  location: string;
  port?: number;
}): Promise<AzuriteProcess> {
  if (port !== 0) return startOnPort(location, port);
  // Between finding a port free and listening on it another program may have taken it.
  return startOnPort(location, await settlePort(0)).catch(async () =>
    startOnPort(location, await settlePort(0)),
  );
}

async function startOnPort(location: string, actual: number): Promise<AzuriteProcess> {
  const main = require.resolve('azurite/dist/src/table/main.js');
  const options = ['--location', location, '--tableHost', HOST, '--tablePort', String(actual)];
  const flags = ['--silent', '--skipApiVersionCheck', '--disableProductStyleUrl', '--disableTelemetry'];
  const child = spawn(process.execPath, [main, ...options, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  const killChild = () => void child.kill('SIGKILL');
  process.once('exit', killChild);
  child.once('exit', () => process.off('exit', killChild));
  await said(child, 'successfully started');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    connectionString: connectionStringFor(actual),
    port: actual,
    pid: child.pid as number,
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
  };
}

/** A prefix for the names of tables that no other test file has. */
export function ownPrefix(): string {
  return `t${randomBytes(6).toString('hex')}`;
}

/** Everything in the tables with this prefix, by the name of the table without it; with etags a write shows too. */
export async function dumpTables(
  connectionString: string,
  prefix: string,
  withEtags = false,
): Promise<Record<string, DumpedEntity[]>> {
  const dumped: Record<string, DumpedEntity[]> = {};
  for (const name of await tableNames(connectionString, prefix)) {
    const client = TableClient.fromConnectionString(connectionString, name, {
      allowInsecureConnection: true,
    });
    const entities: DumpedEntity[] = [];
    for await (const { etag, timestamp: _timestamp, ...entity } of client.listEntities())
      entities.push(withEtags ? { ...entity, etag } : entity);
    dumped[name.slice(prefix.length)] = entities;
  }
  return dumped;
}

export async function dropTables(connectionString: string, prefix: string): Promise<void> {
  const service = serviceOf(connectionString);
  for (const name of await tableNames(connectionString, prefix)) await service.deleteTable(name);
}

async function tableNames(connectionString: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of serviceOf(connectionString).listTables())
    if (name?.startsWith(prefix)) names.push(name);
  return names;
}

function serviceOf(connectionString: string): TableServiceClient {
  return TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true });
}

/** Of an Azurite that listens on this port, or is yet to. */
export function connectionStringFor(port: number): string {
  const endpoint = `http://${HOST}:${port}/${ACCOUNT}`;
  return `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${ACCOUNT_KEY};TableEndpoint=${endpoint};`;
}

async function said(child: ChildProcess, words: string): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (output.includes(words)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`Azurite did not start: ${output}`)));
  });
}
