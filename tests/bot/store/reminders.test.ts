import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DueRow, dueOf, hourOf, type Reminder, type Reminders } from '../../../bot/store/reminders.js';
import { type OwnTables, openOwnTables } from '../../support/own-tables.js';
import { aReminder, EMPLOYEE, MANAGER, TENANT } from '../../support/records.js';

const NINE = '2027-01-12T08:00:00.000Z';
const MUCH_LATER = '2030-01-01T00:00:00.000Z';

let own: OwnTables;
let reminders: Reminders;
beforeEach(async () => {
  own = await openOwnTables();
  reminders = own.stores.reminders;
});
afterEach(() => own.drop());

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
  it('gives back a reminder as it was planned', async () => {
    const reminder = aReminder({ round: 2, occasion: '2027-01-05' });
    await reminders.plan(reminder);
    expect(await dueAt(NINE)).toEqual([reminder]);
  });

  it('makes one of what is planned twice', async () => {
    await reminders.plan(aReminder());
    await reminders.plan(aReminder());
    expect(await dueAt(NINE)).toEqual([aReminder()]);
  });

  it('keeps the newest of what is planned twice for the same instant', async () => {
    await reminders.plan(aReminder());
    await reminders.plan(aReminder({ round: 1 }));
    expect(await dueAt(NINE)).toEqual([aReminder({ round: 1 })]);
  });

  it.each<[string, Partial<Reminder>]>([
    ['another subject', { subject: 'agreement-2' }],
    ['another kind', { kind: 'landed' }],
    ['another person', { person: EMPLOYEE }],
    ['another manager', { manager: EMPLOYEE }],
    ['another tenant', { tenant: 'another' }],
    ['another instant', { due: '2027-01-12T07:00:00.000Z' }],
  ])('keeps two reminders with %s', async (_case, overrides) => {
    await reminders.plan(aReminder());
    await reminders.plan(aReminder(overrides));
    expect(await dueAt(NINE)).toHaveLength(2);
  });

  it('cancels a reminder', async () => {
    await reminders.plan(aReminder());
    await reminders.cancel(aReminder());
    expect(await dueAt(MUCH_LATER)).toEqual([]);
  });

  it('cancels that reminder only', async () => {
    await reminders.plan(aReminder());
    await reminders.plan(aReminder({ kind: 'landed' }));
    await reminders.cancel(aReminder());
    expect(await dueAt(MUCH_LATER)).toEqual([aReminder({ kind: 'landed' })]);
  });

  it('does not mind cancelling what is not there', async () => {
    await expect(reminders.cancel(aReminder())).resolves.toBeUndefined();
  });
});

