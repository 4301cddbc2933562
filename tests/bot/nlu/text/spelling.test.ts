import { describe, expect, it } from 'vitest';
import { createSpelling } from '../../../../bot/nlu/text/spelling.js';
import { faultsOf } from '../../../support/faults.js';

const mend = createSpelling(new Set(['evaluatie', 'moment', 'werkaanpass', 'gesprek', 'leidraad']));

describe('mend', () => {
  it('turns a slip into the word that was meant, and no other word', async () => {
    expect(
      await faultsOf(
        [
          ['evaluatie', ['evaluatie']],
          ['evaluatiemoment', ['evaluatie', 'moment']],
          ['gespreksleidraad', ['gesprek', 'leidraad']],
          ['werkaanpas', ['werkaanpass']],
          ['evaluaite', ['evaluatie']],
          ['fiets', ['fiets']],
          ['belastingaangifte', ['belastingaangifte']],
        ],
        (word, meant) => {
          expect(mend(word)).toEqual(meant);
        },
      ),
    ).toEqual([]);
  });
});
