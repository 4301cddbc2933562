import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLeaver, type Leaver } from '../../../../bot/features/leaver/leaver.handler.js';
import { screenNothing } from '../../../../bot/screening.js';
import { newMember } from '../../../../bot/store/managers.js';
import { openStores } from '../../../../bot/store/stores.js';
import type { Tables } from '../../../../bot/store/tables.js';
import type { Turn } from '../../../../bot/turn.js';
import { wordsIn } from '../../../../cards/content/words.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  EMPLOYEE,
  TENANT,
} from '../../../support/records.js';
import { MILA, openSending, type Sending } from '../../../support/sending.js';
import { stoppingAt } from '../../../support/stopping-tables.js';
import { aPress, filledIn, textsOf, titleOf, verbsOf } from '../../../support/turns.js';

const { leaver: WORDS } = wordsIn('nl');
const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const AHMED = { tenant: TENANT, person: 'd4d4d4d4-0000-4000-8000-000000000004' };
/** In the same shard of the due hours as Sanne. */
const BO = `${EMPLOYEE.charAt(0)}5e5e5e5-0000-4000-8000-000000000005`;
const NOW = '2027-01-11T10:00:00.000Z';
const LATER = '2027-01-11T10:30:00.000Z';
const HANNA: Partial<Turn> = { person: HR, name: 'Hanna van HR', now: NOW };

const ALL = ['second', 'with-bo', 'with-kim', 'with-ahmed', 'closed'];

let house: Sending;
beforeEach(async () => {
  house = await openSending();
  await fill(house);
});
afterEach(() => house.own.drop());

/**
 * Mila has agreements with Sanne, with Bo, with somebody whose name was only typed, and with Ahmed, who is to be her
 * successor; one that is closed; somebody to have coffee with, and a moment.
 */
async function fill({ stores }: Sending, wanted: readonly string[] = ALL): Promise<void> {
  for (const [person, conversation] of [
    [EMPLOYEE, 'a:2'],
    [BO, 'a:5'],
    [AHMED.person, 'a:4'],
  ] as const)
    await stores.people.add(aPerson({ person, reference: aReference({ conversation }) }));
  const bo = newMember(`person-${BO}`, 'Bo', BO);
  const ahmed = newMember(`person-${AHMED.person}`, 'Ahmed', AHMED.person);
  const kim = newMember('name-1', 'Kim', null);
  const { managers } = stores;
  for (const [id, who, changes] of [
    ['second', aMember(), { nextDay: '2027-02-02' }],
    ['with-bo', bo, { initiative: 'employee' }],
    ['with-kim', kim, { answer: 'not-shared' }],
    ['with-ahmed', ahmed, {}],
    ['closed', aMember(), { status: 'closed' }],
  ] as const) {
    const whom = { member: who.id, memberName: who.name, employee: who.person };
    if (wanted.includes(id)) await managers.addAgreement(MILA, who, anAgreement({ id, ...whom, ...changes }));
  }
  await managers.addMoment(MILA, aMember(), {
    id: 'moment-1',
    member: aMember().id,
    memberName: 'Sanne',
    kind: 'start',
    from: '2027-03-01',
    until: null,
    contact: false,
    status: 'open',
    createdAt: NOW,
    changedAt: NOW,
    version: 1,
  });
  for (const [id, employee] of [
    ['agreement-1', EMPLOYEE],
    ['second', EMPLOYEE],
    ['with-bo', BO],
    ['with-ahmed', AHMED.person],
  ] as const)
    if (id === 'agreement-1' || wanted.includes(id))
      await stores.about.point(TENANT, employee, { manager: MILA.person, agreement: id, since: NOW });
  await stores.reminders.planAll([
    aNewReminder(),
    aNewReminder({ kind: 'landed', occasion: '2027-01-08', due: '2027-01-13T08:00:00.000Z' }),
    aNewReminder({ subject: 'with-bo' }),
    aNewReminder({ subject: 'with-bo', kind: 'evaluation-initiative', person: BO }),
  ]);
}

