import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Member } from '../../../bot/domain/member.js';
import { matchMember, newMemberId, SOMEBODY_ELSE, type WhoAsked } from '../../../bot/domain/member.js';
import { faultsOf } from '../../support/faults.js';
import { aMember, EMPLOYEE, MANAGER } from '../../support/sample-records.js';

const OTHER = 'c3c3c3c3-0000-4000-8000-000000000003';
const sanne = aMember();
const jan = aMember({ id: 'name-jan', name: 'Jan', person: null });
const jan2 = aMember({ id: 'name-jan-2', name: 'jan', person: null });
const janSmit = aMember({ id: 'name-smit', name: 'Jan Smit', person: null });
const janOfTeams = aMember({ id: `person-${MANAGER}`, name: 'Jan', person: MANAGER });

const match = (members: readonly Member[], asked: Partial<WhoAsked>) =>
  matchMember(members, { known: '', name: '', person: '', sameAs: '', ...asked });
const idsAsked = (members: readonly Member[], asked: Partial<WhoAsked>) => {
  const found = match(members, asked);
  return found.is === 'ask' ? found.candidates.map(({ id }) => id) : found.is;
};

describe('whom of a list somebody means', () => {
  it('is who was chosen, whose account it is, or whose name it is, in that order', async () => {
    expect(
      await faultsOf(
        [
          ['who was chosen from the list', [jan, sanne], { known: jan.id }, jan],
          [
            'whose Teams account it is, whatever name is typed',
            [jan, sanne],
            { name: 'Jan', person: EMPLOYEE },
            sanne,
          ],
          ['whose name it is', [jan, sanne], { name: 'Sanne' }, sanne],
          ['whose name it is, in other letters', [jan, sanne], { name: ' JÁN ' }, jan],
          ['whose very name it is, before a longer one', [jan, janSmit], { name: 'Jan' }, jan],
        ] as const,
        (_case, members, asked, member) => {
          expect(match(members, asked)).toEqual({ is: 'member', member, links: false });
        },
      ),
    ).toEqual([]);
  });

  it('is somebody new when nobody of the list fits', async () => {
    expect(
      await faultsOf(
        [
          ['nobody has that name', [sanne], { name: 'Jan' }],
          ['nobody has that account or name', [sanne], { name: 'Jan', person: OTHER }],
          ['only somebody of another account has that name', [janOfTeams], { name: 'Jan', person: OTHER }],
          ['the manager says that it is somebody else', [jan], { name: 'Jan', sameAs: SOMEBODY_ELSE }],
          ['the manager says so of an account', [jan], { name: 'Jan', person: OTHER, sameAs: SOMEBODY_ELSE }],
          ['who was chosen is not on the list any more', [jan], { known: 'gone', name: 'Kim' }],
        ] as const,
        (_case, members, asked) => {
          expect(match(members, asked)).toEqual({ is: 'new' });
        },
      ),
    ).toEqual([]);
  });

  it('is asked where a name alone does not tell who is meant', () => {
    expect(idsAsked([jan, jan2, janSmit, janOfTeams, sanne], { name: 'Jan Smit', person: OTHER })).toEqual([
      jan.id,
      jan2.id,
      janSmit.id,
    ]);
    expect(idsAsked([jan], { known: jan.id, person: OTHER })).toEqual([jan.id]);
    expect(idsAsked([jan, janOfTeams, sanne], { name: 'Jan' })).toEqual([jan.id, janOfTeams.id]);
    expect(idsAsked([jan, jan2], { name: 'Jan', sameAs: 'somebody-else’s' })).toEqual([jan.id, jan2.id]);
  });

  it('is the one that the manager says, who gets the account by that word alone', () => {
    expect(match([jan, jan2], { name: 'Jan', person: OTHER, sameAs: jan2.id })).toEqual({
      is: 'member',
      member: { ...jan2, person: OTHER },
      links: true,
    });
    expect(match([jan, jan2], { name: 'Jan', sameAs: jan.id })).toEqual({
      is: 'member',
      member: jan,
      links: false,
    });
  });

  it('never gives a place another account than it has, nor one to a place without the manager’s word', () => {
    const name = fc.constantFrom('Jan', 'jan', 'Jan Smit', 'Sanne');
    const person = fc.constantFrom(null, EMPLOYEE, MANAGER, OTHER);
    const list = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), name, person }), {
      selector: ({ id }) => id,
    });
    const ids = fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', SOMEBODY_ELSE);
    const asked = fc.record({ known: ids, name, person: person.map((one) => one ?? ''), sameAs: ids });
    fc.assert(
      fc.property(list, asked, (places, who) => {
        const members = places.map((place) => aMember(place));
        const found = matchMember(members, who);
        if (found.is !== 'member') return;
        const before = members.find(({ id }) => id === found.member.id);
        expect(before).toBeDefined();
        if (!found.links) expect(found.member).toEqual(before);
        if (found.links) expect([before?.person, found.member.id]).toEqual([null, who.sameAs]);
      }),
    );
  });
});

describe('the id of a new place', () => {
  it('is that of the account, or of the form and the name', () => {
    expect(newMemberId('form', 'Jan', EMPLOYEE)).toBe(`person-${EMPLOYEE}`);
    expect(newMemberId('form', 'Jan', null)).toBe(newMemberId('form', ' jan', null));
    const others = [newMemberId('form', 'Jan S', null), newMemberId('form-2', 'Jan', null)];
    expect(others).not.toContain(newMemberId('form', 'Jan', null));
    expect(newMemberId('0b9ed0c0-0000-4000-8000-000000000000', '李伟', null)).toMatch(
      /^[A-Za-z0-9-]{1,100}$/,
    );
  });
});
