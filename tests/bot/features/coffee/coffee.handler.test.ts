import { describe, expect, it } from 'vitest';
import type { Member } from '../../../../bot/domain/member.js';
import { defaultOrganisation } from '../../../../bot/domain/organisation.js';
import { createCoffee } from '../../../../bot/features/coffee/coffee.handler.js';
import { screenNothing } from '../../../../bot/nlu/screening/field-screening.js';
import type { Managers } from '../../../../bot/store/managers.js';
import type { Press, Turn } from '../../../../bot/turn.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, MILA, openManaging } from '../../../support/recording-scene.js';
import { aMember, MANAGER, TENANT } from '../../../support/sample-records.js';
import { aPress, aTurn, dataOf, filledIn, textsOf, titleOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { coffee: WORDS, agreement: AGREEMENT } = messagesFor('nl');
const YARA = 'c3c3c3c3-0000-4000-8000-000000000003';

let here: Managing;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
  },
  () => here.own.drop(),
);

const coffeeOver = (managers: Managers = here.own.stores.managers) =>
  createCoffee({
    authorize: async () => ({ kind: 'granted' }),
    ...here.own.stores,
    managers,
    organisationSettings: { of: async (tenant: string) => defaultOrganisation(tenant) },
    screen: screenNothing,
    newId: () => 'form-1',
    zone: 'Europe/Amsterdam',
  });
type Inputs = Readonly<Record<string, unknown>>;
const save = (inputs: Inputs, managers?: Managers, who: Partial<Turn> = {}) =>
  coffeeOver(managers)['coffee.save'](
    aPress('coffee.save', { id: 'form-1', rhythm: 'weekly', ...inputs }, who),
  );
const members = async () => (await here.own.stores.managers.records(MILA)).members;
const member = async (name: string) => (await members()).find((one) => one.name === name);
const coffees = async () => (await here.planned()).filter(({ kind }) => kind === 'coffee');

