import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handover } from '../../../bot/domain/handover-request.js';
import { newMember } from '../../../bot/domain/member.js';
import type { Moment } from '../../../bot/domain/moment.js';
import { defaultOrganisation } from '../../../bot/domain/organisation.js';
import { DEFAULT_RETENTION } from '../../../bot/domain/retention-periods.js';
import { FIGURES, type Tallies } from '../../../bot/store/figures.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import type { Tables } from '../../../bot/store/tables/tables.js';
import { createRetentionJob } from '../../../jobs/retention/retention.job.js';
import { MILA, openSending, SANNE, type Sending } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aMoment,
  aMomentRequest,
  anAgreement,
  aPerson,
  aReference,
  aReminder,
  EMPLOYEE,
  MUCH_LATER,
  TENANT,
} from '../../support/sample-records.js';
import { titleOf } from '../../support/sample-turns.js';

const NIGHT = '2028-02-10T03:00:00.000Z';
const CLOSED_AT = '2027-02-01T09:00:00.000Z';
/** A request of the last days before the term ends. */
const ASKED_LATE = {
  askedAt: '2028-02-05T09:00:00.000Z',
  by: '2028-03-06',
  answeredAt: null,
  kept: null,
};
const AWAY = { unreachableSince: '2027-01-01T09:00:00.000Z', unreachableWhy: 'uninstalled' };

let house: Sending;
beforeEach(async () => {
  house = await openSending();
  // It is still to be looked back on: nobody has to be asked about it.
  await house.changeAgreement({ nextDay: '2028-03-01' });
});
afterEach(() => house.own.drop());

function retain({
  at = NIGHT,
  dryRun = false,
  byHand = true,
  tables = house.own.tables as Tables,
  ...stores
}: { at?: string; dryRun?: boolean; byHand?: boolean; tables?: Tables } & Partial<Stores> = {}) {
  let ids = 0;
  const job = createRetentionJob({
    ...openStores(tables),
    ...stores,
    tables,
    log: house.instance().deps.log,
    newId: () => {
      ids += 1;
      return `${at}-${ids}`;
    },
    zone: 'Europe/Amsterdam',
    instance: 'one',
    monotonicNow: () => performance.now(),
    print: (line) => void house.told.push(line),
  });
  return job.run({ at, dryRun, byHand });
}

