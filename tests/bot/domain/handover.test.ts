import { describe, expect, it } from 'vitest';
import { memberFor } from '../../../bot/domain/handover.js';
import { aMember, anAgreement, EMPLOYEE } from '../../support/sample-records.js';

describe('handover: an agreement', () => {
  const before = anAgreement();

  it('is with whom the next manager knows already, under their own name for them', () => {
    const known = aMember({ id: 'name-7', name: 'San' });
    expect(memberFor(before, [known])).toBe(known);
    expect(memberFor(before, [])).toMatchObject({ id: before.member, name: 'Sanne', person: EMPLOYEE });
    const typed = anAgreement({ employee: null, member: 'name-1' });
    expect(memberFor(typed, [aMember({ id: 'name-7', person: null })])).toMatchObject({ id: 'name-1' });
  });
});
