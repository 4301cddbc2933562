import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Handover } from '../../../bot/domain/handover-request.js';
import { askedFor } from '../../../bot/domain/handover-request.js';
import { newMember } from '../../../bot/domain/member.js';
import type { Moment } from '../../../bot/domain/moment.js';
import type { Managers } from '../../../bot/store/managers.js';
import { openStores } from '../../../bot/store/stores.js';
import type { Tables } from '../../../bot/store/tables/tables.js';
import { carryOut } from '../../../jobs/handover/carry-out.js';
import { stoppingAt } from '../../support/azure/dying-tables.js';
import { faultsOf } from '../../support/faults.js';
import { MILA, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aMoment,
  aMomentRequest,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  EMPLOYEE,
  TENANT,
} from '../../support/sample-records.js';
import { titleOf } from '../../support/sample-turns.js';
import { setUpEach } from '../../support/set-up.js';

const HR = 'c3c3c3c3-0000-4000-8000-000000000003';
const AHMED = { tenant: TENANT, person: 'd4d4d4d4-0000-4000-8000-000000000004' };
/** In the same shard of the due hours as Sanne. */
const BO = `${EMPLOYEE.charAt(0)}5e5e5e5-0000-4000-8000-000000000005`;
const NOW = '2027-01-11T10:00:00.000Z';
const LATER = '2027-01-11T10:30:00.000Z';
/** What Hanna of HR asked for. */
const MOVE: Handover = askedFor(
  {
    ...{ tenant: TENANT, id: 'request-1', leaver: MILA.person, leaverName: 'Mila de Wit', askedBy: HR },
    ...{ what: 'move', successor: AHMED.person, successorName: 'Ahmed Yilmaz' },
  },
  '2027-01-04T10:00:00.000Z',
);
const DELETE: Handover = { ...MOVE, what: 'delete', successor: null, successorName: '' };

type How = { tables?: Tables; now?: string; managers?: Managers; changes?: Partial<Handover> };

const ALL = ['second', 'with-bo', 'with-kim', 'with-ahmed', 'closed'];

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
    await fill(house);
  },
  () => house.own.drop(),
);

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
  await managers.addMoment(MILA, aMember(), momentOf('moment-1', aMember().id, 'Sanne'));
  for (const [id, employee] of [
    ['agreement-1', EMPLOYEE],
    ['second', EMPLOYEE],
    ['with-bo', BO],
    ['with-ahmed', AHMED.person],
  ] as const)
    if (id === 'agreement-1' || wanted.includes(id))
      await stores.about.index(TENANT, employee, { manager: MILA.person, agreement: id, since: NOW });
  await stores.reminders.planAll([
    aNewReminder(),
    aNewReminder({ kind: 'landed', occasion: '2027-01-08', due: '2027-01-13T08:00:00.000Z' }),
    aNewReminder({ subject: 'with-bo' }),
    aNewReminder({ subject: 'with-bo', kind: 'evaluation-initiative', person: BO }),
  ]);
}

function momentOf(id: string, member: string, memberName: string): Moment {
  return aMoment({
    ...{ id, member, memberName, kind: 'start', from: '2027-03-01', until: null, contact: false },
    ...{ request: null, status: 'open', createdAt: NOW, changedAt: NOW, version: 1 },
  });
}

function carry(handover: Handover, { tables = house.own.tables, now = NOW, managers, changes }: How = {}) {
  const stores = openStores(tables);
  const deps = {
    ...stores,
    managers: managers ?? stores.managers,
    newId: randomUUID,
    zone: 'Europe/Amsterdam',
  };
  return carryOut(deps, { handover: { ...handover, ...changes }, now });
}
const move = (how?: How) => carry(MOVE, how);
const remove = (how?: How) => carry(DELETE, how);
const ALL_DONE = { left: false, leftOwn: false };

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
    mila: await stores.managers.records(MILA),
    ahmed: await stores.managers.records(AHMED),
    pointers: await leading(about),
    audited,
    places: places.length > 0,
  };
}

