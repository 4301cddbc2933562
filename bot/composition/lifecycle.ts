import { setImmediate as nextTurnOfLoop, setTimeout as pause } from 'node:timers/promises';
import type { Job } from '../../jobs/job.js';
import type { Schedule } from '../../jobs/schedule.js';
import { CodedError, codeOf } from '../errors.js';
import type { BotServer } from '../http/server.js';
import type { Log } from '../log.js';
import { afterTimer, TIMED_OUT, withTimeout } from '../timeout.js';

/** What a process does from its start until it ends. */
export type Lifecycle = {
  /** Listens, makes the tables as soon as they answer, and ticks from then on; the address it listens on. */
  start(): Promise<string>;
  /** Takes nothing new, finishes what it has within 10 seconds, and gives back what others can do. */
  stop(): Promise<void>;
};

export type LifecycleDeps = {
  /** Makes what takes requests and answers them, and what is learned before the first of them. */
  readonly openServing: () => Promise<{
    readonly server: BotServer;
    /** Learns what the first words would have to wait for, a step at a time. */
    readonly warmUp: readonly (() => unknown)[];
  }>;
  /** Makes the tables that are not there yet; rejects while they do not answer, or may not be worked on. */
  readonly prepareTables: () => Promise<void>;
  /** Told when the tables are there. */
  readonly started: () => void;
  /** Starts ticking; null on an instance that only chats. */
  readonly startTicking: (() => Schedule) | null;
  readonly shutdown: Shutdown;
  /** Runs of jobs, and messages to conversations that go on after their turn. */
  readonly runs: InFlight;
  readonly deliveries: InFlight;
  /** Writes at once what is to go on the audit trail. */
  readonly flushAudit: () => Promise<void>;
  readonly log: Log;
};

/** How long after each other the tables are tried at the start. */
const TABLES_AGAIN_MS = { first: 500, most: 15_000 };
/**
 * A process is mostly given 10 seconds to end (docker stop, Azure App Service). Messages that have left get the first of
 * them to be answered; the rest is for writing down what came of them, and what did not leave is given back.
 */
const STOP_SENDING_MS = 4_000;
const STOP_WITHIN_MS = 9_000;

export function createLifecycle(deps: LifecycleDeps): Lifecycle {
  const { shutdown, log } = deps;
  let serving: ReturnType<LifecycleDeps['openServing']> | null = null;
  let schedule: Schedule | null = null;
  return {
    async start() {
      serving = deps.openServing();
      const { server, warmUp } = await serving;
      const address = await server.listen();
      const learn = once(() => void inSteps(warmUp, shutdown.stop.signal));
      await waitForTables(deps.prepareTables, shutdown.stop.signal, (error) => {
        log.warn({ address, code: codeOf(error) }, 'waiting for the tables');
        learn();
      });
      deps.started();
      // Ready first: whoever speaks to it meanwhile waits for the step that is under way and for what they need themselves.
      learn();
      if (!shutdown.stop.signal.aborted) schedule = deps.startTicking?.() ?? null;
      return address;
    },
    async stop() {
      shutdown.stop.abort();
      const stopTimer = afterTimer(STOP_SENDING_MS, () => shutdown.breakOff.abort());
      // A delivery that still goes on is given the same time as reminders that have left, and is not worth more.
      const delivered = withTimeout(STOP_SENDING_MS, deps.deliveries.settled());
      const closed = serving?.then(({ server }) => server.close());
      const all = Promise.allSettled([schedule?.stop(), closed, delivered, deps.runs.settled()]);
      // What ends in time is on the audit trail before the process is gone.
      await inTime(all.then(deps.flushAudit)).catch((error: unknown) => {
        log.warn({ code: codeOf(error) }, 'stopped before all was done');
      });
      stopTimer();
    },
  };
}

/** The two steps in which a process ends: it takes up nothing new, and then breaks off what has left. */
export type Shutdown = { readonly stop: AbortController; readonly breakOff: AbortController };

export function createShutdown(): Shutdown {
  return { stop: new AbortController(), breakOff: new AbortController() };
}

/** What is going on and has to be waited for at the end. */
export type InFlight = {
  /** Until it ends, however it ends. */
  add(going: Promise<unknown>): void;
  /** When all of it has ended that was there when this was asked. Never rejects. */
  settled(): Promise<void>;
};

export function createInFlight(): InFlight {
  const going = new Set<Promise<unknown>>();
  return {
    add(one) {
      going.add(one);
      const forget = () => void going.delete(one);
      one.then(forget, forget);
    },
    async settled() {
      await Promise.allSettled(going);
    },
  };
}

/** A job whose runs are known while they go on. */
export function trackRuns(job: Job, runs: InFlight): Job {
  return {
    name: job.name,
    run(how) {
      const run = job.run(how);
      runs.add(run);
      return run;
    },
  };
}

/** Each step when what has come in meanwhile is dealt with; none after a stop. */
async function inSteps(steps: readonly (() => unknown)[], stopped: AbortSignal): Promise<void> {
  for (const step of steps) {
    await nextTurnOfLoop();
    if (stopped.aborted) return;
    step();
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

/** Makes the tables, as often as it takes: an outage of theirs at the start is no reason to need a hand. */
async function waitForTables(
  prepare: () => Promise<void>,
  stopped: AbortSignal,
  waiting: (error: unknown) => void,
): Promise<void> {
  for (
    let waitMs = TABLES_AGAIN_MS.first;
    !stopped.aborted;
    waitMs = Math.min(2 * waitMs, TABLES_AGAIN_MS.most)
  ) {
    try {
      return await prepare();
    } catch (error) {
      waiting(error);
      await pause(waitMs, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
}

/** Rejects as the end of a process does, or when that takes longer than it may. */
async function inTime(end: Promise<void>): Promise<void> {
  if ((await withTimeout(STOP_WITHIN_MS, end)) === TIMED_OUT)
    throw new CodedError('too-late', 'it took longer than a stop may take');
}

/**
 * On SIGINT or SIGTERM the bot stops, and the process ends with what `codeOfSignal` says. So it does, with 1, on an error
 * that nobody caught, also one in a promise: what a process does after that cannot be known, so that going on is no
 * choice, while ending at once would leave leases behind and cut off whoever waits for an answer. This mends nothing:
 * where the error came from has to catch it. What comes back tells whether the process is ending.
 */
export function stopOnSignals(
  bot: Pick<Lifecycle, 'stop'>,
  log: Log,
  codeOfSignal: (signal: NodeJS.Signals) => number = () => 0,
): () => boolean {
  let code = 0;
  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= bot.stop();
    stopped.then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  const hear = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping');
    code = codeOfSignal(signal);
    stop();
  };
  process.once('SIGINT', hear);
  process.once('SIGTERM', hear);
  // An unhandled rejection comes here too, as long as nothing listens to `unhandledRejection`.
  process.on('uncaughtException', (error: unknown, origin) => {
    log.fatal({ code: codeOf(error), origin }, 'stopping after an error that nobody caught');
    code = 1;
    stop();
  });
  return () => stopped !== null;
}
