import { describe, expect, it } from 'vitest';
import { newMember } from '../../../../bot/domain/member.js';
import type { Moment } from '../../../../bot/domain/moment.js';
import { memberOf, openThings } from '../../../../bot/features/overview/overview.rules.js';
import { aMoment, aMomentRequest, anAgreement } from '../../../support/sample-records.js';

/** A Tuesday. */
const TODAY = '2027-01-12';

function everything(overrides: Partial<Parameters<typeof openThings>[0]> = {}) {
  return { agreements: [], members: [], moments: [], scans: [], ...overrides };
}

describe('what is open', () => {
  it('is overdue, for today, for this week up to Sunday, or later, by its day', () => {
    const days = ['2027-01-11', TODAY, '2027-01-17', '2027-01-18'];
    const members = days.map((nextDay, at) => ({
      ...newMember(`name-${at}`, `P${at}`, null),
      rhythm: 'weekly' as const,
      nextDay,
    }));
    expect(openThings(everything({ members }), TODAY).map(({ group }) => group)).toEqual([
      'overdue',
      'today',
      'week',
      'later',
    ]);
  });

  it('puts an evaluation where it is most urgent, once', () => {
    const groups = (changes: Parameters<typeof anAgreement>[0]) =>
      openThings(everything({ agreements: [anAgreement(changes)] }), TODAY).map(({ group }) => group);
    expect(groups({ nextDay: '2027-01-10', undelivered: { kind: 'evaluation', why: '403' } })).toEqual([
      'overdue',
    ]);
    expect(groups({ nextDay: '2027-02-10', undelivered: { kind: 'evaluation', why: '403' } })).toEqual([
      'undelivered',
    ]);
    expect(groups({ nextDay: '2027-02-10', answer: 'change-asked', undelivered: null })).toEqual(['waiting']);
    expect(groups({ nextDay: '2027-02-10', answer: 'confirmed', undelivered: null })).toEqual(['later']);
    expect(groups({ status: 'closed' })).toEqual([]);
  });

  it('puts first what somebody asked of the manager, whatever else is late', () => {
    const removal = { askedAt: '2027-01-08T12:00:00.000Z', by: '2027-02-08', answeredAt: null, kept: null };
    const agreements = [
      anAgreement({ id: 'late', nextDay: '2027-01-10' }),
      anAgreement({ id: 'asked', nextDay: '2027-02-10', answer: 'confirmed', removal }),
    ];
    expect(openThings(everything({ agreements }), TODAY).map(({ kind, group }) => [kind, group])).toEqual([
      ['removal', 'asked'],
      ['evaluation', 'overdue'],
      ['evaluation', 'later'],
    ]);
  });

  it('names a request for removal beside the evaluation, by its last day, of what was closed as well', () => {
    const removal = { askedAt: '2027-01-08T12:00:00.000Z', by: '2027-02-08', answeredAt: null, kept: null };
    const of = (changes: Parameters<typeof anAgreement>[0], today = TODAY) =>
      openThings(
        everything({ agreements: [anAgreement({ nextDay: '2027-02-10', answer: 'confirmed', ...changes })] }),
        today,
      ).map(({ kind, group }) => [kind, group]);
    expect(of({ removal })).toEqual([
      ['removal', 'asked'],
      ['evaluation', 'later'],
    ]);
    expect(of({ removal, status: 'closed' }, '2027-02-08')).toEqual([['removal', 'asked']]);
    expect(of({ removal, status: 'closed' }, '2027-02-09')).toEqual([['removal', 'asked']]);
    expect(of({ removal: { ...removal, answeredAt: TODAY, kept: 'law' }, status: 'closed' })).toEqual([]);
  });

  it('names what was asked of a moment beside its tips, by its last day, of an ended one as well', () => {
    const request = aMomentRequest();
    const of = (changes: Partial<Moment>, today = TODAY) => {
      const moment = aMoment({
        ...{ id: 'moment-1', member: 'name-7', memberName: 'Kim', kind: 'start', from: '2027-02-01' },
        ...{ until: null, contact: false, request, status: 'open', version: 1 },
        ...{ createdAt: '2027-01-08T12:00:00.000Z', changedAt: '2027-01-08T12:00:00.000Z' },
        ...changes,
      });
      return openThings(everything({ moments: [moment] }), today).map(({ kind, group }) => [kind, group]);
    };
    expect(of({})).toEqual(expect.arrayContaining([['moment-request', 'asked']]));
    expect(of({}).length).toBeGreaterThan(1);
    expect(of({ status: 'ended' }, '2027-02-08')).toEqual([['moment-request', 'asked']]);
    expect(of({ status: 'ended' }, '2027-02-09')).toEqual([['moment-request', 'asked']]);
    expect(of({ status: 'ended', request: { ...request, answeredAt: TODAY } })).toEqual([]);
  });

  it('leaves out who is not on the coffee list, and knows whom each thing is about', () => {
    const agreement = anAgreement({ member: 'name-7', nextDay: TODAY });
    const all = everything({ agreements: [agreement], members: [newMember('name-7', 'Bo', null)] });
    const [only, ...others] = openThings(all, TODAY);
    expect(others).toEqual([]);
    expect(only && memberOf(only, all)).toBe('name-7');
  });
});
