import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../../bot/domain/calendar.js';
import type { Moment } from '../../../../bot/domain/moment.js';
import {
  momentReminders,
  occasionOf,
  tipsOf,
  wantedTip,
} from '../../../../bot/domain/reminders/moment-reminders.js';
import { MOMENT_KINDS, MOMENT_PLANS } from '../../../../cards/content/moment-kinds.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { aMoment } from '../../../support/sample-records.js';

const SLOT = defaultSlot('Europe/Amsterdam');
const MANAGER = { tenant: 't', person: 'mila' };

function momentWith(overrides: Partial<Moment> = {}): Moment {
  return aMoment({
    id: 'moment-1',
    member: 'name-1',
    memberName: 'Karin',
    kind: 'leave',
    from: '2027-03-01',
    until: '2027-06-21',
    contact: true,
    createdAt: '2027-01-01T09:00:00.000Z',
    changedAt: '2027-01-01T09:00:00.000Z',
    ...overrides,
  });
}

describe('the nudges of a moment', () => {
  it('lie before, during and after a leave, before and after a retirement, and around a start', () => {
    expect(tipsOf(momentWith()).map(({ id, day }) => `${day} ${id}`)).toEqual([
      '2027-02-01 leave-4w-before',
      '2027-02-22 leave-1w-before',
      '2027-04-01 leave-contact',
      '2027-05-01 leave-contact',
      '2027-06-01 leave-contact',
      '2027-06-07 leave-2w-before-return',
      '2027-06-21 leave-first-day-back',
      '2027-08-02 leave-6w-back',
    ]);
    const days = tipsOf(momentWith({ kind: 'retirement', from: '2028-02-29', until: null })).map(
      ({ day }) => day,
    );
    expect(days).toEqual(['2027-02-28', '2027-08-29', '2027-11-29', '2028-01-29', '2028-03-28']);
    {
      const days = tipsOf(momentWith({ kind: 'start', until: null })).map(({ day }) => day);
      expect(days).toEqual(['2027-03-01', '2027-03-08', '2027-04-01']);
    }
  });

  it('leave contact out where not both want it', () => {
    expect(tipsOf(momentWith({ contact: false, request: null })).map(({ id }) => id)).not.toContain(
      'leave-contact',
    );
  });

  it('keep to the last day of short months without wearing the day down', () => {
    const days = tipsOf(momentWith({ from: '2027-01-31', until: '2027-05-15' }))
      .filter(({ id }) => id === 'leave-contact')
      .map(({ day }) => day);
    expect(days).toEqual(['2027-02-28', '2027-03-31', '2027-04-30']);
  });

  it('become reminders on working days, only those still to come', () => {
    const reminders = momentReminders(MANAGER, momentWith(), { slot: SLOT, now: '2027-04-15T00:00:00.000Z' });
    expect(reminders.map(({ due }) => due)).toEqual([
      // 1 May is a Saturday.
      '2027-05-03T07:00:00.000Z',
      '2027-06-01T07:00:00.000Z',
      '2027-06-07T07:00:00.000Z',
      '2027-06-21T07:00:00.000Z',
      '2027-08-02T07:00:00.000Z',
    ]);
  });

  it('are put off by a pause, and not brought back where they lie before it', () => {
    const now = '2027-04-01T12:00:00.000Z';
    const paused = { ...SLOT, notBefore: '2027-05-10' };
    const planned = momentReminders(MANAGER, momentWith(), { slot: paused, now });
    expect(planned.map(({ occasion, due }) => [occasion, due.slice(0, 10)]).slice(0, 3)).toEqual([
      ['leave-contact|2027-05-01', '2027-05-10'],
      ['leave-contact|2027-06-01', '2027-06-01'],
      ['leave-2w-before-return|2027-06-07', '2027-06-07'],
    ]);
  });

  it('are wanted until the moment is moved, ended or deleted', () => {
    const nudge = { id: 'leave-4w-before', day: '2027-02-01' };
    const occasion = occasionOf(nudge);
    expect(wantedTip(occasion, momentWith())).toEqual(nudge);
    expect(wantedTip(occasion, momentWith({ from: '2027-03-08' }))).toBeNull();
    expect(wantedTip(occasion, momentWith({ status: 'ended' }))).toBeNull();
    expect(wantedTip(occasion, null)).toBeNull();
  });

  it('have two to four tips each in both languages, and no tip is without a nudge', () => {
    const planned = MOMENT_KINDS.flatMap((kind) => MOMENT_PLANS[kind].nudges.map(({ id }) => id));
    for (const lang of LANGS) {
      const tips: Readonly<Record<string, readonly string[]>> = messagesFor(lang).moments.tips;
      expect(Object.keys(tips).sort()).toEqual([...planned].sort());
      for (const id of planned) expect([2, 3, 4], id).toContain(tips[id]?.length);
    }
  });
});
