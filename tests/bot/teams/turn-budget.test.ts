import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../bot/errors.js';
import { TURN_OVER } from '../../../bot/store/tables/tables.js';
import { createTurnBudget } from '../../../bot/teams/turn-budget.js';
import { faultsOf } from '../../support/faults.js';

/** A budget whose time is over when the test says so. */
function aBudget() {
  let now = 0;
  let over = () => {};
  const failed: unknown[] = [];
  const budget = createTurnBudget({
    monotonicNow: () => now,
    after(ms, act) {
      over = () => {
        now = ms;
        act();
      };
      return () => undefined;
    },
    failedLate: (error) => void failed.push(error),
  });
  const passes = (ms: number) => {
    now += ms;
  };
  return { budget, failed, passes, over: () => over() };
}

describe('the budget of a turn', () => {
  it('gives what comes of it in time, or what goes wrong', async () => {
    const { budget } = aBudget();
    expect(await budget.inTime(100, async () => 'answer')).toEqual({ kind: 'done', result: 'answer' });
    await expect(budget.inTime(100, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('tells when it is over whether it had begun to write', async () => {
    expect(
      await faultsOf(
        [
          ['nothing', false],
          ['something', true],
        ],
        async (_what, writes) => {
          const { budget, over } = aBudget();
          const turn = budget.inTime(100, async () => {
            if (writes) budget.requests.writing();
            await new Promise(() => undefined);
          });
          over();
          expect(await turn).toEqual({ kind: 'late', wrote: writes });
        },
      ),
    ).toEqual([]);
  });

  it('counts for all that the turn does, and for nothing that is done outside it', async () => {
    const { budget, passes } = aBudget();
    expect(budget.requests.left()).toBeNull();
    await budget.inTime(100, async () => {
      await pause(1);
      passes(30);
      expect(budget.requests.left()).toBe(70);
      expect(budget.outside(() => budget.requests.left())).toBeNull();
      passes(80);
      expect(budget.requests.left()).toBe(-10);
    });
    expect(budget.requests.left()).toBeNull();
  });

  it('is over when a request is refused for that, and hears of what goes wrong then', async () => {
    const { budget } = aBudget();
    const refused = () => Promise.reject(new CodedError(TURN_OVER, 'over'));
    expect(await budget.inTime(100, refused)).toEqual({ kind: 'late', wrote: false });
    {
      const { budget, failed, over } = aBudget();
      let fail = (_error: Error) => {};
      const turn = budget.inTime(100, () => new Promise((_resolve, reject) => (fail = reject)));
      over();
      await turn;
      fail(new Error('late'));
      await pause(1);
      expect(failed).toEqual([new Error('late')]);
    }
  });
});
