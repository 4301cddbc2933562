import { describe, expect, it } from 'vitest';
import { datedSteps, makesSense } from '../../../../bot/features/absence/absence.rules.js';
import { messagesFor } from '../../../../cards/content/words.js';

const TODAY = '2027-01-12';

describe('the weeks of an absence', () => {
  it('ends week n a whole number of weeks after the first day, over months and leap days', () => {
    const steps = datedSteps(
      [
        { id: 'one', from: 1, to: 1 },
        { id: 'six', from: 6, to: 6 },
        { id: 'year', from: 50, to: 52 },
      ],
      '2028-02-22',
    );
    expect(steps).toEqual([
      { id: 'one', from: '2028-02-29', until: '2028-02-29' },
      { id: 'six', from: '2028-04-04', until: '2028-04-04' },
      { id: 'year', from: '2029-02-06', until: '2029-02-20' },
    ]);
  });

  it('has the weeks of the law: 1, 6, 8, 42, 52, 91 and 104 among them', () => {
    const weeks = messagesFor('nl').absenceWeeks.steps.flatMap(({ from, to }) => [from, to]);
    expect(weeks).toEqual(expect.arrayContaining([1, 6, 8, 42, 50, 52, 87, 91, 104]));
  });

  it.each([
    ['2027-01-12', true],
    ['2024-01-20', true],
    ['2023-12-31', false],
    ['2031-01-01', false],
    ['2027-02-30', false],
    ['', false],
    ['gisteren', false],
  ])('takes %s as a first day: %s', (day, sense) => {
    expect(makesSense(day, TODAY)).toBe(sense);
  });
});
