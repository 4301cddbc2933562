import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPresence, type Presence } from '../../../../bot/features/presence/presence.handler.js';
import { upsertPerson } from '../../../../bot/services/reachability.js';
import type { Turn } from '../../../../bot/turn.js';
import { type OwnTables, openMemoryOwnTables } from '../../../support/azure/temporary-tables.js';
import { aPerson, aReference, aReminder, TENANT } from '../../../support/sample-records.js';
import { aTurn, titleOf } from '../../../support/sample-turns.js';

const WELCOME = 'Welkom bij Kopje Koffie';
const WELCOME_BACK = 'Fijn dat je terug bent';
const NOW = '2027-01-12T09:00:00.000Z';

let own: OwnTables;
let presence: Presence;
beforeAll(async () => {
  own = openMemoryOwnTables();
  presence = createPresence(own.stores);
});
afterAll(() => own.drop());

const installed = (person: string, overrides: Partial<Turn> = {}) =>
  presence.installed(aTurn({ person, said: { kind: 'installed' }, ...overrides }));
const removed = (person: string, now = NOW, occurredAt = now) =>
  presence.removed(aTurn({ person, said: { kind: 'removed' }, now, occurredAt }));
const personNow = async (person: string) => (await own.stores.people.get(TENANT, person))?.record;

async function dueFor(person: string): Promise<number> {
  let count = 0;
  for await (const { reminder } of own.stores.reminders.due(NOW)) if (reminder?.person === person) count += 1;
  return count;
}

describe('presence', () => {
  it('welcomes somebody new, once, and says nothing to who is here already, and keeps where they can be written to', async () => {
    expect(titleOf(await installed('new', { locale: 'nl' }))).toBe(WELCOME);
    expect(await personNow('new')).toEqual(aPerson({ person: 'new', locale: 'nl', installedAt: NOW }));
    const replies = await Promise.all([installed('twice'), installed('twice')]);
    expect(replies.map(({ kind }) => kind).sort()).toEqual(['card', 'nothing']);
    await installed('upgraded');
    const reference = aReference({ conversation: 'a:2' });
    expect(await installed('upgraded', { reference })).toEqual({ kind: 'nothing' });
    expect(await personNow('upgraded')).toMatchObject({ reference, formerReference: aReference() });
  });

  it('marks who took it out as somebody who cannot be reached, once, and keeps nothing of somebody unknown', async () => {
    await installed('gone');
    expect(await removed('gone')).toEqual({ kind: 'nothing' });
    await removed('gone', '2027-01-13T09:00:00.000Z');
    expect(await personNow('gone')).toMatchObject({
      unreachableSince: NOW,
      unreachableWhy: 'uninstalled',
    });
    await removed('stranger');
    expect(await personNow('stranger')).toBeUndefined();
  });

  it('welcomes back who took it out or blocked it, and delivers what waited, also when Teams tells late', async () => {
    await installed('returned');
    await removed('returned');
    expect(titleOf(await installed('returned'))).toBe(WELCOME_BACK);
    await own.stores.people.add(aPerson({ person: 'blocked', unreachableSince: NOW, unreachableWhy: '403' }));
    expect(titleOf(await installed('blocked'))).toBe(WELCOME_BACK);
    await own.stores.people.add(aPerson({ person: 'waited', unreachableSince: NOW, unreachableWhy: '403' }));
    await waitsFor('waited');
    await installed('waited');
    expect(await dueFor('waited')).toBe(1);
    await own.stores.people.add(aPerson({ person: 'spoke', unreachableSince: NOW, unreachableWhy: '403' }));
    await waitsFor('spoke');
    await upsertPerson(own.stores, aTurn({ person: 'spoke' }));
    expect(await installed('spoke')).toEqual({ kind: 'nothing' });
    expect(await dueFor('spoke')).toBe(1);
  });
});

