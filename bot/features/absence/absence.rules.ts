import type { DatedStep } from '../../../cards/absence/weeks.card.js';
import { addDays, type Day, isDay } from '../../domain/calendar.js';

/** Weeks of the law: the step is taken in or by these, counted from the first day of the absence. */
export type WeekStep = {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** `in-week`: the law says "at the latest in week n", so that the last day of that week is the last. */
  readonly ends?: string;
};

const DAYS_IN_WEEK = 7;
const YEARS_LOOKED_AT = 3;

/** The days between which a first day of absence makes sense: nothing of the law takes longer than three years. */
export function daysThatMakeSense(today: Day): { readonly from: Day; readonly until: Day } {
  const days = YEARS_LOOKED_AT * 365;
  return { from: addDays(today, -days), until: addDays(today, days) };
}

export function makesSense(day: string, today: Day): boolean {
  if (!isDay(day)) return false;
  const { from, until } = daysThatMakeSense(today);
  return day >= from && day <= until;
}

/**
 * Each step as days: n weeks have passed n times 7 days after the first day of absence; a span runs from where its first
 * weeks have passed to where its last have, or to the last day of its last week, a day earlier, where it `ends` in it.
 * Source: Wet verbetering poortwachter (week 6, 8, 42 and so on); uwv.nl for "at the latest in week 91" and "93".
 */
export function datedSteps(steps: readonly WeekStep[], day: Day): readonly DatedStep[] {
  return steps.map(({ id, from, to, ends }) => ({
    id,
    from: addDays(day, from * DAYS_IN_WEEK),
    until: addDays(day, to * DAYS_IN_WEEK - (ends === 'in-week' ? 1 : 0)),
  }));
}
