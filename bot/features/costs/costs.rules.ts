import type { CostsTyped } from '../../../cards/actions.js';

/** Numbers that make sense; the percentage in percent, the cost of a day in euros, burn-outs a year. */
export type Costs = {
  readonly employees: number;
  readonly percentage: number;
  readonly dayCost: number;
  readonly burnouts: number;
};
export type Sum = {
  /** Euros a year, rounded to whole euros. */
  readonly absence: number;
  /** The same at the lowest and the highest cost of a day that the guide gives. */
  readonly from: number;
  readonly until: number;
  readonly burnouts: number;
};

/** Euros for a day of absence: pay alone, and with lost work and replacement. Source: ABN AMRO, MentaVitalis (2023). */
export const DAY_COST = { low: 250, high: 400 } as const;
/** Euros for a burn-out of five months on average, a careful estimate. Source: the same. */
export const BURNOUT_COST = 45_000;
/**
 * Working days in a year, 52 weeks of 5. With 400 euros this gives the guide's own sum: over 5 million a year for
 * 1,000 people at 5.2 percent. Counting 365 days was rejected: it would come to over 7 million.
 */
export const WORKING_DAYS = 260;
const BOUNDS = {
  employees: { least: 1, most: 1_000_000, whole: true },
  percentage: { least: 0, most: 100, whole: false },
  dayCost: { least: 100, most: 1_000, whole: false },
  burnouts: { least: 0, most: 1_000_000, whole: true },
} as const;

/** The numbers that were typed, or which fields are none. */
export function readCosts(
  typed: CostsTyped,
): { readonly costs: Costs } | { readonly wrong: readonly (keyof Costs)[] } {
  const read = {
    employees: within(typed.employees, 'employees'),
    percentage: within(typed.percentage, 'percentage'),
    dayCost: within(typed.dayCost, 'dayCost'),
    burnouts: typed.burnouts.trim() === '' ? 0 : within(typed.burnouts, 'burnouts'),
  };
  const { employees, percentage, dayCost, burnouts } = read;
  const tooMany = employees !== null && burnouts !== null && burnouts > employees;
  if (employees === null || percentage === null || dayCost === null || burnouts === null || tooMany) {
    const wrong = (Object.keys(read) as (keyof Costs)[]).filter((name) => read[name] === null);
    return { wrong: tooMany ? [...wrong, 'burnouts'] : wrong };
  }
  return { costs: { employees, percentage, dayCost, burnouts } };
}

export function sumOf({ employees, percentage, dayCost, burnouts }: Costs): Sum {
  const at = (cost: number): number => Math.round((employees * percentage * WORKING_DAYS * cost) / 100);
  return {
    absence: at(dayCost),
    from: at(DAY_COST.low),
    until: at(DAY_COST.high),
    burnouts: burnouts * BURNOUT_COST,
  };
}

function within(typed: string, name: keyof typeof BOUNDS): number | null {
  const { least, most, whole } = BOUNDS[name];
  const value = numberOf(typed);
  if (value === null || value < least || value > most || (whole && !Number.isInteger(value))) return null;
  return value;
}

/** A number as people write it in either language: `1.000`, `1,000`, `5,2`, `5.2 %`, `€ 250`. */
function numberOf(typed: string): number | null {
  const text = typed.replace(/[\s€%]/gu, '');
  // Three digits after each sign are thousands; anything else after one sign is a fraction.
  if (/^\d{1,3}([.,]\d{3})+$/.test(text)) return Number(text.replace(/[.,]/g, ''));
  return /^\d{1,9}([.,]\d{1,4})?$/.test(text) ? Number(text.replace(',', '.')) : null;
}