describe('presence: events that come late or out of order', () => {
  const at = (time: string) => `2027-01-12T${time}.000Z`;
  const CHOICES = { language: 'en', time: '07:30', days: [2, 4] } as const;
  const settle = async (person: string) => {
    const found = await own.stores.people.get(TENANT, person);
    if (found === null) throw new Error('nobody');
    const record = { ...found.record, ...CHOICES, days: [...CHOICES.days] };
    await own.stores.people.change(record, found.etag);
  };

  it('ignores a removal of before the newest installation: choices and address stay', async () => {
    await installed('late-removal', { occurredAt: at('09:00:10') });
    await settle('late-removal');
    await removed('late-removal', NOW, at('09:00:00'));
    expect(await personNow('late-removal')).toMatchObject({
      ...CHOICES,
      reference: aReference(),
      unreachableSince: null,
    });
  });

  it('knows the newest installation of several, also where nothing else changed', async () => {
    await installed('again', { occurredAt: at('08:00:00') });
    await installed('again', { occurredAt: at('09:00:00') });
    await installed('again', { occurredAt: at('08:30:00') });
    await removed('again', NOW, at('08:45:00'));
    expect(await personNow('again')).toMatchObject({ unreachableSince: null, installedAt: at('09:00:00') });
  });

  it('does not bring back who removed it by an installation of before that', async () => {
    await installed('late-installation', { occurredAt: at('08:00:00') });
    await removed('late-installation', NOW, at('09:00:00'));
    expect(await installed('late-installation', { occurredAt: at('08:00:01') })).toEqual({ kind: 'nothing' });
    expect(await personNow('late-installation')).toMatchObject({
      reference: null,
      unreachableWhy: 'uninstalled',
      removedAt: at('09:00:00'),
    });
  });

  it('brings back who installs it anew, and what waited', async () => {
    await installed('anew', { occurredAt: at('08:00:00') });
    await removed('anew', NOW, at('08:30:00'));
    await waitsFor('anew');
    expect(titleOf(await installed('anew', { occurredAt: at('08:31:00') }))).toBe(WELCOME_BACK);
    expect(await dueFor('anew')).toBe(1);
    await removed('anew', NOW, at('08:30:30'));
    expect(await personNow('anew')).toMatchObject({ unreachableSince: null, removedAt: null });
  });

  it('forgets choices and address of who removes it after they could not be reached', async () => {
    const away = { unreachableSince: '2027-01-04T08:00:00.000Z', unreachableWhy: '403' };
    await own.stores.people.add(aPerson({ person: 'left', language: 'en', ...away }));
    await removed('left');
    expect(await personNow('left')).toMatchObject({
      language: null,
      reference: null,
      unreachableSince: away.unreachableSince,
      unreachableWhy: 'uninstalled',
    });
  });

  it('takes no event of a meeting or a group for one of their own chat', async () => {
    await installed('grouped', { occurredAt: at('08:00:00') });
    const before = await personNow('grouped');
    expect(await installed('grouped', { reference: null })).toEqual({ kind: 'nothing' });
    await presence.removed(aTurn({ person: 'grouped', said: { kind: 'removed' }, reference: null }));
    expect(await personNow('grouped')).toEqual(before);
    expect(await installed('unknown-group', { reference: null })).toEqual({ kind: 'nothing' });
    expect(await personNow('unknown-group')).toBeUndefined();
  });
});

describe('presence: proofs of what was sent to who removes it', () => {
  const PROOF = { items: ['coffee|m|s|2027-01-12|0'], sentAt: NOW, activity: '1' };
  const proofOf = (person: string) => own.stores.deliveries.find(TENANT, person, 'digest|2027-01-12');
  /** Presence on people of whom another turn writes the row right before each of the first so many writes. */
  const besides = (times: number, write: (person: string) => Promise<unknown>) => {
    let left = times;
    return createPresence({
      ...own.stores,
      people: {
        ...own.stores.people,
        async change(record, etag) {
          if (left > 0) {
            left -= 1;
            await write(record.person);
          }
          return own.stores.people.change(record, etag);
        },
      },
    });
  };
  const changeZone = async (person: string) => {
    const found = await own.stores.people.get(TENANT, person);
    if (found === null) throw new Error('nobody');
    const zone = found.record.zone === 'Europe/Paris' ? 'Europe/Berlin' : 'Europe/Paris';
    await own.stores.people.change({ ...found.record, zone }, found.etag);
  };

  it('go when the row says that they are away, also where it was written at the same moment, and stay until then', async () => {
    await installed('busy');
    await own.stores.deliveries.record(TENANT, 'busy', 'digest|2027-01-12', PROOF);
    await besides(1, changeZone).removed(aTurn({ person: 'busy', said: { kind: 'removed' } }));
    expect(await personNow('busy')).toMatchObject({ unreachableWhy: 'uninstalled', zone: null });
    expect(await proofOf('busy')).toBeNull();
    await installed('busier');
    await own.stores.deliveries.record(TENANT, 'busier', 'digest|2027-01-12', PROOF);
    await besides(100, changeZone).removed(aTurn({ person: 'busier', said: { kind: 'removed' } }));
    expect(await personNow('busier')).toMatchObject({ unreachableSince: null });
    expect(await proofOf('busier')).toEqual(PROOF);
  });
});

async function waitsFor(person: string): Promise<void> {
  await own.stores.reminders.plan(aReminder({ person, manager: person }));
  for await (const { reminder, stored } of own.stores.reminders.due(NOW)) {
    if (reminder?.person === person) await own.stores.reminders.waitAll([{ reminder, stored }]);
  }
}
