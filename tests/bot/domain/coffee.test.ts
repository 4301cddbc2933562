import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import {
  type CoffeeContact,
  coffeeList,
  mayBeNextDay,
  withCoffee,
  withFirstDay,
  withoutCoffee,
  withRhythm,
  withSkip,
} from '../../../bot/domain/coffee.js';
import { newMember } from '../../../bot/domain/member.js';
import { faultsOf } from '../../support/faults.js';

const SLOT = defaultSlot('Europe/Amsterdam');
/** A Tuesday. */
const TODAY = '2027-01-12';

function contact(overrides: Partial<CoffeeContact> = {}): CoffeeContact {
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
      contact({ id: 'b', lastDay: '2026-12-29' }),
      newMember('x', 'Not on it', null),
      contact({ id: 'a', lastDay: '2026-11-03' }),
      contact({ id: 'c', lastDay: null, nextDay: '2027-01-26' }),
    ]);
    expect(list.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('sets the next coffee one rhythm after today, skips once, and changes nothing when pressed twice', () => {
    expect(withCoffee(contact({ rhythm: 'weekly' }), '2027-04-29', SLOT)).toMatchObject({
      lastDay: '2027-04-29',
      // Ascension Day, and the day after it is a Friday on which people work.
      nextDay: '2027-05-07',
      coffees: 1,
    });
    const once = withCoffee(contact(), TODAY, SLOT);
    expect(withCoffee(once, TODAY, SLOT)).toBe(once);
    expect(withSkip(contact(), TODAY, SLOT).nextDay).toBe('2027-01-26');
    expect(withSkip(contact({ nextDay: '2026-01-13' }), TODAY, SLOT).nextDay).toBe('2027-01-26');
  });

  it('begins within a fortnight for somebody new, from the last coffee for others, and not at all for who was taken off', () => {
    const fresh = withRhythm(newMember('n', 'Lotte', null), 'quarterly', { today: TODAY, slot: SLOT });
    expect(fresh.nextDay).toBe('2027-01-26');
    expect(
      withRhythm(contact({ lastDay: '2027-01-05' }), 'weekly', { today: TODAY, slot: SLOT }).nextDay,
    ).toBe('2027-01-13');
    expect(withoutCoffee(contact())).toMatchObject({ rhythm: null, lastDay: null, nextDay: null });
  });

  it('lets be the next day only what a form may set', async () => {
    expect(
      await faultsOf(
        [
          [TODAY, false],
          ['2027-01-13', true],
          ['2028-01-13', true],
          ['2028-02-01', false],
          ['2027-02-30', false],
          ['', false],
        ],
        (day, may) => {
          expect(mayBeNextDay(day, TODAY)).toBe(may);
        },
      ),
    ).toEqual([]);
  });

  it('spreads the first coffees of people who come together over the last days up to the first', () => {
    const names = ['Anouk', 'Bo', 'Cas', 'Daan', 'Eva', 'Fay', 'Gijs'];
    const list: CoffeeContact[] = [];
    for (const name of names) {
      const fresh = newMember(name, name, null);
      list.push(withFirstDay(fresh, 'two-weekly', { today: TODAY, slot: SLOT, list, over: 3 }));
    }
    expect(list.map(({ nextDay }) => nextDay)).toEqual([
      '2027-01-26',
      '2027-01-25',
      // Over the weekend.
      '2027-01-22',
      '2027-01-26',
      '2027-01-25',
      '2027-01-22',
      '2027-01-26',
    ]);
  });

  it('keeps clear of days on which others are due, and of days that are no first day', () => {
    const fresh = newMember('n', 'Lotte', null);
    const busy = [contact({ nextDay: '2027-01-19' }), contact({ nextDay: '2027-01-19' })];
    const one = withFirstDay(fresh, 'weekly', { today: TODAY, slot: SLOT, list: busy, over: 3 });
    expect(one.nextDay).toBe('2027-01-18');
    const paused = { ...SLOT, notBefore: '2027-03-01' };
    expect(withFirstDay(fresh, 'weekly', { today: TODAY, slot: paused, list: busy, over: 3 }).nextDay).toBe(
      '2027-03-01',
    );
    // With whom there was a coffee before, the rhythm says the day.
    const seen = { ...fresh, lastDay: '2027-01-12' };
    expect(withFirstDay(seen, 'weekly', { today: TODAY, slot: SLOT, list: busy, over: 3 }).nextDay).toBe(
      '2027-01-19',
    );
  });
});
