import { describe, expect, it } from 'vitest';
import { readCosts, sumOf } from '../../../../bot/features/costs/costs.rules.js';
import { faultsOf } from '../../../support/faults.js';

const TYPED = { employees: '1000', percentage: '5,2', dayCost: '400', burnouts: '0' };

describe('what absence costs', () => {
  it('is what the guide says for 1,000 people at 5.2 percent, with burn-outs beside the rest, or none', () => {
    const sum = sumOf({ employees: 1_000, percentage: 5.2, dayCost: 400, burnouts: 0 });
    expect(sum).toEqual({ absence: 5_408_000, from: 3_380_000, until: 5_408_000, burnouts: 0 });
    expect(sumOf({ employees: 10, percentage: 0, dayCost: 250, burnouts: 2 })).toMatchObject({
      absence: 0,
      burnouts: 90_000,
    });
    expect(readCosts({ ...TYPED, burnouts: '' })).toMatchObject({ costs: { burnouts: 0 } });
  });

  it('reads how many people there are, and a percentage', async () => {
    expect(
      await faultsOf(
        [
          ['1.000', 1_000],
          ['1,000', 1_000],
          ['12.345', 12_345],
          [' 80 ', 80],
        ],
        (employees, read) => {
          expect(readCosts({ ...TYPED, employees })).toMatchObject({ costs: { employees: read } });
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          ['5,2', 5.2],
          ['5.2%', 5.2],
          ['0', 0],
          ['100', 100],
        ],
        (percentage, read) => {
          expect(readCosts({ ...TYPED, percentage })).toMatchObject({ costs: { percentage: read } });
        },
      ),
    ).toEqual([]);
  });

  it('says which fields are wrong', async () => {
    expect(
      await faultsOf(
        [
          [{ employees: '' }, ['employees']],
          [{ employees: '2,5' }, ['employees']],
          [{ employees: '0' }, ['employees']],
          [{ percentage: '101' }, ['percentage']],
          [{ percentage: '-1' }, ['percentage']],
          [{ dayCost: 'veel' }, ['dayCost']],
          [{ dayCost: '1e3' }, ['dayCost']],
          [{ employees: '3', burnouts: '4' }, ['burnouts']],
          [{ employees: '', dayCost: '' }, ['employees', 'dayCost']],
        ],
        (typed, wrong) => {
          expect(readCosts({ ...TYPED, ...typed })).toEqual({ wrong });
        },
      ),
    ).toEqual([]);
  });
});
