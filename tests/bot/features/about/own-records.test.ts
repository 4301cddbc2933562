import { describe, expect, it } from 'vitest';
import { newMember } from '../../../../bot/domain/member.js';
import { defaultOrganisation } from '../../../../bot/domain/organisation.js';
import { createAbout } from '../../../../bot/features/about/about.handler.js';
import { createOwnRecords } from '../../../../bot/features/about/own-records.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { MILA, openSending, SANNE, type Sending } from '../../../support/jobs/sending-scene.js';
import { aMember, anAgreement, aPerson, EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
import { aPress, SANNE_ACTS, textsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { about: WORDS } = messagesFor('nl');
const AHMED = { tenant: TENANT, person: 'd4d4d4d4-0000-4000-8000-000000000004' };

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
  },
  () => house.own.drop(),
);

const read = () => createOwnRecords(house.stores)(SANNE);
const point = (to: { agreement: string } | { member: string }, manager = MANAGER) =>
  house.stores.about.index(TENANT, EMPLOYEE, { manager, since: '2027-01-08T10:00:00.000Z', ...to });
const breakRow = (rowKey: string, property: object) =>
  house.own.tables.table('managers').upsert({ partitionKey: `${TENANT}|${MANAGER}`, rowKey, ...property });

const breakScan = () =>
  house.own.tables.table('scans').upsert({ partitionKey: TENANT, rowKey: 'scan|BCDFG', asked: 7 });

async function shown(): Promise<unknown[]> {
  const about = createAbout({
    ...house.stores,
    ownRecords: createOwnRecords(house.stores),
    organisationSettings: { of: async (tenant) => defaultOrganisation(tenant) },
    screen: () => [],
    zone: 'Europe/Amsterdam',
  });
  return textsOf(await about['about.records'](aPress('about.records', { page: 0 }, SANNE_ACTS)));
}

describe('own records', () => {
  it('are all that a manager keeps under the account, whatever pointers are left or can be read, and nobody else’s', async () => {
    await point({ member: aMember().id });
    const { agreements, places } = await read();
    expect(agreements.map(({ record }) => record.id)).toEqual(['agreement-1']);
    expect(places.map(({ record }) => record.name)).toEqual(['Sanne']);
    await afresh();
    await house.own.tables
      .table('about')
      .upsert({ partitionKey: `${TENANT}|${EMPLOYEE}`, rowKey: `${MANAGER}|agreement-1`, since: 7 });
    expect((await read()).agreements).toHaveLength(1);
    await afresh();
    {
      const bo = newMember('place-bo', 'Bo', 'bo');
      await house.stores.managers.addAgreement(MILA, bo, anAgreement({ id: 'with-bo', employee: 'bo' }));
      await point({ agreement: 'agreement-1' });
      const { agreements, places } = await read();
      expect([...agreements, ...places].map(({ record }) => record.id)).toEqual([
        'agreement-1',
        aMember().id,
      ]);
    }
  });

  it('are of one manager while an agreement is handed over, and of both where only the number is the same', async () => {
    const moved = anAgreement({ managerName: 'Ahmed', movedFrom: 'Mila de Wit' });
    await house.stores.managers.addAgreement(AHMED, aMember(), moved);
    await point({ agreement: 'agreement-1' }, AHMED.person);
    await point({ member: aMember().id });
    expect((await read()).agreements.map(({ managerName }) => managerName)).toEqual(['Ahmed']);
    await afresh();
    const other = anAgreement({ managerName: 'Ahmed', createdAt: '2027-01-05T10:00:00.000Z' });
    await house.stores.managers.addAgreement(AHMED, aMember(), other);
    await point({ agreement: 'agreement-1' }, AHMED.person);
    await point({ member: aMember().id });
    expect((await read()).agreements.map(({ managerName }) => managerName)).toEqual(['Mila de Wit', 'Ahmed']);
  });

  it('are shown on the days that it was where the employee says that they are', async () => {
    await house.changeAgreement({ createdAt: '2027-01-09T01:00:00.000Z' });
    await point({ agreement: 'agreement-1' });
    expect(await shown()).toContain('Vastgelegd sinds zaterdag 9 januari 2027.');
    await house.stores.people.add(aPerson({ person: EMPLOYEE, zone: 'America/Paramaribo' }));
    expect(await shown()).toContain('Vastgelegd sinds vrijdag 8 januari 2027.');
  });

  it('say that some of it cannot be read, and do not say then that this is all', async () => {
    await point({ agreement: 'agreement-1' });
    expect((await read()).unreadable).toBe(false);
    expect(await shown()).not.toContain(WORDS.recordsUnreadable);
    await breakRow('moment|odd', { kind: 'divorce' });
    expect((await read()).unreadable).toBe(true);
    expect(await shown()).toContain(WORDS.recordsUnreadable);
    // A scan that cannot be read may be one that they were asked for.
    await afresh();
    await breakScan();
    expect(await shown()).toContain(WORDS.recordsUnreadable);
  });

  it('never say that there is nothing: only that nothing is linked to the account, and whom to ask', async () => {
    for (const lang of ['nl', 'en'] as const) {
      const { about, export: exported } = messagesFor(lang);
      expect(about.recordsEmpty).not.toMatch(/er is niets over jou|nothing is recorded about you/i);
      expect(about.recordsEmpty).toMatch(/HR/);
      for (const text of [about.recordsEmpty, about.recordsLimits])
        expect(text).toMatch(/alleen je naam|only type/);
      for (const text of [about.recordsEmpty, about.recordsIntro, exported.document.intro])
        expect(text).toMatch(/Teams-account|Teams account/);
    }
    expect(await shown()).toContain(WORDS.recordsEmpty);
    await point({ agreement: 'agreement-1' });
    expect(await shown()).toContain(WORDS.recordsLimits);
  });

  it('show a place that is no more than a name only where nothing else tells of it', async () => {
    await point({ agreement: 'agreement-1' });
    const place = 'Je naam op de lijst van je leidinggevende';
    expect(await shown()).not.toContain(place);
    const found = await house.stores.managers.agreement(MILA, 'agreement-1');
    await house.stores.managers.removeAgreement(MILA, 'agreement-1', found!.etag);
    expect(await shown()).toContain(place);
  });
});