describe('retention', () => {
  it('removes a closed agreement after its term, with the pointer to it and the name that nothing needs', async () => {
    await house.changeAgreement({ status: 'closed', changedAt: CLOSED_AT });
    await house.stores.about.index(TENANT, EMPLOYEE, {
      manager: MILA.person,
      agreement: 'agreement-1',
      since: CLOSED_AT,
    });
    expect(await retain({ at: '2028-01-31T03:00:00.000Z' })).toMatchObject({ job: 'retention', dropped: 0 });
    expect(await retain()).toMatchObject({ dropped: 2, failed: 0 });
    const tables = await house.own.dump();
    expect(tables.managers ?? []).toEqual([]);
    expect(tables.about ?? []).toEqual([]);
    expect(await retain()).toMatchObject({ dropped: 0, failed: 0 });
  });

  it('forgets that something was removed on request as long after as who did what, and not before', async () => {
    const removedOn = (day: string) => ({
      askedAt: '2027-01-20T09:00:00.000Z',
      at: `${day}T09:00:00.000Z`,
      managerName: 'Mila de Wit',
    });
    const pointer = { manager: MILA.person, since: CLOSED_AT };
    for (const day of ['2027-02-09', '2027-02-11'])
      await house.stores.about.index(TENANT, EMPLOYEE, {
        ...pointer,
        agreement: `removed-${day}`,
        removed: removedOn(day),
      });
    expect(await retain({ dryRun: true })).toMatchObject({ dropped: 1 });
    expect(await retain()).toMatchObject({ dropped: 1, failed: 0 });
    const left = await house.stores.about.of(TENANT, EMPLOYEE);
    expect(left.map(({ agreement }) => agreement)).toEqual(['removed-2027-02-11']);
  });

  it('forgets the counts of a month that is shown no more, and not those that are', async () => {
    const none = { count: 0, managers: 0, people: 0 };
    const counted = Object.fromEntries(FIGURES.map((figure) => [figure, none])) as Tallies;
    for (const month of ['2027-01', '2027-02', '2028-01'])
      await house.stores.figures.put({ tenant: TENANT, month, closed: true, ...counted }, null);
    expect(await retain({ dryRun: true })).toMatchObject({ dropped: 1 });
    expect(await retain()).toMatchObject({ dropped: 1, failed: 0 });
    const left = await house.stores.figures.between(TENANT, '2020-01', '2030-01');
    expect(left.map(({ month }) => month)).toEqual(['2027-02', '2028-01']);
    expect((await house.stores.organisations.get(TENANT)).record.tenant).toBe(TENANT);
  });

  it('keeps what is open and what somebody has a coffee with', async () => {
    const drinks = {
      ...newMember('name-9', 'Anouk', null),
      rhythm: 'weekly' as const,
      nextDay: '2028-03-01',
    };
    await house.stores.managers.putMembers(MILA, [drinks]);
    expect(await retain()).toMatchObject({ dropped: 0 });
    const { agreements, members } = await house.stores.managers.records(MILA);
    expect([agreements.length, members.length]).toEqual([1, 2]);
  });

  it('leaves an entry of who and when for each record that went, and no word of it', async () => {
    await house.changeAgreement({ status: 'closed', changedAt: CLOSED_AT });
    await retain();
    expect(await house.stores.audit.of(TENANT, 'agreement-1')).toEqual([
      {
        at: NIGHT,
        who: 'retention',
        did: 'remove',
        record: 'agreement-1',
        kind: 'agreement',
        manager: MILA.person,
      },
    ]);
    expect(JSON.stringify((await house.own.dump()).audit)).not.toMatch(/Sanne|klantvragen/);
  });

  it('answers whoever still waits for an answer about what has its term behind it', async () => {
    await house.stores.people.add(
      aPerson({ person: SANNE.person, reference: aReference({ conversation: 'a:2' }) }),
    );
    await house.changeAgreement({ status: 'closed', changedAt: CLOSED_AT, removal: ASKED_LATE });
    const asked = { ...startOf(aMember().id, 'Sanne'), request: aMomentRequest(ASKED_LATE) };
    await house.stores.managers.addMoment(MILA, aMember(), asked);
    expect(await retain()).toMatchObject({ failed: 0 });
    const { agreements, moments } = await house.stores.managers.records(MILA);
    expect([agreements, moments]).toEqual([[], []]);
    const told = (await house.due(MUCH_LATER)).filter(({ person }) => person === SANNE.person);
    expect(told.map(({ kind }) => kind).sort()).toEqual(['moment-removed', 'removal-granted']);
    const pointers = await house.stores.about.of(TENANT, SANNE.person);
    expect(pointers.filter(({ removed }) => removed !== undefined)).toHaveLength(2);
  });

  it('keeps to the terms that an organisation chose', async () => {
    const terms = { ...DEFAULT_RETENTION, closedAgreementMonths: 24 };
    await house.stores.organisations.put({ ...defaultOrganisation(TENANT), terms }, null);
    await house.changeAgreement({ status: 'closed', changedAt: CLOSED_AT });
    expect(await retain()).toMatchObject({ dropped: 0 });
    expect(await retain({ at: '2029-02-01T03:00:00.000Z' })).toMatchObject({ dropped: 2 });
  });

  describe('when the terms of an organisation cannot be read', () => {
    /** The house's tables, in which the row with what HR chose is away. */
    const withoutTerms = (): Tables => {
      const { tables } = house.own;
      return {
        ...tables,
        table(name) {
          const table = tables.table(name);
          if (name !== 'organisation') return table;
          return {
            ...table,
            get: async (partition, row) => {
              if (partition === TENANT) throw new Error('503');
              return table.get(partition, row);
            },
          };
        },
      };
    };

    it('deletes nothing at all of it that night, and the next night what is due', async () => {
      await fillWithExpired(TENANT);
      const before = await house.own.dump();
      expect(await retain({ tables: withoutTerms() })).toMatchObject({ dropped: 0, failed: 1 });
      expect(await house.own.dump()).toEqual(before);
      expect(await retain()).toMatchObject({ failed: 0 });
      expect(await house.person(MILA)).toBeUndefined();
      const { managers = [], about = [], audit = [], nudges = [] } = await house.own.dump();
      expect([managers, about, nudges]).toEqual([[], [], []]);
      expect(audit.map(({ did }) => did)).not.toContain('agreement.save');
    });

    it('does its work for the other organisations', async () => {
      await fillWithExpired(TENANT);
      await fillWithExpired('another');
      await retain({ tables: withoutTerms() });
      const { nudges = [], audit = [] } = await house.own.dump();
      expect(nudges.map(({ partitionKey }) => partitionKey)).toEqual([`${TENANT}|${MILA.person}`]);
      expect(audit.filter(({ did }) => did === 'agreement.save')).toHaveLength(1);
      expect(await house.stores.people.get('another', MILA.person)).toBeNull();
    });

    it('says so loudly: in the log, in the result and in the state of health of that organisation', async () => {
      const now = new Date().toISOString();
      await house.changeAgreement({ status: 'closed', changedAt: CLOSED_AT });
      await retain({ at: now, byHand: false, tables: withoutTerms() });
      expect(house.logged.join()).toContain('"code":"terms-unknown"');
      const health = await house.stores.health.of('retention', MUCH_LATER);
      expect(health?.last).toMatchObject({ at: now, failed: 1, skipped: [TENANT] });
    });
  });

  it('deletes nothing at an instant that the tables do not bear out, unless an operator typed it', async () => {
    await fillWithExpired(TENANT);
    const before = await house.own.dump();
    expect(await retain({ byHand: false })).toMatchObject({ dropped: 0, failed: 1 });
    expect(house.logged.join()).toContain('"code":"clock-doubted"');
    expect({ ...(await house.own.dump()), health: [] }).toEqual({ ...before, health: [] });
    expect((await house.stores.health.of('retention', MUCH_LATER))?.last.at).not.toBe(NIGHT);
    const silent = { ...house.own.tables, serverTime: async () => null };
    const today = new Date().toISOString();
    expect(await retain({ at: today, byHand: false, tables: silent })).toMatchObject({ failed: 1 });
    expect((await retain({ byHand: true })).dropped).toBeGreaterThan(0);
  });

  it('forgets proofs and entries after their terms, and neither before', async () => {
    const prove = (day: string) =>
      house.stores.deliveries.record(TENANT, MILA.person, `digest|${day}`, {
        items: [],
        sentAt: `${day}T08:00:00.000Z`,
        activity: '1',
      });
    await prove('2027-11-11');
    await prove('2027-11-12');
    const entry = (at: string) =>
      house.stores.audit.add(TENANT, at, {
        at,
        who: MILA.person,
        did: 'agreement.save',
        record: 'x',
        kind: 'agreement',
        manager: MILA.person,
      });
    await entry('2027-01-31T09:00:00.000Z');
    await entry('2027-02-01T09:00:00.000Z');
    expect(await retain()).toMatchObject({ dropped: 2 });
    const { nudges = [], audit = [] } = await house.own.dump();
    expect(nudges.map(({ rowKey }) => rowKey)).toEqual(['digest_7c2027-11-12']);
    expect(audit).toHaveLength(1);
  });

  it('forgets who was away for half a year with what waits for them, and closes what they agreed on', async () => {
    await house.change(MILA, { unreachableSince: '2027-08-01T09:00:00.000Z', unreachableWhy: 'uninstalled' });
    await house.plan(aReminder());
    const [row] = await house.rowsDue();
    if (row?.reminder == null) throw new Error('nothing planned');
    await house.stores.reminders.waitAll([{ stored: row.stored, reminder: row.reminder }]);
    await house.stores.people.add(aPerson({ person: SANNE.person, unreachableSince: NIGHT }));
    expect(await retain({ at: '2028-01-27T03:00:00.000Z' })).toMatchObject({ dropped: 0 });
    expect(await retain()).toMatchObject({ dropped: 1, failed: 0 });
    expect(await house.person(MILA)).toBeUndefined();
    expect(await house.person(SANNE)).toBeDefined();
    expect(await house.waiting()).toEqual([]);
    expect(await house.agreement()).toMatchObject({ status: 'closed', changedAt: NIGHT });
  });

  describe('somebody away past the term', () => {
    const away = () => house.change(MILA, AWAY);

    it('goes with a list of any length', async () => {
      await away();
      const { managers } = house.stores;
      for (const part of [0, 1, 2])
        await managers.putMembers(
          MILA,
          Array.from({ length: 90 }, (_, at) => ({
            ...newMember(`name-${part}-${at}`, `Name ${part}-${at}`, null),
            rhythm: 'weekly' as const,
            nextDay: '2028-03-01',
          })),
        );
      expect(await retain()).toMatchObject({ failed: 0 });
      expect(await house.person(MILA)).toBeUndefined();
      await retain();
      const { members } = await managers.records(MILA);
      expect(members.map(({ name, rhythm }) => [name, rhythm])).toEqual([['Sanne', null]]);
    });

    it('lets those hear of it with whom something still ran, once', async () => {
      await away();
      const bo = newMember('name-2', 'Bo', null);
      const { managers } = house.stores;
      await managers.addAgreement(MILA, aMember(), anAgreement({ id: 'second' }));
      await managers.addAgreement(MILA, aMember(), anAgreement({ id: 'closed', status: 'closed' }));
      await managers.addAgreement(MILA, bo, anAgreement({ id: 'typed', member: bo.id, employee: null }));
      await house.stores.people.add(
        aPerson({ person: SANNE.person, reference: aReference({ conversation: 'a:2' }) }),
      );
      await retain();
      await house.remind('2028-02-10T10:00:00.000Z');
      expect(house.teams.sent.map(({ card }) => titleOf({ kind: 'card', card }))).toEqual([
        'Je afspraken met Mila de Wit zijn afgesloten',
      ]);
      expect(house.conversations()).toEqual(['a:2']);
    });

    it('lets whoever waits for an answer about a moment hear that it is gone', async () => {
      await away();
      await house.stores.people.add(
        aPerson({ person: SANNE.person, reference: aReference({ conversation: 'a:2' }) }),
      );
      await house.changeAgreement({ employee: null });
      const asked = { ...startOf(aMember().id, 'Sanne'), request: aMomentRequest() };
      await house.stores.managers.addMoment(MILA, aMember(), asked);
      expect(await retain()).toMatchObject({ failed: 0 });
      await house.remind('2028-02-10T10:00:00.000Z');
      expect(house.teams.sent.map(({ card }) => titleOf({ kind: 'card', card }))).toEqual([
        'Een moment over jou is verwijderd',
      ]);
      expect(house.conversations()).toEqual(['a:2']);
    });

    it('stays, and is told of loudly, while something of theirs cannot be closed', async () => {
      await away();
      const { managers } = house.stores;
      const changing = { ...managers, changeAgreement: async () => 'conflict' as const };
      expect(await retain({ managers: changing })).toMatchObject({ failed: 1 });
      expect(house.logged.join()).toContain('"code":"away-not-ended"');
      expect(await house.person(MILA)).toBeDefined();
      expect(await house.agreement()).toMatchObject({ status: 'open' });
      expect(await retain()).toMatchObject({ failed: 0 });
      expect(await house.person(MILA)).toBeUndefined();
    });

    it('goes although what they agreed on is changed at the very moment', async () => {
      await away();
      const { managers } = house.stores;
      let refusals = 2;
      const busy: typeof managers = {
        ...managers,
        async changeAgreement(...args) {
          refusals -= 1;
          return refusals >= 0 ? 'conflict' : managers.changeAgreement(...args);
        },
      };
      expect(await retain({ managers: busy })).toMatchObject({ failed: 0 });
      expect(await house.agreement()).toMatchObject({ status: 'closed' });
      expect(await house.person(MILA)).toBeUndefined();
    });

    it('stays where one of their records cannot be read, which may be open', async () => {
      await away();
      await house.own.tables
        .table('managers')
        .upsert({ partitionKey: `${TENANT}|${MILA.person}`, rowKey: 'moment|odd', kind: 'divorce' });
      expect(await retain()).toMatchObject({ failed: 1 });
      expect(await house.person(MILA)).toBeDefined();
    });

    it('keeps all that waits for them when they come back at that very moment', async () => {
      await away();
      const waiting = await waitingReminder();
      const { people } = house.stores;
      const back: typeof people = {
        ...people,
        async remove(...args) {
          await house.change(MILA, { unreachableSince: null, unreachableWhy: null });
          return people.remove(...args);
        },
      };
      expect(await retain({ people: back })).toMatchObject({ failed: 0 });
      expect(await house.person(MILA)).toMatchObject({ unreachableSince: null });
      expect(await house.waiting()).toEqual([waiting]);
      expect((await house.own.dump()).nudges).toHaveLength(1);
    });

    it('is not named by the audit trail for having been forgotten', async () => {
      await away();
      await retain();
      expect(await house.person(MILA)).toBeUndefined();
      expect(JSON.stringify((await house.own.dump()).audit)).not.toContain(MILA.person);
    });

    /** Something that waits for Mila, and a proof that something was sent to her. */
    async function waitingReminder() {
      await house.stores.deliveries.record(TENANT, MILA.person, 'digest|2028-02-09', {
        items: [],
        sentAt: '2028-02-09T08:00:00.000Z',
        activity: '1',
      });
      await house.plan(aReminder());
      const [row] = await house.rowsDue();
      if (row?.reminder == null) throw new Error('nothing planned');
      await house.stores.reminders.waitAll([{ stored: row.stored, reminder: row.reminder }]);
      return row.reminder;
    }
  });

  it('forgets news about nothing that waits for somebody who never was here, and what else waits it keeps', async () => {
    const old = '2027-01-04T09:00:00.000Z';
    const news = (kind: 'agreements-deleted' | 'agreement-shared', person: string, due = old) =>
      aReminder({ kind, person, due, former: 'Mila de Wit' });
    const wait = [
      news('agreements-deleted', EMPLOYEE),
      news('agreements-deleted', EMPLOYEE, NIGHT),
      news('agreements-deleted', MILA.person),
      news('agreement-shared', EMPLOYEE),
    ];
    await house.plan(...wait);
    for (const { stored, reminder } of await house.rowsDue())
      if (reminder !== null) await house.stores.reminders.waitAll([{ stored, reminder }]);
    expect(await retain({ dryRun: true })).toMatchObject({ dropped: 1 });
    expect(await retain()).toMatchObject({ dropped: 1, failed: 0 });
    expect((await house.waiting()).map(({ kind, person, due }) => [kind, person, due]).sort()).toEqual(
      [
        ['agreement-shared', EMPLOYEE, old],
        ['agreements-deleted', EMPLOYEE, NIGHT],
        ['agreements-deleted', MILA.person, old],
      ].sort(),
    );
  });

  it('forgets what was asked for when a manager left, a while after it was over', async () => {
    const asked: Handover = {
      ...{ tenant: TENANT, id: 'one', leaver: MILA.person, leaverName: 'Mila de Wit', what: 'delete' },
      ...{ successor: null, successorName: '', askedBy: SANNE.person, askedAt: CLOSED_AT, confirmedBy: null },
      ...{ state: 'done', stateAt: '2028-01-11T03:30:00.000Z', leftOwn: false },
    };
    await house.stores.handovers.put(asked, null);
    await house.stores.handovers.put({ ...asked, leaver: 'another', state: 'waiting' }, null);
    expect(await retain({ at: '2028-02-09T03:00:00.000Z' })).toMatchObject({ dropped: 0 });
    expect(await retain()).toMatchObject({ dropped: 1, failed: 0 });
    expect((await house.stores.handovers.of(TENANT)).map(({ leaver }) => leaver)).toEqual(['another']);
  });

  it('keeps what was changed since it was looked at', async () => {
    await house.changeAgreement({ status: 'closed', changedAt: CLOSED_AT });
    const { managers } = house.stores;
    const reopening: typeof managers = {
      ...managers,
      async agreement(...args) {
        await house.changeAgreement({ changedAt: NIGHT });
        return managers.agreement(...args);
      },
    };
    expect(await retain({ managers: reopening })).toMatchObject({ dropped: 0 });
    expect(await house.agreement()).toBeDefined();
  });

  it('keeps a name that a moment came to need since it was looked at', async () => {
    const { managers } = house.stores;
    await managers.putMembers(MILA, [newMember('name-9', 'Karin', null)]);
    const meanwhile: typeof managers = {
      ...managers,
      async removeMember(...args) {
        await managers.addMoment(MILA, newMember('name-9', 'Karin', null), startOf('name-9', 'Karin'));
        return managers.removeMember(...args);
      },
    };
    expect(await retain({ managers: meanwhile })).toMatchObject({ dropped: 0 });
    expect((await managers.records(MILA)).members.map(({ id }) => id)).toContain('name-9');
  });

  it('keeps names where a moment cannot be read, which may need one', async () => {
    await house.stores.managers.putMembers(MILA, [newMember('name-9', 'Karin', null)]);
    await house.own.tables
      .table('managers')
      .upsert({ partitionKey: `${TENANT}|${MILA.person}`, rowKey: 'moment|odd', kind: 'divorce' });
    expect(await retain()).toMatchObject({ dropped: 0 });
  });

  it('removes a pointer that a crash left behind, and none that leads somewhere or was made today', async () => {
    const { about, managers } = house.stores;
    const point = (employee: string, agreement: string, since: string) =>
      about.index(TENANT, employee, { manager: MILA.person, agreement, since });
    await point(EMPLOYEE, 'agreement-1', CLOSED_AT);
    await point(EMPLOYEE, 'gone', CLOSED_AT);
    await point(EMPLOYEE, 'on-its-way', NIGHT);
    await point('somebody-else', 'agreement-1', CLOSED_AT);
    const table = house.own.tables.table('managers');
    await table.upsert({ partitionKey: `${TENANT}|${MILA.person}`, rowKey: 'agreement|odd', status: 'odd' });
    await point(EMPLOYEE, 'odd', CLOSED_AT);
    await about.index(TENANT, EMPLOYEE, { manager: MILA.person, member: aMember().id, since: CLOSED_AT });
    expect(await retain()).toMatchObject({ dropped: 2, failed: 0 });
    const left = (await about.of(TENANT, EMPLOYEE)).map(({ agreement, member }) => agreement ?? member);
    expect(left.sort()).toEqual(['agreement-1', 'odd', 'on-its-way', aMember().id].sort());
    expect(await about.of(TENANT, 'somebody-else')).toEqual([]);
    expect((await managers.records(MILA)).agreements).toHaveLength(1);
  });

  it('says what it would remove and removes nothing when it is only asked', async () => {
    await house.changeAgreement({ status: 'closed', changedAt: CLOSED_AT });
    const before = await house.own.dump();
    expect(await retain({ dryRun: true })).toMatchObject({ dropped: 2 });
    expect(house.told.join()).toMatch(/agreement:agreement-1/);
    expect(house.told.join()).not.toMatch(/Sanne/);
    expect(await house.own.dump()).toEqual(before);
  });

  it('is completed by the next night, wherever it was stopped', async () => {
    const agreement = anAgreement({ id: 'agreement-2', status: 'closed', changedAt: CLOSED_AT });
    for (let writes = 0; writes < 6; writes += 1) {
      await house.stores.managers.addAgreement(MILA, newMember('name-2', 'Bo', SANNE.person), agreement);
      await house.stores.about.index(TENANT, EMPLOYEE, {
        manager: MILA.person,
        agreement: 'agreement-2',
        since: '',
      });
      await retain({ tables: stoppingAfter(writes) });
      expect(await retain()).toMatchObject({ failed: 0 });
      const { agreements, members } = await house.stores.managers.records(MILA);
      expect(agreements.map(({ id }) => id)).toEqual(['agreement-1']);
      expect(members.map(({ name }) => name)).toEqual(['Sanne']);
      expect((await house.own.dump()).about ?? []).toEqual([]);
    }
  });
});

