import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tally } from './request-limits.js';

/** Puts what a turn holds the only thread for on the account of whose turn it is. */
export type TurnCosts = {
  /** Runs a turn on somebody's account. */
  during<Result>(account: string, act: () => Result): Result;
  /** The same function, measured: until it returns, or gives back a promise, nobody else gets their turn. */
  measured<Given extends readonly unknown[], Result>(
    work: (...given: Given) => Result,
  ): (...given: Given) => Result;
};

// One for the process: until Node 24 each that was ever used costs every promise after it, and a test opens many bots.
const turns = new AsyncLocalStorage<{ readonly account: string; measuring: boolean }>();

/**
 * Only what runs in one go is measured: what a turn waits for, such as the tables, keeps nobody else waiting, and to
 * measure it would put on one account what others did meanwhile. `monotonicNow` in milliseconds.
 */
export function createTurnCosts(costs: Tally, monotonicNow: () => number): TurnCosts {
  return {
    during: (account, act) => turns.run({ account, measuring: false }, act),
    measured:
      (work) =>
      (...given) => {
        const turn = turns.getStore();
        // What is measured within what is measured counts once.
        if (turn === undefined || turn.measuring) return work(...given);
        const started = monotonicNow();
        turn.measuring = true;
        try {
          return work(...given);
        } finally {
          turn.measuring = false;
          costs.count(turn.account, monotonicNow() - started);
        }
      },
  };
}