describe('putting people on the coffee list', () => {
  it('makes one of each, with one reminder each, however often it is pressed and however many, in at most six requests, with their first days spread', async () => {
    const presses = await Promise.all(Array.from({ length: 4 }, () => save({ names: 'Anouk\nBram' })));
    for (const reply of presses) expect(textsOf(reply)).toContain('Toegevoegd: Anouk en Bram.');
    expect(textsOf(await save({ names: 'Anouk\nBram' }))).toContain('Toegevoegd: Anouk en Bram.');
    expect((await members()).map(({ name }) => name).sort()).toEqual(['Anouk', 'Bram', 'Sanne']);
    expect(await coffees()).toHaveLength(2);
    await afresh();
    const names = Array.from(
      { length: 120 },
      (_, at) => `Bo ${'ABCDEFGHIJ'[Math.floor(at / 20)]}${'abcdefghijklmnopqrst'[at % 20]}`,
    ).join('\n');
    expect(textsOf(await save({ names }))).toContain('120 mensen toegevoegd.');
    expect(await coffees()).toHaveLength(120);
    await afresh();
    await save({ names: 'Anouk\nBo\nCas\nDaan\nEva' });
    expect((await coffees()).map(({ due }) => due.slice(0, 10))).toEqual([
      '2027-01-15',
      '2027-01-18',
      '2027-01-18',
      '2027-01-19',
      '2027-01-19',
    ]);
    await afresh();
    expect(await here.cost(() => save({ names: 'Anouk\nBo\nCas\nDaan' }))).toBeLessThanOrEqual(6);
    const withYara = { id: 'form-2', names: 'Eva\nFay\nGijs', person: YARA, personName: 'Yara' };
    expect(await here.cost(() => save(withYara))).toBeLessThanOrEqual(6);
  });

  it('loses no coffee that was had while the list was being written, and says that nothing was kept when others write it all the time', async () => {
    await save({ names: 'Anouk' });
    const { managers } = here.own.stores;
    const anouk = await member('Anouk');
    let once = false;
    const reply = await save(
      { id: 'form-2', names: 'Anouk\nBram', rhythm: 'quarterly' },
      {
        ...managers,
        async saveMembers(...given) {
          if (!once) {
            once = true;
            const press = aPress('coffee.done', { id: anouk?.id, version: anouk?.version });
            await coffeeOver()['coffee.done'](press);
          }
          return managers.saveMembers(...given);
        },
      },
    );
    expect(textsOf(reply).join()).toContain('Toegevoegd: Bram.');
    expect(await member('Anouk')).toMatchObject({ lastDay: '2027-01-12', coffees: 1, rhythm: 'quarterly' });
    await afresh();
    {
      const busy = { ...here.own.stores.managers, saveMembers: async () => 'conflict' as const };
      const reply = await save({ names: 'Anouk' }, busy);
      expect(textsOf(reply)).toContain(AGREEMENT.problem.busy);
      expect(filledIn(reply)).toMatchObject({ names: 'Anouk' });
      expect(await members()).toHaveLength(1);
    }
  });

  it('says of whom it was so already, and how somebody else of that name gets on it', async () => {
    await save({ names: 'Anouk' });
    const again = textsOf(await save({ id: 'form-2', names: 'anouk\nBram' }));
    expect(again).toContain(`Toegevoegd: Bram. ${WORDS.alreadyNames.replace('{names}', 'Anouk')}`);
    const changed = textsOf(await save({ id: 'form-3', names: 'Anouk', rhythm: 'quarterly' }));
    expect(changed).toContain(WORDS.changedNames.replace('{names}', 'Anouk'));
    expect(await members()).toHaveLength(3);
  });

  it('lets whom it is about find it, who were chosen in Teams', async () => {
    await save({ names: 'Anouk', person: YARA, personName: 'Yara' });
    expect(await member('Yara')).toMatchObject({ id: `person-${YARA}`, person: YARA, rhythm: 'weekly' });
    expect(await here.own.stores.about.of(TENANT, YARA)).toMatchObject([{ member: `person-${YARA}` }]);
    expect(textsOf(await save({ id: 'form-2', person: YARA }))).toContain('Staat op je lijst: Yara.');
  });

  it('asks whether somebody of Teams is who is on the list by name, and links them by that word alone', async () => {
    await save({ names: 'Yara' });
    const before = await here.everything();
    const typed = { id: 'form-2', person: YARA, personName: 'Yara' };
    const asked = await save(typed);
    expect(textsOf(asked)).toContain(AGREEMENT.problem.which);
    expect(filledIn(asked)).toMatchObject({ person: YARA, personName: 'Yara', rhythm: 'weekly' });
    expect(await here.everything()).toEqual(before);
    const { id } = (await member('Yara')) ?? aMember();
    await save({ ...typed, sameAs: id });
    expect(await members()).toHaveLength(2);
    expect(await member('Yara')).toMatchObject({ id, person: YARA });
    expect(await here.own.stores.about.of(TENANT, YARA)).toMatchObject([{ member: id }]);
  });

  it('gives the names back on lines of their own, or as an older form had them, with all that was filled in', async () => {
    const back = await save({ names: 'Joris en Piet' });
    expect(filledIn(back)).toMatchObject({ names: 'Joris\nPiet' });
    expect(textsOf(back)).toContain(AGREEMENT.problem.split);
    await save({ ...dataOf(back, 'coffee.save'), ...filledIn(back) });
    expect((await members()).map(({ name }) => name)).toEqual(expect.arrayContaining(['Joris', 'Piet']));
    await afresh();
    {
      const old = { id: undefined, names: 'Anouk', person: '', rhythm: 'quarterly' };
      const back = await save(old);
      expect(filledIn(back)).toMatchObject({ names: 'Anouk', rhythm: 'quarterly' });
      expect(await members()).toHaveLength(1);
      await save({ ...dataOf(back, 'coffee.save'), ...filledIn(back) });
      expect(await member('Anouk')).toMatchObject({ rhythm: 'quarterly' });
    }
  });
});