/** A start of long ago. */
function startOf(member: string, memberName: string): Moment {
  return aMoment({
    ...{ id: 'moment-1', member, memberName, kind: 'start', from: '2027-01-04', until: null },
    ...{
      contact: false,
      request: null,
      status: 'open',
      createdAt: CLOSED_AT,
      changedAt: CLOSED_AT,
      version: 1,
    },
  });
}

/** Something of each kind that has its term behind it: all that retention may delete by an organisation's terms. */
async function fillWithExpired(tenant: string): Promise<void> {
  const { managers, about, deliveries, audit, people } = house.stores;
  const mila = { tenant, person: MILA.person };
  if (tenant === TENANT) await house.change(MILA, AWAY);
  else await people.add(aPerson({ tenant, ...AWAY }));
  if (tenant === TENANT) await house.changeAgreement({ status: 'closed', changedAt: CLOSED_AT });
  await managers.addMoment(mila, newMember('name-2', 'Karin', null), startOf('name-2', 'Karin'));
  const pointer = { manager: MILA.person, since: CLOSED_AT };
  const removed = {
    askedAt: '2026-01-20T09:00:00.000Z',
    at: '2026-02-09T09:00:00.000Z',
    managerName: 'Mila',
  };
  await about.index(tenant, EMPLOYEE, { ...pointer, agreement: 'removed', removed });
  await about.index(tenant, EMPLOYEE, { ...pointer, agreement: 'agreement-1' });
  const sentAt = '2027-01-01T08:00:00.000Z';
  await deliveries.record(tenant, MILA.person, 'digest|2027-01-01', { items: [], sentAt, activity: '1' });
  const entry = {
    ...{ at: '2027-01-01T09:00:00.000Z', who: MILA.person, did: 'agreement.save', record: 'x' },
    ...{ kind: 'agreement' as const, manager: MILA.person },
  };
  await audit.add(tenant, 'old', entry);
}

/** The house's tables, which fail after so many removals. */
function stoppingAfter(writes: number): Tables {
  let left = writes;
  const { tables } = house.own;
  return {
    ...tables,
    table(name) {
      const table = tables.table(name);
      return {
        ...table,
        remove: async (...args) => {
          left -= 1;
          if (left < 0) throw new Error('the tables are away');
          return table.remove(...args);
        },
      };
    },
  };
}
