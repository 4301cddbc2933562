import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ShownMonth, shownOf } from '../../../../bot/features/figures/figures.rules.js';
import { type MonthFigures, STEP, type Tallies } from '../../../../bot/store/figures.js';
import { tallied } from '../../../../jobs/figures/count.js';
import { faultsOf } from '../../../support/faults.js';
import { type Dealings, happeningsIn, MONTH } from '../../../support/jobs/sample-figures.js';
import { TENANT } from '../../../support/sample-records.js';

const COLUMNS = ['conversations', 'agreements', 'held', 'onTime', 'coffees'] as const;
const NOTHING: ShownMonth = {
  month: MONTH,
  conversations: null,
  agreements: null,
  held: null,
  onTime: null,
  coffees: null,
};

const closed = (tallies: Tallies): MonthFigures => ({
  tenant: TENANT,
  month: MONTH,
  closed: true,
  ...tallies,
});
const talliesOf = (dealings: readonly Dealings[]) => tallied(happeningsIn(dealings));
const shownFor = (dealings: readonly Dealings[]) => shownOf(MONTH, closed(talliesOf(dealings)));
const without = (dealings: readonly Dealings[], employee: number) =>
  dealings.filter((one) => one.employee !== employee);

/** Each of so many employees with a manager of their own, the managers in turn. */
function even(employees: number, managers: number, each: Partial<Dealings> = {}): Dealings[] {
  return Array.from({ length: employees }, (_, employee) => ({
    manager: employee % managers,
    employee,
    items: 1,
    onTime: 1,
    late: 0,
    coffee: true,
    ...each,
  }));
}

/** Organisations in which some have much more on record than others. */
const organisationOf = (employees: number, minLength: number, maxLength: number) =>
  fc.uniqueArray(
    fc.record({
      manager: fc.integer({ min: 0, max: 6 }),
      employee: fc.integer({ min: 0, max: employees - 1 }),
      items: fc.integer({ min: 1, max: 5 }),
      onTime: fc.integer({ min: 0, max: 8 }),
      late: fc.integer({ min: 0, max: 3 }),
      coffee: fc.boolean(),
    }),
    { minLength, maxLength, size: 'max', selector: ({ manager, employee }) => `${manager}|${employee}` },
  );
/** Around the edge of what is shown. */
const organisation = organisationOf(10, 4, 45);
const RUNS = { numRuns: 250 };

describe('figures: what HR sees of a month', () => {
  it('is every number, rounded to five, when there are enough behind it', () => {
    expect(shownFor(even(12, 6, { items: 2 }))).toEqual({
      month: MONTH,
      conversations: 10,
      agreements: 25,
      held: 10,
      onTime: 10,
      coffees: 10,
    });
  });

  it('is nothing when fewer than five people are behind it, or the month runs or was not counted after its end', async () => {
    expect(
      await faultsOf(
        [
          ['4 people', even(4, 4)],
          ['many people with 4 managers', even(40, 4)],
          ['4 people with 5 managers', even(20, 5).map((one) => ({ ...one, employee: one.employee % 4 }))],
          ['nobody', []],
        ],
        (_what, dealings) => {
          expect(shownFor(dealings)).toEqual(NOTHING);
        },
      ),
    ).toEqual([]);
    const figures = closed(talliesOf(even(40, 8)));
    expect(shownOf(MONTH, { ...figures, closed: false })).toEqual(NOTHING);
    expect(shownOf(MONTH, null)).toEqual(NOTHING);
  });

  it('looks the same whether evaluations were late or none, unless those who were late are enough themselves', async () => {
    expect(
      await faultsOf([0, 1, 4], (late) => {
        const dealings = even(40, 8).map((one, at) => (at < late ? { ...one, onTime: 0, late: 1 } : one));
        expect(shownFor(dealings)).toEqual(shownFor(even(40, 8)));
      }),
    ).toEqual([]);
    const late = even(40, 8).map((one) => (one.manager === 0 ? { ...one, onTime: 0, late: 1 } : one));
    expect(shownFor(late)).toMatchObject({ held: 40, onTime: null });
    {
      const late = even(40, 8).map((one, at) => (at < 8 ? { ...one, onTime: 0, late: 1 } : one));
      expect(shownFor(late)).toMatchObject({ held: 40, onTime: 30 });
    }
  });
});

describe('figures: whatever the organisation', () => {
  it('each number has five managers and five people behind it, and is a multiple of five', () => {
    fc.assert(
      fc.property(organisation, (dealings) => {
        const tallies = talliesOf(dealings);
        const shown = shownFor(dealings);
        for (const column of COLUMNS) {
          const value = shown[column];
          if (value === null) continue;
          expect(tallies[column].managers).toBeGreaterThanOrEqual(5);
          expect(tallies[column].people).toBeGreaterThanOrEqual(5);
          expect(value % STEP).toBe(0);
          expect(value).toBeGreaterThanOrEqual(STEP);
        }
      }),
      RUNS,
    );
  });

  it('one person less moves a number by 0 or 5, or hides it where five were behind it', () => {
    let moved = 0;
    let hidden = 0;
    fc.assert(
      fc.property(organisation, fc.nat(9), (dealings, employee) => {
        const [before, after] = [shownFor(dealings), shownFor(without(dealings, employee))];
        const tallies = talliesOf(dealings);
        for (const column of COLUMNS) {
          const [one, other] = [before[column], after[column]];
          if (one !== null && other !== null) {
            expect([0, STEP]).toContain(Math.abs(one - other));
            if (one !== other) moved += 1;
          } else if (one !== null && column !== 'onTime') {
            hidden += 1;
            const left = talliesOf(without(dealings, employee))[column];
            expect(Math.min(left.managers, left.people)).toBeLessThan(5);
            expect(tallies[column].people === 5 || left.managers < tallies[column].managers).toBe(true);
          } else if (one === null && column !== 'onTime') expect(other).toBeNull();
        }
      }),
      RUNS,
    );
    // The property is about something: both happen, and often.
    expect(moved).toBeGreaterThan(100);
    expect(hidden).toBeGreaterThan(5);
  });

  it('held minus on time is nothing at all, or has five managers and five people behind it', () => {
    let apart = 0;
    fc.assert(
      fc.property(organisationOf(40, 30, 40), (dealings) => {
        const { held, onTime } = shownFor(dealings);
        if (onTime === null) return;
        expect(held).not.toBeNull();
        if (held === onTime) return;
        apart += 1;
        const { late } = talliesOf(dealings);
        expect(Math.min(late.managers, late.people)).toBeGreaterThanOrEqual(5);
      }),
      RUNS,
    );
    expect(apart).toBeGreaterThan(5);
  });

  it('it does not show who: with all people and all managers exchanged it is the same', () => {
    fc.assert(
      fc.property(organisation, fc.nat(9), fc.nat(6), (dealings, by, other) => {
        const exchanged = dealings.map((one) => ({
          ...one,
          employee: (one.employee + by) % 10,
          manager: (one.manager + other) % 7,
        }));
        expect(shownFor(exchanged)).toEqual(shownFor(dealings));
      }),
    );
  });

  it('it does not show which of two that did as much is missing', () => {
    fc.assert(
      fc.property(organisation, fc.nat(9), fc.nat(9), (dealings, one, other) => {
        const same = [...without(without(dealings, one), other)];
        const theirs = dealings.filter(({ employee }) => employee === one);
        const both = [...same, ...theirs, ...theirs.map((each) => ({ ...each, employee: other }))];
        expect(shownFor(without(both, one))).toEqual(shownFor(without(both, other)));
      }),
    );
  });
});
