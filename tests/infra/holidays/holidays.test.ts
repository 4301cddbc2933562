import { expect, it } from 'vitest';
import kept from '../../../bot/domain/dutch-holidays.json' with { type: 'json' };
import { dutchHolidays, YEARS } from '../../../infra/holidays/holidays.js';

it('keeps the public holidays as the library that knows them has them', () => {
  expect(kept.days).toEqual(dutchHolidays());
});

it('has five fixed and moving days or more of every year that something can be planned in', () => {
  for (let year = YEARS.from; year <= YEARS.to; year += 1)
    expect(kept.days.filter((day) => day.startsWith(`${year}-`)).length).toBeGreaterThanOrEqual(9);
});