/** Pointers to records that are there: what a crash leaves behind beside those goes at night. */
async function leading(about: readonly Record<string, unknown>[]): Promise<string[]> {
  const found: string[] = [];
  for (const { partitionKey, rowKey, manager, agreement } of about) {
    const to = { tenant: TENANT, person: String(manager) };
    const kept = await house.stores.managers.agreement(to, String(agreement));
    if (kept !== null) found.push(`${partitionKey} ${rowKey}`);
  }
  return found.sort();
}

/** What people get in the next days, the reminders being run each morning: to whom and what it says at the top. */
async function messages(): Promise<string[]> {
  for (const at of [LATER, '2027-01-12T08:00:00.000Z', '2027-01-13T08:00:00.000Z']) await house.remind(at);
  return house.teams.sent
    .map(({ reference, card }) => `${reference.conversation} ${titleOf({ kind: 'card', card })}`)
    .sort();
}

const CARDS_AFTER_MOVE = [
  'a:2 Ahmed Yilmaz neemt je afspraken met Mila de Wit over',
  'a:2 Ahmed Yilmaz neemt je afspraken met Mila de Wit over',
  'a:4 Je afspraken met Mila de Wit zijn verwijderd',
  'a:4 Jij neemt de afspraken van Mila de Wit over',
  'a:5 Ahmed Yilmaz neemt je afspraken met Mila de Wit over',
];
const CARDS_AFTER_DELETE = ['a:2', 'a:4', 'a:5'].map(
  (who) => `${who} Je afspraken met Mila de Wit zijn verwijderd`,
);

