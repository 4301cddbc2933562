import { DateTime, Settings } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addRhythm,
  addWorkingDays,
  dayOf,
  defaultSlot,
  instantOf,
  isDay,
  newsMoment,
  nextSlot,
  parseInstant,
  slotOn,
  workingDayFrom,
} from '../../../bot/domain/calendar.js';
import { faultsOf } from '../../support/faults.js';

const AMSTERDAM = defaultSlot('Europe/Amsterdam');
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

describe('calendar: days', () => {
  it('takes for a day what is one, and nothing else', async () => {
    expect(
      await faultsOf(
        [
          ['2027-02-28', true],
          ['2028-02-29', true],
          ['2027-02-29', false],
          ['2027-02-30', false],
          ['2027-04-31', false],
          ['2027-13-01', false],
          ['2027-00-10', false],
          ['2027-1-1', false],
          ['20270101', false],
          ['2027-W01-1', false],
          ['2027-01-01T00:00', false],
          [' 2027-01-01', false],
          ['2027-01-01\n', false],
          ['١٢٣٤-01-01', false],
          ['morgen', false],
          ['', false],
        ],
        (text, expected) => {
          expect(isDay(text)).toBe(expected);
        },
      ),
    ).toEqual([]);
  });

  it('puts an instant on the day of the zone', async () => {
    expect(
      await faultsOf(
        [
          ['2027-01-11T23:30:00.000Z', 'Europe/Amsterdam', '2027-01-12'],
          ['2027-01-11T22:59:59.999Z', 'Europe/Amsterdam', '2027-01-11'],
          ['2027-07-11T22:00:00.000Z', 'Europe/Amsterdam', '2027-07-12'],
          ['2027-01-11T23:30:00.000Z', 'America/New_York', '2027-01-11'],
          ['2027-01-11T11:00:00.000Z', 'Pacific/Auckland', '2027-01-12'],
        ],
        (instant, zone, day) => {
          expect(dayOf(instant, zone)).toBe(day);
        },
      ),
    ).toEqual([]);
  });

  it('counts days on, over months and years', async () => {
    expect(
      await faultsOf(
        [
          ['2027-02-28', 1, '2027-03-01'],
          ['2028-02-28', 1, '2028-02-29'],
          ['2027-12-31', 1, '2028-01-01'],
          ['2027-03-27', 2, '2027-03-29'],
          ['2027-10-30', 2, '2027-11-01'],
          ['2027-01-01', -1, '2026-12-31'],
          ['2027-01-12', 0, '2027-01-12'],
        ],
        (day, days, expected) => {
          expect(addDays(day, days)).toBe(expected);
        },
      ),
    ).toEqual([]);
  });

  it('counts working days over weekends and holidays, and the days that somebody works as theirs', async () => {
    expect(
      await faultsOf(
        [
          ['over a weekend', '2027-01-08', 3, '2027-01-13'],
          ['from a Saturday', '2027-01-09', 1, '2027-01-11'],
          ['over Koningsdag', '2027-04-22', 3, '2027-04-28'],
          ['over Easter', '2027-03-26', 1, '2027-03-30'],
          ['over Christmas', '2026-12-24', 1, '2026-12-28'],
          ['over New Year', '2026-12-31', 1, '2027-01-04'],
          ['none at all, also in a weekend', '2027-01-09', 0, '2027-01-09'],
        ],
        (_case, day, days, expected) => {
          expect(addWorkingDays(day, days, AMSTERDAM)).toBe(expected);
        },
      ),
    ).toEqual([]);
    expect(addWorkingDays('2027-01-12', 3, { ...AMSTERDAM, days: [2, 4] })).toBe('2027-01-21');
  });

  it('takes for the first working day the next that is one', async () => {
    expect(
      await faultsOf(
        [
          ['a working day itself', '2027-01-12', '2027-01-12'],
          ['the Monday after a weekend', '2027-01-16', '2027-01-18'],
          ['the day after Koningsdag', '2027-04-27', '2027-04-28'],
          ['the Monday after New Year on a Friday', '2027-01-01', '2027-01-04'],
        ],
        (_case, day, expected) => {
          expect(workingDayFrom(day, AMSTERDAM)).toBe(expected);
        },
      ),
    ).toEqual([]);
  });

  it('goes by each rhythm to the next day, within the month', async () => {
    expect(
      await faultsOf(
        [
          ['2027-01-12', 'weekly', '2027-01-19'],
          ['2027-12-31', 'weekly', '2028-01-07'],
          ['2027-01-12', 'two-weekly', '2027-01-26'],
          ['2027-01-12', 'four-weekly', '2027-02-09'],
          ['2028-02-29', 'four-weekly', '2028-03-28'],
          ['2027-01-12', 'quarterly', '2027-04-12'],
          ['2027-01-31', 'quarterly', '2027-04-30'],
          ['2026-11-30', 'quarterly', '2027-02-28'],
          ['2027-11-30', 'quarterly', '2028-02-29'],
          ['2028-02-29', 'quarterly', '2028-05-29'],
        ] as const,
        (day, rhythm, expected) => {
          expect(addRhythm(day, rhythm)).toBe(expected);
        },
      ),
    ).toEqual([]);
  });
});

