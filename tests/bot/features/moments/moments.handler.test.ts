import { describe, expect, it } from 'vitest';
import { newMemberId } from '../../../../bot/domain/member.js';
import type { Moment } from '../../../../bot/domain/moment.js';
import { createMoments } from '../../../../bot/features/moments/moments.handler.js';
import { screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import type { Managers } from '../../../../bot/store/managers.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, MILA, openManaging } from '../../../support/recording-scene.js';
import { aMember, EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
import {
  aPress,
  aTurn,
  choicesIn,
  dataOf,
  filledIn,
  textsOf,
  titleOf,
  verbsOf,
} from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { moments: WORDS, agreement: AGREEMENT } = messagesFor('nl');
const ID = 'moment-1';
const KARIN = 'c3c3c3c3-0000-4000-8000-000000000003';
const LEAVE = {
  id: ID,
  kind: 'leave',
  name: 'Karin',
  from: '2027-03-01',
  until: '2027-06-21',
  contact: 'no',
};

let here: Managing;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
  },
  () => here.own.drop(),
);

const momentsOver = (managers: Managers = here.own.stores.managers) =>
  createMoments({
    authorize: async () => ({ kind: 'granted' }),
    ...here.own.stores,
    managers,
    screen: screenNothing,
    newId: () => 'form-1',
    zone: 'Europe/Amsterdam',
  });
const save = (inputs: Readonly<Record<string, unknown>> = {}) =>
  momentsOver()['moments.save'](aPress('moments.save', { ...LEAVE, ...inputs }));
const kept = async () => (await here.own.stores.managers.moment(MILA, ID))?.record ?? null;
const members = async () => (await here.own.stores.managers.records(MILA)).members;
const pointers = (employee: string) => here.own.stores.about.of(TENANT, employee);

