import { describe, expect, it } from 'vitest';
import { isWeekAlone, weekSaid } from '../../../../bot/nlu/entities/weeks.js';
import { faultsOf } from '../../../support/faults.js';

describe('a week of an absence', () => {
  it('is read from what names one, and from nothing else, as all of a text or not', async () => {
    expect(
      await faultsOf(
        [
          ['week 6', 6],
          ['wat moet ik doen in week 42?', 42],
          ['wk 8', 8],
          ['de 6e week', 6],
          ['in the 8th week', 8],
          ['week 0', null],
          ['week 400', null],
          ['over 6 weken', null],
          ['volgende week 3 mensen', null],
          ['weekend 6', null],
          ['', null],
        ] as const,
        (text, week) => {
          expect(weekSaid(text)).toBe(week);
        },
      ),
    ).toEqual([]);
    expect(['week 6', ' Week 6? ', 'wk12'].map(isWeekAlone)).toEqual([true, true, true]);
    expect(['in week 6', 'week', 'x'.repeat(9_000)].map(isWeekAlone)).toEqual([false, false, false]);
  });
});
