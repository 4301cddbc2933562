import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a process gets to exit before it is killed. */
const STOP_GRACE_MS = 5_000;
const PROBE_INTERVAL_MS = 50;
const LAST_LINES_KEPT = 20;

/**
 * Loaded into each child before its own code. When the channel to this process closes, because it stopped the child
 * or because it was killed itself, the child ends as it would on a signal. Signals alone would leave orphans after a
 * SIGKILL here, and Windows has none that a process can answer.
 */
const END_WITH_PARENT = asModule(`
  process.once('disconnect', () => {
    if (!process.emit('SIGTERM', 'SIGTERM') && !process.emit('SIGINT', 'SIGINT')) process.exit(0);
  });
  process.channel.unref();
`);

/** A Node process that this one started and answers for. */
export type Child = {
  /** As a person would call it: "the bot". */
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process is gone, whatever ended it; never rejects. */
  readonly exited: Promise<void>;
  isRunning(): boolean;
  /** The last lines it wrote, to say why it ended. */
  lastWords(): string;
  /** Ends it and waits until it is gone. May be called again. */
  stop(): Promise<void>;
};

export type ChildOptions = {
  readonly name: string;
  /** What comes after `node` on the command line. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** Added to this process's own environment; an empty text takes a variable away for most programs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Modules to load first, each a module specifier. */
  readonly preload?: readonly string[];
  /** Called with the output of the process as it comes; without it only `lastWords` shows any. */
  readonly output?: (text: string) => void;
};

/** Starts a Node process, without a shell, that does not outlive this one. */
export function startChild(options: ChildOptions): Child {
  const preload = [END_WITH_PARENT, ...(options.preload ?? [])].flatMap((module) => ['--import', module]);
  const child = spawn(process.execPath, [...preload, ...options.command], {
    cwd: options.cwd,
    env: { ...process.env, ...localOnly(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a process group of its own: Ctrl-C reaches only this process, which then stops its children in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });

  let words = '';
  const listen = (text: string) => {
    words = (words + text).split('\n').slice(-LAST_LINES_KEPT).join('\n');
    options.output?.(text);
  };
  child.stdout?.setEncoding('utf8').on('data', listen);
  child.stderr?.setEncoding('utf8').on('data', listen);

  let running = true;
  // Not `close`: that never comes when this side closed the channel.
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      listen(`${error.message}\n`);
      resolve();
    });
  }).then(async () => {
    running = false;
    await Promise.all([drain(child.stdout), drain(child.stderr)]);
  });

  return {
    name: options.name,
    pid: child.pid ?? -1,
    exited,
    isRunning: () => running,
    lastWords: () => words.trim(),
    async stop() {
      if (!running) return;
      if (child.connected) child.disconnect();
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      await exited;
      clearTimeout(force);
    },
  };
}

export type Readiness = {
  readonly isReady: () => Promise<boolean>;
  readonly timeoutMs: number;
  /** Aborts the wait. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Waits until a process is ready. When it ended first, took too long or is not wanted any more, stops it and throws,
 * with its last words.
 */
export async function waitUntilReady(child: Child, readiness: Readiness): Promise<void> {
  const deadline = Date.now() + readiness.timeoutMs;
  const findProblem = () => {
    if (readiness.signal?.aborted) return 'was stopped while it started';
    if (!child.isRunning()) return 'stopped while it started';
    return Date.now() > deadline ? `was not ready after ${readiness.timeoutMs / 1_000} seconds` : null;
  };
  while (!(await readiness.isReady().catch(() => false))) {
    const problem = findProblem();
    if (problem !== null) {
      await child.stop();
      throw new Error(withWords(child, `${child.name} ${problem}.`));
    }
    await pause(PROBE_INTERVAL_MS);
  }
}

/** Whether an address answers, with this status where one is given. Rejects where it does not within two seconds. */
export async function answers(url: string, status?: number): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return status === undefined || response.status === status;
}

/** JavaScript text as a module specifier. */
export function asModule(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** Keeps traffic between the three processes away from an organisation's web proxy. */
function localOnly(): Record<string, string> {
  const bypass = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost'];
  const value = bypass.filter(Boolean).join(',');
  return { NO_PROXY: value, no_proxy: value };
}

/** Waits until all that a process wrote has been read. */
async function drain(stream: Readable | null): Promise<void> {
  if (stream !== null && !stream.closed)
    await new Promise<void>((resolve) => stream.once('close', () => resolve()));
}

function withWords(child: Child, problem: string): string {
  const words = child.lastWords();
  return words === '' ? problem : `${problem} It last wrote:\n${words}`;
}
