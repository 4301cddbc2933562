import { describe, expect, it } from 'vitest';
import { faultsOf } from './faults.js';

describe('the faults of many cases', () => {
  it('name each case that fails, at once or later, and none that holds', async () => {
    const check = async (text: string, length: number) => {
      await Promise.resolve();
      expect(text).toHaveLength(length);
    };
    const faults = await faultsOf<[string, number]>(
      [
        ['koffie', 5],
        ['thee', 4],
        ['water', 1],
      ],
      check,
    );
    expect(faults).toHaveLength(2);
    expect(faults[0]).toMatch(/^koffie \| 5: .*to have a length of 5/);
    expect(faults[1]).toMatch(/^water \| 1: /);
    expect(await faultsOf([1, 2], (one) => expect(one).toBe(2))).toEqual([expect.stringMatching(/^1: /)]);
  });

  it('are not none where there was nothing to check', async () => {
    await expect(faultsOf([], () => {})).rejects.toThrow('no case');
  });
});
