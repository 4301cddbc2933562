import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../../bot/command-line.js';
import { createLog } from '../../../bot/log.js';
import { freshBundle } from '../../../infra/bundle/fresh-bundle.js';

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};
export type Running = {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
};

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/**
 * What is deployed, the bundle, which `npm test` makes first; without one that is new enough, what it is made of. Another
 * build, such as that of an image, is tried by the same tests where the environment names it.
 */
export const COMMAND =
  process.env.COMMAND_UNDER_TEST ?? freshBundle(ROOT) ?? join(ROOT, 'dist', 'bot', 'command.js');

/** For a server that nobody asks anything in words: it starts in a fifth of the processor's time. Another is for `deployed.test.ts`. */
export const LEARNS_NOTHING = fileURLToPath(new URL('learns-nothing.mjs', import.meta.url));

/** Which image the command under test is in, where it is in one. */
const IMAGE = process.env.COMMAND_IMAGE === undefined ? {} : { IMAGE: process.env.COMMAND_IMAGE };

/** The command as a process of its own, in a folder and with nothing of the environment around it. */
export function startCommand(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    /** Modules that are loaded before the command, by their paths. */
    readonly preload?: readonly string[];
    /** Another build of the command, by its path. */
    readonly command?: string;
  },
): Running {
  const preloaded = (options.preload ?? []).flatMap((path) => ['--import', path]);
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...preloaded, options.command ?? COMMAND, ...args],
    { cwd: options.cwd, env: { ...options.env, ...IMAGE }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }));
  return { child, stderr: () => stderr, ended };
}

/**
 * What a command answers, within this process: a second less than one of its own, which is for what only that can show:
 * signals, streams, how it ends. Paths are whole ones, as it is in no folder of the test's.
 */
export async function answerOf(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Omit<Ended, 'signal'>> {
  let [stdout, stderr] = ['', ''];
  const err = (text: string) => {
    stderr += text;
  };
  const code = await runCommand(args, {
    settings: () => env,
    out: (text) => {
      stdout += text;
    },
    err,
    log: (level) => createLog(level, { write: err }),
    stopOnSignals: async () => () => false,
  });
  return { code, stdout, stderr };
}

/** Where it says that it listens, as soon as it says so. */
export async function addressOf({ child, stderr, ended }: Running): Promise<string> {
  const gone = ended.then(() => {
    throw new Error(`it ended: ${stderr()}`);
  });
  // Whoever asks no more need not hear of it.
  gone.catch(() => undefined);
  for (;;) {
    const found = /"address":"([^"]+)"/.exec(stderr())?.[1];
    if (found !== undefined) return found;
    await Promise.race([once(child.stderr!, 'data'), gone]);
  }
}
