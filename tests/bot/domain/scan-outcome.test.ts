import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonOf, LEAST_IN_GROUP, type Outcome, outcomeOf } from '../../../bot/domain/scan-outcome.js';
import { type Ballot, type Box, EMPTY_BOX, isBallot, withBallot } from '../../../bot/domain/scan-tally.js';
import { CHARACTERISTICS, type Characteristic } from '../../../cards/content/characteristics.js';
import { faultsOf } from '../../support/faults.js';

const ballot: fc.Arbitrary<Ballot> = fc.record({
  figures: fc.array(fc.integer({ min: 0, max: 5 }), {
    minLength: CHARACTERISTICS.length,
    maxLength: CHARACTERISTICS.length,
  }),
  top: fc.uniqueArray(fc.constantFrom(...CHARACTERISTICS), { maxLength: 3 }),
});
/** People who think alike are what gives somebody away: a team of them is as likely as one in which nobody does. */
const alike: fc.Arbitrary<Ballot[]> = fc
  .tuple(ballot, fc.integer({ min: 5, max: 12 }), fc.array(ballot, { maxLength: 3 }))
  .map(([one, count, others]) => [...Array.from({ length: count }, () => one), ...others]);
const team: fc.Arbitrary<Ballot[]> = fc.oneof(fc.array(ballot, { minLength: 5, maxLength: 40 }), alike);

const boxOf = (ballots: readonly Ballot[]): Box =>
  ballots.reduce((box, one, at) => withBallot(box, `person-${String(at).padStart(3, '0')}`, one), EMPTY_BOX);
const shownOf = (ballots: readonly Ballot[]): Outcome => {
  const outcome = outcomeOf(boxOf(ballots).tally);
  if (outcome === null) throw new Error('no outcome');
  return outcome;
};
const rowOf = (outcome: Outcome, id: Characteristic) => outcome.rows.find((row) => row.id === id);