describe('one person on the coffee list', () => {
  let anouk: Member;
  const afreshInside = setUpEach(
    async () => {
      await save({ names: 'Anouk' });
      anouk = (await member('Anouk')) ?? aMember();
    },
    undefined,
    afresh,
  );
  type Act = 'coffee.done' | 'coffee.skip' | 'coffee.move' | 'coffee.pause' | 'coffee.rhythm' | 'coffee.stop';
  const INPUTS: Readonly<Record<Act, Inputs>> = {
    'coffee.done': {},
    'coffee.skip': { planned: '2027-01-19' },
    'coffee.move': { day: '2027-02-01' },
    'coffee.pause': { until: '2027-03-01' },
    'coffee.rhythm': { rhythm: 'quarterly' },
    'coffee.stop': {},
  };
  const act = (verb: Act, managers?: Managers, inputs: Inputs = INPUTS[verb], who: Partial<Turn> = {}) => {
    // The table holds for each verb the handler of its payload; the pair is lost on the way through a union.
    const handle = coffeeOver(managers)[verb] as (turn: Press<Act>) => ReturnType<typeof save>;
    return handle(aPress(verb, { id: anouk.id, version: anouk.version, ...inputs }, who));
  };
  const NOTICES: Readonly<Record<Act, string>> = {
    'coffee.done': 'Mooi. De volgende keer met Anouk is',
    'coffee.skip': 'Overgeslagen. De volgende keer is dinsdag 26 januari 2027.',
    'coffee.move': 'Verzet naar maandag 1 februari 2027.',
    'coffee.pause': 'Tot maandag 1 maart 2027 hoor je niets over Anouk.',
    'coffee.rhythm': 'Aangepast. De volgende keer is',
    'coffee.stop': 'Anouk staat niet meer op je koffielijst.',
  };
  const ACTS = Object.keys(NOTICES) as Act[];

  /** Managers of whom something else is written just before this turn writes. */
  function beaten(first: () => Promise<unknown>): Managers {
    const { managers } = here.own.stores;
    return {
      ...managers,
      async changeMember(...given) {
        await first();
        return managers.changeMember(...given);
      },
    };
  }

  it('is done when it is, however often and at once it is pressed, in at most six requests', async () => {
    expect(
      await faultsOf(
        ACTS,
        async (verb) => {
          const all = await Promise.all(Array.from({ length: 4 }, () => act(verb)));
          for (const reply of [...all, await act(verb)])
            expect(textsOf(reply).join('\n')).toContain(NOTICES[verb]);
          // The reminder of before is dropped when it comes due.
          expect((await coffees()).length).toBeLessThanOrEqual(2);
        },
        afreshInside,
      ),
    ).toEqual([]);
    await afreshInside();
    for (const verb of ACTS.slice(0, 1)) expect(await here.cost(() => act(verb))).toBeLessThanOrEqual(6);
  });

  it('is not said to be done when something else came first, and keeps what was filled in', async () => {
    expect(
      await faultsOf(
        ACTS,
        async (verb) => {
          const other = verb === 'coffee.move' ? 'coffee.pause' : 'coffee.move';
          const reply = await act(
            verb,
            beaten(() => act(other)),
          );
          expect(textsOf(reply)).toContain(WORDS.outdated);
          expect(textsOf(reply).join('\n')).not.toContain(NOTICES[verb]);
          const { planned: _carried, ...typed } = INPUTS[verb];
          expect(filledIn(reply)).toMatchObject(typed);
          expect(await member('Anouk')).toMatchObject({
            nextDay: verb === 'coffee.move' ? '2027-03-01' : '2027-02-01',
          });
        },
        afreshInside,
      ),
    ).toEqual([]);
  });

  it('keeps the rhythm and asks again when the one that was sent is none', async () => {
    const reply = await act('coffee.rhythm', undefined, { rhythm: 'Elk jaar' });
    expect(textsOf(reply)).toContain(AGREEMENT.problem.choose);
    expect(filledIn(reply)).toMatchObject({ rhythm: '' });
    await act('coffee.rhythm', undefined, { rhythm: 'Elk kwartaal' });
    expect(await member('Anouk')).toMatchObject({ rhythm: 'quarterly' });
  });

  it('is had on the person’s own day, and may be moved to their own tomorrow', async () => {
    const found = await here.own.stores.people.get(TENANT, MANAGER);
    if (found === null) throw new Error('nobody');
    await here.own.stores.people.change({ ...found.record, zone: 'America/Paramaribo' }, found.etag);
    // Wednesday in Amsterdam, still Tuesday the 12th in Paramaribo.
    const night = { now: '2027-01-13T01:30:00.000Z' };
    await act('coffee.move', undefined, { day: '2027-01-13' }, night);
    expect(await member('Anouk')).toMatchObject({ nextDay: '2027-01-13' });
    await act('coffee.done', undefined, { version: 2 }, night);
    expect(await member('Anouk')).toMatchObject({ lastDay: '2027-01-12' });
  });

  it('that is not on the list any more is gone for all but taking off', async () => {
    await act('coffee.stop');
    for (const verb of ACTS.filter((one) => one !== 'coffee.stop')) {
      expect(textsOf(await act(verb)).join('\n')).toContain(WORDS.gone);
    }
  });
});

describe('coffee by words', () => {
  const open = (text: string) => coffeeOver().open(aTurn({ said: { kind: 'text', text } }));

  it('opens the form with who is on the list without coffee chosen there, and takes no word for a name that is none', async () => {
    const reply = await open('elke week koffie met sanne');
    expect(titleOf(reply)).toBe(WORDS.addTitle);
    expect(filledIn(reply)).toMatchObject({ known: aMember().id, names: '', rhythm: 'weekly' });
    await afresh();
    expect(
      await faultsOf(
        ['Koffie elke week', 'Elke week koffie met het team', 'Kan ik elke twee weken koffie plannen'],
        async (text) => {
          expect(filledIn(await open(text))).toMatchObject({ known: '', names: '' });
        },
        afresh,
      ),
    ).toEqual([]);
  });
});
