import { CHARACTERISTICS } from '../../../cards/content/characteristics.js';
import type { ScanFiguresView } from '../../../cards/figures/figures.card.js';
import { dayOf } from '../../domain/calendar.js';
import type { Scan } from '../../domain/scan.js';
import { STEP } from '../../store/figures.js';

/** So many teams, of so many managers, and so many answers are behind what HR sees. */
const LEAST_TEAMS = 3;
const LEAST_ANSWERS = 15;
const MOST_SHOWN = 3;

/**
 * What HR sees of the team scans of an organisation: how many closed with an outcome, to the nearest five, and which
 * characteristics ask most attention, each to the half and only where enough teams and people are behind it. Only of
 * months that are over, so that looking before and after one closes shows the same. A manager who has several scans counts
 * as one team.
 */
export function scanFiguresOf(scans: readonly Scan[], now: string, zone: string): ScanFiguresView {
  const thisMonth = dayOf(now, zone).slice(0, 7);
  const closed = scans.filter(
    ({ outcome, closedAt }) =>
      outcome !== null && closedAt !== null && dayOf(closedAt, zone).slice(0, 7) < thisMonth,
  );
  const means = CHARACTERISTICS.flatMap((id) => {
    const found = closed.flatMap(({ manager, outcome }) => {
      const mean = outcome?.rows.find((row) => row.id === id)?.mean ?? null;
      return mean === null ? [] : [{ manager, mean, answered: outcome?.answered ?? 0 }];
    });
    const people = found.reduce((sum, { answered }) => sum + answered, 0);
    if (new Set(found.map(({ manager }) => manager)).size < LEAST_TEAMS || people < LEAST_ANSWERS) return [];
    const mean = found.reduce((sum, one) => sum + one.mean * one.answered, 0) / people;
    return [{ id, mean: Math.round(mean * 2) / 2 }];
  });
  const isEnough = means.length > 0;
  return {
    count: isEnough ? STEP * Math.round(closed.length / STEP) : null,
    lowest: [...means].sort((one, other) => one.mean - other.mean).slice(0, MOST_SHOWN),
  };
}