function leaverOn(tables: Tables = house.own.tables): Leaver {
  const zone = 'Europe/Amsterdam';
  const around = { screen: screenNothing, newId: randomUUID, zone };
  return createLeaver({ ...openStores(tables), ...around });
}
const FORM = { leaver: MILA.person, what: 'move', successor: AHMED.person, name: 'Ahmed Yilmaz' };
const MOVE = { leaver: MILA.person, successor: AHMED.person, name: 'Ahmed Yilmaz' };
const move = (on = leaverOn(), who: Partial<Turn> = HANNA) =>
  on['leaver.move'](aPress('leaver.move', MOVE, who));
const remove = (on = leaverOn(), who: Partial<Turn> = HANNA) =>
  on['leaver.delete'](aPress('leaver.delete', { leaver: MILA.person }, who));
const ask = (data: object, who: Partial<Turn> = HANNA) =>
  leaverOn()['leaver.ask'](aPress('leaver.ask', { ...FORM, ...data }, who));

/** What the tables hold in the end of what people notice, however it came about. */
async function outcome() {
  const { stores } = house;
  const audited = await Promise.all(
    ['agreement-1', 'second', 'with-bo', 'with-kim', 'with-ahmed', 'moment-1', 'closed'].map(async (id) => [
      id,
      (await stores.audit.of(TENANT, id)).length > 0,
    ]),
  );
  const { about = [], audit = [] } = await house.own.dump();
  // A place on a list is noted as well, under a number and never under whose place it is.
  const places = audit.filter(({ record }) => !audited.some(([id]) => id === record));
  expect(JSON.stringify(places.map(({ record }) => record))).not.toMatch(new RegExp(`${EMPLOYEE}|${BO}`));
  return {
    mila: await stores.managers.everything(MILA),
    ahmed: await stores.managers.everything(AHMED),
    pointers: about.map(({ partitionKey, rowKey }) => `${partitionKey} ${rowKey}`).sort(),
    audited,
    places: places.length > 0,
  };
}

/** What people get in the next days, the reminders being run each morning: to whom and what it says at the top. */
async function messages(): Promise<string[]> {
  for (const at of [LATER, '2027-01-12T08:00:00.000Z', '2027-01-13T08:00:00.000Z']) await house.remind(at);
  return house.teams.sent
    .map(({ reference, card }) => `${reference.conversation} ${titleOf({ kind: 'card', card })}`)
    .sort();
}

const CARDS_AFTER_MOVE = [
  'a:2 Je afspraken met Mila de Wit gaan verder met Ahmed Yilmaz',
  'a:2 Je afspraken met Mila de Wit gaan verder met Ahmed Yilmaz',
  'a:4 Je afspraken met Mila de Wit zijn verwijderd',
  'a:4 Jij gaat verder met de afspraken van Mila de Wit',
  'a:5 Je afspraken met Mila de Wit gaan verder met Ahmed Yilmaz',
];
const CARDS_AFTER_DELETE = ['a:2', 'a:4', 'a:5'].map(
  (who) => `${who} Je afspraken met Mila de Wit zijn verwijderd`,
);

