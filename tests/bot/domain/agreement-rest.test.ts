import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import { type Change, changeAgreement, standingOf } from '../../../bot/domain/agreement-changes.js';
import { restOf, restStepOf, restStillWanted, restsSince } from '../../../bot/domain/agreement-rest.js';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import { DEFAULT_RETENTION } from '../../../bot/domain/retention-periods.js';
import { faultsOf } from '../../support/faults.js';
import { anAgreement, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';

const AT = {
  manager: { tenant: TENANT, person: MANAGER },
  now: '2027-07-18T03:00:00.000Z',
  slot: defaultSlot('Europe/Amsterdam'),
  zone: 'Europe/Amsterdam',
};
/** Its evaluation was to be on 12 January 2027, and nobody came back to it. */
const SINCE = '2027-01-12';
const ASKED = { resting: { since: SINCE, askedOn: '2027-07-19' } };
const ASK = { what: 'rest-asked', since: SINCE } as const satisfies Change;
const CLOSE = { what: 'rested', since: SINCE } as const satisfies Change;
const LATER = '2027-03-01T09:00:00.000Z';
const REQUEST = { subjects: ['days' as const], note: '', askedAt: LATER, handledAt: null, reply: null };

describe('an open agreement', () => {
  it('rests since the last that somebody did about it, as long as the organisation chose', async () => {
    expect(
      await faultsOf<[string, string, Partial<Agreement>]>(
        [
          ['the day agreed on', SINCE, {}],
          ['an evaluation or a move', '2027-03-01', { changedAt: LATER }],
          [
            'an evaluation day that is still to come',
            '2027-05-01',
            { nextDay: '2027-05-01', changedAt: LATER },
          ],
          ['an answer of the employee', '2027-03-01', { answeredAt: LATER }],
          ['a request of the employee', '2027-03-01', { changeAsked: REQUEST }],
          [
            'a request that was discussed',
            '2027-03-02',
            {
              changeAsked: { ...REQUEST, handledAt: '2027-03-02T09:00:00.000Z', reply: null },
            },
          ],
          [
            'a request for removal',
            '2027-03-01',
            {
              removal: { askedAt: LATER, by: '2027-04-01', answeredAt: null, kept: null },
            },
          ],
          ['a reminder that was put off', '2027-03-01', { remindFrom: LATER }],
        ],
        (_case, since, changes) => {
          expect(restsSince(anAgreement(changes))).toBe(since);
        },
      ),
    ).toEqual([]);
    const terms = { restingAgreementMonths: 12 };
    expect(restStepOf(anAgreement(), terms, '2028-01-11')).toBeNull();
    expect(restStepOf(anAgreement(), terms, '2028-01-12')).not.toBeNull();
  });

  it('is asked about, left and closed on its days', async () => {
    expect(
      await faultsOf<[string, string, Partial<Agreement>, ReturnType<typeof restStepOf>]>(
        [
          ['leaves alone until the term is over', '2027-07-11', {}, null],
          ['asks about when it is', '2027-07-12', {}, { what: 'ask', since: SINCE }],
          ['asks about however long ago that is', '2047-01-01', {}, { what: 'ask', since: SINCE }],
          ['leaves alone while an answer may come', '2027-08-16', ASKED, null],
          ['closes when none came in four weeks', '2027-08-17', ASKED, { what: 'close', since: SINCE }],
          [
            'begins anew with after somebody came back to it',
            '2027-08-17',
            { ...ASKED, changedAt: '2027-07-20T09:00:00.000Z' },
            null,
          ],
          ['leaves alone once it is closed', '2047-01-01', { status: 'closed' }, null],
        ],
        (_case, today, changes, step) => {
          expect(restStepOf(anAgreement(changes), DEFAULT_RETENTION, today)).toEqual(step);
        },
      ),
    ).toEqual([]);
  });
});

describe('asking whether it is still needed', () => {
  it('comes at the manager’s own time, counts from that day, and tells whether asking and closing can still be done', async () => {
    // The 18th is a Sunday.
    const { record, plan } = changeAgreement(anAgreement(), ASK, AT);
    expect(record).toEqual(anAgreement(ASKED));
    expect(restOf(record)).toEqual({ since: SINCE, closes: '2027-08-16' });
    expect(plan).toMatchObject([
      { kind: 'agreement-resting', person: MANAGER, occasion: SINCE, due: '2027-07-19T07:00:00.000Z' },
    ]);
    expect(
      await faultsOf<[string, ReturnType<typeof standingOf>, Change, Partial<Agreement>]>(
        [
          ['asking about what rests', 'open', ASK, {}],
          ['asking twice', 'done', ASK, ASKED],
          ['asking about what somebody came back to', 'overtaken', ASK, { changedAt: LATER }],
          ['asking about what is closed', 'overtaken', ASK, { status: 'closed' }],
          ['closing what rests', 'open', CLOSE, ASKED],
          ['closing what somebody came back to', 'overtaken', CLOSE, { ...ASKED, changedAt: LATER }],
          ['closing twice', 'done', CLOSE, { status: 'closed' }],
        ],
        (_case, standing, change, changes) => {
          expect(standingOf(anAgreement(changes), change)).toBe(standing);
        },
      ),
    ).toEqual([]);
  });

  it('is still wanted only when nobody came back to it', async () => {
    expect(
      await faultsOf<[string, boolean, Partial<Agreement>]>(
        [
          ['nobody came back to it', true, ASKED],
          ['it was moved', false, { ...ASKED, changedAt: LATER }],
          ['it was closed', false, { ...ASKED, status: 'closed' }],
        ],
        (_case, wanted, changes) => {
          const reminder = { kind: 'agreement-resting', occasion: SINCE } as const;
          expect(restStillWanted(reminder, anAgreement(changes))).toBe(wanted);
        },
      ),
    ).toEqual([]);
  });
});

describe('closing by itself', () => {
  it('is told to both, and to the manager alone where nobody else can be told', () => {
    const { record, plan } = changeAgreement(anAgreement(ASKED), CLOSE, AT);
    expect(record).toEqual(anAgreement({ ...ASKED, status: 'closed', changedAt: AT.now, version: 2 }));
    expect(plan.map(({ kind, person }) => [kind, person])).toEqual([
      ['agreement-rested', MANAGER],
      ['agreement-rested', EMPLOYEE],
    ]);
    expect(plan.every((one) => restStillWanted({ kind: one.kind, occasion: one.occasion }, record))).toBe(
      true,
    );
    const alone = anAgreement({ ...ASKED, employee: null, answer: 'not-shared' });
    expect(changeAgreement(alone, CLOSE, AT).plan.map(({ person }) => person)).toEqual([MANAGER]);
  });
});
