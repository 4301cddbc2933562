import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPresence, type Presence } from '../../../../bot/features/presence/presence.handler.js';
import { remember } from '../../../../bot/reachability.js';
import type { Turn } from '../../../../bot/turn.js';
import { type OwnTables, openOwnTables } from '../../../support/own-tables.js';
import { aPerson, aReference, aReminder, TENANT } from '../../../support/records.js';
import { aTurn, titleOf } from '../../../support/turns.js';

const WELCOME = 'Welkom bij Kopje Koffie';
const WELCOME_BACK = 'Fijn dat je terug bent';
const NOW = '2027-01-12T09:00:00.000Z';

let own: OwnTables;
let presence: Presence;
beforeAll(async () => {
  own = await openOwnTables();
  presence = createPresence(own.stores);
});
afterAll(() => own.drop());

const installed = (person: string, overrides: Partial<Turn> = {}) =>
  presence.installed(aTurn({ person, said: { kind: 'installed' }, ...overrides }));
const removed = (person: string, now = NOW) =>
  presence.removed(aTurn({ person, said: { kind: 'removed' }, now }));
const personNow = async (person: string) => (await own.stores.people.get(TENANT, person))?.record;

async function dueFor(person: string): Promise<number> {
  let count = 0;
  for await (const { reminder } of own.stores.reminders.due(NOW)) if (reminder?.person === person) count += 1;
  return count;
}

describe('presence', () => {
  it('welcomes somebody new and keeps where they can be written to', async () => {
    expect(titleOf(await installed('new', { locale: 'nl' }))).toBe(WELCOME);
    expect(await personNow('new')).toEqual(aPerson({ person: 'new', locale: 'nl' }));
  });

  it('says nothing to who is here already, and keeps their new place', async () => {
    await installed('upgraded');
    const reference = aReference({ conversation: 'a:2' });
    expect(await installed('upgraded', { reference })).toEqual({ kind: 'nothing' });
    expect(await personNow('upgraded')).toEqual(aPerson({ person: 'upgraded', reference }));
  });

  it('welcomes once when Teams tells of an installation in two ways at once', async () => {
    const replies = await Promise.all([installed('twice'), installed('twice')]);
    expect(replies.map(({ kind }) => kind).sort()).toEqual(['card', 'nothing']);
  });

  it('marks who took it out as somebody who cannot be reached, and writes it once', async () => {
    await installed('gone');
    expect(await removed('gone')).toEqual({ kind: 'nothing' });
    await removed('gone', '2027-01-13T09:00:00.000Z');
    expect(await personNow('gone')).toMatchObject({
      unreachableSince: NOW,
      unreachableWhy: 'uninstalled',
    });
  });

  it('keeps nothing of somebody unknown who took it out', async () => {
    await removed('stranger');
    expect(await personNow('stranger')).toBeUndefined();
  });

  it('welcomes back who took it out, and who blocked it', async () => {
    await installed('returned');
    await removed('returned');
    expect(titleOf(await installed('returned'))).toBe(WELCOME_BACK);
    await own.stores.people.add(aPerson({ person: 'blocked', unreachableSince: NOW, unreachableWhy: '403' }));
    expect(titleOf(await installed('blocked'))).toBe(WELCOME_BACK);
  });

  it('delivers what waited to who comes back', async () => {
    await own.stores.people.add(aPerson({ person: 'waited', unreachableSince: NOW, unreachableWhy: '403' }));
    await waitsFor('waited');
    await installed('waited');
    expect(await dueFor('waited')).toBe(1);
  });

  it('delivers what waited also when they recorded something before Teams told that they are back', async () => {
    await own.stores.people.add(aPerson({ person: 'spoke', unreachableSince: NOW, unreachableWhy: '403' }));
    await waitsFor('spoke');
    await remember(own.stores, aTurn({ person: 'spoke' }));
    expect(await installed('spoke')).toEqual({ kind: 'nothing' });
    expect(await dueFor('spoke')).toBe(1);
  });
});

async function waitsFor(person: string): Promise<void> {
  await own.stores.reminders.plan(aReminder({ person, manager: person }));
  for await (const { reminder, stored } of own.stores.reminders.due(NOW)) {
    if (reminder?.person === person) await own.stores.reminders.waitAll([{ reminder, stored }]);
  }
}
