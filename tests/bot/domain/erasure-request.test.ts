import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import {
  askedNow,
  grantedReminder,
  keptReminder,
  openErasureRequest,
  removalReminders,
  removalStillWanted,
} from '../../../bot/domain/erasure-request.js';
import { faultsOf } from '../../support/faults.js';
import { aNewReminder, anAgreement, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';

const MILA = { tenant: TENANT, person: MANAGER };
const SLOT = defaultSlot('Europe/Amsterdam');
const NOW = '2027-01-12T09:00:00.000Z';
const asked = askedNow(NOW, SLOT.zone);
const answered = { ...asked, answeredAt: '2027-01-20T10:00:00.000Z', kept: 'law' } as const;

describe('a request for removal', () => {
  it('is to be answered a month later where the person is', async () => {
    expect(
      await faultsOf(
        [
          ['2027-01-12T09:00:00.000Z', '2027-02-12'],
          ['2027-01-31T09:00:00.000Z', '2027-02-28'],
          ['2027-01-31T23:30:00.000Z', '2027-03-01'],
        ],
        (now, by) => {
          expect(askedNow(now, 'Europe/Amsterdam')).toEqual({
            askedAt: now,
            by,
            answeredAt: null,
            kept: null,
          });
        },
      ),
    ).toEqual([]);
  });

  it('is open until it is answered', () => {
    expect(openErasureRequest({ removal: asked })).toEqual(asked);
    expect(openErasureRequest({ removal: answered })).toBe(null);
    expect(openErasureRequest({ removal: null })).toBe(null);
  });

  it('is told the manager at once and a week before the term, its lack of an answer the employee, and nobody once answered', () => {
    const about = { occasion: NOW, subject: 'agreement-1' };
    expect(removalReminders(MILA, anAgreement({ removal: asked }), { now: NOW, slot: SLOT })).toEqual([
      aNewReminder({ ...about, kind: 'removal-asked', due: NOW }),
      aNewReminder({ ...about, kind: 'removal-due', due: '2027-02-05T08:00:00.000Z' }),
      aNewReminder({ ...about, kind: 'removal-late', person: EMPLOYEE, due: '2027-02-15T08:00:00.000Z' }),
    ]);
    expect(removalReminders(MILA, anAgreement({ removal: answered }), { now: NOW, slot: SLOT })).toEqual([]);
    expect(
      removalReminders(MILA, anAgreement({ removal: asked, employee: null }), { now: NOW, slot: SLOT }),
    ).toEqual([]);
    expect(removalReminders(MILA, anAgreement(), { now: NOW, slot: SLOT })).toEqual([]);
  });

  it('is answered to the employee, by day', () => {
    const late = '2027-01-20T22:00:00.000Z';
    expect(keptReminder(MILA, anAgreement({ removal: answered }), { now: late, slot: SLOT })).toEqual(
      aNewReminder({
        kind: 'removal-kept',
        person: EMPLOYEE,
        occasion: answered.answeredAt,
        due: '2027-01-21T08:00:00.000Z',
      }),
    );
    expect(keptReminder(MILA, anAgreement({ removal: asked }), { now: late, slot: SLOT })).toBe(null);
    const granted = { ...anAgreement(), employee: EMPLOYEE, removal: asked };
    expect(grantedReminder(MILA, granted, { now: NOW, slot: SLOT })).toEqual(
      aNewReminder({
        kind: 'removal-granted',
        person: EMPLOYEE,
        occasion: NOW,
        due: NOW,
        former: 'Mila de Wit',
      }),
    );
  });

  it('makes reminders of itself alone: not of one that was answered, withdrawn or made anew', () => {
    const reminder = { kind: 'removal-due', occasion: NOW } as const;
    const anew = askedNow('2027-01-13T09:00:00.000Z', SLOT.zone);
    expect([asked, answered, null, anew].map((removal) => removalStillWanted(reminder, { removal }))).toEqual(
      [true, false, false, false],
    );
    const kept = { kind: 'removal-kept', occasion: answered.answeredAt } as const;
    expect(removalStillWanted(kept, { removal: answered })).toBe(true);
    expect(removalStillWanted(kept, { removal: asked })).toBe(false);
  });
});
