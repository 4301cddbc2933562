import { AsyncLocalStorage } from 'node:async_hooks';
import { CodedError } from '../errors.js';
import { type RequestTime, TURN_OVER } from '../store/tables/tables.js';
import { type After, TIMED_OUT, withTimeout } from '../timeout.js';

/** What came of a turn; or that it was not over in time, and whether it had begun to write by then. */
export type Timed<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'late'; readonly wrote: boolean };
export type InTime = <Result>(withinMs: number, act: () => Promise<Result>) => Promise<Timed<Result>>;

export type TurnBudget = {
  /**
   * Runs a turn that may take so long. What is late goes on, since a request that has left cannot be called back; but
   * it makes no new one, so that who was told that nothing was changed finds that it is so.
   */
  readonly inTime: InTime;
  /** For the tables: how long whoever asks them has left. */
  readonly requests: RequestTime;
  /** Runs within a turn what is done for others too, or later: its time is not the turn's. */
  outside<Result>(act: () => Result): Result;
};

// One for the process: until Node 24 each that was ever used costs every promise after it, and a test opens many bots.
const turns = new AsyncLocalStorage<{ readonly endsAt: number; wrote: boolean } | null>();

/**
 * One budget of time for all that a turn does, however many requests that are: a limit for each request alone let a
 * save take as many times that limit as it makes requests. `monotonicNow` in milliseconds; `failedLate` is told
 * of what goes wrong when nobody waits for it any more.
 */
export function createTurnBudget(deps: {
  readonly monotonicNow: () => number;
  readonly after: After;
  readonly failedLate: (error: unknown) => void;
}): TurnBudget {
  return {
    async inTime(withinMs, act) {
      const turn = { endsAt: deps.monotonicNow() + withinMs, wrote: false };
      const done = turns.run(turn, act);
      try {
        const result = await withTimeout(withinMs, done, deps.after);
        if (result !== TIMED_OUT) return { kind: 'done', result };
      } catch (error) {
        if (!(error instanceof CodedError) || error.code !== TURN_OVER) throw error;
        return { kind: 'late', wrote: turn.wrote };
      }
      done.catch(deps.failedLate);
      return { kind: 'late', wrote: turn.wrote };
    },
    requests: {
      left() {
        const turn = turns.getStore() ?? null;
        return turn === null ? null : turn.endsAt - deps.monotonicNow();
      },
      writing() {
        const turn = turns.getStore() ?? null;
        if (turn !== null) turn.wrote = true;
      },
    },
    // Not where there is no turn: once a store of the context is used Node up to 22 follows each promise, which cost a process
    // that only sends reminders a tenth of its time.
    outside: (act) => ((turns.getStore() ?? null) === null ? act() : turns.run(null, act)),
  };
}