describe('leaver: handing over', () => {
  it('brings every open agreement to who goes on, with its people, pointers and reminders', async () => {
    expect(await move()).toEqual(ALL_DONE);
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
    const { members } = await house.stores.managers.records(AHMED);
    expect(members).toContainEqual(own);
  });

  it('tells each employee and who goes on, and lets who takes the initiative hear of the evaluation once they have seen it', async () => {
    await move();
    const sent = await messages();
    expect(sent.filter((line) => /afspraken (met|van) Mila/.test(line))).toEqual(CARDS_AFTER_MOVE);
    // Three evaluations on the 12th, to Ahmed in one digest; nothing to Mila any more.
    expect(sent.filter((line) => line.startsWith('a:1 '))).toEqual([]);
    expect(sent.filter((line) => line.startsWith('a:4 ') && /klaar/.test(line))).toHaveLength(1);
    expect((await house.due()).filter(({ manager }) => manager === MILA.person)).toEqual([]);
    await afresh();
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

  it('gives what an employee asked to have removed as they asked, whatever is done', async () => {
    expect(
      await faultsOf(
        [
          ['moved', () => move(), 'closed'],
          ['deleted', () => remove(), 'closed'],
          ['deleted', () => remove(), 'open'],
        ] as const,
        async (_what, act, status) => {
          const removal = {
            askedAt: '2027-01-08T12:00:00.000Z',
            by: '2027-02-08',
            answeredAt: null,
            kept: null,
          };
          await house.changeAgreement({ removal, status });
          await act();
          const { agreements } = await house.stores.managers.records(MILA);
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
        afresh,
      ),
    ).toEqual([]);
  });

  it('reminds of an evaluation of which the day has passed, at once', async () => {
    const now = '2027-01-20T10:00:00.000Z';
    await move({ now });
    const moved = await house.stores.managers.agreement(AHMED, 'with-kim');
    expect(moved?.record.remindAt).toBe(now);
    expect(await house.due(now)).toContainEqual(
      expect.objectContaining({ kind: 'evaluation', person: AHMED.person, subject: 'with-kim' }),
    );
  });

  it('takes along what the employee says at the very moment', async () => {
    const { managers } = openStores(house.own.tables);
    const answered = {
      answer: 'change-asked' as const,
      answeredAt: LATER,
      changeAsked: { subjects: ['days' as const], note: '', askedAt: LATER, handledAt: null, reply: null },
    };
    const crossing: Managers = {
      ...managers,
      async addAgreement(...args) {
        const record = await house.agreement('second');
        if (args[2].id === 'second' && record !== undefined)
          await managers.changeAgreement(MILA, { ...record, ...answered }, '*');
        return managers.addAgreement(...args);
      },
    };
    expect(await move({ managers: crossing })).toEqual(ALL_DONE);
    expect((await managers.records(MILA)).agreements.map(({ id }) => id)).toEqual(['closed']);
    const { changeAsked } = answered;
    expect((await managers.agreement(AHMED, 'second'))?.record).toMatchObject({ changeAsked });
    const news = { kind: 'agreement-answered', person: AHMED.person, subject: 'second' };
    expect(await house.due()).toContainEqual(expect.objectContaining(news));
  });

  it('leaves what is changed again and again, with the coffees and moments, for the next night', async () => {
    const { managers } = openStores(house.own.tables);
    const busy: Managers = {
      ...managers,
      removeAgreement: async (manager, id, etag) =>
        id === 'second' ? 'conflict' : managers.removeAgreement(manager, id, etag),
    };
    expect(await move({ managers: busy })).toEqual({ left: true, leftOwn: false });
    const { agreements, members, moments } = await managers.records(MILA);
    expect(agreements.map(({ id }) => id).sort()).toEqual(['closed', 'second']);
    expect([members.length > 0, moments.length]).toEqual([true, 1]);
    expect(await move({ now: '2027-01-12T03:30:00.000Z' })).toEqual(ALL_DONE);
    expect(await managers.records(MILA)).toMatchObject({ members: [], moments: [] });
    expect((await managers.records(AHMED)).agreements).toHaveLength(4);
  });

  it('loses and leaves nothing half-way where the next manager has another of the same number or a record cannot be read', async () => {
    const { managers } = house.stores;
    const another = anAgreement({ id: 'second', employee: null, createdAt: '2026-01-01T09:00:00.000Z' });
    await managers.addAgreement(AHMED, newMember('name-9', 'Kees', null), another);
    expect(await move()).toEqual({ left: true, leftOwn: false });
    expect(await house.agreement('second')).toMatchObject({ employee: EMPLOYEE });
    expect((await managers.agreement(AHMED, 'second'))?.record).toEqual(another);
    await afresh();
    const broken = { partitionKey: `${TENANT}|${MILA.person}`, rowKey: 'agreement|odd', status: 'odd' };
    await house.own.tables.table('managers').upsert(broken);
    expect(await move()).toEqual({ left: true, leftOwn: false });
    expect((await house.stores.managers.records(MILA)).moments).toHaveLength(1);
  });
});

describe('leaver: when all is moved or deleted', () => {
  it('what is about somebody of HR who decides on it stays where it is, with their place and what was planned', async () => {
    expect(
      await faultsOf(
        [
          ['moved, asked for by them', move, { askedBy: BO }],
          ['moved, confirmed by them', move, { confirmedBy: BO }],
          ['deleted, asked for by them', remove, { askedBy: BO }],
          ['deleted, confirmed by them', remove, { confirmedBy: BO }],
        ] as const,
        async (_how, act, changes) => {
          const { managers } = house.stores;
          const bo = newMember('place-of-bo', 'Bo', BO);
          await managers.addMoment(MILA, bo, momentOf('moment-of-bo', bo.id, 'Bo'));
          expect(await act({ changes })).toEqual({ left: false, leftOwn: true });
          const mila = await managers.records(MILA);
          expect(mila.agreements.map(({ id }) => id).sort()).toEqual(['closed', 'with-bo']);
          expect(mila.members.map(({ name }) => name)).toEqual(['Bo', 'Bo']);
          expect(mila.moments.map(({ id }) => id)).toEqual(['moment-of-bo']);
          const pointers = await house.stores.about.of(TENANT, BO);
          expect(pointers.map(({ agreement, manager }) => [agreement, manager])).toEqual([
            ['with-bo', MILA.person],
          ]);
          expect((await house.due()).filter(({ person }) => person === BO).map(({ kind }) => kind)).toEqual([
            'evaluation-initiative',
          ]);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('leaver: deleting', () => {
  it('removes every open agreement with its reminders and pointers, coffees and moments, and tells each employee once', async () => {
    expect(await remove()).toEqual(ALL_DONE);
    const { mila, ahmed, pointers, audited, places } = await outcome();
    expect(places).toBe(true);
    expect(mila).toMatchObject({ members: [], moments: [] });
    expect(mila.agreements.map(({ id }) => id)).toEqual(['closed']);
    expect(ahmed).toMatchObject({ agreements: [], members: [] });
    expect(pointers).toEqual([]);
    expect(audited.filter(([, found]) => !found)).toEqual([['closed', false]]);
    expect((await house.due()).map(({ kind }) => kind)).toEqual(Array(3).fill('agreements-deleted'));
    await afresh();
    await remove();
    expect(await messages()).toEqual(CARDS_AFTER_DELETE);
    expect(await house.due()).toEqual([]);
  });

  it('answers what an employee asked of a moment: it is gone, on their word', async () => {
    const { managers, about } = house.stores;
    const found = await managers.moment(MILA, 'moment-1');
    if (found === null) throw new Error('no moment');
    const request = aMomentRequest();
    await managers.changeMoment(MILA, { ...found.record, request }, found.etag);
    expect(await remove()).toEqual(ALL_DONE);
    expect(await about.of(TENANT, EMPLOYEE)).toMatchObject([
      { moment: 'moment-1', removed: { askedAt: request.askedAt, managerName: 'Mila de Wit' } },
    ]);
    expect((await house.due()).map(({ kind }) => kind)).toContain('moment-removed');
  });
});

/** More than either writes. */
const MOST_WRITES = 40;

/** Of each thing one: an agreement that can be handed over, one that cannot, somebody on the list, and a moment. */
const FEW = ['with-ahmed'];

describe('leaver: whatever write it dies at', () => {
  /** What there is when all was sent; but for the instant at which it was done. */
  const inTheEnd = async () => {
    const sent = (await messages()).filter((line) => /afspraken (met|van) Mila/.test(line));
    const { mila, ahmed, ...rest } = await outcome();
    const agreements = ahmed.agreements.map(({ changedAt: _changedAt, ...agreement }) => agreement);
    return { sent, mila, ahmed: { ...ahmed, agreements }, ...rest };
  };

  it.each([
    ['handing over', move, CARDS_AFTER_MOVE.slice(1, 4)],
    ['deleting', remove, CARDS_AFTER_DELETE.slice(0, 2)],
  ] as const)('%s again comes to the same, and nobody is told twice', async (_what, act, cards) => {
    const anew = async () => {
      await house.own.drop();
      house = await openSending();
      await fill(house, FEW);
    };
    await anew();
    await act();
    const undisturbed = await inTheEnd();
    expect(undisturbed.sent).toEqual(cards);
    let count = 0;
    for (let died = true; died; ) {
      count += 1;
      await anew();
      died = await act({ tables: stoppingAt(house.own.tables, count) }).then(
        () => false,
        () => true,
      );
      const { mila, ahmed } = await outcome();
      const ids = new Set([...mila.agreements, ...ahmed.agreements].map(({ id }) => id));
      // Handed over, nothing is ever nowhere.
      if (act === move) expect(ids.size, `died before write ${count}`).toBeGreaterThanOrEqual(1);
      // Whatever was planned by then goes out before it is done again.
      await house.remind('2027-01-11T10:01:00.000Z');
      await act({ now: '2027-01-11T10:02:00.000Z' });
      expect(await inTheEnd(), `died before write ${count}`).toEqual(undisturbed);
    }
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(MOST_WRITES);
  });
});
