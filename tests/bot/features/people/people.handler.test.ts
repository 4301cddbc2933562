import { describe, expect, it } from 'vitest';
import { createPeople, type PeopleFeature } from '../../../../bot/features/people/people.handler.js';
import type { Verb } from '../../../../cards/actions.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, MILA, noMigraine, openManaging } from '../../../support/recording-scene.js';
import { aMember, anAgreement, EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
import { aPress, cardOf, dataOf, filledIn, textsOf, titleOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const WORDS = messagesFor('nl').people;
const SANNE = aMember().id;
const TYPED = aMember({ id: 'name-sanne', name: 'sanne', person: null });

let here: Managing;
let feature: PeopleFeature;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    feature = createPeople({ ...here.own.stores, screen: noMigraine, zone: 'Europe/Amsterdam' });
    // The same person once more, by a name that was only typed.
    await here.own.stores.managers.addAgreement(
      MILA,
      TYPED,
      anAgreement({
        ...{ id: 'agreement-2', member: TYPED.id, memberName: 'sanne', employee: null, answer: 'not-shared' },
      }),
    );
  },
  () => here.own.drop(),
);

type PeopleVerb = Extract<Verb, keyof PeopleFeature>;
const press = <V extends PeopleVerb>(verb: V, data: object) =>
  (feature[verb] as (turn: unknown) => ReturnType<PeopleFeature[V]>)(aPress(verb, { ...data }));
const members = async () => (await here.own.stores.managers.records(MILA)).members;

