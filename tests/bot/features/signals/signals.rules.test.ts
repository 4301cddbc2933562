import { describe, expect, it } from 'vitest';
import { readTicks, weigh } from '../../../../bot/features/signals/signals.rules.js';
import type { Ticks } from '../../../../cards/actions.js';
import { signalsIn } from '../../../../cards/signals/checklist.card.js';
import { SIGNAL_GROUPS } from '../../../../cards/signals/groups.js';
import { faultsOf } from '../../../support/faults.js';

const NOTHING = { ...Object.fromEntries(SIGNAL_GROUPS.map((group) => [group, ''])), since: '', changed: '' };

function ticked(ticks: Partial<Ticks>): Ticks {
  return { ...(NOTHING as Ticks), ...ticks };
}

describe('reading ticks', () => {
  it('takes places and, from clients that send those, the very titles in either language', () => {
    const [first = '', second = ''] = signalsIn('nl', 'signals-physical');
    expect(readTicks(ticked({ 'signals-psychic': '0,2', since: 'weeks' }))).toMatchObject({
      'signals-psychic': '0,2',
      since: 'weeks',
      changed: '',
    });
    const titles = { 'signals-physical': `${first},${second}`, since: 'A few weeks' };
    expect(readTicks(ticked(titles))).toMatchObject({ 'signals-physical': '0,1', since: 'weeks' });
  });

  it('weighs nothing when it does not understand what was ticked', async () => {
    expect(
      await faultsOf(
        [
          [{ 'signals-psychic': '0,99' }],
          [{ 'signals-psychic': 'nee' }],
          [{ since: 'jaren' }],
          [{ changed: 'misschien' }],
        ],
        (ticks) => {
          expect(readTicks(ticked(ticks))).toBeNull();
        },
      ),
    ).toEqual([]);
  });
});

describe('weighing signals', () => {
  it('says nothing of nothing, calls one signal no signal, and two no sum', () => {
    expect(weigh(ticked({}))).toEqual({ breadth: 'none', long: false, changed: null });
    for (const group of SIGNAL_GROUPS) expect(weigh(ticked({ [group]: '0' })).breadth).toBe('one');
    expect(weigh(ticked({ 'signals-psychic': '0', 'signals-functioning': '0' })).breadth).toBe('few');
  });

  it('weighs breadth over number: two guides that look at the same side, or one thing in two lists, are one', () => {
    expect(weigh(ticked({ 'signals-psychic': '0,1,2,3' })).breadth).toBe('few');
    expect(weigh(ticked({ 'signals-psychic': '0,1', 'signals-functioning': '2' })).breadth).toBe('spread');
    expect(weigh(ticked({ 'signals-physical': '0,1', 'signals-stress-body': '0,1' })).breadth).toBe('few');
    // Worrying: among the first signs, in HAN's list and among the signs of stress.
    const worrying = { 'signals-first': '1', 'signals-psychic': '0', 'signals-stress-thinking': '1' };
    expect(weigh(ticked(worrying)).breadth).toBe('few');
    const withdrawing = { 'signals-first': '7', 'signals-stress-behaviour': '0', 'signals-lonely': '0' };
    expect(weigh(ticked(withdrawing)).breadth).toBe('few');
  });

  it('says how long and whether it changed only when that was said', () => {
    expect(weigh(ticked({ since: 'week' })).long).toBe(false);
    expect(weigh(ticked({ since: 'months' })).long).toBe(true);
    expect(weigh(ticked({ changed: 'yes' })).changed).toBe(true);
    expect(weigh(ticked({ changed: 'no' })).changed).toBe(false);
    expect(weigh(ticked({ changed: 'unknown' })).changed).toBeNull();
  });

  it('counts a place that is ticked twice once, and leaves out what is no place', () => {
    expect(weigh(ticked({ 'signals-psychic': '1,1' })).breadth).toBe('one');
    expect(weigh(ticked({ 'signals-psychic': 'x,,__proto__' })).breadth).toBe('none');
  });
});
