import fc from 'fast-check';
import { DateTime, Settings } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  dayOf,
  lastTimeOfDay,
  newsMoment,
  nextSlot,
  type Slot,
  slotOn,
} from '../../../bot/domain/calendar.js';

describe('calendar: whatever the day, the zone and the wish', () => {
  const day = fc
    .integer({ min: 0, max: 4_017 })
    .map((days) => DateTime.utc(2025, 1, 1).plus({ days }).toFormat('yyyy-MM-dd'));
  const instant = fc
    .integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2035, 11, 31) })
    .map((at) => new Date(at).toISOString());
  const slot: fc.Arbitrary<Slot> = fc.record({
    zone: fc.constantFrom(
      'Europe/Amsterdam',
      'America/New_York',
      'America/St_Johns',
      'Asia/Kolkata',
      'Pacific/Auckland',
      'UTC',
    ),
    time: fc
      .integer({ min: 0, max: 24 * 60 - 1 })
      .map((minutes) => DateTime.utc(2025).plus({ minutes }).toFormat('HH:mm')),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  });

  it('a time of day has come within the last day and the hour that it may be longer, and not since', () => {
    fc.assert(
      fc.property(instant, slot, (now, { zone, time }) => {
        const last = lastTimeOfDay(now, zone, time);
        const ago = Date.parse(now) - Date.parse(last);
        expect(ago).toBeGreaterThanOrEqual(0);
        expect(ago).toBeLessThanOrEqual(25 * 3_600_000);
        const local = DateTime.fromISO(last, { zone });
        // It is later where the clock was set forward over it.
        const late = local.diff(
          local.startOf('day').set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) }),
        );
        expect([0, 1_800_000, 3_600_000]).toContain(late.toMillis());
        expect(lastTimeOfDay(last, zone, time)).toBe(last);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a slot falls on a wanted weekday that is no holiday, and never before its day begins where the person lives', () => {
    fc.assert(
      fc.property(day, slot, (on, wish) => {
        const begins = DateTime.fromISO(on, { zone: wish.zone }).startOf('day');
        expect(Date.parse(slotOn(on, wish))).toBeGreaterThanOrEqual(begins.toMillis());
      }),
    );
    fc.assert(
      fc.property(day, slot, (on, wish) => {
        expect(wish.days).toContain(DateTime.fromISO(slotOn(on, wish), { zone: wish.zone }).weekday);
      }),
    );
    fc.assert(
      fc.property(day, slot, (on, wish) => {
        const found = dayOf(slotOn(on, wish), wish.zone);
        expect(dutchHolidays(Number(found.slice(0, 4)))).not.toContain(found);
      }),
    );
  });

  it('a slot is the same whatever today is', () => {
    const slotSeenAt = (today: string, on: string, wish: Slot) => {
      Settings.now = () => Date.parse(today);
      try {
        return slotOn(on, wish);
      } finally {
        Settings.now = Date.now;
      }
    };
    fc.assert(
      fc.property(day, slot, instant, (on, wish, today) => {
        expect(slotSeenAt(today, on, wish)).toBe(slotOn(on, wish));
      }),
    );
  });

  it('the next slot always comes strictly later, and that of the moment before a slot is that slot', () => {
    fc.assert(
      fc.property(instant, slot, (after, wish) => {
        expect(nextSlot(after, wish) > after).toBe(true);
      }),
    );
    fc.assert(
      fc.property(day, slot, (on, wish) => {
        const found = slotOn(on, wish);
        const before = new Date(Date.parse(found) - 1).toISOString();
        expect(nextSlot(before, wish)).toBe(found);
      }),
    );
  });

  it('news comes at once or at a slot, and never before it happened', () => {
    fc.assert(
      fc.property(instant, slot, (now, wish) => {
        expect([now, nextSlot(now, wish)]).toContain(newsMoment(now, wish));
      }),
    );
  });

  it('working days add up', () => {
    const count = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(day, slot, count, count, (from, wish, some, more) => {
        const [atOnce, inTwo] = [
          addWorkingDays(from, some + more, wish),
          addWorkingDays(addWorkingDays(from, some, wish), more, wish),
        ];
        expect(inTwo).toBe(atOnce);
      }),
    );
  });
});

/** Worked out apart from the library: Easter after Meeus, and Koningsdag a day early when it is a Sunday. */
function dutchHolidays(year: number): string[] {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  const easter = DateTime.utc(year, Math.floor(n / 31), (n % 31) + 1);
  const koningsdag = DateTime.utc(year, 4, 27);
  return [
    DateTime.utc(year, 1, 1),
    ...[0, 1, 39, 49, 50].map((days) => easter.plus({ days })),
    koningsdag.weekday === 7 ? koningsdag.minus({ days: 1 }) : koningsdag,
    DateTime.utc(year, 12, 25),
    DateTime.utc(year, 12, 26),
  ].map((one) => one.toFormat('yyyy-MM-dd'));
}