describe('reminders: due', () => {
  it('finds what is due at this very instant', async () => {
    await reminders.plan(aReminder());
    expect(await dueAt(NINE)).toHaveLength(1);
  });

  it('does not find what is due a millisecond later', async () => {
    await reminders.plan(aReminder());
    expect(await dueAt('2027-01-12T07:59:59.999Z')).toEqual([]);
  });

  it('does not find what is due later in the same hour', async () => {
    await reminders.plan(aReminder({ due: '2027-01-12T08:30:00.000Z' }));
    expect(await dueAt('2027-01-12T08:29:59.999Z')).toEqual([]);
  });

  it.each([
    ['an hour ago', '2027-01-12T07:00:00.000Z'],
    ['last night', '2027-01-11T23:59:59.999Z'],
    ['last year', '2026-12-31T23:59:59.999Z'],
    ['years ago', '2019-01-01T00:00:00.000Z'],
  ])('still finds what was due %s', async (_case, due) => {
    await reminders.plan(aReminder({ due }));
    expect(await dueAt(NINE)).toHaveLength(1);
  });

  it('finds hour after hour, the oldest first', async () => {
    const dues = ['2027-01-12T08:00:00.000Z', '2026-12-31T23:00:00.000Z', '2027-01-12T07:59:00.000Z'];
    for (const due of dues) await reminders.plan(aReminder({ due }));
    expect((await rowsDueAt(NINE)).map(({ stored }) => dueOf(stored))).toEqual([...dues].sort());
  });

  it('finds what is due for one person within an hour, the oldest first', async () => {
    const dues = ['08:30', '08:00', '08:59'].map((time) => `2027-01-12T${time}:00.000Z`);
    for (const due of dues) await reminders.plan(aReminder({ due }));
    expect((await rowsDueAt(MUCH_LATER)).map(({ stored }) => dueOf(stored))).toEqual([...dues].sort());
  });

  it('finds the reminders of everybody, in whatever shard they lie', async () => {
    const people = Array.from({ length: 40 }, (_, index) => `person-${index}`);
    for (const person of people) await reminders.plan(aReminder({ person }));
    const found = (await dueAt(NINE)).map((reminder) => reminder?.person);
    expect(found.sort()).toEqual([...people].sort());
    const { reminders: rows = [] } = await own.dump();
    expect(new Set(rows.map((row) => row.partitionKey)).size).toBeGreaterThan(5);
  });

  it('keeps one person’s reminders of an hour together', async () => {
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

describe('reminders: done', () => {
  it('takes the row away', async () => {
    await reminders.plan(aReminder());
    expect(await reminders.done((await onlyRow()).stored)).toBe('ok');
    expect(await dueAt(MUCH_LATER)).toEqual([]);
  });

  it('leaves a row that was planned anew since it was read', async () => {
    await reminders.plan(aReminder());
    const { stored } = await onlyRow();
    await reminders.plan(aReminder({ occasion: '2027-01-26' }));
    expect(await reminders.done(stored)).toBe('conflict');
    expect(await dueAt(NINE)).toEqual([aReminder({ occasion: '2027-01-26' })]);
  });

  it('says that somebody else was first', async () => {
    await reminders.plan(aReminder());
    const { stored } = await onlyRow();
    await reminders.done(stored);
    expect(await reminders.done(stored)).toBe('gone');
  });
});

describe('reminders: waiting for a person', () => {
  const BACK = '2027-03-01T10:15:00.000Z';

  async function letWait(overrides: Partial<Reminder> = {}): Promise<void> {
    await reminders.plan(aReminder(overrides));
    for (const { reminder, stored } of await rowsDueAt(MUCH_LATER)) {
      if (reminder !== null) await reminders.wait(stored, reminder);
    }
  }

  it('takes a reminder out of the due hours and keeps it', async () => {
    await letWait();
    expect(await dueAt(MUCH_LATER)).toEqual([]);
    expect((await own.dump()).reminders).toHaveLength(1);
  });

  it('makes it due when the person is back, and is otherwise as it was', async () => {
    await letWait({ round: 1 });
    expect(await reminders.release(TENANT, MANAGER, BACK)).toBe(1);
    expect(await dueAt('2027-03-01T10:14:59.999Z')).toEqual([]);
    expect(await dueAt(BACK)).toEqual([aReminder({ round: 1, due: BACK })]);
  });

  it('makes everything due that waited', async () => {
    await letWait();
    await letWait({ kind: 'landed' });
    await letWait({ subject: 'agreement-2' });
    expect(await reminders.release(TENANT, MANAGER, BACK)).toBe(3);
    expect(await dueAt(BACK)).toHaveLength(3);
  });

  it.each([
    ['another person', TENANT, EMPLOYEE],
    ['somebody with the same id in another tenant', 'another', MANAGER],
    ['somebody whose id is the beginning of this one', TENANT, MANAGER.slice(0, -1)],
  ])('leaves it when %s is back', async (_case, tenant, person) => {
    await letWait();
    expect(await reminders.release(tenant, person, BACK)).toBe(0);
    expect(await dueAt(MUCH_LATER)).toEqual([]);
  });

  it('releases nothing twice', async () => {
    await letWait();
    await reminders.release(TENANT, MANAGER, BACK);
    expect(await reminders.release(TENANT, MANAGER, BACK)).toBe(0);
    expect(await dueAt(BACK)).toHaveLength(1);
  });

  it('can wait again', async () => {
    await letWait();
    await reminders.release(TENANT, MANAGER, BACK);
    const { reminder, stored } = await onlyRow();
    await reminders.wait(stored, reminder);
    expect(await dueAt(MUCH_LATER)).toEqual([]);
    expect(await reminders.release(TENANT, MANAGER, MUCH_LATER)).toBe(1);
  });

  it('leaves a waiting row that it cannot read, and releases the others', async () => {
    await letWait();
    const [waiting] = (await own.dump()).reminders ?? [];
    if (waiting === undefined) throw new Error('nothing waits');
    const broken = {
      partitionKey: String(waiting.partitionKey),
      rowKey: `${waiting.rowKey}|x`,
      kind: 'unknown',
    };
    await own.tables.table('reminders').upsert(broken);
    expect(await reminders.release(TENANT, MANAGER, BACK)).toBe(1);
    expect((await own.dump()).reminders).toContainEqual(broken);
  });
});

describe('reminders: hourOf', () => {
  it('is the hour of an instant in UTC', () => {
    expect(hourOf('2027-01-12T08:59:59.999Z')).toBe('2027-01-12T08');
  });
});