describe('the people on a manager’s list', () => {
  it('are shown by name, with what is kept of each, in one read, and get another name, also on what was recorded with them', async () => {
    const texts = textsOf(await press('people.list', { page: 0 }));
    expect(texts).toContain('1 keer afspraken, geen momenten, geen vaste koffie, gekoppeld aan Teams');
    expect(texts).toContain('1 keer afspraken, geen momenten, geen vaste koffie, niet gekoppeld aan Teams');
    await afresh();
    expect(titleOf(await press('people.rename', { id: SANNE, name: ' Sanne  Bakker ' }))).toBe(
      'Sanne Bakker',
    );
    expect((await here.agreement()).memberName).toBe('Sanne Bakker');
    expect((await here.agreement()).version).toBe(1);
    expect((await here.planned()).map(({ kind }) => kind)).toEqual([]);
  });

  it('keep theirs with a name that may not be, which comes back with why', async () => {
    expect(
      await faultsOf(
        [
          ['no name', '', 'Vul een naam in.'],
          ['what is no name', '12345', messagesFor('nl').agreement.problem.notAName],
          ['a name about health', 'Sanne Migraine', 'gezondheid of privé'],
        ],
        async (_case, name, why) => {
          const before = await here.everything();
          const reply = await press('people.rename', { id: SANNE, name });
          expect(filledIn(reply)).toEqual({ name });
          expect(textsOf(reply).join()).toContain(why);
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('see what was recorded from when they are linked to Teams', async () => {
    const account = 'd4d4d4d4-0000-4000-8000-000000000004';
    const reply = await press('people.link', { id: TYPED.id, person: account.toUpperCase() });
    expect(textsOf(reply).join()).toContain('Gekoppeld. sanne krijgt te zien wat je vastlegde.');
    expect(await here.agreement('agreement-2')).toMatchObject({
      ...{ employee: account, answer: 'on-its-way', version: 2 },
    });
    expect((await here.planned()).map(({ kind, person }) => [kind, person])).toEqual([
      ['agreement-shared', account],
    ]);
    const pointers = await here.own.stores.about.of(TENANT, account);
    expect(pointers.map(({ agreement }) => agreement)).toContain('agreement-2');
  });

  it('are not linked to nobody, oneself or somebody who is there already', async () => {
    expect(
      await faultsOf(
        [
          ['nobody', '', 'person'],
          ['the manager', MANAGER, 'yourself'],
          ['somebody who stands on the list already', EMPLOYEE, 'taken'],
        ] as const,
        async (_case, person, why) => {
          const before = await here.everything();
          expect(textsOf(await press('people.link', { id: TYPED.id, person }))).toContain(WORDS.problem[why]);
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('become one of two, with what was recorded of the one and its coffee where the other has none', async () => {
    const { managers } = here.own.stores;
    const days = { rhythm: 'weekly', lastDay: '2027-01-05', nextDay: '2027-01-12', coffees: 3 } as const;
    await managers.putMembers(MILA, [{ ...TYPED, ...days }]);
    await press('people.merge', { id: TYPED.id, other: SANNE });
    expect(await members()).toMatchObject([{ id: SANNE, person: EMPLOYEE, ...days }]);
    expect((await here.planned()).map(({ kind, subject }) => [kind, subject])).toContainEqual([
      'coffee',
      SANNE,
    ]);
    await afresh();
    const reply = await press('people.merge', { id: TYPED.id, other: SANNE });
    expect(textsOf(reply).join()).toContain('Sanne staat nu één keer op je lijst.');
    expect((await members()).map(({ id }) => id)).toEqual([SANNE]);
    expect(await here.agreement('agreement-2')).toMatchObject({
      ...{ member: SANNE, memberName: 'Sanne', employee: EMPLOYEE, answer: 'on-its-way' },
    });
    expect((await here.agreement()).version).toBe(1);
  });

  it('are not made one where Teams knows them as two', async () => {
    const { managers } = here.own.stores;
    await managers.putMembers(MILA, [{ ...TYPED, person: 'd4d4d4d4-0000-4000-8000-000000000004' }]);
    const before = await here.everything();
    const reply = await press('people.merge', { id: TYPED.id, other: SANNE });
    expect(textsOf(reply)).toContain(WORDS.problem.twoAccounts);
    expect(filledIn(reply)).toEqual({ other: SANNE });
    expect(await here.everything()).toEqual(before);
  });

  it('go from the list when nothing belongs to them, and stay while something does or they want no fixed coffees', async () => {
    const { managers } = here.own.stores;
    await managers.putMembers(MILA, [aMember({ id: 'name-piet', name: 'Piet', person: null })]);
    expect(JSON.stringify(cardOf(await press('people.show', { id: SANNE })))).not.toContain('people.remove');
    expect(dataOf(await press('people.show', { id: 'name-piet' }), 'people.remove')).toMatchObject({
      id: 'name-piet',
    });
    expect(titleOf(await press('people.remove', { id: 'name-piet' }))).toBe(WORDS.title);
    expect(titleOf(await press('people.remove', { id: SANNE }))).toBe('Sanne');
    expect((await members()).map(({ id }) => id).sort()).toEqual([TYPED.id, SANNE].sort());
    await afresh();
    {
      const { managers } = here.own.stores;
      const refused = aMember({
        id: 'person-piet',
        name: 'Piet',
        coffeeRefusedAt: '2027-01-11T09:00:00.000Z',
      });
      await managers.putMembers(MILA, [refused]);
      const shown = await press('people.show', { id: refused.id });
      expect(JSON.stringify(cardOf(shown))).not.toContain('people.remove');
      expect(textsOf(shown).join()).toContain('wil geen vaste koffie');
      // From a card of before they said so.
      expect(textsOf(await press('people.remove', { id: refused.id })).join()).toContain('kan nog niet');
      expect(await members()).toContainEqual(expect.objectContaining({ id: refused.id }));
    }
  });

  it('take along what is written of the place that goes while the two become one', async () => {
    const { managers } = here.own.stores;
    const coffeeRefusedAt = '2027-01-12T09:00:00.000Z';
    let crossed = false;
    const written: typeof managers = {
      ...managers,
      async rearrange(manager, changes) {
        const result = await managers.rearrange(manager, changes);
        if (!crossed) {
          crossed = true;
          const found = (await managers.member(MILA, SANNE))!;
          await managers.changeMember(MILA, { ...found.record, coffeeRefusedAt }, found.etag);
          const late = anAgreement({ id: 'agreement-3', member: SANNE });
          await managers.addAgreement(MILA, { ...found.record, coffeeRefusedAt }, late);
        }
        return result;
      },
    };
    feature = createPeople({
      ...here.own.stores,
      managers: written,
      screen: noMigraine,
      zone: 'Europe/Amsterdam',
    });
    const reply = await press('people.merge', { id: SANNE, other: TYPED.id });
    expect(textsOf(reply).join()).toContain('sanne staat nu één keer op je lijst.');
    expect(await members()).toMatchObject([{ id: TYPED.id, person: EMPLOYEE, coffeeRefusedAt }]);
    expect(await here.agreement('agreement-3')).toMatchObject({ member: TYPED.id, memberName: 'sanne' });
  });
});
