import { describe, expect, it } from 'vitest';
import { daysFor } from '../../../../bot/features/moments/moments.rules.js';
import { daysSaid } from '../../../../bot/nlu/entities/days.js';
import { faultsOf } from '../../../support/faults.js';

const TODAY = '2027-01-12';

describe('the days of a moment that a text names', () => {
  it('are those that its form asks for, for each kind', async () => {
    expect(
      await faultsOf(
        [
          ['leave', 'met verlof van 1 t/m 15 maart', '2027-03-01', '2027-03-16'],
          ['leave', 'met verlof van 1 maart tot 15 maart', '2027-03-01', '2027-03-15'],
          ['extra', 'extra aandacht van 1 t/m 15 maart', '2027-03-01', '2027-03-15'],
          ['return', 'komt terug op 1 april, ze was weg sinds 1 december', '2027-04-01', ''],
          ['retirement', 'met pensioen op 1 mei', '2027-05-01', ''],
          ['leave', 'is met verlof tot 1 mei', '', '2027-05-01'],
        ] as const,
        (kind, text, from, until) => {
          expect(daysFor(kind, daysSaid(text, 'nl', TODAY))).toEqual({ from, until });
        },
      ),
    ).toEqual([]);
  });
});
