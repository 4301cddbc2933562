import { join } from 'node:path';
import { AZURITE_PORT, startAzurite } from './azurite.js';
import { answers, type Child, startChild, waitUntilReady } from './child.js';
import { findRoot, tryOutSettings } from './data-folder.js';
import { type FolderLock, lockFolder } from './folder-lock.js';
import { EMPLOYEE, MANAGER } from './people.js';
import { PLAYGROUND_PORT, startPlayground } from './playground.js';
import { isFree, LOOPBACK, settlePort } from './ports.js';

const BOT_PORT = 3_978;
const BOT_START_TIMEOUT_MS = 30_000;

/** The ports of the local try-out; 0 picks a free one. */
export type LocalPorts = {
  readonly bot: number;
  readonly tables: number;
  /** The Playground in which one is the manager. */
  readonly manager: number;
  /** The Playground in which one is the employee: what is shared with them appears there. */
  readonly employee: number;
};

export const LOCAL_PORTS: LocalPorts = {
  bot: BOT_PORT,
  tables: AZURITE_PORT,
  manager: PLAYGROUND_PORT,
  employee: PLAYGROUND_PORT + 1,
};

export type LocalOptions = {
  /** Where the tables and the Playground's files are kept. */
  readonly dataFolder: string;
  readonly ports?: LocalPorts;
  /** What comes after `node` to start the bot; the built bot by default. */
  readonly botCommand?: readonly string[];
  /** More environment for the bot. */
  readonly botEnv?: Readonly<Record<string, string>>;
  /** Gets what the bot writes: warnings and errors, unless LOG_LEVEL says otherwise. */
  readonly output?: (text: string) => void;
  /** Stops it, also while it still starts. */
  readonly signal?: AbortSignal;
};

/** The local try-out, running. */
export type Local = {
  readonly managerUrl: string;
  readonly employeeUrl: string;
  /** `http://127.0.0.1:PORT` */
  readonly botUrl: string;
  /** The tables, for a job or a test that looks into them. */
  readonly connectionString: string;
  readonly pids: readonly number[];
  /** Resolves when all has stopped: null when that was asked for, else a sentence that says what ended by itself. */
  readonly ended: Promise<string | null>;
  stop(): Promise<void>;
};

export type LocalResult =
  | { readonly ok: true; readonly local: Local }
  | { readonly ok: false; readonly problem: string };

/**
 * Starts Azurite, the bot and two Playgrounds, and waits until all four answer. When anything is in the way it says
 * what, and leaves nothing running.
 */
