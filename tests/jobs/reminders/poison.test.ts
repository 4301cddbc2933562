import { describe, expect, it } from 'vitest';
import { shardOf } from '../../../bot/store/reminders.js';
import { key } from '../../../bot/store/tables/keys.js';
import type { Row } from '../../../bot/store/tables/limits.js';
import type { TableName } from '../../../bot/store/tables/tables.js';
import { faultsOf } from '../../support/faults.js';
import { allOf, MILA, NINE, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  MANAGER,
  MUCH_LATER,
  TENANT,
} from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const SOON = '2027-01-12T08:01:00.000Z';
const DAYS = ['13', '14', '15', '18', '19', '20'].map((day) => `2027-01-${day}T08:00:00.000Z`);

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
  },
  () => house.own.drop(),
);

const healthNow = async () => house.stores.health.of('reminders', MUCH_LATER);

/** Changes a row behind the back of its store. */
async function tamper(
  name: TableName,
  partitionKey: string,
  rowKey: string,
  changes: Record<string, string>,
) {
  const table = house.own.tables.table(name);
  const found = await table.get(partitionKey, rowKey);
  if (found === null) throw new Error('no such row');
  await table.upsert({ ...found.row, ...changes } as Row);
}

/** Plans a reminder that cannot be read, in the place where Mila's are. */
async function planUnreadable(changes: Record<string, string | number>): Promise<void> {
  await house.plan(aNewReminder({ subject: 'poison' }));
  const rows = await house.rowsDue();
  const poison = rows.find(({ reminder }) => reminder?.subject === 'poison');
  if (poison === undefined) throw new Error('nothing was planned');
  await house.own.tables.table('reminders').upsert({ ...poison.stored.row, ...changes } as Row);
}

/** Somebody with a reminder who lies in the same shard as Mila. */
async function neighbour(): Promise<void> {
  await house.plan(aNewReminder());
  const [mila] = await house.rowsDue();
  for (let number = 0; number < 500; number += 1) {
    const person = `neighbour-${number}`;
    await house.plan(aNewReminder({ person, manager: person }));
    const rows = await house.rowsDue();
    const theirs = rows.find(({ reminder }) => reminder?.person === person);
    if (mila !== undefined && theirs !== undefined && shardOf(theirs.stored) === shardOf(mila.stored)) {
      await house.stores.people.add(
        aPerson({ person, reference: aReference({ conversation: 'a:neighbour' }) }),
      );
      await house.stores.managers.addAgreement({ tenant: TENANT, person }, aMember(), anAgreement());
      return;
    }
    await house.stores.reminders.cancel(aNewReminder({ person, manager: person }));
  }
  throw new Error('nobody lies there');
}

