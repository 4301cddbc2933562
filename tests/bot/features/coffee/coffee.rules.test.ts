import { describe, expect, it } from 'vitest';
import type { Member } from '../../../../bot/domain/member.js';
import { newMemberId } from '../../../../bot/domain/member.js';
import { namesIn, readCoffeeForm } from '../../../../bot/features/coffee/coffee.rules.js';
import { createScreen } from '../../../../bot/nlu/screening/field-screening.js';
import { ACTIONS } from '../../../../cards/actions.js';
import { faultsOf } from '../../../support/faults.js';
import { aMember, EMPLOYEE, MANAGER } from '../../../support/sample-records.js';

const FORM = 'form-1';
const OTHER = 'c3c3c3c3-0000-4000-8000-000000000003';
const screen = createScreen();
const jan = aMember({ id: 'name-jan', name: 'Jan', person: null });
const jan2 = aMember({ id: 'name-jan-2', name: 'Jan', person: null });

function read(typed: Readonly<Record<string, unknown>>, members: readonly Member[] = []) {
  const payload = ACTIONS['coffee.save'].payload.parse({ id: FORM, lang: 'nl', rhythm: 'weekly', ...typed });
  return readCoffeeForm(payload, members, { form: FORM, self: MANAGER, screen });
}
/** Names with letters alone. */
const nameOf = (at: number) => `Bo ${'ABCDEFGHIJ'[Math.floor(at / 20)]}${'abcdefghijklmnopqrst'[at % 20]}`;
/** Whom the form comes to. */
function wanted(typed: Readonly<Record<string, unknown>>, members?: readonly Member[]) {
  const found = read(typed, members);
  return found.is === 'ready' ? found.wanted.map(({ member }) => [member.name, member.person]) : found;
}
/** What is wrong or asked, by the field. */
function problems(typed: Readonly<Record<string, unknown>>, members?: readonly Member[]) {
  const found = read(typed, members);
  if (found.is === 'ready') return {};
  const named = Object.entries(found.problems).filter(([, one]) => one !== undefined);
  return Object.fromEntries(named.map(([field, one]) => [field, one?.id]));
}

