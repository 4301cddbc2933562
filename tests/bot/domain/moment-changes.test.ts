import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../bot/domain/calendar.js';
import type { ChangeContext } from '../../../bot/domain/changes.js';
import type { Moment } from '../../../bot/domain/moment.js';
import {
  changeMoment,
  type MomentChange,
  momentStanding,
  newMoment,
} from '../../../bot/domain/moment-changes.js';
import { occasionOf, tipsOf } from '../../../bot/domain/reminders/moment-reminders.js';
import { aMember, aMomentRequest, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';

const AT: ChangeContext = {
  manager: { tenant: TENANT, person: MANAGER },
  now: '2027-01-12T09:00:00.000Z',
  slot: defaultSlot('Europe/Amsterdam'),
  zone: 'Europe/Amsterdam',
};
const FACTS = {
  id: 'moment-1',
  kind: 'leave',
  from: '2027-02-01',
  until: '2027-05-02',
  contact: true,
} as const;
const { record: moment, plan: planned } = newMoment(FACTS, aMember(), AT);
const { version } = moment;
const removal = aMomentRequest();
const dates = aMomentRequest({ what: 'dates', from: '2027-02-08', until: '2027-05-09' });
const { askedAt } = removal;
const [tip = { id: '', day: '' }] = tipsOf(moment);
const occasion = occasionOf(tip);

/** With the kinds of reminder that follow. */
const CHANGES: readonly (readonly [MomentChange, Moment, readonly string[]])[] = [
  [{ what: 'edited', version, to: { status: 'ended' } }, moment, []],
  [{ what: 'edited', version, to: { from: '2027-02-08' } }, moment, ['moment']],
  [
    { what: 'edited', version, to: { from: '2027-02-08', until: '2027-05-09' } },
    { ...moment, request: dates },
    ['moment', 'moment-answered'],
  ],
  [
    { what: 'asked', employee: EMPLOYEE, wish: { what: 'remove' } },
    moment,
    ['moment-asked', 'moment-asked-due', 'moment-asked-late'],
  ],
  [{ what: 'withdrawn' }, { ...moment, request: removal }, []],
  [{ what: 'dates-given', askedAt }, { ...moment, request: dates }, ['moment', 'moment-answered']],
  [{ what: 'kept', askedAt, kept: 'law' }, { ...moment, request: removal }, ['moment-answered']],
  [{ what: 'reminded', occasion, arrived: false }, moment, []],
  [{ what: 'reminded', occasion, arrived: true }, { ...moment, undeliveredOccasion: occasion }, []],
];

describe('a change of a moment', () => {
  it('is open before, brings its reminders, and is done after: made twice it is made once', () => {
    for (const [change, before, kinds] of CHANGES) {
      expect(momentStanding(before, change, AT), change.what).toBe('open');
      const { record, plan } = changeMoment(before, change, AT);
      expect([...new Set(plan.map(({ kind }) => kind))].sort(), change.what).toEqual([...kinds].sort());
      expect(momentStanding(record, change, AT), change.what).toBe('done');
    }
  });

  it('is no longer possible once it was answered otherwise, moved or taken back', () => {
    const kept = { ...removal, answeredAt: AT.now, kept: 'dispute' } as const;
    const answered = { ...moment, request: kept, version: version + 1, from: '2027-03-01' };
    for (const change of [
      { what: 'edited', version, to: { from: '2027-02-08' } },
      { what: 'withdrawn' },
      { what: 'dates-given', askedAt },
      { what: 'kept', askedAt, kept: 'law' },
      { what: 'reminded', occasion, arrived: false },
    ] satisfies readonly MomentChange[]) {
      expect(momentStanding(answered, change, AT), change.what).toBe('overtaken');
    }
  });

  it('plans each tip that is still to come when it is new', () => {
    expect(planned.map(({ occasion: of }) => of)).toEqual(
      tipsOf(moment)
        .filter(({ day }) => day >= '2027-01-12')
        .map(occasionOf),
    );
  });
});
