import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DeliveryPolicies } from '../../../bot/teams/delivery-policy.js';
import type { FixedResult } from '../../../jobs/job.js';

/** One instance of the bot as a real process, which sends reminders when it is told to. */
export interface Instance {
  readonly pid: number;
  /** What it logged, a line each. */
  readonly logged: readonly string[];
  /** Its clock shows this instant from now on, and goes on from there. */
  setClock(instant: string): Promise<void>;
  /** One run of the reminders at an instant; rejects when it failed, or when the process died of it. */
  run(at: string): Promise<FixedResult>;
  /** When each message left it, in milliseconds of the real clock. */
  departures(): Promise<readonly Departure[]>;
  /** Ends it with SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Ends it with SIGTERM, as an operator does: the exit code that it ends with. */
  stop(): Promise<number | null>;
}

export interface Departure {
  /** As the stand-in of Teams has it. */
  readonly path: string;
  readonly time: number;
}

export interface InstanceOptions {
  readonly connectionString: string;
  readonly prefix: string;
  /** Where its clock starts; the real time unless said. */
  readonly clock?: string;
  readonly delivery?: Partial<DeliveryPolicies>;
  /** Sends as fast as it can instead of at Teams' pace. */
  readonly unlimited?: boolean;
  readonly logLevel?: string;
}

type Answer = { readonly id?: number; readonly result?: unknown; readonly error?: string };
type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void };

const PROGRAM = fileURLToPath(new URL('instance.mjs', import.meta.url));

/** Starts one and waits until it is ready. It needs the build in dist/, which `npm test` makes first. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { connectionString, prefix, logLevel = 'error', ...told } = options;
  const child = fork(PROGRAM, [JSON.stringify(told)], {
    // Nothing of the environment around it: neither settings of a real bot nor those of the test runner.
    env: {
      BOT_ENV: 'development',
      AZURE_TABLES_CONNECTION_STRING: connectionString,
      TABLE_PREFIX: prefix,
      REMINDERS: 'off',
      LOG_LEVEL: logLevel,
    },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const logged: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    logged.push(...text.split('\n').filter((line) => line !== ''));
  });
  await ready(child, logged);

  const waiting = new Map<number, Waiting>();
  let ids = 0;
  child.on('message', ({ id = 0, result, error }: Answer) => {
    const found = waiting.get(id);
    waiting.delete(id);
    if (error !== undefined) found?.reject(new Error(error));
    else found?.resolve(result);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the instance has died'));
    waiting.clear();
  });
  const ask = <Result>(message: object) =>
    new Promise<Result>((resolve, reject) => {
      ids += 1;
      waiting.set(ids, { resolve: (result) => resolve(result as Result), reject });
      child.send({ id: ids, ...message }, (error) => error && reject(error));
    });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    pid: child.pid as number,
    logged,
    async setClock(instant) {
      await ask({ clock: instant });
    },
    run: (at) => ask<FixedResult>({ run: at }),
    departures: () => ask<Departure[]>({ departed: true }),
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

async function ready(child: ChildProcess, logged: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the instance did not start: ${logged.join('\n')}`)));
  });
}