export async function startLocal(options: LocalOptions): Promise<LocalResult> {
  const ports = options.ports ?? LOCAL_PORTS;
  const lock = await lockFolder(options.dataFolder);
  if ('pid' in lock) return { ok: false, problem: inUse(options.dataFolder, lock.pid) };
  const taken = await findTaken(ports);
  if (taken.length > 0) {
    await lock.release();
    return { ok: false, problem: taken.join('\n') };
  }

  const running: Child[] = [];
  const stopAll = async () => {
    // The last one first: the tables go when nobody writes to them any more.
    for (const child of [...running].reverse()) await child.stop();
    await lock.release();
  };
  try {
    const local = await startAll(options, ports, running, lock);
    return { ok: true, local: { ...local, ...supervise(running, stopAll, options.signal) } };
  } catch (error) {
    await stopAll();
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

type Addresses = Pick<Local, 'managerUrl' | 'employeeUrl' | 'botUrl' | 'connectionString' | 'pids'>;

function inUse(folder: string, pid: number): string {
  return (
    `It runs already, as process ${pid}, with its data in ${folder}. ` +
    'Use that one, or stop it first. For a second one beside it give it a folder and ports of its own: ' +
    'DATA_FOLDER=/another/folder PORT=4978 AZURITE_PORT=11002 PLAYGROUND_PORT=57150 npm start'
  );
}

async function startAll(
  options: LocalOptions,
  ports: LocalPorts,
  running: Child[],
  lock: FolderLock,
): Promise<Addresses> {
  const { dataFolder, signal } = options;
  const azurite = await startAzurite({ dataFolder, port: ports.tables, signal });
  running.push(azurite.child);

  const port = await settlePort(ports.bot);
  const botUrl = `http://${LOOPBACK}:${port}`;
  const bot = startBot(options, port, azurite.connectionString);
  running.push(bot);
  const isReady = () => answers(`${botUrl}/readyz`, 200);
  await waitUntilReady(bot, { isReady, timeoutMs: BOT_START_TIMEOUT_MS, signal });

  const playground = async (viewer: typeof MANAGER, port: number) => {
    const started = await startPlayground({
      viewer,
      port,
      dataFolder,
      signal,
      botEndpoint: `${botUrl}/api/messages`,
    });
    running.push(started.child);
    return started.url;
  };
  await lock.share(azurite.connectionString);
  const urls = await Promise.allSettled([
    playground(MANAGER, ports.manager),
    playground(EMPLOYEE, ports.employee),
  ]);
  const [managerUrl, employeeUrl] = urls.map((url) => {
    if (url.status === 'rejected') throw url.reason;
    return url.value;
  }) as [string, string];

  return {
    managerUrl,
    employeeUrl,
    botUrl,
    connectionString: azurite.connectionString,
    pids: running.map(({ pid }) => pid),
  };
}

function startBot(options: LocalOptions, port: number, connectionString: string): Child {
  const root = findRoot();
  return startChild({
    name: 'The bot',
    command: options.botCommand ?? [
      '--disable-warning=ExperimentalWarning',
      '--enable-source-maps',
      join(root, 'dist', 'bot', 'command.js'),
      'serve',
    ],
    cwd: root,
    env: {
      ...tryOutSettings(connectionString),
      PORT: String(port),
      ...options.botEnv,
    },
    ...(options.output === undefined ? {} : { output: options.output }),
  });
}

function supervise(
  running: readonly Child[],
  stopAll: () => Promise<void>,
  signal: AbortSignal | undefined,
): Pick<Local, 'ended' | 'stop'> {
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopAll();
    return stopping;
  };
  signal?.addEventListener('abort', stop, { once: true });
  // One that aborted just before has raised its event already.
  if (signal?.aborted) void stop();
  const ended = Promise.race(running.map((child) => child.exited.then(() => child))).then(async (first) => {
    const problem = stopping === undefined ? describeEnd(first) : null;
    await stop();
    return problem;
  });
  return { ended, stop };
}

function describeEnd(child: Child): string {
  const words = child.lastWords();
  return `${child.name} stopped by itself.${words === '' ? '' : ` It last wrote:\n${words}`}`;
}

async function findTaken(ports: LocalPorts): Promise<string[]> {
  const uses = [
    { port: ports.bot, use: 'the bot', variable: 'PORT', base: ports.bot },
    {
      port: ports.tables,
      use: 'Azurite, which keeps the tables',
      variable: 'AZURITE_PORT',
      base: ports.tables,
    },
    {
      port: ports.manager,
      use: "the manager's Playground",
      variable: 'PLAYGROUND_PORT',
      base: ports.manager,
    },
    {
      port: ports.employee,
      use: "the employee's Playground",
      variable: 'PLAYGROUND_PORT',
      base: ports.manager,
    },
  ];
  const checked = await Promise.all(
    uses.map(async (use) => ({ ...use, taken: use.port !== 0 && !(await isFree(use.port)) })),
  );
  return checked
    .filter(({ taken }) => taken)
    .map(
      ({ port, use, variable, base }) =>
        `Port ${port} is taken by another program; ${use} needs it. ` +
        `Stop that program, or choose another port: ${variable}=${base + 1_000} npm start`,
    );
}