describe('calendar: slotOn', () => {
  it('delivers on the day, or the first working day after weekends and holidays', async () => {
    expect(
      await faultsOf(
        [
          ['on a working day in winter', '2027-01-12', '2027-01-12T08:00:00.000Z'],
          ['on a working day in summer', '2027-07-13', '2027-07-13T07:00:00.000Z'],
          ['on the Monday after a Saturday', '2027-01-16', '2027-01-18T08:00:00.000Z'],
          ['on the Monday after a Sunday', '2027-01-17', '2027-01-18T08:00:00.000Z'],
          ['after New Year', '2027-01-01', '2027-01-04T08:00:00.000Z'],
          ['on Good Friday itself, which is no public holiday', '2027-03-26', '2027-03-26T08:00:00.000Z'],
          ['after Easter and the change to summer time', '2027-03-27', '2027-03-30T07:00:00.000Z'],
          ['after Koningsdag, a Tuesday', '2027-04-27', '2027-04-28T07:00:00.000Z'],
          ['after Hemelvaart, a Thursday', '2027-05-06', '2027-05-07T07:00:00.000Z'],
          ['after Pinksteren', '2027-05-15', '2027-05-18T07:00:00.000Z'],
          ['on the last day of summer time', '2027-10-29', '2027-10-29T07:00:00.000Z'],
          ['after the change to winter time', '2027-10-30', '2027-11-01T08:00:00.000Z'],
          ['after Christmas on a Friday and the weekend', '2026-12-25', '2026-12-28T08:00:00.000Z'],
          ['on the Monday after Christmas in a weekend', '2027-12-25', '2027-12-27T08:00:00.000Z'],
          ['on 29 February', '2028-02-29', '2028-02-29T08:00:00.000Z'],
        ],
        (_case, day, expected) => {
          expect(slotOn(day, AMSTERDAM)).toBe(expected);
        },
      ),
    ).toEqual([]);
  });

  it('knows each zone and its change of the clock', async () => {
    expect(
      await faultsOf(
        [
          ['nine in New York in winter', '2027-01-12', 'America/New_York', '2027-01-12T14:00:00.000Z'],
          [
            'nine in New York, where summer time comes earlier',
            '2027-03-15',
            'America/New_York',
            '2027-03-15T13:00:00.000Z',
          ],
          ['nine in Kolkata, half an hour off', '2027-01-12', 'Asia/Kolkata', '2027-01-12T03:30:00.000Z'],
          [
            'nine in Auckland, still the day before in UTC',
            '2027-01-12',
            'Pacific/Auckland',
            '2027-01-11T20:00:00.000Z',
          ],
          [
            'the Dutch holidays, also elsewhere',
            '2027-04-27',
            'America/New_York',
            '2027-04-28T13:00:00.000Z',
          ],
        ],
        (_case, day, zone, expected) => {
          expect(slotOn(day, defaultSlot(zone))).toBe(expected);
        },
      ),
    ).toEqual([]);
  });

  it('delivers at the change of the clock', async () => {
    expect(
      await faultsOf(
        [
          [
            'a time that spring skips becomes the hour after it',
            '2026-03-29',
            '02:30',
            '2026-03-29T01:30:00.000Z',
          ],
          ['a time just before what spring skips', '2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
          ['a time just after what spring skips', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
          ['a time just before what autumn repeats', '2027-10-31', '01:59', '2027-10-30T23:59:00.000Z'],
          ['a time just after what autumn repeats', '2027-10-31', '03:00', '2027-10-31T02:00:00.000Z'],
          [
            'the spring change of 2027, which falls on Easter',
            '2027-03-28',
            '02:30',
            '2027-03-30T00:30:00.000Z',
          ],
        ],
        (_case, day, time, expected) => {
          expect(slotOn(day, { zone: 'Europe/Amsterdam', time, days: EVERY_DAY })).toBe(expected);
        },
      ),
    ).toEqual([]);
  });

  // Two times, for what was asked before is remembered.
  it('takes the first of an hour that autumn repeats, also when today is that day or another', async () => {
    expect(
      await faultsOf(
        [
          ['2027-01-12T00:00:00Z', '30'],
          ['2027-07-12T00:00:00Z', '31'],
        ],
        (today, minute) => {
          Settings.now = () => Date.parse(today);
          try {
            const slot = { zone: 'Europe/Amsterdam', time: `02:${minute}`, days: EVERY_DAY };
            expect(slotOn('2027-10-31', slot)).toBe(`2027-10-31T00:${minute}:00.000Z`);
          } finally {
            Settings.now = Date.now;
          }
        },
      ),
    ).toEqual([]);
  });

  it('keeps to the days that somebody wants', async () => {
    expect(
      await faultsOf(
        [
          ['Tuesday and Thursday only', [2, 4], '2027-01-15', '2027-01-19T08:00:00.000Z'],
          ['Saturday too', [6], '2027-01-12', '2027-01-16T08:00:00.000Z'],
          ['Monday only, and that is Easter Monday', [1], '2027-03-29', '2027-04-05T07:00:00.000Z'],
          ['no day at all, which counts as Monday to Friday', [], '2027-01-16', '2027-01-18T08:00:00.000Z'],
        ],
        (_case, days, day, expected) => {
          expect(slotOn(day, { ...AMSTERDAM, days })).toBe(expected);
        },
      ),
    ).toEqual([]);
  });
});

describe('calendar: nextSlot', () => {
  it('comes after the instant, on the first slot that there is', async () => {
    expect(
      await faultsOf(
        [
          ['a minute before the slot', '2027-01-12T07:59:00.000Z', '2027-01-12T08:00:00.000Z'],
          ['at the slot itself', '2027-01-12T08:00:00.000Z', '2027-01-13T08:00:00.000Z'],
          ['just after the slot', '2027-01-12T08:00:00.001Z', '2027-01-13T08:00:00.000Z'],
          [
            'after midnight, which is another day in UTC',
            '2027-01-11T23:30:00.000Z',
            '2027-01-12T08:00:00.000Z',
          ],
          ['on Friday afternoon', '2027-01-15T14:00:00.000Z', '2027-01-18T08:00:00.000Z'],
          ['on Sunday', '2027-01-17T14:00:00.000Z', '2027-01-18T08:00:00.000Z'],
          ['on the eve of Koningsdag', '2027-04-26T14:00:00.000Z', '2027-04-28T07:00:00.000Z'],
          ['before the change of the clock', '2027-10-29T14:00:00.000Z', '2027-11-01T08:00:00.000Z'],
        ],
        (_case, after, expected) => {
          expect(nextSlot(after, AMSTERDAM)).toBe(expected);
        },
      ),
    ).toEqual([]);
  });
});

describe('calendar: newsMoment', () => {
  it('is now within the hours of a working day', async () => {
    expect(
      await faultsOf(
        [
          ['in the morning', '2027-01-12T09:00:00.000Z'],
          ['from seven on', '2027-01-12T06:00:00.000Z'],
          ['until eight in the evening', '2027-01-12T18:59:59.999Z'],
          ['on a summer evening', '2027-07-13T17:59:00.000Z'],
        ],
        (_case, now) => {
          expect(newsMoment(now, AMSTERDAM)).toBe(now);
        },
      ),
    ).toEqual([]);
  });

  it('is the next slot outside those hours, or on a day that somebody does not work', async () => {
    expect(
      await faultsOf(
        [
          ['before seven', '2027-01-12T05:59:59.999Z', '2027-01-12T08:00:00.000Z'],
          ['at eight in the evening', '2027-01-12T19:00:00.000Z', '2027-01-13T08:00:00.000Z'],
          ['in the night', '2027-01-12T23:30:00.000Z', '2027-01-13T08:00:00.000Z'],
          ['on Friday night', '2027-01-15T21:00:00.000Z', '2027-01-18T08:00:00.000Z'],
          ['on a Saturday at noon', '2027-01-16T11:00:00.000Z', '2027-01-18T08:00:00.000Z'],
          ['on Koningsdag at noon', '2027-04-27T10:00:00.000Z', '2027-04-28T07:00:00.000Z'],
          ['in the night before Koningsdag', '2027-04-26T21:00:00.000Z', '2027-04-28T07:00:00.000Z'],
        ],
        (_case, now, expected) => {
          expect(newsMoment(now, AMSTERDAM)).toBe(expected);
        },
      ),
    ).toEqual([]);
    const slot = { ...AMSTERDAM, days: [2, 4] };
    expect(newsMoment('2027-01-13T11:00:00.000Z', slot)).toBe('2027-01-14T08:00:00.000Z');
  });
});

describe('calendar: somebody who paused until Wednesday 20 January', () => {
  const paused = { ...AMSTERDAM, notBefore: '2027-01-20' };

  it('hears from us on that day, or the first working day after, and then as usual', async () => {
    expect(
      await faultsOf(
        [
          ['for a day before it', slotOn('2027-01-12', paused)],
          ['for that day', slotOn('2027-01-20', paused)],
          ['after an instant before it', nextSlot('2027-01-12T11:00:00.000Z', paused)],
          ['for news of before it', newsMoment('2027-01-12T11:00:00.000Z', paused)],
        ],
        (_case, found) => {
          expect(found).toBe('2027-01-20T08:00:00.000Z');
        },
      ),
    ).toEqual([]);
    expect(slotOn('2027-01-22', paused)).toBe('2027-01-22T08:00:00.000Z');
    expect(newsMoment('2027-01-21T11:00:00.000Z', paused)).toBe('2027-01-21T11:00:00.000Z');
    expect(slotOn('2027-01-12', { ...AMSTERDAM, notBefore: '2027-01-16' })).toBe('2027-01-18T08:00:00.000Z');
  });
});

describe('calendar: instants', () => {
  it('reads a day as people write it, and writes an instant in UTC that sorts as text', async () => {
    expect(
      await faultsOf(
        [
          ['2027-01-04T09:00:00+01:00', '2027-01-04T08:00:00.000Z'],
          ['2027-01-04T09:00+01:00', '2027-01-04T08:00:00.000Z'],
          ['2027-01-04T09:00:00Z', '2027-01-04T09:00:00.000Z'],
          ['2027-01-04T09:00:00.123456-05:00', '2027-01-04T14:00:00.123Z'],
          ['2027-01-04T00:30:00+05:30', '2027-01-03T19:00:00.000Z'],
        ],
        (text, expected) => {
          expect(parseInstant(text)).toBe(expected);
        },
      ),
    ).toEqual([]);
    expect(instantOf(DateTime.fromISO('2027-01-04T09:00+01:00', { setZone: true }))).toBe(
      '2027-01-04T08:00:00.000Z',
    );
  });

  it('refuses a text that is no instant, and a moment that does not exist', async () => {
    expect(
      await faultsOf(
        [
          ['without an offset', '2027-01-04T09:00:00'],
          ['a day alone', '2027-01-04'],
          ['on a day that does not exist', '2027-02-30T09:00:00Z'],
          ['at an hour that does not exist', '2027-01-04T25:00:00Z'],
          ['with an offset without a colon', '2027-01-04T09:00:00+0100'],
          ['without a day', '09:00Z'],
          ['that is a month and a year with an offset', '2027-0104'],
          ['without minutes', '2027-01-04T09Z'],
          ['without dashes and colons', '20270104T090000Z'],
          ['of a week', '2027-W01-1T09:00Z'],
          ['of a year that does not sort', '+010000-01-01T00:00:00Z'],
          ['with more around it', ' 2027-01-04T09:00:00Z'],
          ['in words', 'morgen om negen uur'],
          ['empty', ''],
        ],
        (_case, text) => {
          expect(parseInstant(text)).toBeNull();
        },
      ),
    ).toEqual([]);
    expect(() => instantOf(DateTime.fromISO('2027-02-30'))).toThrow(RangeError);
  });
});
