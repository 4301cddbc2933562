import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import {
  againDay,
  closedScan,
  evaluatedScan,
  goesOnDay,
  handedOverScan,
  isLastDay,
  isRunning,
  isTooFew,
  MOST_ASKED,
  mayAnswer,
  readScanCode,
  reminderDay,
  type Scan,
  scanCode,
  scanSchema,
  startScan,
  usualLastDay,
  withAsked,
  withMeasures,
} from '../../../bot/domain/scan.js';
import { EMPTY_BOX, withBallot } from '../../../bot/domain/scan-tally.js';
import { CHARACTERISTICS } from '../../../cards/content/characteristics.js';
import { faultsOf } from '../../support/faults.js';

const SLOT = defaultSlot('Europe/Amsterdam');
const NOW = '2027-01-12T09:00:00.000Z';
const aScan = (changes: Partial<Scan> = {}): Scan => ({
  ...startScan(
    {
      tenant: 't',
      id: 'BCDFG',
      form: 'form-1',
      manager: 'mila',
      managerName: 'Mila de Wit',
      name: 'Burgerzaken',
      asked: ['f', 'b', 'c', 'd', 'e'],
      lastDay: '2027-01-26',
      before: null,
    },
    NOW,
  ),
  ...changes,
});
const tallyOf = (people: number) =>
  Array.from({ length: people }, (_, at) => `p${at}`).reduce(
    (box, who) => withBallot(box, who, { figures: CHARACTERISTICS.map(() => 3), top: [] }),
    EMPTY_BOX,
  ).tally;

describe('starting a scan', () => {
  it('asks five people or more, each once, in the order of the alphabet, and never who started it', () => {
    const scan = startScan({ ...aScan(), asked: ['b', 'mila', 'a', 'b'] }, NOW);
    expect(scan.asked).toEqual(['a', 'b']);
    expect(scan).toMatchObject({ status: 'open', outcome: null, version: 1 });
    expect([3, 4, 5, 6].map(isTooFew)).toEqual([true, true, false, false]);
  });

  it('lasts ten working days and two months at most, and reminds two before its end, not on its first day', () => {
    expect(usualLastDay('2027-01-12', SLOT)).toBe('2027-01-26');
    // Good Friday and Easter Monday are among them.
    expect(usualLastDay('2027-03-22', SLOT)).toBe('2027-04-06');
    expect(isLastDay('2027-01-12', '2027-01-12')).toBe(false);
    expect(isLastDay('2027-01-13', '2027-01-12')).toBe(true);
    expect(isLastDay('2027-04-30', '2027-01-12')).toBe(false);
    expect(reminderDay(aScan(), SLOT)).toBe('2027-01-22');
    expect(reminderDay(aScan({ lastDay: '2027-01-25' }), SLOT)).toBe('2027-01-21');
    expect(reminderDay(aScan({ lastDay: '2027-01-14' }), SLOT)).toBeNull();
  });

  it('has a code that follows from its form, and that is no word', () => {
    expect(scanCode('t', 'form-1', 0)).toBe(scanCode('t', 'form-1', 0));
    expect(scanCode('t', 'form-1', 0)).not.toBe(scanCode('t', 'form-1', 1));
    expect(scanCode('t', 'form-1', 0)).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{5}$/);
    expect(readScanCode(' bcdfg ')).toBe('BCDFG');
    expect([readScanCode('bcdf'), readScanCode('abcde'), readScanCode('bcdfgh')]).toEqual([null, null, null]);
  });
});

