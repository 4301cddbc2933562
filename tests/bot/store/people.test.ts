import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPerson, type People, sameReference } from '../../../bot/store/people.js';
import { type OwnTables, openOwnTables } from '../../support/own-tables.js';
import { aPerson, aReference, TENANT } from '../../support/records.js';

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
  it('gives back somebody as they were kept', async () => {
    const mila = aPerson({ person: 'mila', language: 'en', zone: 'America/Curacao' });
    expect(await people.add(mila)).toBe('ok');
    expect((await read('mila')).record).toEqual(mila);
  });

  it('keeps what is not known as not known', async () => {
    await people.add(newPerson(TENANT, 'new'));
    expect((await read('new')).record).toEqual(aPerson({ person: 'new', reference: null }));
  });

  it('knows nobody whom it was not told of', async () => {
    expect(await people.get(TENANT, 'nobody')).toBeNull();
  });

  it('keeps tenants apart', async () => {
    await people.add(aPerson({ person: 'apart' }));
    expect(await people.get('another-tenant', 'apart')).toBeNull();
  });

  it('adds nobody twice', async () => {
    await people.add(aPerson({ person: 'twice' }));
    expect(await people.add(aPerson({ person: 'twice', language: 'en' }))).toBe('conflict');
    expect((await read('twice')).record.language).toBeNull();
  });

  it('changes somebody under the etag with which they were read', async () => {
    await people.add(aPerson({ person: 'change' }));
    const { record, etag } = await read('change');
    expect(await people.change({ ...record, language: 'en' }, etag)).toBe('ok');
    expect((await read('change')).record.language).toBe('en');
  });

  it('refuses a change of somebody who changed since', async () => {
    await people.add(aPerson({ person: 'stale' }));
    const { record, etag } = await read('stale');
    await people.change({ ...record, language: 'en' }, etag);
    expect(await people.change({ ...record, zone: 'Europe/Paris' }, etag)).toBe('conflict');
  });

  it('forgets what is set back to not known', async () => {
    await people.add(
      aPerson({ person: 'back', unreachableSince: '2027-01-01T00:00:00.000Z', unreachableWhy: '403' }),
    );
    const { record, etag } = await read('back');
    await people.change({ ...record, unreachableSince: null, unreachableWhy: null }, etag);
    expect((await read('back')).record).toMatchObject({ unreachableSince: null, unreachableWhy: null });
  });

  it('throws on a row that it cannot read, with the names of the fields and not what is in them', async () => {
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

describe('people: remember', () => {
  it('keeps somebody new', async () => {
    const remembered = await people.remember(TENANT, 'first', aReference());
    expect(remembered).toEqual(aPerson({ person: 'first' }));
    expect((await read('first')).record).toEqual(remembered);
  });

  it('writes nothing when nothing changed', async () => {
    await people.remember(TENANT, 'same', aReference());
    const { etag } = await read('same');
    const before = own.tables.requests();
    await people.remember(TENANT, 'same', aReference());
    expect(own.tables.requests() - before).toBe(1);
    expect((await read('same')).etag).toBe(etag);
  });

  it('keeps a new place to write to, and leaves the wishes as they are', async () => {
    await people.add(aPerson({ person: 'moved', language: 'en', zone: 'Europe/Paris' }));
    const reference = aReference({ conversation: 'a:2' });
    await people.remember(TENANT, 'moved', reference);
    expect((await read('moved')).record).toEqual(
      aPerson({ person: 'moved', language: 'en', zone: 'Europe/Paris', reference }),
    );
  });

  it('takes whoever speaks for somebody who can be reached', async () => {
    await people.add(
      aPerson({ person: 'away', unreachableSince: '2027-01-01T00:00:00.000Z', unreachableWhy: '403' }),
    );
    const remembered = await people.remember(TENANT, 'away', aReference());
    expect(remembered).toMatchObject({ unreachableSince: null, unreachableWhy: null });
    expect((await read('away')).record).toEqual(remembered);
  });

  it('makes one of somebody who does two things at once', async () => {
    const remembered = await Promise.all([
      people.remember(TENANT, 'at-once', aReference()),
      people.remember(TENANT, 'at-once', aReference()),
    ]);
    expect(remembered).toEqual([aPerson({ person: 'at-once' }), aPerson({ person: 'at-once' })]);
  });
});

describe('people: sameReference', () => {
  it('is true for the same place', () => {
    expect(sameReference(aReference(), aReference())).toBe(true);
  });

  it.each(['channel', 'serviceUrl', 'conversation', 'tenant', 'bot', 'user'] as const)(
    'is false when %s differs',
    (name) => {
      expect(sameReference(aReference(), aReference({ [name]: 'other' }))).toBe(false);
    },
  );

  it('is false when there was no place yet', () => {
    expect(sameReference(null, aReference())).toBe(false);
  });
});
