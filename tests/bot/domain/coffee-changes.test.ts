import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import type { ChangeContext } from '../../../bot/domain/changes.js';
import { withRhythm } from '../../../bot/domain/coffee.js';
import { type CoffeeChange, changeCoffee, coffeeStanding } from '../../../bot/domain/coffee-changes.js';
import { aMember, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';

const SLOT = defaultSlot('Europe/Amsterdam');
const AT: ChangeContext = {
  manager: { tenant: TENANT, person: MANAGER },
  now: '2027-01-12T09:00:00.000Z',
  slot: SLOT,
  zone: 'Europe/Amsterdam',
};
const contact = withRhythm(aMember(), 'two-weekly', { today: '2027-01-12', slot: SLOT });
const { version } = contact;
const refusing = aMember({ coffeeRefusedAt: '2027-01-11T10:00:00.000Z' });

const CHANGES: readonly (readonly [CoffeeChange, ReturnType<typeof aMember>, number])[] = [
  [{ what: 'recorded', version }, contact, 1],
  [{ what: 'skipped', version, planned: contact.nextDay }, contact, 1],
  [{ what: 'moved', version, day: '2027-02-01' }, contact, 1],
  [{ what: 'rhythm', version, rhythm: 'weekly' }, contact, 1],
  [{ what: 'stopped', version }, contact, 0],
  [{ what: 'refused' }, contact, 1],
  [{ what: 'allowed' }, refusing, 0],
  [{ what: 'linked', account: EMPLOYEE }, aMember({ person: null }), 0],
  [{ what: 'reminded', occasion: contact.nextDay, arrived: false }, contact, 0],
  [
    { what: 'reminded', occasion: contact.nextDay, arrived: true },
    { ...contact, undeliveredOccasion: contact.nextDay },
    0,
  ],
];

describe('a change of a place on the list', () => {
  it('is open before, brings its reminders, and is done after: made twice it is made once', () => {
    for (const [change, member, reminders] of CHANGES) {
      expect(coffeeStanding(member, change, AT), change.what).toBe('open');
      const { record, plan } = changeCoffee(member, change, AT);
      expect(plan, change.what).toHaveLength(reminders);
      expect(coffeeStanding(record, change, AT), change.what).toBe('done');
    }
  });

  it('of the manager is overtaken by any other of theirs, unless it is what was wanted', () => {
    const moved = { ...contact, nextDay: '2027-03-01', version: version + 1 };
    for (const [change] of CHANGES.filter(([one]) => 'version' in one)) {
      expect(coffeeStanding(moved, change, AT), change.what).toBe('overtaken');
    }
  });

  it('gives an overdue coffee a day to come when its rhythm is chosen again', () => {
    const late: ChangeContext = { ...AT, now: '2027-02-28T09:00:00.000Z' };
    const again = { what: 'rhythm', version, rhythm: 'two-weekly' } as const;
    expect(coffeeStanding(contact, again, late)).toBe('open');
    const { record, plan } = changeCoffee(contact, again, late);
    expect(record).toEqual(withRhythm(contact, 'two-weekly', { today: '2027-02-28', slot: SLOT }));
    expect(plan).toHaveLength(1);
    expect(coffeeStanding(record, again, late)).toBe('done');
  });

  it('keeps a place to the account that it has, and marks no reminder of a day that is not planned any more', () => {
    const linked = { what: 'linked', account: 'somebody-else' } as const;
    expect(coffeeStanding(aMember({ person: EMPLOYEE }), linked, AT)).toBe('overtaken');
    const reminded = { what: 'reminded', occasion: '2026-12-01', arrived: false } as const;
    expect(coffeeStanding(contact, reminded, AT)).toBe('overtaken');
  });
});