describe('leaver: the form and the question', () => {
  it('asks to be sure, with the name of who leaves and whether there are agreements, and nothing more', async () => {
    const before = await house.own.dump();
    const reply = await ask({});
    expect(titleOf(reply)).toBe(WORDS.askTitle);
    expect(textsOf(reply)).toEqual(expect.arrayContaining(['Wie vertrekt: Mila de Wit', WORDS.open]));
    expect(textsOf(reply).join(' ')).not.toMatch(/Sanne|Bo|Kim|klantvragen|\d/);
    expect(verbsOf(reply)).toEqual(['leaver.move', 'leaver.show']);
    expect(await house.own.dump()).toEqual(before);
  });

  it('says that nothing is open of somebody who has nothing', async () => {
    const reply = await ask({ leaver: BO });
    expect(textsOf(reply)).toEqual(expect.arrayContaining([WORDS.whoUnknown, WORDS.none]));
  });

  it('asks for deleting where that was chosen', async () => {
    const reply = await ask({ what: 'delete', successor: '', name: '' });
    expect(textsOf(reply)).toContain(WORDS.deleteText);
    expect(verbsOf(reply)).toEqual(['leaver.delete', 'leaver.show']);
  });

  it('gives the form back filled in, with what is wrong beside the field', async () => {
    const reply = await ask({ successor: MILA.person, name: '' });
    expect(titleOf(reply)).toBe(WORDS.title);
    expect(textsOf(reply)).toEqual(expect.arrayContaining([WORDS.problem.same, WORDS.problem.name]));
    expect(filledIn(reply)).toMatchObject({ leaver: MILA.person, successor: MILA.person, what: 'move' });
  });

  it('takes no payload made by hand that the form would not have let through', async () => {
    const before = await house.own.dump();
    const same = { ...MOVE, successor: MILA.person };
    expect(titleOf(await leaverOn()['leaver.move'](aPress('leaver.move', same, HANNA)))).toBe(WORDS.title);
    expect(await house.own.dump()).toEqual(before);
  });

  it('finds nobody of another organisation', async () => {
    const before = await house.own.dump();
    const elsewhere = { ...HANNA, tenant: 'another' };
    expect(textsOf(await ask({}, elsewhere))).toContain(WORDS.none);
    await remove(leaverOn(), elsewhere);
    expect(await house.own.dump()).toEqual(before);
  });
});

