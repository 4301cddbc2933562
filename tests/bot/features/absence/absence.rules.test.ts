import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../bot/domain/calendar.js';
import { datedSteps, makesSense } from '../../../../bot/features/absence/absence.rules.js';
import { weeksCard } from '../../../../cards/absence/weeks.card.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { shortDay } from '../../../../cards/dates.js';
import { faultsOf } from '../../../support/faults.js';

const TODAY = '2027-01-12';

describe('the weeks of an absence', () => {
  it('ends each week of the law whole weeks after the first day, over leap days, and says from when a step can be taken', () => {
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
    {
      const day = '2027-01-04';
      const { steps } = messagesFor('nl').absenceWeeks;
      const dated = datedSteps(steps, day);
      const until = (id: string) => dated.find((step) => step.id === id)?.until;
      // Week 1 is 4 to 10 January: week 91 is that, 90 weeks later.
      expect(until('final')).toBe(addDays('2027-01-10', 90 * 7));
      expect(until('wia')).toBe(addDays('2027-01-10', 92 * 7));
      for (const lang of LANGS) {
        const card = JSON.stringify(weeksCard(lang, { day, today: day, steps: dated }));
        expect(card).toContain(shortDay(lang, addDays('2027-01-10', 92 * 7)));
      }
    }
    const weeks = messagesFor('nl').absenceWeeks.steps.flatMap(({ from, to }) => [from, to]);
    expect(weeks).toEqual(expect.arrayContaining([1, 6, 8, 42, 50, 52, 87, 91, 104]));
  });

  it('takes for a first day what can be one', async () => {
    expect(
      await faultsOf(
        [
          ['2027-01-12', true],
          ['2024-01-20', true],
          ['2023-12-31', false],
          ['2031-01-01', false],
          ['2027-02-30', false],
          ['', false],
          ['gisteren', false],
        ],
        (day, sense) => {
          expect(makesSense(day, TODAY)).toBe(sense);
        },
      ),
    ).toEqual([]);
  });
});
