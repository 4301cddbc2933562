import { describe, expect, it } from 'vitest';
import { newMember } from '../../../bot/domain/member.js';
import type { Moment } from '../../../bot/domain/moment.js';
import { DEFAULT_RETENTION } from '../../../bot/domain/retention-periods.js';
import {
  isExpiredAgreement,
  isExpiredMoment,
  isForgotten,
  needlessMembers,
} from '../../../jobs/retention/expired.js';
import { faultsOf } from '../../support/faults.js';
import { aMoment, anAgreement } from '../../support/sample-records.js';

const closed = (changedAt: string) => anAgreement({ status: 'closed', changedAt });
const momentWith = (overrides: Partial<Moment> = {}): Moment =>
  aMoment({
    id: 'moment-1',
    member: 'name-1',
    memberName: 'Karin',
    kind: 'start',
    from: '2027-01-04',
    createdAt: '2026-12-01T09:00:00.000Z',
    changedAt: '2026-12-01T09:00:00.000Z',
    ...overrides,
  });

describe('what has its term behind it', () => {
  it('is an agreement past its term, on the last day of a month that is too short, and no other', async () => {
    expect(
      await faultsOf(
        [
          ['closed a year ago to the day', closed('2026-02-10T09:00:00.000Z'), true],
          ['closed a day less than a year ago', closed('2026-02-11T00:00:00.000Z'), false],
          ['never closed, however old', anAgreement({ changedAt: '2020-01-01T00:00:00.000Z' }), false],
        ],
        (_what, agreement, expired) => {
          expect(isExpiredAgreement(agreement, DEFAULT_RETENTION, '2027-02-10T03:00:00.000Z')).toBe(expired);
        },
      ),
    ).toEqual([]);
    const now = '2027-02-28T03:00:00.000Z';
    const terms = { ...DEFAULT_RETENTION, closedAgreementMonths: 1 };
    expect(isExpiredAgreement(closed('2027-01-28T09:00:00.000Z'), terms, now)).toBe(true);
    expect(isExpiredAgreement(closed('2027-01-29T09:00:00.000Z'), terms, now)).toBe(false);
  });

  it('is a moment a term after its last nudge, or after it was ended', () => {
    // A start nudges for a month: the last is on 4 February.
    expect(isExpiredMoment(momentWith(), DEFAULT_RETENTION, '2027-05-04T03:00:00.000Z')).toBe(false);
    expect(isExpiredMoment(momentWith(), DEFAULT_RETENTION, '2027-05-05T03:00:00.000Z')).toBe(true);
    const ended = momentWith({ status: 'ended', changedAt: '2027-01-05T09:00:00.000Z' });
    expect(isExpiredMoment(ended, DEFAULT_RETENTION, '2027-04-05T03:00:00.000Z')).toBe(true);
  });

  it('is a name that nothing needs, of somebody who wants no coffee later', () => {
    const [gone, drinks, agreed, special] = ['1', '2', '3', '4'].map((id) =>
      newMember(id, `Name ${id}`, null),
    );
    const members = [gone!, { ...drinks!, rhythm: 'weekly' as const }, agreed!, special!];
    const agreements = [anAgreement({ member: '3' })];
    const moments = [momentWith({ member: '4' })];
    const kept = { members, agreements, moments };
    expect(needlessMembers(kept, DEFAULT_RETENTION, '2027-02-28T03:00:00.000Z')).toEqual([gone]);
    {
      const terms = { ...DEFAULT_RETENTION, closedAgreementMonths: 12 };
      const refused = { ...newMember('1', 'Kim', 'kim'), coffeeRefusedAt: '2027-01-28T09:00:00.000Z' };
      const kept = { members: [refused], agreements: [], moments: [] };
      expect(needlessMembers(kept, terms, '2028-01-27T03:00:00.000Z')).toEqual([]);
      expect(needlessMembers(kept, terms, '2028-01-28T03:00:00.000Z')).toEqual([refused]);
    }
  });

  it('is somebody who could not be reached for half a year', () => {
    const unreachableSince = '2027-01-01T09:00:00.000Z';
    expect(isForgotten({ unreachableSince }, DEFAULT_RETENTION, '2027-06-29T03:00:00.000Z')).toBe(false);
    expect(isForgotten({ unreachableSince }, DEFAULT_RETENTION, '2027-06-30T03:00:00.000Z')).toBe(true);
    expect(isForgotten({ unreachableSince: null }, DEFAULT_RETENTION, '2037-06-30T03:00:00.000Z')).toBe(
      false,
    );
  });
});
