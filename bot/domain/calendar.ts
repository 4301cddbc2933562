import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import dutchHolidays from './dutch-holidays.json' with { type: 'json' };
import type { Rhythm } from './rhythm.js';

/** A calendar day, `YYYY-MM-DD`, in the zone of the person concerned. */
export type Day = string;
/** An instant, ISO 8601 in UTC with milliseconds: sorts as text. */
export type Instant = string;

/** When a person wants to hear from the bot. */
export type Slot = {
  /** IANA zone. */
  readonly zone: string;
  /** Local time of day, `HH:mm`. */
  readonly time: string;
  /** ISO weekdays, 1 is Monday. */
  readonly days: readonly number[];
  /** They want to hear nothing before this day; null when they did not pause. */
  readonly notBefore?: Day | null;
};

/** When something happens, and when whoever is to know of it hears from the bot. */
export type At = { readonly now: Instant; readonly slot: Slot };

/** How far back a conversation and how far ahead a day may lie: further is taken for a typing error. */
export const DAYS_IN_A_YEAR = 366;
const DEFAULT_TIME = '09:00';
const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];
/** How far a working day is looked for: a guard against a pause, or days, that leave none within a year. */
const DAYS_LOOKED_AHEAD = 400;
/** A message about what somebody just did may come at once between these local hours, else at the next slot. */
const WAKING_HOURS = { from: 7, until: 20 };

/** When somebody is written to who chose no times: 09:00, Monday to Friday. */
export function defaultSlot(zone: string): Slot {
  return { zone, time: DEFAULT_TIME, days: MONDAY_TO_FRIDAY };
}

/** Answers that are kept of each question. */
const REMEMBERED = 1_000;

/** In one morning the same is asked for thousands of people: working it out is most of composing a message. */
function memoize<Asked extends readonly unknown[]>(
  workOut: (...asked: Asked) => string,
  keyOf: (...asked: Asked) => string,
): (...asked: Asked) => string {
  const answers = new LRUCache<string, string>({ max: REMEMBERED });
  return (...asked) => {
    const key = keyOf(...asked);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = workOut(...asked);
    answers.set(key, answer);
    return answer;
  };
}

const plainKey = (...asked: readonly (string | number)[]) => asked.join(' ');
const slotKey = (day: string, { zone, time, days, notBefore }: Slot) =>
  `${day} ${zone} ${time} ${days.join()} ${notBefore ?? ''}`;

const FULL_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A real calendar day written as `YYYY-MM-DD`; 30 February is none. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

export const dayOf: (instant: Instant, zone: string) => Day = memoize(
  (instant: Instant, zone: string) => isoDay(DateTime.fromISO(instant, { zone })),
  plainKey,
);

/** The local time of day of an instant, `HH:mm`. */
export const timeOf: (instant: Instant, zone: string) => string = memoize(
  (instant: Instant, zone: string) => DateTime.fromISO(instant, { zone }).toFormat('HH:mm'),
  plainKey,
);

/** ISO weekday, 1 is Monday. */
export function weekdayOf(day: Day): number {
  return utcDay(day).weekday;
}

export const addDays: (day: Day, days: number) => Day = memoize(
  (day: Day, days: number) => isoDay(utcDay(day).plus({ days })),
  plainKey,
);

/** A day so much later, or earlier where it is below 0; a month that is too short ends it. */
export function plus(
  day: Day,
  by: { readonly days?: number; readonly weeks?: number; readonly months?: number },
): Day {
  return isoDay(utcDay(day).plus(by));
}

/** `days` working days after `day`: the person's own days, without Dutch public holidays. */
export function addWorkingDays(day: Day, days: number, slot: Slot): Day {
  let found = day;
  for (let left = days; left > 0; left -= 1) found = workingDayFrom(addDays(found, 1), slot);
  return found;
}

/** The next day of a rhythm. A month that is too short ends it: 30 November and a quarter is 28 or 29 February. */
export const addRhythm: (day: Day, rhythm: Rhythm) => Day = memoize((day: Day, rhythm: Rhythm) => {
  const step = {
    weekly: { weeks: 1 },
    'two-weekly': { weeks: 2 },
    'four-weekly': { weeks: 4 },
    quarterly: { months: 3 },
  }[rhythm];
  return isoDay(utcDay(day).plus(step));
}, plainKey);

