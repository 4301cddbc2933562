/** Runs something after so many milliseconds, unless what it gives back is called before. */
export type After = (ms: number, act: () => void) => () => void;

/** By the machine's own timer. */
export const afterTimer: After = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

/** Comes in the place of a result that was not there in time. */
export const TIMED_OUT = Symbol('timed out');
/** Comes in the place of a result that nobody waits for any more. */
export const ABORTED = Symbol('aborted');

/**
 * What comes of it, or `TIMED_OUT` after `ms`; rejects as it does. The work goes on, since a promise cannot be called back,
 * but how it then ends is nobody's concern: a rejection is not unhandled. No timer outlives the wait. Not by cockatiel's
 * timeout, as retries are: that has no timer but the machine's, and an outcome to expect would be an error to catch.
 */
export async function withTimeout<Result>(
  ms: number,
  awaited: Promise<Result>,
  after: After = afterTimer,
): Promise<Result | typeof TIMED_OUT> {
  let stopTimer = () => {};
  const late = new Promise<typeof TIMED_OUT>((resolve) => {
    stopTimer = after(ms, () => resolve(TIMED_OUT));
  });
  try {
    return await Promise.race([awaited, late]);
  } finally {
    stopTimer();
  }
}

/** An `AbortSignal`, or the likeness of one that Azure's libraries hand on. */
export type Abortable = {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};

/** What comes of it, or `ABORTED` as soon as the signal says so; else as `withTimeout`. */
export async function unlessAborted<Result>(
  awaited: Promise<Result>,
  signal: Abortable,
): Promise<Result | typeof ABORTED> {
  let giveUp = () => {};
  const aborted = new Promise<typeof ABORTED>((resolve) => {
    giveUp = () => resolve(ABORTED);
  });
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp);
  try {
    return await Promise.race([aborted, awaited]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/**
 * The same as a signal, for as many to listen to as there are messages on their way. Node's own goes through all that listen
 * for each that comes, and is an event to make.
 */
export function forMany(signal: AbortSignal): Abortable {
  const { tell, ...listening } = listeners();
  signal.addEventListener('abort', tell, { once: true });
  return {
    ...listening,
    get aborted() {
      return signal.aborted;
    },
  };
}

function listeners() {
  const all = new Set<() => void>();
  return {
    tell: () => all.forEach((listener) => void listener()),
    addEventListener: (_type: 'abort', listener: () => void) => void all.add(listener),
    removeEventListener: (_type: 'abort', listener: () => void) => void all.delete(listener),
  };
}

/** A signal that aborts after `ms`, or when another does. `close` stops its timer and listens no more. */
export type Deadline = { readonly signal: Abortable; close(): void };

/** Not `AbortSignal.any` with `AbortSignal.timeout`: the timer of that cannot be stopped when the work is done. */
export function openDeadline(ms: number, signal?: Abortable, after: After = afterTimer): Deadline {
  const { tell, ...listening } = listeners();
  let aborted = false;
  const abort = () => {
    if (aborted) return;
    aborted = true;
    tell();
  };
  const stopTimer = after(ms, abort);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return {
    signal: {
      ...listening,
      get aborted() {
        return aborted;
      },
    },
    close() {
      stopTimer();
      signal?.removeEventListener('abort', abort);
    },
  };
}
