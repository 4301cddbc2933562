import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JobResult } from '../../../jobs/job.js';

export const JOBS = ['reminders', 'reconcile', 'retention', 'handover', 'figures'] as const;
export type JobName = (typeof JOBS)[number];

/** How a process ended: `expected` when whoever attacks it ended it. */
export type End = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly expected: boolean;
};

/** One instance of the bot as a child process: it takes activities, and runs jobs when it is told to. */
export type BotProcess = {
  readonly url: string;
  readonly pid: number;
  /** Lines on stderr, which is where its log goes, and whatever came on stdout. */
  readonly logged: readonly string[];
  readonly printed: readonly string[];
  /** How it ended; null while it lives. */
  ended(): End | null;
  /** Whether it has ended, or whoever attacks it is ending it. */
  isGoing(): boolean;
  /** Its clock shows this instant from now on, and goes on from there. */
  setClock(instant: string): Promise<void>;
  /** One run at its own time; rejects with the fault's code, or `died` when the process ended meanwhile. */
  run(job: JobName): Promise<JobResult>;
  flushAudit(): Promise<void>;
  /** Waits until all that it has logged so far has come. */
  logRead(): Promise<void>;
  /** Timers that keep it alive. */
  timers(): Promise<number>;
  /** Ends it with SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Ends it with SIGTERM, as an operator does, and says how long that took. */
  stop(): Promise<{ readonly code: number | null; readonly ms: number }>;
};

export type BotOptions = {
  readonly appId: string;
  /** Origin of the local issuer, and the token that the bot puts on what it sends. */
  readonly issuer: string;
  readonly outboundToken: string;
  readonly connectionString: string;
  readonly prefix: string;
  readonly allowedTenants: readonly string[];
  readonly hrAdmins: readonly string[];
  readonly homeTenant: string;
  /** What the answers of team scans are sealed with. */
  readonly scanSecret: string;
  /** Instant that its clock starts with. */
  readonly clock: string;
};

const PROGRAM = fileURLToPath(new URL('bot.mjs', import.meta.url));

type Answer = {
  readonly id?: number;
  readonly url?: string;
  readonly result?: unknown;
  readonly error?: string;
};

/** Starts one and waits until it listens. It needs the build in dist/. */
export async function startBot(options: BotOptions): Promise<BotProcess> {
  const { appId, issuer, outboundToken, clock } = options;
  const told = { appId, issuer, outboundToken, clock };
  const child = fork(PROGRAM, [JSON.stringify(told)], {
    // Nothing of the environment around it: neither settings of a real bot nor those of a test runner.
    env: {
      PORT: '0',
      HOST: '127.0.0.1',
      BOT_ENV: 'production',
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'not-used-by-the-local-issuer',
      MicrosoftAppTenantId: options.homeTenant,
      ALLOWED_TENANTS: options.allowedTenants.join(','),
      HR_ADMINS: options.hrAdmins.join(','),
      SCAN_SECRET: options.scanSecret,
      AZURE_TABLES_CONNECTION_STRING: options.connectionString,
      TABLE_PREFIX: options.prefix,
      REMINDERS: 'off',
      LOG_LEVEL: 'debug',
    },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const killChild = () => void child.kill('SIGKILL');
  process.once('exit', killChild);
  const marks = new Map<string, () => void>();
  const logged = linesOf(child.stderr, (line) => {
    const heard = marks.get(line);
    marks.delete(line);
    heard?.();
    return heard !== undefined;
  });
  const printed = linesOf(child.stdout, () => false);
  let expected = false;
  let end: End | null = null;
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  child.once('exit', (code, signal) => {
    process.off('exit', killChild);
    end = { code, signal, expected };
    for (const { reject } of waiting.values()) reject(new Error('died'));
    waiting.clear();
    for (const heard of marks.values()) heard();
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (answer: Answer) => resolve(answer.url ?? ''));
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the bot did not start: ${logged.join('\n')}`)));
  });
  child.on('message', ({ id = 0, result, error }: Answer) => {
    const found = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) found?.resolve(result);
    else found?.reject(new Error(error));
  });
  let ids = 0;
  const ask = <Result>(order: string, more: object = {}) =>
    new Promise<Result>((resolve, reject) => {
      if (end !== null) return reject(new Error('died'));
      ids += 1;
      waiting.set(ids, { resolve: (result) => resolve(result as Result), reject });
      child.send({ id: ids, order, ...more }, (error) => error && reject(new Error('died')));
    });
  const finish = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (end !== null) return end.code;
    expected = true;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    url,
    pid: child.pid as number,
    logged,
    printed,
    ended: () => end,
    isGoing: () => expected || end !== null,
    setClock: (instant) => ask('clock', { to: instant }),
    run: (job) => ask('run', { job }),
    flushAudit: () => ask('flush'),
    async logRead() {
      if (end !== null) return;
      ids += 1;
      const word = `mark ${ids}`;
      const read = new Promise<void>((resolve) => void marks.set(word, resolve));
      await ask('mark', { word }).catch(() => undefined);
      if (end === null) await read;
    },
    timers: () => ask('timers'),
    async kill() {
      await finish('SIGKILL');
    },
    async stop() {
      const started = performance.now();
      const code = await finish('SIGTERM');
      return { code, ms: performance.now() - started };
    },
  };
}

/**
 * Milliseconds that the processes wanted the processor and did not get it, since they started: what a busy machine
 * adds to every duration. Linux tells; elsewhere it is 0, and bounds on time are as strict as they look.
 */
export function waitedForProcessor(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      const [, waited = '0'] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').trim().split(' ');
      return sum + Number(waited) / 1e6;
    } catch {
      return sum;
    }
  }, 0);
}

/** The lines of a stream as they come, without those that `taken` takes. */
function linesOf(stream: NodeJS.ReadableStream | null, taken: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.filter((line) => line !== '' && !taken(line)));
  });
  return lines;
}
