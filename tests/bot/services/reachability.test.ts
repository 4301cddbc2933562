import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reminder } from '../../../bot/domain/reminder.js';
import { upsertPerson } from '../../../bot/services/reachability.js';
import type { Turn } from '../../../bot/turn.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { aPerson, aReference, aReminder, TENANT } from '../../support/sample-records.js';
import { aTurn } from '../../support/sample-turns.js';

const NOW = '2027-01-12T09:00:00.000Z';
const AWAY = { unreachableSince: '2027-01-01T00:00:00.000Z', unreachableWhy: '403' };

let own: OwnTables;
beforeAll(async () => {
  own = await openOwnTables();
});
afterAll(() => own.drop());

const turnOf = (person: string, overrides: Partial<Turn> = {}) => aTurn({ person, ...overrides });

async function read(person: string) {
  const found = await own.stores.people.get(TENANT, person);
  if (found === null) throw new Error(`no person ${person}`);
  return found;
}

/** A reminder that came due while they could not be reached. */
async function waitsFor(person: string, overrides: Partial<Reminder> = {}): Promise<void> {
  const early = aReminder({ person, manager: person, due: '2027-01-04T08:00:00.000Z', ...overrides });
  await own.stores.reminders.plan(early);
  for await (const { reminder, stored } of own.stores.reminders.due(NOW)) {
    if (reminder?.person === person) await own.stores.reminders.waitAll([{ reminder, stored }]);
  }
}

async function dueFor(person: string): Promise<Reminder[]> {
  const found: Reminder[] = [];
  for await (const { reminder } of own.stores.reminders.due(NOW)) {
    if (reminder?.person === person) found.push(reminder);
  }
  return found;
}

describe('reachability: somebody new', () => {
  it('is kept, with where they can be written to and their language, and gets what waited for them from before', async () => {
    const remembered = await upsertPerson(own.stores, turnOf('new', { locale: 'en' }));
    expect(remembered).toEqual({
      person: aPerson({ person: 'new', locale: 'en', installedAt: NOW }),
      was: 'created',
    });
    expect((await read('new')).record).toEqual(remembered.person);
    await waitsFor('expected', { kind: 'agreement-shared', occasion: '1' });
    await upsertPerson(own.stores, turnOf('expected'));
    expect(await dueFor('expected')).toMatchObject([{ kind: 'agreement-shared', due: NOW }]);
  });

  it('is new once, when they do two things at once', async () => {
    const remembered = await Promise.all([
      upsertPerson(own.stores, turnOf('at-once')),
      upsertPerson(own.stores, turnOf('at-once')),
    ]);
    expect(remembered.map(({ was }) => was).sort()).toEqual(['created', 'known']);
    for (const { person } of remembered)
      expect(person).toEqual(aPerson({ person: 'at-once', installedAt: NOW }));
  });
});

describe('reachability: somebody who is here', () => {
  it('is looked up in one request and not written when nothing changed', async () => {
    await upsertPerson(own.stores, turnOf('same', { locale: 'nl' }));
    const { record, etag } = await read('same');
    const before = own.tables.requests();
    expect(await upsertPerson(own.stores, turnOf('same', { locale: 'nl' }))).toEqual({
      person: record,
      was: 'known',
    });
    expect(own.tables.requests() - before).toBe(1);
    expect((await read('same')).etag).toBe(etag);
  });

  it('is written to elsewhere from now on, in two requests, and keeps what they chose', async () => {
    const chosen = { language: 'en', zone: 'Europe/Paris', time: '07:30', days: [2, 4] } as const;
    const moved = aPerson({ person: 'moved', ...chosen, days: [...chosen.days] });
    await own.stores.people.add(moved);
    const reference = aReference({ conversation: 'a:2' });
    const before = own.tables.requests();
    expect((await upsertPerson(own.stores, turnOf('moved', { reference }))).was).toBe('known');
    expect(own.tables.requests() - before).toBe(2);
    expect((await read('moved')).record).toEqual({ ...moved, reference, formerReference: aReference() });
  });

  it('has the language that Teams says now, or said before when it says none', async () => {
    await own.stores.people.add(aPerson({ person: 'locale', locale: 'nl' }));
    expect((await upsertPerson(own.stores, turnOf('locale', { locale: 'en' }))).person.locale).toBe('en');
    expect((await read('locale')).record).toEqual(aPerson({ person: 'locale', locale: 'en' }));
    await own.stores.people.add(aPerson({ person: 'silent', locale: 'nl' }));
    const { etag } = await read('silent');
    expect((await upsertPerson(own.stores, turnOf('silent', { locale: null }))).person.locale).toBe('nl');
    expect((await read('silent')).etag).toBe(etag);
  });
});

