import Holidays from 'date-holidays';

/** The years of which days are kept: nothing is planned further ahead, nor kept from before. */
export const YEARS = { from: 2020, to: 2060 } as const;

/** Dutch public holidays of all those years, `YYYY-MM-DD`, as `date-holidays` has them. */
export function dutchHolidays(): readonly string[] {
  const calendar = new Holidays('NL', { types: ['public'] });
  const years = Array.from({ length: YEARS.to - YEARS.from + 1 }, (_, at) => YEARS.from + at);
  const days = years.flatMap((year) => calendar.getHolidays(year).map(({ date }) => date.slice(0, 10)));
  return [...new Set(days)].sort();
}