describe('a reminder that cannot be read', () => {
  it('is set aside and counted, and the rest goes out', async () => {
    expect(
      await faultsOf<[string, Record<string, string | number>]>(
        [
          ['is of a kind that nobody knows', { kind: 'a-kind-of-the-future' }],
          ['has no whole number where there should be one', { round: 'twice' }],
          ['has a number where there should be text', { subject: 7 }],
        ],
        async (_case, changes) => {
          await house.plan(aNewReminder());
          await planUnreadable(changes);
          expect(await house.remind(NINE)).toMatchObject({ due: 2, sent: 1, failed: 1 });
          expect(await house.due(NINE)).toEqual([]);
          const { reminders = [] } = await house.own.dump();
          expect(reminders).toContainEqual(expect.objectContaining({ partitionKey: 'aside', ...changes }));
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is counted once in the state of health, and told in the log without an id of anybody', async () => {
    await planUnreadable({ kind: 'a-kind-of-the-future' });
    const instance = house.instance();
    await instance.run();
    await instance.run();
    expect(await healthNow()).toMatchObject({ setAside: 1, last: { due: 0 } });
    await afresh();
    await planUnreadable({ kind: 'a-kind-of-the-future' });
    await house.remind(NINE);
    expect(house.logged.join()).toContain('unreadable-reminder');
    expect(house.logged.join()).not.toContain(MANAGER);
  });
});

describe('a message that ends in a bug of ours', () => {
  const buggy = () =>
    house.instance({
      change: ({ send }) => ({
        send: async (...message) => {
          if (message[0].conversation !== 'a:neighbour') throw new TypeError('not a function');
          return send(...message);
        },
      }),
    });

  it('holds up nobody else, is tried on five days and given up, and its maker sees so', async () => {
    await neighbour();
    let tries = 0;
    for (const day of [NINE, ...DAYS]) {
      for (const minutes of [0, 11, 30, 600]) {
        const at = new Date(Date.parse(day) + minutes * 60_000).toISOString();
        house.setNow(at);
        const result = await buggy().run();
        if (result !== 'died' && result.failed > 0) tries += 1;
      }
    }
    expect(house.conversations()[0]).toBe('a:neighbour');
    expect(tries).toBe(5);
    expect(await house.agreement()).toMatchObject({ undelivered: { why: 'TypeError', givenUp: true } });
    expect((await house.due()).filter(({ person }) => person === MANAGER)).toEqual([]);
  });

  it('is not sent again where it had arrived before that', async () => {
    await house.plan(aNewReminder({ kind: 'landed', occasion: '2027-01-08' }));
    const instance = house.instance({
      change: ({ people }) => ({
        people: {
          ...people,
          change: async () => {
            throw new TypeError('not a function');
          },
        },
      }),
    });
    await house.change(MILA, { refusedSince: '2027-01-11T08:00:00.000Z', refusedWhy: '403' });
    await instance.run();
    for (const day of DAYS) await house.remind(day);
    expect(house.teams.sent).toHaveLength(1);
    expect(await house.due()).toEqual([]);
  });
});

describe('a reminder of which the subject is gone', () => {
  it('is dropped, and the rest goes out', async () => {
    await house.plan(aNewReminder(), aNewReminder({ subject: 'gone' }));
    expect(await house.remind(NINE)).toMatchObject({ sent: 1, dropped: 1, failed: 0 });
    expect(await house.due(NINE)).toEqual([]);
  });
});

describe('an agreement or a person that cannot be read', () => {
  const BROKEN: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'an agreement',
      () => tamper('managers', key(TENANT, MANAGER), key('agreement', 'agreement-1'), { items: '[{"broken' }),
    ],
    ['a person', () => tamper('people', key(TENANT), key(MANAGER), { reference: '{"broken' })],
  ];

  it('holds up nobody else, also not in the same shard', async () => {
    expect(
      await faultsOf(
        BROKEN,
        async (_what, breakIt) => {
          await neighbour();
          await breakIt();
          await house.remind(NINE);
          expect(house.conversations()).toEqual(['a:neighbour']);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('does not hold up what comes up for others soon after', async () => {
    expect(
      await faultsOf(
        BROKEN,
        async (_what, breakIt) => {
          await neighbour();
          await breakIt();
          await house.remind(NINE);
          const person = (await allOf(house.stores.reminders.all())).find(
            ({ reminder }) => reminder !== null && reminder.person !== MANAGER,
          )?.reminder?.person;
          if (person === undefined) throw new Error('no neighbour');
          await house.plan(
            aNewReminder({ kind: 'agreement-answered', person, manager: person, occasion: SOON, due: SOON }),
          );
          const found = await house.stores.managers.agreement({ tenant: TENANT, person }, 'agreement-1');
          if (found === null) throw new Error('no agreement');
          const change = { ...found.record, answer: 'confirmed', answeredAt: SOON } as const;
          await house.stores.managers.changeAgreement({ tenant: TENANT, person }, change, found.etag);
          expect(await house.remind(SOON)).toMatchObject({ sent: 1 });
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is counted, and not tried for ever', async () => {
    expect(
      await faultsOf(
        BROKEN,
        async (_what, breakIt) => {
          await neighbour();
          await breakIt();
          expect(await house.remind(NINE)).toMatchObject({ sent: 1, failed: 1 });
          for (const day of DAYS) await house.remind(day);
          expect(
            (await house.due('2027-01-31T08:00:00.000Z')).filter(({ person }) => person === MANAGER),
          ).toEqual([]);
          expect(await healthNow()).toMatchObject({ gaveUp: 1 });
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('a manager with one agreement that cannot be read', () => {
  it('is still reminded of the others', async () => {
    await house.stores.managers.addAgreement(MILA, aMember(), anAgreement({ id: 'agreement-2' }));
    await tamper('managers', key(TENANT, MANAGER), key('agreement', 'agreement-1'), { items: '[{"broken' });
    await house.plan(aNewReminder(), aNewReminder({ subject: 'agreement-2' }));
    expect(await house.remind(NINE)).toMatchObject({ sent: 1, failed: 1 });
    expect(house.teams.sent).toHaveLength(1);
  });
});

describe('the state of health', () => {
  it('says what the last run did and since when the oldest is overdue that was left, and not of what was put off', async () => {
    await house.plan(aNewReminder(), aNewReminder({ subject: 'gone' }));
    await house.remind(NINE);
    expect((await healthNow())?.last).toMatchObject({ at: NINE, due: 2, sent: 1, oldestOverdue: null });
    await afresh();
    const older = aNewReminder({ subject: 'gone', due: '2027-01-11T08:00:00.000Z' });
    await house.plan(older, aNewReminder());
    house.teams.answer = () => ({ kind: 'retry', why: '503', afterMs: null });
    await house.remind(NINE);
    expect((await healthNow())?.last.oldestOverdue).toBe(NINE);
    await afresh();
    await house.plan(aNewReminder({ due: '2027-01-12T07:00:00.000Z' }));
    await house.remind('2027-01-12T07:30:00.000Z');
    expect((await healthNow())?.last).toMatchObject({ deferred: 1, oldestOverdue: null });
  });
});
