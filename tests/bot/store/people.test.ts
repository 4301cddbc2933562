import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPerson, sameReference } from '../../../bot/domain/person.js';
import type { People } from '../../../bot/store/people.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { aPerson, aReference, TENANT } from '../../support/sample-records.js';

let own: OwnTables;
let people: People;
beforeAll(async () => {
  own = await openOwnTables();
  people = own.stores.people;
});
afterAll(() => own.drop());

async function read(person: string) {
  const found = await people.get(TENANT, person);
  if (found === null) throw new Error(`no person ${person}`);
  return found;
}

describe('people', () => {
  it('gives back somebody as they were kept, what is not known as not known, and nobody whom it was not told of', async () => {
    const mila = aPerson({
      person: 'mila',
      language: 'en',
      locale: 'nl',
      zone: 'America/Curacao',
      time: '07:30',
      days: [2, 4],
      pausedUntil: '2027-02-01',
      formerReference: aReference({ serviceUrl: 'https://smba.example/fr/' }),
      installedAt: '2027-01-01T00:00:00.000Z',
      removedAt: '2026-12-01T00:00:00.000Z',
      refusedSince: '2027-01-02T00:00:00.000Z',
      refusedWhy: '404 ConversationNotFound',
    });
    expect(await people.add(mila)).toBe('ok');
    expect((await read('mila')).record).toEqual(mila);
    await people.add(newPerson(TENANT, 'new'));
    expect((await read('new')).record).toEqual(aPerson({ person: 'new', reference: null }));
    expect(await people.get(TENANT, 'nobody')).toBeNull();
  });

  it('keeps tenants apart, and adds nobody twice', async () => {
    await people.add(aPerson({ person: 'apart' }));
    expect(await people.get('another-tenant', 'apart')).toBeNull();
    await people.add(aPerson({ person: 'twice' }));
    expect(await people.add(aPerson({ person: 'twice', language: 'en' }))).toBe('conflict');
    expect((await read('twice')).record.language).toBeNull();
  });

  it('changes somebody under the etag with which they were read, back to not known too, and nobody who changed since', async () => {
    await people.add(aPerson({ person: 'change' }));
    const { record, etag } = await read('change');
    expect(await people.change({ ...record, language: 'en' }, etag)).toBe('ok');
    expect((await read('change')).record.language).toBe('en');
    {
      await people.add(aPerson({ person: 'stale' }));
      const { record, etag } = await read('stale');
      await people.change({ ...record, language: 'en' }, etag);
      expect(await people.change({ ...record, zone: 'Europe/Paris' }, etag)).toBe('conflict');
    }
    {
      await people.add(
        aPerson({ person: 'back', unreachableSince: '2027-01-01T00:00:00.000Z', unreachableWhy: '403' }),
      );
      const { record, etag } = await read('back');
      await people.change({ ...record, unreachableSince: null, unreachableWhy: null }, etag);
      expect((await read('back')).record).toMatchObject({ unreachableSince: null, unreachableWhy: null });
    }
  });

  it('reads a row of before addresses, installations and refusals were remembered, and throws on one that it cannot read, without what is in it', async () => {
    const reference = aReference();
    await own.tables.table('people').upsert({
      partitionKey: TENANT,
      rowKey: 'old',
      tenant: TENANT,
      person: 'old',
      reference: JSON.stringify(reference),
      unreachableSince: '2026-01-01T00:00:00.000Z',
      unreachableWhy: '403',
    });
    expect((await read('old')).record).toEqual(
      aPerson({
        person: 'old',
        reference,
        unreachableSince: '2026-01-01T00:00:00.000Z',
        unreachableWhy: '403',
      }),
    );
    const row = {
      partitionKey: TENANT,
      rowKey: 'broken',
      tenant: TENANT,
      person: 'broken',
      language: 'geheim',
    };
    await own.tables.table('people').upsert(row);
    const reading = people.get(TENANT, 'broken');
    await expect(reading).rejects.toMatchObject({
      code: 'unreadable-row',
      message: expect.stringContaining('language'),
    });
    await expect(reading).rejects.not.toMatchObject({ message: expect.stringContaining('geheim') });
  });
});

describe('people: many at once', () => {
  const TENANT_OF_MANY = 'tenant-of-many';
  const ids = Array.from({ length: 30 }, (_, at) => `person-${String(at).padStart(2, '0')}`);
  const somebody = (person: string) => aPerson({ tenant: TENANT_OF_MANY, person });
  beforeAll(() => Promise.all(ids.map((id) => people.add(somebody(id)))));

  it('are each as they are alone, for one request, and null for whom nothing is kept', async () => {
    const before = own.tables.requests();
    const personOf = await people.getMany(TENANT_OF_MANY, ids);
    expect(own.tables.requests() - before).toBe(1);
    expect(ids.map((id) => personOf(id)?.record)).toEqual(ids.map(somebody));
    expect(personOf('person-07')).toEqual(await people.get(TENANT_OF_MANY, 'person-07'));
    {
      const personOf = await people.getMany(TENANT_OF_MANY, ['nobody', 'person-01', 'person-0']);
      expect([personOf('nobody'), personOf('person-0')]).toEqual([null, null]);
      expect((await people.getMany('another', ids))('person-01')).toBeNull();
    }
  });

  it('throw one by one when a row cannot be read', async () => {
    const row = { partitionKey: TENANT_OF_MANY, rowKey: 'person-03b', language: 'geheim' };
    await own.tables.table('people').upsert(row);
    const personOf = await people.getMany(TENANT_OF_MANY, ['person-03', 'person-03b']);
    expect(personOf('person-03')?.record).toEqual(somebody('person-03'));
    expect(() => personOf('person-03b')).toThrow(expect.objectContaining({ code: 'unreadable-row' }));
  });
});

describe('people: sameReference', () => {
  it('tells the same place from another in any field, and from none', async () => {
    expect(sameReference(aReference(), aReference())).toBe(true);
    expect(
      await faultsOf(['channel', 'serviceUrl', 'conversation', 'tenant', 'bot', 'user'] as const, (name) => {
        expect(sameReference(aReference(), aReference({ [name]: 'other' }))).toBe(false);
      }),
    ).toEqual([]);
    expect(sameReference(null, aReference())).toBe(false);
  });
});
