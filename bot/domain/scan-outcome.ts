import { z } from 'zod';
import { CHARACTERISTICS, type Characteristic } from '../../cards/content/characteristics.js';
import { FIGURES, MOST_TOP, type Tally } from './scan-tally.js';

/** Fewer answers than this give no outcome, and fewer figures no line of one. */
export const LEAST_ANSWERS = 5;
/** A group of figures is shown only with so many people in it, and so is a place in the top three. */
export const LEAST_IN_GROUP = 3;
/** Beyond these a mean would say that nearly everybody gave the same figure. */
const MEANS = { least: 1.5, most: 4.5 } as const;

const groupSchema = z.object({
  from: z.number().int(),
  to: z.number().int(),
  /** Its share in tenths of all who gave a figure. */
  tenths: z.number().int(),
});
/** People whose figures lie close together, never fewer than three. */
export type Group = z.infer<typeof groupSchema>;

export const outcomeSchema = z.object({
  answered: z.number().int(),
  rows: z.array(
    z.object({
      id: z.enum(CHARACTERISTICS),
      /** The mean to the half, from 1.5 (that or lower) to 4.5 (that or higher); null where fewer than five gave a figure. */
      mean: z.number().nullable(),
      /** Low, middle and high, as far as they can be told apart; empty where they cannot. */
      groups: z.array(groupSchema),
      /** Its place among what the team wants to improve first; null where it has none. */
      top: z.number().int().nullable(),
    }),
  ),
});
/**
 * What is shown of a scan, worst first, and all that is kept of it: the counts themselves go when it closes, so that
 * nothing finer can be had of them than this.
 */
export type Outcome = z.infer<typeof outcomeSchema>;

/** The outcome of a tally; null with fewer than five answers. */
export function outcomeOf({ ballots, figures, top }: Tally): Outcome | null {
  if (ballots < LEAST_ANSWERS) return null;
  const rows = CHARACTERISTICS.map((id, at) => {
    const [, ...given] = figures[at] ?? [];
    // One less than everybody weighs as much as everybody: of five people, three places against the order in which equal votes
    // stand would else say five, four and three, and so that all of them named the first.
    const votes = Math.min(top[at] ?? 0, ballots - 1);
    return { id, mean: meanOf(given), groups: groupsOf(given), votes };
  });
  // By what is shown alone: a finer order would give away what was rounded off.
  const worstFirst = rows
    .map((row, at) => ({ row, at }))
    .sort((one, other) => (one.row.mean ?? 9) - (other.row.mean ?? 9) || one.at - other.at)
    .map(({ row }) => row);
  const named = worstFirst
    .filter(({ votes }) => votes >= LEAST_IN_GROUP)
    .sort((one, other) => other.votes - one.votes)
    .slice(0, MOST_TOP)
    .map(({ id }) => id);
  return {
    answered: ballots,
    rows: worstFirst.map(({ id, mean, groups }) => ({
      id,
      mean,
      groups,
      top: named.includes(id) ? named.indexOf(id) + 1 : null,
    })),
  };
}

function meanOf(given: readonly number[]): number | null {
  const people = sum(given);
  if (people < LEAST_ANSWERS) return null;
  const mean = sum(given.map((count, at) => count * (FIGURES[at] ?? 0))) / people;
  return Math.min(MEANS.most, Math.max(MEANS.least, Math.round(mean * 2) / 2));
}

/**
 * Low (1 and 2), middle (3) and high (4 and 5). One with a person or two in it is added to the smaller of those beside
 * it. Where that leaves one group nothing is told of groups at all: that they are all together is what everybody's figure
 * could be read from.
 */
function groupsOf(given: readonly number[]): readonly Group[] & Group[] {
  const people = sum(given);
  if (people < LEAST_ANSWERS) return [];
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = given;
  let groups = [
    { from: 1, to: 2, count: one + two },
    { from: 3, to: 3, count: three },
    { from: 4, to: 5, count: four + five },
  ];
  for (;;) {
    const at = groups.findIndex(({ count }) => count < LEAST_IN_GROUP);
    if (at < 0 || groups.length === 1) break;
    groups = joined(groups, at);
  }
  if (groups.length === 1) return [];
  return groups.map(({ from, to, count }) => ({ from, to, tenths: Math.round((10 * count) / people) }));
}

type Counted = { readonly from: number; readonly to: number; readonly count: number };

/** The group at a place together with the smaller of those beside it. */
function joined(groups: readonly Counted[], at: number): Counted[] {
  const [before, after] = [groups[at - 1], groups[at + 1]];
  const withBefore = after === undefined || (before !== undefined && before.count <= after.count);
  const first = withBefore ? at - 1 : at;
  const [low, high] = [groups[first], groups[first + 1]];
  if (low === undefined || high === undefined) throw new RangeError('no group beside it');
  const both = { from: low.from, to: high.to, count: low.count + high.count };
  return [...groups.slice(0, first), both, ...groups.slice(first + 2)];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** One characteristic in two scans; `change` in halves of a figure, null where one of the two shows no mean. */
export type Compared = {
  readonly id: Characteristic;
  readonly before: number | null;
  readonly now: number | null;
  readonly change: number | null;
};

/** Two outcomes side by side, in the order of the newer: from what is shown of each, so that it tells nothing more. */
export function comparisonOf(before: Outcome, now: Outcome): readonly Compared[] {
  return now.rows.map(({ id, mean }) => {
    const earlier = before.rows.find((row) => row.id === id)?.mean ?? null;
    const change = earlier === null || mean === null ? null : mean - earlier;
    return { id, before: earlier, now: mean, change };
  });
}