describe('the names for a coffee list', () => {
  it('stand on lines of their own, more than a hundred too; a comma is part of a name', () => {
    expect(namesIn(' Anouk \n\nVries, Jan  de\r\nFatima; Bo')).toEqual([
      'Anouk',
      'Vries, Jan de',
      'Fatima',
      'Bo',
    ]);
    expect(wanted({ names: 'Vries, Jan de\nBakker, Anouk' })).toEqual([
      ['Vries, Jan de', null],
      ['Bakker, Anouk', null],
    ]);
    expect(wanted({ names: Array.from({ length: 150 }, (_, at) => nameOf(at)).join('\n') })).toHaveLength(
      150,
    );
  });

  it('are put on lines of their own where one line has several, for the manager to look at', async () => {
    expect(
      await faultsOf(
        [
          ['Joris en Piet', 'Joris\nPiet'],
          ['Joris & Piet\nBo', 'Joris\nPiet\nBo'],
          ['Anouk, Jan, Fatima', 'Anouk\nJan\nFatima'],
          ['Anouk, Jan en Fatima', 'Anouk\nJan\nFatima'],
        ],
        (names, split) => {
          expect(read({ names })).toMatchObject({ is: 'asked', split, problems: { names: { id: 'split' } } });
          // Sent again after that, they are what they are.
          expect(wanted({ names: split, split: true })).toHaveLength(split.split('\n').length);
          expect(wanted({ names: 'Joris en Piet', split: true })).toEqual([['Joris en Piet', null]]);
        },
      ),
    ).toEqual([]);
  });

  it('bring a question where they are no list of names', async () => {
    expect(
      await faultsOf(
        [
          ['nobody at all', {}, { names: 'noNames' }],
          ['a name twice', { names: 'Jan\njan' }, { names: 'twice' }],
          ['a name about health', { names: 'Anouk\nBas (burn-out)' }, { names: 'nameScreened' }],
          ['what is no name', { names: 'Anouk\nanouk@voorbeeld.nl' }, { names: 'notAName' }],
          ['a name that is too long', { names: 'x'.repeat(61) }, { names: 'nameLong' }],
          [
            'too many',
            { names: Array.from({ length: 201 }, (_, at) => nameOf(at)).join('\n') },
            { names: 'tooMany' },
          ],
          ['a rhythm that is none', { names: 'Anouk', rhythm: 'Elke dag' }, { rhythm: 'choose' }],
          ['no rhythm', { names: 'Anouk', rhythm: '' }, { rhythm: 'choose' }],
          ['somebody from Teams without a name', { person: OTHER }, { personName: 'nameForPerson' }],
          ['a name for nobody', { names: 'Anouk', personName: 'Bo' }, { person: 'nobodyChosen' }],
          ['oneself', { person: MANAGER, personName: 'Mila' }, { person: 'yourself' }],
          ['what is no person of Teams', { person: 'Jan', personName: 'Jan' }, { person: 'notAPerson' }],
        ],
        (_case, typed, wrong) => {
          expect(problems(typed)).toEqual(wrong);
        },
      ),
    ).toEqual([]);
  });

  it('go with who was chosen in Teams, whose name stands beside it', () => {
    expect(wanted({ names: 'Anouk\nBram', person: OTHER.toUpperCase(), personName: 'Yara' })).toEqual([
      ['Anouk', null],
      ['Bram', null],
      ['Yara', OTHER],
    ]);
    // Somebody who is on the list with that account needs no name.
    expect(wanted({ person: EMPLOYEE }, [aMember()])).toEqual([['Sanne', EMPLOYEE]]);
  });

  it('mean who is on the list, and are asked where that may be two', () => {
    expect(wanted({ names: 'jan' }, [jan])).toEqual([['Jan', null]]);
    expect(read({ names: 'Jan\nBo' }, [jan, jan2])).toMatchObject({
      is: 'asked',
      questions: [{ name: 'Jan', candidates: [jan.id, jan2.id], answer: '' }],
      problems: { names: { id: 'whichName' } },
    });
    const answered = { names: 'Jan\nBo', asking: ['Jan'], same1: jan2.id };
    const found = read(answered, [jan, jan2]);
    expect(found.is === 'ready' && found.wanted[0]?.member.id).toBe(jan2.id);
    expect(wanted({ ...answered, same1: 'new' }, [jan, jan2])).toHaveLength(2);
    // An answer stays while something else is asked.
    expect(read({ ...answered, rhythm: '' }, [jan, jan2])).toMatchObject({
      questions: [{ answer: jan2.id }],
    });
  });

  it('never get an account by being the same name', () => {
    const typed = { person: OTHER, personName: 'Jan' };
    expect(read(typed, [jan])).toMatchObject({
      is: 'asked',
      account: [jan.id],
      problems: { sameAs: { id: 'which' } },
    });
    const same = read({ ...typed, sameAs: jan.id }, [jan]);
    expect(same.is === 'ready' && same.wanted[0]?.member).toEqual({ ...jan, person: OTHER });
    const other = read({ ...typed, sameAs: 'new' }, [jan]);
    expect(other.is === 'ready' && other.wanted[0]?.member.id).toBe(`person-${OTHER}`);
  });

  it('that come to one place are said, and not written twice, with ids of the form by which the same press is known', () => {
    expect(problems({ names: 'Sanne', person: EMPLOYEE, personName: 'San' }, [aMember()])).toEqual({
      names: 'twice',
    });
    expect(problems({ names: 'Jan', known: jan.id }, [jan])).toEqual({ names: 'twice' });
    const own = aMember({ id: newMemberId(FORM, 'Jan', null), name: 'Jan', person: null });
    const found = read({ names: 'Jan' }, [jan, own]);
    expect(found.is === 'ready' && found.wanted).toMatchObject([{ member: { id: own.id }, own: true }]);
  });
});