describe('leaver: handing over', () => {
  it('brings every open agreement to who goes on, with its people, pointers and reminders', async () => {
    const reply = await move();
    expect(titleOf(reply)).toBe(WORDS.movedDoneTitle);
    const { mila, ahmed, pointers, audited, places } = await outcome();
    expect(places).toBe(true);
    expect(mila.agreements.map(({ id }) => id)).toEqual(['closed']);
    expect([mila.members, mila.moments]).toEqual([[], []]);
    expect(ahmed.agreements.map(({ id }) => id).sort()).toEqual([
      'agreement-1',
      'second',
      'with-bo',
      'with-kim',
    ]);
    for (const agreement of ahmed.agreements) {
      expect(agreement).toMatchObject({ managerName: 'Ahmed Yilmaz', movedFrom: 'Mila de Wit', version: 2 });
    }
    expect(ahmed.members.map(({ name }) => name).sort()).toEqual(['Bo', 'Kim', 'Sanne']);
    expect(pointers).toEqual(
      [
        [EMPLOYEE, 'agreement-1'],
        [EMPLOYEE, 'second'],
        [BO, 'with-bo'],
      ].map(([employee, id]) => `${TENANT}|${employee} ${AHMED.person}|${id}`),
    );
    expect(audited.filter(([, found]) => !found)).toEqual([['closed', false]]);
    const [entry] = await house.stores.audit.of(TENANT, 'second');
    expect(entry).toMatchObject({
      at: NOW,
      who: HR,
      did: 'leaver.move',
      record: 'second',
      manager: MILA.person,
    });
  });

  it('keeps the name that the next manager has for somebody, and their coffees', async () => {
    const own = { ...aMember(), name: 'San', rhythm: 'weekly' as const, nextDay: '2027-01-19', coffees: 3 };
    await house.stores.managers.putMembers(AHMED, [own]);
    await move();
    const { members } = await house.stores.managers.everything(AHMED);
    expect(members).toContainEqual(own);
  });

  it('tells each employee, and who goes on; what was planned for who left is dropped', async () => {
    await move();
    const sent = await messages();
    expect(sent.filter((line) => /afspraken (met|van) Mila/.test(line))).toEqual(CARDS_AFTER_MOVE);
    // Three evaluations on the 12th, to Ahmed in one digest; nothing to Mila any more.
    expect(sent.filter((line) => line.startsWith('a:1 '))).toEqual([]);
    expect(sent.filter((line) => line.startsWith('a:4 ') && /klaar/.test(line))).toHaveLength(1);
    expect((await house.due()).filter(({ manager }) => manager === MILA.person)).toEqual([]);
  });

  it('lets who takes the initiative hear of the evaluation from the next manager, once they have seen it', async () => {
    await house.stores.managers.changeAgreement(
      MILA,
      { ...(await house.agreement('with-bo'))!, nextDay: '2027-01-26' },
      '*',
    );
    await move();
    await messages();
    expect(await house.due()).toContainEqual(
      expect.objectContaining({
        kind: 'evaluation-initiative',
        person: BO,
        manager: AHMED.person,
        subject: 'with-bo',
        due: '2027-01-26T08:00:00.000Z',
      }),
    );
    const seen = await house.stores.managers.agreement(AHMED, 'with-bo');
    expect(seen?.record.answer).toBe('shared');
  });

  it('passes on what an employee asked to have removed, to be answered by the same day', async () => {
    const removal = { askedAt: '2027-01-08T12:00:00.000Z', by: '2027-02-08', answeredAt: null, kept: null };
    await house.changeAgreement({ removal });
    await move();
    const moved = await house.stores.managers.agreement(AHMED, 'agreement-1');
    expect(moved?.record.removal).toEqual(removal);
    const about = { subject: 'agreement-1', manager: AHMED.person, occasion: removal.askedAt };
    const planned = await house.due();
    for (const [kind, person] of [
      ['removal-asked', AHMED.person],
      ['removal-due', AHMED.person],
      ['removal-late', EMPLOYEE],
    ])
      expect(planned).toContainEqual(expect.objectContaining({ ...about, kind, person }));
  });

  it.each([
    ['moved', () => move(), 'closed'],
    ['deleted', () => remove(), 'closed'],
    ['deleted', () => remove(), 'open'],
  ] as const)(
    'when all is %s, gives what an employee asked to have removed as they asked (%s)',
    async (_what, act, status) => {
      const removal = { askedAt: '2027-01-08T12:00:00.000Z', by: '2027-02-08', answeredAt: null, kept: null };
      await house.changeAgreement({ removal, status });
      await act();
      const { agreements } = await house.stores.managers.everything(MILA);
      expect(agreements.map(({ id }) => id)).not.toContain('agreement-1');
      const pointers = await house.stores.about.of(TENANT, EMPLOYEE);
      const pointer = pointers.find(({ agreement }) => agreement === 'agreement-1');
      expect(pointer?.removed).toEqual({
        askedAt: removal.askedAt,
        at: NOW,
        managerName: 'Mila de Wit',
      });
      expect(await house.due()).toContainEqual(
        expect.objectContaining({ kind: 'removal-granted', person: EMPLOYEE, former: 'Mila de Wit' }),
      );
      expect(await house.stores.audit.of(TENANT, 'agreement-1')).toHaveLength(1);
    },
  );

  it('reminds of an evaluation of which the day has passed, at once', async () => {
    const late = { ...HANNA, now: '2027-01-20T10:00:00.000Z' };
    await move(leaverOn(), late);
    const moved = await house.stores.managers.agreement(AHMED, 'with-kim');
    expect(moved?.record.remindAt).toBe(late.now);
    expect(await house.due(late.now)).toContainEqual(
      expect.objectContaining({ kind: 'evaluation', person: AHMED.person, subject: 'with-kim' }),
    );
  });

  it('leaves what is changed at the very moment, says so, and completes it when asked again', async () => {
    const { managers } = house.stores;
    const stores = openStores(house.own.tables);
    const on = createLeaver({
      ...stores,
      managers: {
        ...stores.managers,
        async addAgreement(...args) {
          const record = await house.agreement('second');
          if (args[2].id === 'second' && record !== undefined)
            await managers.changeAgreement(MILA, { ...record, answer: 'confirmed' }, '*');
          return stores.managers.addAgreement(...args);
        },
      },
      screen: screenNothing,
      newId: randomUUID,
      zone: 'Europe/Amsterdam',
    });
    const reply = await move(on);
    expect(titleOf(reply)).toBe(WORDS.leftTitle);
    expect(verbsOf(reply)).toContain('leaver.move');
    expect((await managers.everything(MILA)).agreements.map(({ id }) => id).sort()).toEqual([
      'closed',
      'second',
    ]);
    expect(titleOf(await move())).toBe(WORDS.movedDoneTitle);
    expect((await managers.everything(MILA)).agreements.map(({ id }) => id)).toEqual(['closed']);
  });
});