describe('saving a moment', () => {
  it('keeps it with somebody new by name, or who was chosen from Teams or the list, who can then find it', async () => {
    expect(titleOf(await save())).toBe('Verlof: Karin');
    const id = newMemberId(ID, 'Karin', null);
    expect(await kept()).toMatchObject({ member: id, memberName: 'Karin', kind: 'leave', contact: false });
    expect(await members()).toContainEqual(expect.objectContaining({ id, person: null }));
    await afresh();
    const reply = await save({ person: KARIN });
    expect(textsOf(reply).join()).toContain(WORDS.shared.replace('{name}', 'Karin'));
    expect(await kept()).toMatchObject({ member: `person-${KARIN}` });
    expect(await pointers(KARIN)).toMatchObject([{ member: `person-${KARIN}`, managerName: 'Mila de Wit' }]);
    await afresh();
    await save({ name: '', known: aMember().id });
    expect(await kept()).toMatchObject({ member: aMember().id, memberName: 'Sanne' });
    expect(await pointers(EMPLOYEE)).toMatchObject([{ member: aMember().id }]);
  });

  it('asks who of two of that name is meant, keeps what was typed, and gives a name an account by the manager’s word alone', async () => {
    await save({ id: 'moment-0' });
    await save({ id: 'moment-9', person: KARIN, sameAs: 'new' });
    const before = await here.everything();
    const reply = await save();
    expect(textsOf(reply)).toContain(AGREEMENT.problem.which);
    expect(choicesIn(reply, 'sameAs')).toEqual(
      expect.arrayContaining([newMemberId('moment-0', 'Karin', null), `person-${KARIN}`, 'new']),
    );
    const { id: _id, ...typed } = LEAVE;
    expect(filledIn(reply)).toMatchObject(typed);
    expect(await here.everything()).toEqual(before);
    await save({ sameAs: `person-${KARIN}` });
    expect(await kept()).toMatchObject({ member: `person-${KARIN}` });
    await afresh();
    {
      await save({ id: 'moment-0' });
      const typed = newMemberId('moment-0', 'Karin', null);
      expect(textsOf(await save({ person: KARIN }))).toContain(AGREEMENT.problem.which);
      await save({ person: KARIN, sameAs: typed });
      expect(await members()).toContainEqual(expect.objectContaining({ id: typed, person: KARIN }));
      // What was recorded of that place before is theirs to see now.
      expect(await pointers(KARIN)).toMatchObject([{ member: typed }]);
    }
  });

  it('makes one of the same press twice, says the same, and says of a form that was changed meanwhile that this is not saved', async () => {
    const once = await save({ person: KARIN, sameAs: 'new' });
    const before = await here.everything();
    expect(await save({ person: KARIN, sameAs: 'new' })).toEqual(once);
    expect(await members()).toHaveLength(2);
    expect((await here.everything()) as object).toMatchObject({
      ...(before as object),
      about: expect.anything(),
    });
    await afresh();
    {
      await save();
      const before = { moment: await kept(), members: await members() };
      const reply = await save({ from: '2027-04-01', name: '', known: newMemberId(ID, 'Karin', null) });
      expect(textsOf(reply)).toContain(WORDS.otherSaved);
      expect(filledIn(reply)).toMatchObject({ from: '2027-04-01' });
      expect(dataOf(reply, 'moments.save')).toMatchObject({ id: 'form-1' });
      expect(dataOf(reply, 'moments.show')).toMatchObject({ id: ID });
      expect({ moment: await kept(), members: await members() }).toEqual(before);
    }
  });

  it('asks again with something wrong, writes nothing, and takes the title of a kind, which some clients send', async () => {
    expect(
      await faultsOf(
        [
          [{ kind: '' }, WORDS.kindWrong],
          [{ kind: 'Vakantie' }, WORDS.kindWrong],
          [{ contact: '' }, WORDS.contactWrong],
          [{ contact: 'misschien' }, WORDS.contactWrong],
          [{ name: '' }, AGREEMENT.problem.nobody],
          [{ name: 'karin@voorbeeld.nl' }, AGREEMENT.problem.notAName],
          [{ name: '', person: KARIN }, AGREEMENT.problem.nameForPerson],
          [{ person: MANAGER }, AGREEMENT.problem.yourself],
          [{ person: 'Karin' }, AGREEMENT.problem.notAPerson],
          [{ until: '2027-02-01' }, WORDS.untilWrong],
        ],
        async (inputs, why) => {
          const before = await here.everything();
          expect(textsOf(await save(inputs))).toContain(why);
          expect(await here.everything()).toEqual(before);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    await save({ kind: `Verlof (${WORDS.kindHints.leave})` });
    expect(await kept()).toMatchObject({ kind: 'leave' });
  });
});

describe('a moment that is there', () => {
  const afreshInside = setUpEach(() => save({ contact: 'yes' }), undefined, afresh);
  const THIS = { id: ID, version: 1 };
  const DAYS = { from: '2027-03-08', until: '2027-06-28' };
  const change = (inputs: object = {}, managers?: Managers) =>
    momentsOver(managers)['moments.change'](aPress('moments.change', { ...THIS, ...DAYS, ...inputs }));
  const end = (managers?: Managers) => momentsOver(managers)['moments.end'](aPress('moments.end', THIS));
  const remove = (managers?: Managers) =>
    momentsOver(managers)['moments.delete'](aPress('moments.delete', THIS));

  /** Managers of whom somebody else changes the moment just before this turn writes it. */
  function beaten(by: Partial<Moment> | 'removed'): Managers {
    const { managers } = here.own.stores;
    const act = async () => {
      const found = await managers.moment(MILA, ID);
      if (found === null) return;
      if (by === 'removed') await managers.removeMoment(MILA, ID);
      else await managers.changeMoment(MILA, { ...found.record, ...by, version: 2 }, found.etag);
    };
    return {
      ...managers,
      async changeMoment(...given) {
        await act();
        return managers.changeMoment(...given);
      },
      async removeMoment(...given) {
        await act();
        return managers.removeMoment(...given);
      },
    };
  }

  it('keeps whether there is to be contact when a client leaves that out, and shows only what its kind has', async () => {
    const reply = await change();
    expect(textsOf(reply)).toContain(WORDS.moved);
    expect(await kept()).toMatchObject({ ...DAYS, contact: true, version: 2 });
    expect(Object.keys(filledIn(reply))).toEqual(['from', 'until', 'contact']);
    await save({ id: 'moment-2', kind: 'retirement', known: aMember().id, name: '' });
    const pension = await momentsOver()['moments.show'](aPress('moments.show', { id: 'moment-2' }));
    expect(Object.keys(filledIn(pension))).toEqual(['from']);
  });

  it('says that it is done when it is, however often it is pressed', async () => {
    expect(
      await faultsOf(
        [
          ['changing', () => change(), (managers: Managers) => change({}, managers), DAYS, WORDS.moved],
          ['ending', () => end(), (managers: Managers) => end(managers), { status: 'ended' }, WORDS.ended],
          ['deleting', () => remove(), (managers: Managers) => remove(managers), 'removed', WORDS.deleted],
        ] as const,
        async (...given) => {
          const [, act, actOver, done, notice] = given;
          expect(textsOf(await actOver(beaten(done)))).toContain(notice);
          expect(textsOf(await act())).toContain(notice);
          expect(textsOf(await act())).toContain(notice);
        },
        afreshInside,
      ),
    ).toEqual([]);
  });

  it('does not say that it is done when something else came first, and keeps what was filled in', async () => {
    expect(
      await faultsOf(
        [
          ['changing', (managers: Managers) => change({}, managers), WORDS.moved],
          ['ending', (managers: Managers) => end(managers), WORDS.ended],
          ['deleting', (managers: Managers) => remove(managers), WORDS.deleted],
        ] as const,
        async (what, act, notice) => {
          const reply = await act(beaten({ from: '2027-05-01' }));
          expect(textsOf(reply)).toContain(WORDS.outdated);
          expect(textsOf(reply).join()).toContain('zaterdag 1 mei 2027');
          expect(textsOf(reply)).not.toContain(notice);
          expect(filledIn(reply)).toMatchObject(what === 'changing' ? DAYS : { from: '2027-05-01' });
          expect(await kept()).toMatchObject({ from: '2027-05-01', status: 'open' });
        },
        afreshInside,
      ),
    ).toEqual([]);
  });

  it('that was removed meanwhile is neither moved nor ended, and one that is there is deleted only after a question', async () => {
    for (const act of [change, (_inputs: object, managers: Managers) => end(managers)]) {
      expect(textsOf(await act({}, beaten('removed')))).toContain(WORDS.gone);
    }
    await afreshInside();
    const asked = await momentsOver()['moments.ask-delete'](aPress('moments.ask-delete', { id: ID }));
    expect(titleOf(asked)).toBe('Verlof van Karin verwijderen?');
    expect(verbsOf(asked)).toEqual(['moments.delete', 'moments.show']);
    expect(await kept()).not.toBeNull();
  });
});

describe('the form of a moment', () => {
  const open = (text: string) => momentsOver().open(aTurn({ said: { kind: 'text', text } }));

  it('opens with who is on the list chosen there and with what was said of days, in one request, or two where it is filled in', async () => {
    const reply = await open('sanne gaat met verlof van 1 t/m 15 maart');
    expect(filledIn(reply)).toMatchObject({
      kind: 'leave',
      known: aMember().id,
      name: '',
      from: '2027-03-01',
      until: '2027-03-16',
    });
    await afresh();
    const add = () => momentsOver()['moments.add'](aPress('moments.add', {}));
    expect(await here.cost(add)).toBe(1);
    expect(await here.cost(() => open('Karin gaat op 1 maart met verlof'))).toBeLessThanOrEqual(2);
  });
});
