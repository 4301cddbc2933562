import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import {
  actingIn,
  askedFor,
  carriedOut,
  confirmed,
  HANDOVER_KINDS,
  handoverStillWanted,
  isForgettable,
  isReady,
  lastDayToObject,
  objected,
  stopped,
  takenUp,
  whyNotConfirm,
  whyNotStop,
} from '../../../bot/domain/handover-request.js';
import { faultsOf } from '../../support/faults.js';
import { MANAGER, TENANT } from '../../support/sample-records.js';

const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const HR_TOO = 'c3c3c3c3-0000-4000-8000-000000000004';
const AHMED = 'd4d4d4d4-0000-4000-8000-000000000004';
const SLOT = defaultSlot('Europe/Amsterdam');
/** On a Wednesday. */
const ASKED = '2027-01-13T10:00:00.000Z';
const LATER = '2027-01-14T10:00:00.000Z';

const asked = askedFor(
  {
    ...{ tenant: TENANT, id: 'request-1', leaver: MANAGER, leaverName: 'Mila', what: 'move' },
    ...{ successor: AHMED, successorName: 'Ahmed', askedBy: HR },
  },
  ASKED,
);
const told = { sentAt: ASKED, reachable: true };

describe('the days to object', () => {
  it('count working days from when the leaver was told, and no holidays', async () => {
    expect(
      await faultsOf(
        [
          ['from when the leaver was told, over a weekend', { sentAt: ASKED, reachable: true }, '2027-01-20'],
          [
            'from when they were told later',
            { sentAt: '2027-01-15T12:00:00.000Z', reachable: true },
            '2027-01-22',
          ],
          [
            'from when it was asked for where they cannot be reached',
            { sentAt: null, reachable: false },
            '2027-01-20',
          ],
          [
            'twice as long where nobody told them who could have',
            { sentAt: null, reachable: true },
            '2027-01-27',
          ],
        ],
        (_what, how, day) => {
          expect(lastDayToObject(asked, how, SLOT)).toBe(day);
          expect(isReady(asked, how, { now: `${day}T22:59:59.000Z`, slot: SLOT })).toBe(false);
          expect(isReady(asked, how, { now: `${day}T23:00:00.000Z`, slot: SLOT })).toBe(true);
        },
      ),
    ).toEqual([]);
    const before = { ...asked, askedAt: '2027-03-25T10:00:00.000Z' };
    // Good Friday is a working day, Easter Monday is not.
    expect(lastDayToObject(before, { sentAt: before.askedAt, reachable: true }, SLOT)).toBe('2027-04-02');
  });

  it('need not pass when somebody else of HR confirmed it, and never pass after an objection or a stop', () => {
    const twice = confirmed(asked, HR_TOO, LATER);
    expect(isReady(twice, told, { now: LATER, slot: SLOT })).toBe(true);
    expect(isReady(twice, { sentAt: null, reachable: false }, { now: LATER, slot: SLOT })).toBe(true);
    const untold = { sentAt: null, reachable: true };
    expect(isReady(twice, untold, { now: LATER, slot: SLOT })).toBe(false);
    expect(isReady(twice, untold, { now: '2027-01-28T03:30:00.000Z', slot: SLOT })).toBe(true);
    for (const over of [objected(asked, LATER), stopped(asked, LATER), carriedOut(asked, false, LATER)])
      expect(isReady(over, told, { now: '2037-01-01T10:00:00.000Z', slot: SLOT })).toBe(false);
  });
});

describe('who of HR may do what', () => {
  it('confirms it only who is neither who asked nor whom it is about', async () => {
    expect(
      await faultsOf(
        [
          [HR_TOO, null],
          [HR, 'asked-it'],
          [MANAGER, 'about-you'],
          [AHMED, 'about-you'],
        ],
        (who, why) => {
          expect(whyNotConfirm(asked, who)).toBe(why);
          expect(whyNotConfirm(objected(asked, LATER), who)).toBe(why);
        },
      ),
    ).toEqual([]);
  });

  it('confirms nothing twice, and nothing that is over', () => {
    for (const one of [
      confirmed(asked, HR_TOO, LATER),
      stopped(asked, LATER),
      carriedOut(asked, false, LATER),
    ])
      expect(whyNotConfirm(one, HR_TOO)).toBe('over');
  });

  it('stops it, but for whom it is about, who objects', () => {
    expect([HR, HR_TOO, AHMED, MANAGER].map((who) => whyNotStop(asked, who))).toEqual([
      null,
      null,
      null,
      'about-you',
    ]);
    expect(whyNotStop(confirmed(asked, HR_TOO, LATER), HR)).toBeNull();
    expect(whyNotStop(carriedOut(asked, false, LATER), HR)).toBe('over');
    expect(whyNotStop(takenUp(asked, LATER), HR)).toBe('over');
  });

  it('acts in it by asking and by confirming, until an objection takes the latter back', () => {
    const twice = confirmed(asked, HR_TOO, LATER);
    expect([actingIn(asked), actingIn(twice), actingIn(objected(twice, LATER))]).toEqual([
      [HR],
      [HR, HR_TOO],
      [HR],
    ]);
  });
});

describe('news of a request', () => {
  const states = {
    waiting: asked,
    confirmed: confirmed(asked, HR_TOO, LATER),
    objected: objected(asked, LATER),
    underway: takenUp(asked, LATER),
    stopped: stopped(asked, LATER),
    done: carriedOut(asked, false, LATER),
  };

  it('goes out in the states that it tells of, and in no other', () => {
    const wanted = Object.fromEntries(
      HANDOVER_KINDS.map((kind) => [
        kind,
        Object.entries(states)
          .filter(([, one]) => handoverStillWanted({ kind, occasion: 'request-1' }, one))
          .map(([state]) => state),
      ]),
    );
    expect(wanted).toEqual({
      'handover-announced': ['waiting', 'confirmed'],
      'handover-to-confirm': ['waiting'],
      'handover-objected': ['objected'],
      'handover-ended': ['stopped', 'done'],
    });
  });

  it('fits no other request about the same manager', () => {
    for (const kind of HANDOVER_KINDS) {
      expect(handoverStillWanted({ kind, occasion: 'request-2' }, states.waiting)).toBe(false);
      expect(handoverStillWanted({ kind, occasion: 'request-1' }, null)).toBe(false);
    }
  });

  it('is kept for a month after it was over, an objection for three, and what is to come for as long as it takes', () => {
    const days = (one: typeof asked) =>
      ['2027-02-12', '2027-02-13', '2027-04-13', '2027-04-14', '2037-01-01'].map((day) =>
        isForgettable(one, `${day}T03:00:00.000Z`),
      );
    expect(days(states.done)).toEqual([false, true, true, true, true]);
    expect(days(states.objected)).toEqual([false, false, false, true, true]);
    expect(days(states.waiting)).toEqual([false, false, false, false, false]);
  });
});
