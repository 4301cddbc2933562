import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headingOf } from '../support/cards-on-screen.js';
import { type House, openHouse } from '../support/house.js';

describe('being put in and taken out of somebody’s chats', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const personRow = async (objectId: string) =>
    (await house.dump()).people?.find((row) => JSON.stringify(row).includes(objectId)) as
      | Record<string, unknown>
      | undefined;

  it('welcomes once, although Teams tells of an installation in two ways, and in the language of Teams', async () => {
    const anouk = house.teams.person({ name: 'Anouk', locale: 'nl-NL' });
    const { messages } = await anouk.install();
    expect(messages.map(headingOf)).toEqual(['Welkom bij Kopje Koffie']);
    const john = house.teams.person({ name: 'John', locale: 'en-US' });
    expect((await john.install()).messages.map(headingOf)).toEqual(['Welcome to Kopje Koffie']);
    expect(await personRow(anouk.objectId)).toMatchObject({ person: anouk.objectId });
  });

  it('says nothing at an upgrade, and keeps the new address', async () => {
    const bo = house.teams.person({ name: 'Bo' });
    await bo.install();
    bo.moves('emea');
    expect((await bo.upgrade()).messages).toEqual([]);
    expect(JSON.stringify(await personRow(bo.objectId))).toContain('emea');
  });

  it('marks who removed it as unreachable, and welcomes them back', async () => {
    const cas = house.teams.person({ name: 'Cas' });
    await cas.install();
    await cas.uninstall();
    expect(await personRow(cas.objectId)).toMatchObject({ unreachableWhy: 'uninstalled' });
    expect((await cas.install()).messages.map(headingOf)).toEqual(['Fijn dat je terug bent']);
    expect(await personRow(cas.objectId)).not.toHaveProperty('unreachableSince');
  });

  it('keeps a reminder for who blocked it, and delivers it when they are back', async () => {
    const dirk = house.teams.person({ name: 'Dirk' });
    await dirk.install();
    const start = await dirk.says('afspraak vastleggen');
    const two = await dirk.press(start.messages[0]!, 'Verder', { name: 'Els', subjects: 'tasks' });
    await dirk.press(two.message, 'Opslaan', { what1: 'Els doet de kas niet', next: '2027-01-26' });
    await house.remind('2027-01-15T09:00:00+01:00');
    dirk.blocks();
    expect(await house.remind('2027-01-26T09:00:00+01:00')).toMatchObject({
      sent: 0,
      deferred: 1,
      failed: 0,
    });
    expect(await house.remind('2027-01-26T09:01:00+01:00')).toMatchObject({ due: 0 });
    dirk.returns();
    await dirk.install();
    expect(await house.remind('2027-01-26T09:05:00+01:00')).toMatchObject({ sent: 1 });
    expect(headingOf(dirk.lastMessage())).toBe('Terugkijken met Els');
  });
});
