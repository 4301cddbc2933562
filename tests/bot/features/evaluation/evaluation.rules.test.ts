import { describe, expect, it } from 'vitest';
import {
  type Chosen,
  readOutcomes,
  toRewrite,
} from '../../../../bot/features/evaluation/evaluation.rules.js';
import { faultsOf } from '../../../support/faults.js';
import { anAgreement, anItem } from '../../../support/sample-records.js';

const NEXT = '2027-01-26';
const three = [anItem({ id: 'a' }), anItem({ id: 'b' }), anItem({ id: 'c' })];

function chosen(outcomes: Partial<Chosen>): Chosen {
  return { outcome1: '', outcome2: '', outcome3: '', outcome4: '', outcome5: '', next: NEXT, ...outcomes };
}

describe('evaluation.rules: readOutcomes', () => {
  it('reads what was chosen for each agreement, by its id, and asks nothing of what was stopped before', () => {
    const read = readOutcomes(
      anAgreement({ items: three }),
      chosen({ outcome1: 'works', outcome2: 'adjust', outcome3: 'stop' }),
    );
    expect(read).toEqual({ outcomes: { a: 'works', b: 'adjust', c: 'stop' }, problems: {} });
    {
      const items = [anItem({ id: 'a', outcome: 'stop' }), anItem({ id: 'b', outcome: 'works' })];
      const read = readOutcomes(anAgreement({ items }), chosen({ outcome1: 'works', outcome2: 'adjust' }));
      expect(read).toEqual({ outcomes: { b: 'adjust' }, problems: {} });
    }
  });

  it('asks again where nothing that there is was chosen', async () => {
    expect(
      await faultsOf(['', 'perfect', 'Work', 'works,stop'], (outcome2) => {
        const read = readOutcomes(
          anAgreement({ items: three }),
          chosen({ outcome1: 'works', outcome2, outcome3: 'works' }),
        );
        expect(read).toEqual({
          outcomes: { a: 'works', c: 'works' },
          problems: { outcome2: { id: 'outcome' } },
        });
      }),
    ).toEqual([]);
  });
});

describe('evaluation.rules: toRewrite', () => {
  it('is the places of what is to change, and nothing when everything works or stops', () => {
    const outcomes = { a: 'adjust', b: 'works', c: 'adjust' } as const;
    expect(toRewrite(anAgreement({ items: three }), outcomes)).toEqual([0, 2]);
    expect(toRewrite(anAgreement({ items: three }), { a: 'works', b: 'stop' })).toEqual([]);
  });
});
