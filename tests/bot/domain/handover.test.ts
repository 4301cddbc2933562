import { describe, expect, it } from 'vitest';
import { handedOver, memberFor } from '../../../bot/domain/handover.js';
import { aMember, anAgreement, EMPLOYEE } from '../../support/records.js';

const NOW = '2027-01-12T09:00:00.000Z';

describe('handover: an agreement', () => {
  const before = anAgreement({
    remindFrom: '2027-01-15T08:00:00.000Z',
    answer: 'confirmed',
    answeredAt: NOW,
    undelivered: { kind: 'evaluation', why: '403' },
    version: 3,
  });

  it('is shown anew, under the name of who goes on, and keeps what was agreed', () => {
    expect(handedOver(before, aMember(), 'Ahmed', NOW)).toEqual({
      ...before,
      managerName: 'Ahmed',
      movedFrom: 'Mila de Wit',
      remindFrom: null,
      landed: true,
      answer: 'on-its-way',
      answeredAt: null,
      changeAsked: null,
      undelivered: null,
      changedAt: NOW,
      version: 4,
    });
  });

  it('keeps what the employee asked to have changed, for the next manager to answer', () => {
    const asked = {
      answer: 'change-asked',
      answeredAt: NOW,
      changeAsked: { subjects: ['days'], note: 'later', askedAt: NOW },
    } as const;
    const withRequest = {
      ...before,
      ...asked,
      changeAsked: { ...asked.changeAsked, subjects: ['days' as const] },
    };
    expect(handedOver(withRequest, aMember(), 'Ahmed', NOW)).toMatchObject(asked);
  });

  it('is with whom the next manager knows already, under their own name for them', () => {
    const known = aMember({ id: 'name-7', name: 'San' });
    expect(memberFor(before, [known])).toBe(known);
    expect(memberFor(before, [])).toMatchObject({ id: before.member, name: 'Sanne', person: EMPLOYEE });
    const typed = anAgreement({ employee: null, member: 'name-1' });
    expect(memberFor(typed, [aMember({ id: 'name-7', person: null })])).toMatchObject({ id: 'name-1' });
  });
});