describe('the outcome of a team scan, whatever a team answers', () => {
  it('leaves for each person and each figure another figure that they may have given', () => {
    fc.assert(
      fc.property(team, fc.nat(), fc.integer({ min: 0, max: 12 }), (ballots, who, at) => {
        const person = who % ballots.length;
        const id = CHARACTERISTICS[at] as Characteristic;
        const own = ballots[person]?.figures[at] ?? 0;
        if (own === 0) return;
        const shown = rowOf(shownOf(ballots), id);
        const withFigure = (team: readonly Ballot[], place: number, figure: number) =>
          team.map((one, index) =>
            index === place
              ? { ...one, figures: one.figures.map((old, column) => (column === at ? figure : old)) }
              : one,
          );
        // Another world: they swapped with somebody who gave another figure, or gave one that is a step away.
        const swaps = ballots
          .map((other, index) => ({ index, figure: other.figures[at] ?? 0 }))
          .filter(({ figure }) => figure !== own && figure !== 0)
          .slice(0, 1)
          .map(({ index, figure }) => withFigure(withFigure(ballots, person, figure), index, own));
        const steps = [own - 1, own + 1]
          .filter((figure) => figure >= 1 && figure <= 5)
          .map((figure) => withFigure(ballots, person, figure));
        const looksTheSame = [...swaps, ...steps].some(
          (world) => JSON.stringify(rowOf(shownOf(world), id)) === JSON.stringify(shown),
        );
        expect(looksTheSame).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells apart no group of fewer than three people, and never that all are in one', () => {
    fc.assert(
      fc.property(team, (ballots) => {
        for (const row of shownOf(ballots).rows) {
          const at = CHARACTERISTICS.indexOf(row.id);
          const given = ballots.map(({ figures }) => figures[at] ?? 0).filter((figure) => figure > 0);
          expect(row.groups.length === 1).toBe(false);
          for (const { from, to } of row.groups) {
            const inIt = given.filter((figure) => figure >= from && figure <= to);
            expect(inIt.length).toBeGreaterThanOrEqual(LEAST_IN_GROUP);
            expect(inIt.length).toBeLessThanOrEqual(given.length - LEAST_IN_GROUP);
          }
          expect(row.mean === null).toBe(given.length < 5);
        }
      }),
    );
  });

  it('marks in the top three only what at least three people named, and no more than three of it', () => {
    fc.assert(
      fc.property(team, (ballots) => {
        const marked = shownOf(ballots).rows.filter(({ top }) => top !== null);
        expect(marked.length).toBeLessThanOrEqual(3);
        for (const { id } of marked) {
          expect(ballots.filter(({ top }) => top.includes(id)).length).toBeGreaterThanOrEqual(3);
        }
      }),
    );
  });

  it('leaves for whoever named what is in the top three that they may not have named it', () => {
    fc.assert(
      fc.property(team, fc.nat(), (ballots, who) => {
        const person = who % ballots.length;
        const shown = shownOf(ballots);
        const own = ballots[person]?.top ?? [];
        const without = (top: readonly Characteristic[], id: Characteristic) =>
          top.filter((one) => one !== id);
        for (const { id } of shown.rows.filter((row) => row.top !== null && own.includes(row.id))) {
          // Another world: they and somebody who did not name it named what the other did, or they alone left it out.
          const other = ballots.findIndex(({ top }) => !top.includes(id));
          const world = ballots.map((one, at) => {
            if (at === person) return { ...one, top: ballots[other]?.top ?? without(own, id) };
            return at === other ? { ...one, top: own } : one;
          });
          expect(shownOf(world)).toEqual(shown);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order in which people answered', () => {
    fc.assert(
      fc.property(team, (ballots) => {
        expect(shownOf([...ballots].reverse())).toEqual(shownOf(ballots));
      }),
    );
  });

  it('is the same on two days, and compares two scans by what each of them shows', () => {
    fc.assert(
      fc.property(team, team, (before, now) => {
        const [earlier, later] = [shownOf(before), shownOf(now)];
        for (const { id, before: was, now: is, change } of comparisonOf(earlier, later)) {
          expect(was).toBe(rowOf(earlier, id)?.mean);
          expect(is).toBe(rowOf(later, id)?.mean);
          if (was !== null && is !== null) expect(change).toBe((is ?? 0) - (was ?? 0));
        }
      }),
    );
  });
});

describe('the outcome of a team scan', () => {
  const same = (figure: number, top: readonly Characteristic[] = []): Ballot => ({
    figures: CHARACTERISTICS.map(() => figure),
    top,
  });
  const of = (...figures: readonly number[]) => shownOf(figures.map((figure) => same(figure))).rows[0];

  it('is none with four answers, and one with five', () => {
    const four = [1, 2, 3, 4].map((figure) => same(figure));
    expect(outcomeOf(boxOf(four).tally)).toBeNull();
    expect(outcomeOf(boxOf([...four, same(5)]).tally)?.answered).toBe(5);
  });

  it('shows a mean within the scale, and the camps where there are some', async () => {
    expect(
      await faultsOf(
        [
          ['everybody the lowest figure', [1, 1, 1, 1, 1], 1.5, []],
          ['everybody the highest', [5, 5, 5, 5, 5, 5], 4.5, []],
          ['one who differs', [1, 5, 5, 5, 5, 5, 5], 4.5, []],
          [
            'two camps',
            [1, 1, 2, 5, 5, 4, 4],
            3,
            [
              [1, 3, 4],
              [4, 5, 6],
            ],
          ],
          [
            'three camps',
            [1, 1, 2, 3, 3, 3, 5, 5, 4],
            3,
            [
              [1, 2, 3],
              [3, 3, 3],
              [4, 5, 3],
            ],
          ],
          [
            'a single one between two camps',
            [1, 1, 1, 3, 5, 5, 5, 5],
            3.5,
            [
              [1, 3, 5],
              [4, 5, 5],
            ],
          ],
          ['too few with an opinion', [0, 0, 0, 3, 3, 3, 3], null, []],
        ] as const,
        (_name, figures, mean, groups) => {
          const row = of(...figures);
          expect(row?.mean).toBe(mean);
          expect(row?.groups.map(({ from, to, tenths }) => [from, to, tenths])).toEqual(groups);
        },
      ),
    ).toEqual([]);
  });

  it('does not say by the order of its top three that all five named the first', () => {
    // What is worst comes first where votes are equal: in the other order each place would say more votes than the next.
    const figures = CHARACTERISTICS.map((_, at) => (at < 3 ? at + 1 : 5));
    const [worst, bad, better] = CHARACTERISTICS.slice(0, 3) as [
      Characteristic,
      Characteristic,
      Characteristic,
    ];
    const tops = [[better, bad, worst], [better, bad, worst], [better, bad, worst], [better, bad], [better]];
    const votes = shownOf(tops.map((top) => ({ figures, top })));
    const one = shownOf([...tops.slice(0, 4), []].map((top) => ({ figures, top })));
    expect(votes).toEqual(one);
  });

  it('stands worst first, in the order of the list where nothing tells them apart', () => {
    const low: Ballot = {
      figures: CHARACTERISTICS.map((_, at) => (at === 4 ? 1 : 4)),
      top: ['work-private'],
    };
    const outcome = shownOf(Array.from({ length: 6 }, () => low));
    expect(outcome.rows.map(({ id }) => id).slice(0, 3)).toEqual(['work-private', 'workload', 'recovery']);
    expect(outcome.rows[0]?.top).toBe(1);
  });
});

describe('a ballot', () => {
  const good: Ballot = { figures: CHARACTERISTICS.map(() => 3), top: ['workload'] };

  it('is none with a figure or a top that cannot be, and is not counted', async () => {
    expect(
      await faultsOf(
        [
          ['a figure of 6', { ...good, figures: good.figures.map((one, at) => (at === 3 ? 6 : one)) }],
          ['a figure below 0', { ...good, figures: good.figures.map((one, at) => (at === 3 ? -1 : one)) }],
          ['half a figure', { ...good, figures: good.figures.map((one, at) => (at === 3 ? 2.5 : one)) }],
          ['twelve figures', { ...good, figures: good.figures.slice(1) }],
          ['four on top', { ...good, top: CHARACTERISTICS.slice(0, 4) }],
          ['one on top twice', { ...good, top: ['workload', 'workload'] as const }],
        ],
        (_name, bad) => {
          expect(isBallot(bad)).toBe(false);
          expect(() => withBallot(EMPTY_BOX, 'a', bad)).toThrow(RangeError);
        },
      ),
    ).toEqual([]);
  });

  it('counts once for each person, in the order of the alphabet: when they came does not show', () => {
    const box = withBallot(EMPTY_BOX, 'a', good);
    expect(withBallot(box, 'a', { ...good, figures: CHARACTERISTICS.map(() => 1) })).toBe(box);
    expect(box.tally.ballots).toBe(1);
    const came = ['c', 'a', 'b'].reduce((box, who) => withBallot(box, who, good), EMPTY_BOX);
    expect(came.answered).toEqual(['a', 'b', 'c']);
  });
});
