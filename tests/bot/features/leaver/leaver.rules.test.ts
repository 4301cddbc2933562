import { describe, expect, it } from 'vitest';
import { asMeant, handedOver, memberFor, problemsOf } from '../../../../bot/features/leaver/leaver.rules.js';
import { noMigraine } from '../../../support/managing.js';
import { aMember, anAgreement, EMPLOYEE, MANAGER } from '../../../support/records.js';

const NEXT = 'd4d4d4d4-0000-4000-8000-000000000004';
const MOVE = { leaver: MANAGER, what: 'move', successor: NEXT, name: 'Ahmed' };
const DELETE = { leaver: MANAGER, what: 'delete', successor: '', name: '' };
const NOW = '2027-01-12T09:00:00.000Z';

describe('leaver.rules: the form', () => {
  it.each([
    ['somebody goes on', MOVE, {}],
    ['it is deleted', DELETE, {}],
    ['nobody leaves', { ...MOVE, leaver: '' }, { leaver: 'leaver' }],
    ['a name stands where a person belongs', { ...MOVE, leaver: 'Mila' }, { leaver: 'leaver' }],
    ['nothing was chosen', { ...MOVE, what: '' }, { what: 'what' }],
    ['nobody goes on', { ...MOVE, successor: '' }, { successor: 'successor' }],
    ['who leaves goes on', { ...MOVE, successor: MANAGER }, { successor: 'same' }],
    ['it is deleted and somebody goes on', { ...DELETE, successor: NEXT }, { successor: 'both' }],
    ['who goes on has no name', { ...MOVE, name: '' }, { name: 'name' }],
    ['the name is too long', { ...MOVE, name: 'x'.repeat(61) }, { name: 'nameLong' }],
    [
      'the name holds what is private',
      { ...MOVE, name: 'Ahmed migraine' },
      { name: 'nameScreened', words: 'migraine' },
    ],
  ])('when %s', (_case, typed, problems) => {
    expect(problemsOf(typed, noMigraine)).toEqual(problems);
  });

  it('is read as it is meant: ids in lower case, the name on one line', () => {
    expect(
      asMeant({ ...MOVE, leaver: ` ${MANAGER.toUpperCase()} `, name: ' Ahmed \n  Yilmaz ' }),
    ).toMatchObject({
      leaver: MANAGER,
      name: 'Ahmed Yilmaz',
    });
  });
});

describe('leaver.rules: an agreement that is handed over', () => {
  const before = anAgreement({
    remindFrom: '2027-01-15T08:00:00.000Z',
    answer: 'change-asked',
    answeredAt: NOW,
    changeAsked: { subjects: ['days'], note: '', askedAt: '2027-01-11T09:00:00.000Z' },
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

  it('is with whom the next manager knows already, under their own name for them', () => {
    const known = aMember({ id: 'name-7', name: 'San' });
    expect(memberFor(before, [known])).toBe(known);
    expect(memberFor(before, [])).toMatchObject({ id: before.member, name: 'Sanne', person: EMPLOYEE });
    const typed = anAgreement({ employee: null, member: 'name-1' });
    expect(memberFor(typed, [aMember({ id: 'name-7', person: null })])).toMatchObject({ id: 'name-1' });
  });
});