describe('leaver: deleting', () => {
  it('removes every open agreement with its reminders and pointers, coffees and moments', async () => {
    expect(titleOf(await remove())).toBe(WORDS.deletedDoneTitle);
    const { mila, ahmed, pointers, audited, places } = await outcome();
    expect(places).toBe(true);
    expect(mila).toMatchObject({ members: [], moments: [] });
    expect(mila.agreements.map(({ id }) => id)).toEqual(['closed']);
    expect(ahmed).toMatchObject({ agreements: [], members: [] });
    expect(pointers).toEqual([]);
    expect(audited.filter(([, found]) => !found)).toEqual([['closed', false]]);
    expect((await house.due()).map(({ kind }) => kind)).toEqual(Array(3).fill('agreements-deleted'));
  });

  it('tells each employee once, however many agreements there were', async () => {
    await remove();
    expect(await messages()).toEqual(CARDS_AFTER_DELETE);
    expect(await house.due()).toEqual([]);
  });
});

/** More than either writes. */
const MOST_WRITES = 40;

/** Of each thing one: an agreement that can be handed over, one that cannot, somebody on the list, and a moment. */
const FEW = ['with-ahmed'];

describe.each([
  ['handing over', move, CARDS_AFTER_MOVE.slice(1, 4)],
  ['deleting', remove, CARDS_AFTER_DELETE.slice(0, 2)],
] as const)('leaver: whatever write %s dies at', (_what, act, cards) => {
  /** What there is when all was sent; but for the instant at which it was done. */
  const inTheEnd = async () => {
    const sent = (await messages()).filter((line) => /afspraken (met|van) Mila/.test(line));
    const { mila, ahmed, ...rest } = await outcome();
    const agreements = ahmed.agreements.map(({ changedAt: _changedAt, ...agreement }) => agreement);
    return { sent, mila, ahmed: { ...ahmed, agreements }, ...rest };
  };

  it('doing it again comes to the same, and nobody is told twice', { timeout: 120_000 }, async () => {
    await house.own.drop();
    house = await openSending();
    await fill(house, FEW);
    await act();
    const undisturbed = await inTheEnd();
    expect(undisturbed.sent).toEqual(cards);
    let count = 0;
    for (let died = true; died; ) {
      count += 1;
      await house.own.drop();
      house = await openSending();
      await fill(house, FEW);
      const mortal = leaverOn(stoppingAt(house.own.tables, count));
      died = await act(mortal).then(
        () => false,
        () => true,
      );
      const { mila, ahmed } = await outcome();
      const ids = new Set([...mila.agreements, ...ahmed.agreements].map(({ id }) => id));
      // Handed over, nothing is ever nowhere.
      if (act === move) expect(ids.size, `died before write ${count}`).toBeGreaterThanOrEqual(1);
      // Whatever was planned by then goes out before it is done again.
      await house.remind('2027-01-11T10:01:00.000Z');
      await act(leaverOn(), { ...HANNA, now: '2027-01-11T10:02:00.000Z' });
      expect(await inTheEnd(), `died before write ${count}`).toEqual(undisturbed);
    }
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(MOST_WRITES);
  });
});
