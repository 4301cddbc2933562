import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../../bot/calendar.js';
import {
  coffeeList,
  had,
  mayBeNext,
  namesIn,
  skipped,
  stopped,
  withRhythm,
} from '../../../../bot/features/coffee/coffee.rules.js';
import type { Drinker } from '../../../../bot/planning.js';
import { newMember } from '../../../../bot/store/managers.js';

const SLOT = defaultSlot('Europe/Amsterdam');
/** A Tuesday. */
const TODAY = '2027-01-12';

function drinker(overrides: Partial<Drinker> = {}): Drinker {
  return {
    ...newMember('name-1', 'Anouk', null),
    rhythm: 'two-weekly',
    lastDay: '2026-12-29',
    nextDay: TODAY,
    ...overrides,
  };
}

describe('the coffee list', () => {
  it('puts longest unseen first, and before all who was never seen; leaves out who is not on it', () => {
    const list = coffeeList([
      drinker({ id: 'b', lastDay: '2026-12-29' }),
      newMember('x', 'Not on it', null),
      drinker({ id: 'a', lastDay: '2026-11-03' }),
      drinker({ id: 'c', lastDay: null, nextDay: '2027-01-26' }),
    ]);
    expect(list.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('sets the next coffee one rhythm after today, on a working day', () => {
    expect(had(drinker({ rhythm: 'weekly' }), '2027-04-29', SLOT)).toMatchObject({
      lastDay: '2027-04-29',
      // Ascension Day, and the day after it is a Friday on which people work.
      nextDay: '2027-05-07',
      coffees: 1,
    });
  });

  it('changes nothing when done is pressed twice on one day', () => {
    const once = had(drinker(), TODAY, SLOT);
    expect(had(once, TODAY, SLOT)).toBe(once);
  });

  it('skips once: the next is one rhythm further, never in the past', () => {
    expect(skipped(drinker(), TODAY, SLOT).nextDay).toBe('2027-01-26');
    expect(skipped(drinker({ nextDay: '2026-01-13' }), TODAY, SLOT).nextDay).toBe('2027-01-26');
  });

  it('begins within a fortnight for somebody new, and goes on from the last coffee for others', () => {
    const fresh = withRhythm(newMember('n', 'Lotte', null), 'quarterly', TODAY, SLOT);
    expect(fresh.nextDay).toBe('2027-01-26');
    expect(withRhythm(drinker({ lastDay: '2027-01-05' }), 'weekly', TODAY, SLOT).nextDay).toBe('2027-01-13');
  });

  it('keeps no day of somebody who was taken off it', () => {
    expect(stopped(drinker())).toMatchObject({ rhythm: null, lastDay: null, nextDay: null });
  });

  it.each([
    [TODAY, false],
    ['2027-01-13', true],
    ['2028-01-13', true],
    ['2028-02-01', false],
    ['2027-02-30', false],
    ['', false],
  ])('lets %s be the next day: %s', (day, may) => {
    expect(mayBeNext(day, TODAY)).toBe(may);
  });

  it('reads names on lines or with commas, each once', () => {
    expect(namesIn(' Anouk \n\nJan  de Vries, anouk; Fatima')).toEqual(['Anouk', 'Jan de Vries', 'Fatima']);
  });
});