describe('who may answer', () => {
  it('are those who were asked, until it is over, and not who started it', async () => {
    expect(
      await faultsOf(
        [
          ['somebody who was asked', 'b', aScan(), '2027-01-20', 'yes'],
          ['on the last day', 'b', aScan(), '2027-01-26', 'yes'],
          ['the day after', 'b', aScan(), '2027-01-27', 'over'],
          ['once it is closed', 'b', aScan({ status: 'closed' }), '2027-01-20', 'over'],
          ['who was not asked', 'x', aScan(), '2027-01-20', 'not-asked'],
          ['who started it', 'mila', aScan(), '2027-01-20', 'own'],
        ] as const,
        (_name, who, scan, today, expected) => {
          expect(mayAnswer(scan, who, today)).toBe(expected);
        },
      ),
    ).toEqual([]);
  });

  it('whoever types the code is asked from then on, but not who started it, not later, and not without end', () => {
    expect(withAsked(aScan(), { person: 'a', today: '2027-01-20', now: NOW })?.asked).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
    ]);
    expect(withAsked(aScan(), { person: 'mila', today: '2027-01-20', now: NOW })).toBeNull();
    expect(withAsked(aScan(), { person: 'a', today: '2027-01-27', now: NOW })).toBeNull();
    const full = aScan({ asked: Array.from({ length: MOST_ASKED }, (_, at) => `p${at}`) });
    expect(withAsked(full, { person: 'a', today: '2027-01-20', now: NOW })).toBeNull();
  });
});

describe('closing a scan', () => {
  it('has an outcome with five answers, and is dropped with four or where they cannot be read', () => {
    expect(closedScan(aScan(), { tally: tallyOf(5), now: NOW, by: 'hand' })).toMatchObject({
      status: 'closed',
      outcome: { answered: 5 },
    });
    for (const [tally, droppedWhy] of [
      [tallyOf(4), 'few'],
      [null, 'unreadable'],
    ] as const) {
      expect(closedScan(aScan(), { tally, now: NOW, by: 'hand' })).toMatchObject({
        status: 'dropped',
        droppedWhy,
        outcome: null,
        closedAt: NOW,
      });
    }
  });

  it('is read as well where it was kept before it said who closed it and why it was dropped', () => {
    const { closedBy, droppedWhy, ...before } = closedScan(aScan(), {
      tally: tallyOf(4),
      now: NOW,
      by: 'hand',
    });
    expect([closedBy, droppedWhy]).toEqual(['hand', 'few']);
    expect(scanSchema.parse(before)).toEqual({ ...before, closedBy: null, droppedWhy: null });
  });

  it('may be repeated after half a year, and goes after two', () => {
    const closed = closedScan(aScan(), { tally: tallyOf(5), now: NOW, by: 'hand' });
    expect(againDay(closed, 'Europe/Amsterdam')).toBe('2027-07-12');
    expect(againDay(aScan(), 'Europe/Amsterdam')).toBeNull();
    expect(goesOnDay(closed, 'Europe/Amsterdam')).toBe('2029-01-12');
    expect(goesOnDay(aScan(), 'Europe/Amsterdam')).toBe('2029-01-26');
  });
});

describe('what a team agreed on', () => {
  const agreed = withMeasures(
    closedScan(aScan(), { tally: tallyOf(5), now: NOW, by: 'hand' }),
    [
      { what: 'Elke ochtend tien minuten de planning', who: 'Het team', by: '2027-02-01' },
      { what: 'Twee uur zonder overleg', who: 'Mila', by: null },
    ],
    { nextDay: '2027-03-01', now: NOW },
  );

  it('runs until a day to look back, again and again, until no measure is left or it is ended', () => {
    expect(isRunning(agreed)).toBe(true);
    const once = evaluatedScan(agreed, { '1': 'works', '2': 'stop' }, { nextDay: '2027-04-01', now: NOW });
    expect(once).toMatchObject({
      nextDay: '2027-04-01',
      measures: [{ outcome: 'works' }, { outcome: 'stop' }],
    });
    expect(isRunning(evaluatedScan(once, { '1': 'stop' }, { nextDay: '2027-05-01', now: NOW }))).toBe(false);
    expect(isRunning(evaluatedScan(once, {}, { nextDay: null, now: NOW }))).toBe(false);
  });

  it('goes over to the next manager, who is asked no longer', () => {
    const moved = handedOverScan(agreed, { person: 'b', name: 'Bram' }, NOW);
    expect(moved).toMatchObject({ manager: 'b', managerName: 'Bram', measures: agreed.measures });
    expect(moved.asked).not.toContain('b');
  });
});
