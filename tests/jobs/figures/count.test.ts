import { describe, expect, it } from 'vitest';
import { coffeesOf, happeningsOf, tallied } from '../../../jobs/figures/count.js';
import { faultsOf } from '../../support/faults.js';
import { type Dealings, happeningsIn, managerAt, ZONE } from '../../support/jobs/sample-figures.js';
import { aMember, anAgreement, EMPLOYEE } from '../../support/sample-records.js';

const dealings = (changes: Partial<Dealings> = {}): Dealings => ({
  manager: 1,
  employee: 1,
  items: 1,
  onTime: 0,
  late: 0,
  coffee: false,
  ...changes,
});

describe('counting', () => {
  it('puts a conversation with its agreements, and the last coffee, in the month of each, where people are', () => {
    // Half past midnight in Amsterdam.
    const agreement = anAgreement({ createdAt: '2027-01-31T23:30:00.000Z', conversationDay: '2027-01-29' });
    expect(happeningsOf(managerAt(1), agreement, ZONE)).toMatchObject([
      { month: '2027-02', figure: 'conversations', times: 1 },
      { month: '2027-02', figure: 'agreements', times: 2 },
    ]);
    expect(coffeesOf(managerAt(1), aMember({ lastDay: '2027-01-12' }))).toMatchObject([
      { month: '2027-01', figure: 'coffees', times: 1 },
    ]);
    expect(coffeesOf(managerAt(1), aMember())).toEqual([]);
  });

  it('counts an evaluation as on time or late by the day on which it was held, and as neither where that is unknown', async () => {
    expect(
      await faultsOf(
        [
          ['2027-01-11', 'onTime'],
          ['2027-01-12', 'onTime'],
          ['2027-01-15', 'onTime'],
          ['2027-01-16', 'late'],
        ],
        (day, figure) => {
          const agreement = anAgreement({ evaluations: [{ day, planned: '2027-01-12', outcomes: {} }] });
          const found = happeningsOf(managerAt(1), agreement, ZONE).map((one) => one.figure);
          expect(found).toEqual(['conversations', 'agreements', 'held', figure]);
        },
      ),
    ).toEqual([]);
    const agreement = anAgreement({ evaluations: [{ day: '2027-01-12', outcomes: {} }] });
    expect(tallied(happeningsOf(managerAt(1), agreement, ZONE))).toMatchObject({
      held: { count: 1 },
      onTime: { count: 0 },
      late: { count: 1 },
    });
  });

  it('takes somebody with two managers, or a name that all share, for one person, and lets nobody count for more than five', () => {
    const tallies = tallied(
      happeningsIn([
        dealings({ items: 4, onTime: 4, late: 4 }),
        dealings({ manager: 2, items: 3 }),
        dealings({ manager: 2, employee: 2, items: 2, onTime: 1 }),
      ]),
    );
    expect(tallies).toMatchObject({
      conversations: { count: 3, managers: 2, people: 2 },
      agreements: { count: 7, managers: 2, people: 2 },
      held: { count: 6, managers: 2, people: 2 },
      onTime: { count: 5, managers: 2, people: 2 },
      late: { count: 1, managers: 1, people: 1 },
    });
    {
      const named = (manager: number, name: string, person: string | null = null) =>
        coffeesOf(
          managerAt(manager),
          aMember({ id: `name-${manager}`, name, person, lastDay: '2027-01-12' }),
        );
      const tallies = tallied([
        ...named(1, 'Sanne', EMPLOYEE),
        ...named(2, 'sanne '),
        ...named(3, 'Bo'),
        ...named(4, 'bo'),
      ]);
      expect(tallies.coffees).toEqual({ count: 4, managers: 4, people: 2 });
    }
  });
});
