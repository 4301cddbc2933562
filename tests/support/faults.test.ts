import { describe, expect, it, vi } from 'vitest';
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

  it('show the lines in which two sides differ, and not all the others', async () => {
    const lines = ['Menu', 'Kopje koffie', 'Afspraken', 'Rechten'];
    const [fault] = await faultsOf(['the card'], () =>
      expect(lines.join('\n')).toBe(lines.with(2, 'Instellingen').join('\n')),
    );
    expect(fault?.split('\n').slice(-2)).toEqual(['- Instellingen', '+ Afspraken']);
  });

  it('name the case that does not end, and go on', async () => {
    vi.useFakeTimers();
    vi.resetModules();
    const { faultsOf: timed } = await import('./faults.js');
    const faults = timed(['hangs', 'ends'], (one) => (one === 'hangs' ? new Promise(() => {}) : undefined));
    await vi.advanceTimersToNextTimerAsync();
    vi.useRealTimers();
    expect(await faults).toEqual([expect.stringMatching(/^hangs: did not end within \d+ ms$/)]);
  });

  it('put things back between two cases, and neither before nor after', async () => {
    const done: string[] = [];
    const between = () => void done.push('between');
    expect(await faultsOf(['one', 'two'], (one) => void done.push(one), between)).toEqual([]);
    expect(done).toEqual(['one', 'between', 'two']);
  });

  it('name the case after which things could not be put back, and keep what was found until then', async () => {
    const found = await faultsOf(
      ['one', 'two', 'three'],
      (one) => expect(one).toBe('two'),
      () => {
        throw new Error('not as new');
      },
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^one: /);
    expect(found[1]).toBe('after one: not as new');
  });

  it('are not none where there was nothing to check', async () => {
    await expect(faultsOf([], () => {})).rejects.toThrow('no case');
  });
});