/** The instant of a time of day, `HH:mm`, on a day of a zone. The job of each night asks at each tick. */
const timeOn: (day: Day, zone: string, time: string) => Instant = memoize(
  (day: Day, zone: string, time: string) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    const { year, month, day: date } = utcDay(day);
    // Set from midnight on: asked for at once, luxon reads an hour that comes twice by the offset of today.
    return instantOf(DateTime.fromObject({ year, month, day: date }, { zone }).set({ hour, minute }));
  },
  plainKey,
);

/**
 * The instant at which to send what belongs to `day`: the person's delivery time on that day, or on the first
 * working day after it. In the hour that spring skips the clock's next hour counts; of the hour that autumn
 * repeats the first one counts (both as luxon resolves them).
 */
export const slotOn: (day: Day, slot: Slot) => Instant = memoize(
  (day: Day, slot: Slot) => timeOn(workingDayFrom(day, slot), slot.zone, slot.time),
  slotKey,
);

/** The first slot after an instant. */
export function nextSlot(after: Instant, slot: Slot): Instant {
  const today = slotOn(dayOf(after, slot.zone), slot);
  return today > after ? today : slotOn(addDays(dayOf(today, slot.zone), 1), slot);
}

/** Now if the person is up on a working day, else their next slot: for news, which nobody planned. */
export function newsMoment(now: Instant, slot: Slot): Instant {
  const day = dayOf(now, slot.zone);
  const hour = Number(timeOf(now, slot.zone).slice(0, 2));
  const waking = hour >= WAKING_HOURS.from && hour < WAKING_HOURS.until;
  return waking && workingDayFrom(day, slot) === day ? now : nextSlot(now, slot);
}

/**
 * The last instant, `now` included, at which clocks in a zone came to a time of day, `HH:mm`: once on each day of the
 * zone. A time that does not come on the day that the clock is set forward counts as much later as the clock is set, of
 * one that comes twice the first counts.
 */
export function lastTimeOfDay(now: Instant, zone: string, time: string): Instant {
  const today = dayOf(now, zone);
  const since = timeOn(today, zone, time);
  return since <= now ? since : timeOn(addDays(today, -1), zone, time);
}

export function instantOf(moment: DateTime): Instant {
  const iso = moment.toUTC().toISO();
  if (iso === null) throw new RangeError(`no such moment: ${moment.invalidReason}`);
  return iso;
}

/** A full ISO 8601 instant, day and time with an offset or Z, as our own form; null when it is none. */
export function parseInstant(text: string): Instant | null {
  if (!FULL_INSTANT.test(text)) return null;
  const moment = DateTime.fromISO(text, { setZone: true });
  const instant = moment.isValid ? instantOf(moment) : '';
  // A year of more or fewer digits would not sort as text.
  return /^\d{4}-/.test(instant) ? instant : null;
}

/** This day if the person works on it, else the first day after it on which they do. */
export const workingDayFrom: (day: Day, slot: Slot) => Day = memoize((day: Day, slot: Slot) => {
  const wanted = slot.days.length > 0 ? slot.days : MONDAY_TO_FRIDAY;
  let found = day >= (slot.notBefore ?? '') ? day : (slot.notBefore ?? day);
  for (let looked = 0; looked < DAYS_LOOKED_AHEAD; looked += 1) {
    if (wanted.includes(utcDay(found).weekday) && !isHoliday(found)) return found;
    found = addDays(found, 1);
  }
  return day;
}, slotKey);

/** Written by `npm run holidays`: the library that knows them is 44 MB, and takes a tenth of a start. */
const HOLIDAYS: ReadonlySet<Day> = new Set(dutchHolidays.days);

function isHoliday(day: Day): boolean {
  return HOLIDAYS.has(day);
}

function utcDay(day: Day): DateTime {
  return DateTime.fromISO(day, { zone: 'utc' });
}

function isoDay(moment: DateTime): Day {
  const day = moment.toISODate();
  if (day === null) throw new RangeError(`no such day: ${moment.invalidReason}`);
  return day;
}
