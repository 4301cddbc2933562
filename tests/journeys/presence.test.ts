import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { type House, openHouse } from '../support/running-bot.js';
import { recordAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams.js';

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

  /** Records an agreement whose evaluation is on 26 January, and is asked on the 15th how the talk landed. */
  async function records(person: Person): Promise<void> {
    house.setNow('2027-01-12T10:00:00+01:00');
    await recordAgreement(
      person,
      { name: 'Els', subjects: 'tasks' },
      { what1: 'Els doet de kas niet', next: '2027-01-26' },
    );
    await house.remind('2027-01-15T09:00:00+01:00');
  }

  it('keeps a reminder for who blocked it, and delivers it by itself when they do so no more', async () => {
    const dirk = house.teams.person({ name: 'Dirk' });
    await dirk.install();
    await records(dirk);
    dirk.blocks();
    expect(await house.remind('2027-01-26T09:00:00+01:00')).toMatchObject({
      sent: 0,
      deferred: 1,
      failed: 0,
    });
    expect(await house.remind('2027-01-26T09:01:00+01:00')).toMatchObject({ due: 0 });
    expect(await personRow(dirk.objectId)).not.toHaveProperty('unreachableSince');
    expect(await house.remind('2027-01-27T09:00:00+01:00')).toMatchObject({
      sent: 0,
      deferred: 1,
      failed: 0,
    });
    expect(await personRow(dirk.objectId)).toHaveProperty('unreachableSince');
    dirk.returns();
    // A look-up brings nobody back and leaves no trace, and says nothing of not being there to who reads it.
    const before = await house.dump(true);
    const overview = await dirk.says('mijn overzicht');
    expect(cardText(overview.messages[0]!)).toContain('Els');
    expect(cardText(overview.messages[0]!)).not.toContain('bereiken');
    expect(await house.dump(true)).toEqual(before);
    expect(await house.remind('2027-01-28T09:00:00+01:00')).toMatchObject({ sent: 1 });
    expect(headingOf(dirk.lastMessage())).toBe('Evaluatie met Els');
    expect(await personRow(dirk.objectId)).not.toHaveProperty('unreachableSince');
  });

  it('delivers it also when they put it back before it is tried again', async () => {
    const eva = house.teams.person({ name: 'Eva' });
    await eva.install();
    await records(eva);
    eva.blocks();
    for (const day of ['26', '27']) await house.remind(`2027-01-${day}T09:00:00+01:00`);
    house.setNow('2027-01-27T11:00:00+01:00');
    eva.returns();
    expect((await eva.install()).messages.map(headingOf)).toEqual(['Fijn dat je terug bent']);
    expect(await house.remind('2027-01-27T11:01:00+01:00')).toMatchObject({ sent: 1 });
    expect(headingOf(eva.lastMessage())).toBe('Evaluatie met Els');
  });

  it('reminds at the address that works where Teams named another in between', async () => {
    const fleur = house.teams.person({ name: 'Fleur', region: 'emea' });
    await fleur.install();
    await records(fleur);
    fleur.moves('fr');
    const list = await fleur.says('koffie');
    const form = await fleur.press(list.messages[0]!, { verb: 'coffee.add' });
    await fleur.press(form.message, { verb: 'coffee.save' }, { names: 'Els', rhythm: 'weekly' });
    fleur.moves('emea');
    house.teams.fault(({ path }) =>
      path.startsWith('/fr/')
        ? { status: 403, body: { error: { code: 'BadArgument', message: 'different region' } } }
        : undefined,
    );
    expect(await house.remind('2027-01-26T09:00:00+01:00')).toMatchObject({ failed: 0, digests: 1 });
    house.teams.fault();
    const refused = house.teams.received.filter(
      ({ path, status }) => path.startsWith('/fr/') && status === 403,
    );
    expect(refused).toHaveLength(1);
    expect(cardText(fleur.lastMessage())).toContain('Els');
    expect(await personRow(fleur.objectId)).not.toHaveProperty('refusedSince');
  });

  it('takes no chat between people for somebody’s own', async () => {
    const gijs = house.teams.person({ name: 'Gijs' });
    await gijs.install();
    const before = await personRow(gijs.objectId);
    const id = `19:${gijs.objectId}_${house.teams.newTenant()}@unq.gbl.spaces`;
    const conversation = { conversationType: 'personal', tenantId: gijs.tenantId, id };
    await gijs.sends({ type: 'installationUpdate', action: 'add', conversation });
    expect(await personRow(gijs.objectId)).toEqual(before);
  });
});
