import { describe, expect, it } from 'vitest';
import { isPlausible } from '../../jobs/clock.js';
import { faultsOf } from '../support/faults.js';

describe('an instant', () => {
  it('can be now when it is close to what the server says', async () => {
    expect(
      await faultsOf(
        [
          ['a day ahead of the tables', '2027-02-11T03:00:00.000Z', '2027-02-10T03:00:00.000Z', true],
          ['more than a day ahead', '2027-02-11T03:00:01.000Z', '2027-02-10T03:00:00.000Z', false],
          ['behind, when too little goes', '2026-02-10T03:00:00.000Z', '2027-02-10T03:00:00.000Z', true],
          ['when the tables name no time', '2027-02-10T03:00:00.000Z', null, false],
        ],
        (_what, at, serverTime, plausible) => {
          expect(isPlausible(at, serverTime)).toBe(plausible);
        },
      ),
    ).toEqual([]);
  });
});
