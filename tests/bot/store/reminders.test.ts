import { describe, expect, it } from 'vitest';
import type { Reminder } from '../../../bot/domain/reminder.js';
import {
  type DueRow,
  dueOf,
  hourOf,
  type Reminders,
  shardOf,
  unclaimed,
} from '../../../bot/store/reminders.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { aNewReminder, aReminder, EMPLOYEE, MANAGER, MUCH_LATER } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const NINE = '2027-01-12T08:00:00.000Z';

let own: OwnTables;
let reminders: Reminders;
const afresh = setUpEach(
  async () => {
    own = await openOwnTables();
    reminders = own.stores.reminders;
  },
  () => own.drop(),
);

async function rowsDueAt(now: string): Promise<DueRow[]> {
  const rows: DueRow[] = [];
  for await (const row of reminders.due(now)) rows.push(row);
  return rows;
}

async function dueAt(now: string): Promise<(Reminder | null)[]> {
  return (await rowsDueAt(now)).map(({ reminder }) => reminder);
}

async function onlyRow() {
  const [row] = await rowsDueAt(MUCH_LATER);
  if (row === undefined || row.reminder === null) throw new Error('no reminder');
  return row;
}

describe('reminders: planning', () => {
  it('gives back a reminder as it was planned, with what nobody says filled in, and the newest of what is planned twice', async () => {
    const reminder = aReminder({ round: 2, occasion: '2027-01-05' });
    await reminders.plan(reminder);
    expect(await dueAt(NINE)).toEqual([reminder]);
    await afresh();
    await reminders.plan(aNewReminder());
    expect(await dueAt(NINE)).toEqual([aReminder()]);
    await afresh();
    await reminders.plan(aReminder());
    await reminders.plan(aReminder());
    expect(await dueAt(NINE)).toEqual([aReminder()]);
    await afresh();
    await reminders.plan(aReminder());
    await reminders.plan(aReminder({ round: 1 }));
    expect(await dueAt(NINE)).toEqual([aReminder({ round: 1 })]);
  });

  it('keeps two reminders that differ in anything that tells them apart', async () => {
    expect(
      await faultsOf<[string, Partial<Reminder>]>(
        [
          ['another subject', { subject: 'agreement-2' }],
          ['another kind', { kind: 'landed' }],
          ['another manager', { manager: EMPLOYEE }],
          ['another occasion', { occasion: '2027-01-26' }],
          ['another instant', { due: '2027-01-12T07:00:00.000Z' }],
          // Whoever has the same first digit has a place in the same shard.
          ['another person of the same shard', { person: `${MANAGER.charAt(0)}${EMPLOYEE.slice(1)}` }],
          ['another person of another shard', { person: EMPLOYEE }],
        ],
        async (_case, overrides) => {
          await reminders.plan(aReminder());
          await reminders.plan(aReminder(overrides));
          expect(await dueAt(NINE)).toHaveLength(2);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('plans many or none, of whatever people, hours and number: one of what stands there twice, one person’s in one request', async () => {
    const many = Array.from({ length: 210 }, (_, index) => {
      const person = `person-${index % 3}`;
      return aNewReminder({ person, manager: person, subject: `agreement-${index}` });
    });
    await reminders.planAll([...many, aNewReminder({ due: '2027-01-12T07:00:00.000Z' })]);
    expect(await dueAt(NINE)).toHaveLength(211);
    await afresh();
    const before = own.tables.requests();
    await reminders.planAll(['a', 'b', 'c'].map((subject) => aNewReminder({ subject })));
    expect(own.tables.requests() - before).toBe(1);
    expect(await dueAt(NINE)).toHaveLength(3);
    await afresh();
    await reminders.planAll([aNewReminder(), aNewReminder({ round: 1 })]);
    expect(await dueAt(NINE)).toEqual([aReminder({ round: 1 })]);
    await afresh();
    await reminders.planAll([]);
    expect(await dueAt(MUCH_LATER)).toEqual([]);
  });

  it('cancels that reminder only, also where it is not there', async () => {
    await reminders.plan(aReminder());
    await reminders.cancel(aReminder());
    expect(await dueAt(MUCH_LATER)).toEqual([]);
    await afresh();
    await reminders.plan(aReminder());
    const others = [aReminder({ kind: 'landed' }), aReminder({ occasion: '2027-01-12|snoozed' })];
    for (const other of others) await reminders.plan(other);
    await reminders.cancel(aReminder());
    expect(await dueAt(MUCH_LATER)).toEqual(expect.arrayContaining(others));
    expect(await dueAt(MUCH_LATER)).toHaveLength(2);
    await afresh();
    await expect(reminders.cancel(aReminder())).resolves.toBeUndefined();
  });
});

describe('reminders: due', () => {
  it('finds what is due at this very instant or long ago, and nothing that is due later', async () => {
    await reminders.plan(aReminder());
    expect(await dueAt(NINE)).toHaveLength(1);
    await afresh();
    await reminders.plan(aReminder());
    expect(await dueAt('2027-01-12T07:59:59.999Z')).toEqual([]);
    await afresh();
    await reminders.plan(aReminder({ due: '2027-01-12T08:30:00.000Z' }));
    expect(await dueAt('2027-01-12T08:29:59.999Z')).toEqual([]);
    await afresh();
    expect(
      await faultsOf(
        [
          ['an hour ago', '2027-01-12T07:00:00.000Z'],
          ['last night', '2027-01-11T23:59:59.999Z'],
          ['last year', '2026-12-31T23:59:59.999Z'],
          ['years ago', '2019-01-01T00:00:00.000Z'],
        ],
        async (_case, due) => {
          await reminders.plan(aReminder({ due }));
          expect(await dueAt(NINE)).toHaveLength(1);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('finds the reminders of everybody, hour after hour, and within it for one person, the oldest first', async () => {
    const dues = ['2027-01-12T08:00:00.000Z', '2026-12-31T23:00:00.000Z', '2027-01-12T07:59:00.000Z'];
    for (const due of dues) await reminders.plan(aReminder({ due }));
    expect((await rowsDueAt(NINE)).map(({ stored }) => dueOf(stored))).toEqual([...dues].sort());
    await afresh();
    {
      const dues = ['08:30', '08:00', '08:59'].map((time) => `2027-01-12T${time}:00.000Z`);
      for (const due of dues) await reminders.plan(aReminder({ due }));
      expect((await rowsDueAt(MUCH_LATER)).map(({ stored }) => dueOf(stored))).toEqual([...dues].sort());
    }
    await afresh();
    const people = Array.from({ length: 40 }, (_, index) => `person-${index}`);
    await reminders.planAll(people.map((person) => aReminder({ person, manager: person })));
    const found = (await dueAt(NINE)).map((reminder) => reminder?.person);
    expect(found.sort()).toEqual([...people].sort());
    expect(new Set((await rowsDueAt(NINE)).map(({ stored }) => shardOf(stored))).size).toBeGreaterThan(5);
  });

  it('divides people by the first digit of their random ids: neighbours and one person’s own stay together', async () => {
    const people = ['0a', '0b', 'f0', 'f1', 'f2'].map(
      (start) => `${start}000000-0000-4000-8000-000000000000`,
    );
    await reminders.planAll(people.map((person) => aReminder({ person, manager: person })));
    const shards = new Map<string, string[]>();
    for (const { stored, reminder } of await rowsDueAt(NINE)) {
      shards.set(shardOf(stored), [...(shards.get(shardOf(stored)) ?? []), reminder?.person ?? '']);
    }
    expect([...shards.values()].map((some) => some.sort())).toEqual([people.slice(0, 2), people.slice(2)]);
    await afresh();
    for (const subject of ['a', 'b', 'c']) await reminders.plan(aReminder({ subject }));
    const { reminders: rows = [] } = await own.dump();
    expect(new Set(rows.map((row) => row.partitionKey)).size).toBe(1);
  });

  it('costs one request when nothing is due, however much is stored for later', async () => {
    for (let day = 13; day < 28; day += 1) {
      await reminders.plan(aReminder({ due: `2027-01-${day}T08:00:00.000Z` }));
    }
    const before = own.tables.requests();
    expect(await dueAt(NINE)).toEqual([]);
    expect(own.tables.requests() - before).toBe(1);
  });

  it('gives a row that it cannot read as such, and the others all the same', async () => {
    await reminders.plan(aReminder());
    const { stored } = await onlyRow();
    const rowKey = stored.row.rowKey.replace('evaluation', 'a-kind-of-the-future');
    await own.tables.table('reminders').upsert({ ...stored.row, rowKey, kind: 'a-kind-of-the-future' });
    const found = await rowsDueAt(NINE);
    expect(found.map(({ reminder }) => reminder)).toEqual([null, aReminder()]);
    expect(found.map((row) => dueOf(row.stored))).toEqual([NINE, NINE]);
  });
});

describe('reminders: hourOf', () => {
  it('is the hour of an instant in UTC', () => {
    expect(hourOf('2027-01-12T08:59:59.999Z')).toBe('2027-01-12T08');
  });
});

describe('reminders: unclaimed', () => {
  it('is the same reminder with nobody’s claim on it, which still shows that it may have been sent', () => {
    const tried = { attempts: 2, why: '500', claimedAt: '2027-01-12T08:00:00.000Z' };
    const lease = { owner: 'one', until: '2027-01-12T08:10:00.000Z' };
    expect(unclaimed(aReminder({ ...tried, ...lease }))).toEqual(aReminder(tried));
  });
});
