import { type MonthFigures, STEP, type Tally } from '../../store/figures.js';

/** What HR sees of a month; null where too few are behind a number. */
export type ShownMonth = {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly conversations: number | null;
  readonly agreements: number | null;
  readonly held: number | null;
  readonly onTime: number | null;
  readonly coffees: number | null;
};

/** So many different managers, and so many different people, are behind a number that is shown. */
const LEAST = 5;

/**
 * What may be shown of a month, so that nobody can be found in it and nothing can be had by subtracting:
 *
 * - A number is shown only where at least 5 managers and at least 5 people are behind it. Fewer, and none at all,
 *   look the same.
 * - It is rounded to 5 after that. Since nobody counts for more than 5 in a number, one person more or less moves it
 *   by one step or not at all.
 * - Held minus on time is what was late, so that has to have 5 managers and 5 people behind it as well. Fewer than 5
 *   times late drowns: on time then shows as much as held, and looks like none at all. What is neither is not shown.
 * - Only a month that is over and was counted after its end is shown, and it never changes again: looking on two days
 *   shows the same. Months add nothing up, so there is nothing to take one from the other for.
 * - There are no totals, and no parts of a number, such as a department.
 *
 * What this cannot do: whoever knows all others of a month exactly can tell from a number right at the edge of a step
 * something about the one they do not know. And a number says nothing of how evenly the managers share in it.
 */
export function shownOf(month: string, figures: MonthFigures | null): ShownMonth {
  if (figures === null || !figures.closed) {
    return { month, conversations: null, agreements: null, held: null, onTime: null, coffees: null };
  }
  return {
    month,
    conversations: shown(figures.conversations),
    agreements: shown(figures.agreements),
    held: shown(figures.held),
    onTime: shownOnTime(figures),
    coffees: shown(figures.coffees),
  };
}

function shownOnTime({ held, onTime, late }: MonthFigures): number | null {
  if (!isEnough(onTime)) return null;
  if (isEnough(late)) return shown(onTime);
  return late.count < STEP ? shown(held) : null;
}

function shown(tally: Tally): number | null {
  return isEnough(tally) ? STEP * Math.round(tally.count / STEP) : null;
}

function isEnough({ managers, people }: Tally): boolean {
  return managers >= LEAST && people >= LEAST;
}