describe('reachability: where somebody acts from', () => {
  it('keeps no address of a chat that is not theirs alone, and nobody of whom there is no other', async () => {
    await own.stores.people.add(aPerson({ person: 'meeting' }));
    const { etag } = await read('meeting');
    await upsertPerson(own.stores, turnOf('meeting', { reference: null }));
    expect((await read('meeting')).etag).toBe(etag);
    await upsertPerson(own.stores, turnOf('nowhere', { reference: null }));
    expect(await own.stores.people.get(TENANT, 'nowhere')).toBeNull();
  });

  it('brings them back at the address that is known', async () => {
    await own.stores.people.add(aPerson({ person: 'known', ...AWAY }));
    await waitsFor('known');
    expect((await upsertPerson(own.stores, turnOf('known', { reference: null }))).was).toBe('returned');
    expect(await dueFor('known')).toHaveLength(1);
  });
});

describe('reachability: somebody whom a reminder writes at the same moment', () => {
  it('is remembered all the same', async () => {
    await own.stores.people.add(aPerson({ person: 'raced' }));
    let raced = false;
    const busy = {
      ...own.stores,
      people: {
        ...own.stores.people,
        async change(...[record, etag]: Parameters<typeof own.stores.people.change>) {
          if (!raced) {
            raced = true;
            const { record: known } = await read('raced');
            await own.stores.people.change({ ...known, ...AWAY }, etag);
          }
          return own.stores.people.change(record, etag);
        },
      },
    };
    await waitsFor('raced');
    expect((await upsertPerson(busy, turnOf('raced', { locale: 'en' }))).was).toBe('returned');
    expect((await read('raced')).record).toMatchObject({ locale: 'en', unreachableSince: null });
    expect(await dueFor('raced')).toHaveLength(1);
  });
});

describe('reachability: somebody who was away', () => {
  it('can be reached again, whatever a send said before, and gets what waited for them, once, and not what waits for others', async () => {
    await own.stores.people.add(aPerson({ person: 'back', ...AWAY }));
    const remembered = await upsertPerson(own.stores, turnOf('back'));
    expect(remembered).toEqual({ person: aPerson({ person: 'back', installedAt: NOW }), was: 'returned' });
    expect((await read('back')).record).toEqual(remembered.person);
    await own.stores.people.add(aPerson({ person: 'waited', ...AWAY }));
    await waitsFor('waited');
    await waitsFor('waited', { kind: 'landed', occasion: '2026-12-30' });
    await upsertPerson(own.stores, turnOf('waited'));
    expect((await dueFor('waited')).map(({ kind, due }) => [kind, due])).toEqual([
      ['evaluation', NOW],
      ['landed', NOW],
    ]);
    expect((await upsertPerson(own.stores, turnOf('waited'))).was).toBe('known');
    expect(await dueFor('waited')).toHaveLength(2);
    await own.stores.people.add(aPerson({ person: 'one', ...AWAY }));
    await waitsFor('other');
    await upsertPerson(own.stores, turnOf('one'));
    expect(await dueFor('other')).toEqual([]);
  });

  it('is back once, and hears each thing once, when they do two things at once', async () => {
    await own.stores.people.add(aPerson({ person: 'twice', ...AWAY }));
    await waitsFor('twice');
    const remembered = await Promise.all([
      upsertPerson(own.stores, turnOf('twice')),
      upsertPerson(own.stores, turnOf('twice')),
    ]);
    expect(remembered.map(({ was }) => was).sort()).toEqual(['known', 'returned']);
    expect(await dueFor('twice')).toHaveLength(1);
    expect((await read('twice')).record).toEqual(aPerson({ person: 'twice', installedAt: NOW }));
  });
});
