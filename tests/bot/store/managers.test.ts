import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import type { Manager } from '../../../bot/domain/manager.js';
import type { Managers, Wanted } from '../../../bot/store/managers.js';
import { key } from '../../../bot/store/tables/keys.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { aMember, anAgreement, anItem, TENANT } from '../../support/sample-records.js';

let own: OwnTables;
let managers: Managers;
beforeAll(async () => {
  own = await openOwnTables();
  managers = own.stores.managers;
});
afterAll(() => own.drop());

function aManager(person: string): Manager {
  return { tenant: TENANT, person };
}

/** The agreement in a row with such values, as an earlier version wrote them. */
async function readPacked(packed: Readonly<Record<string, string>>): Promise<Agreement> {
  const manager = aManager(`packed ${JSON.stringify(packed)}`);
  await managers.addAgreement(manager, aMember(), anAgreement());
  const table = own.tables.table('managers');
  const place = [key(manager.tenant, manager.person), key('agreement', 'agreement-1')] as const;
  const found = await table.get(...place);
  if (found === null) throw new Error('no row');
  await table.upsert({ ...found.row, ...packed });
  const [whole] = (await managers.records(manager)).agreements;
  expect(whole).toEqual((await read(manager)).record);
  return (await read(manager)).record;
}

async function read(manager: Manager, id = 'agreement-1') {
  const found = await managers.agreement(manager, id);
  if (found === null) throw new Error(`no agreement ${id}`);
  return found;
}

describe('managers', () => {
  it('gives back an agreement as it was recorded, lists and all, and what is not known as not known', async () => {
    const manager = aManager('whole');
    const agreement = anAgreement({
      items: [anItem({ what: 'Zoë’s "rooster" | 50% \\ {x}', outcome: 'adjust' })],
      evaluations: [{ day: '2027-01-12', outcomes: { '1': 'works' } }],
      remindFrom: '2027-01-15T08:00:00.000Z',
      answer: 'change-asked',
      answeredAt: '2027-01-13T08:00:00.000Z',
      changeAsked: {
        subjects: ['days'],
        note: 'Graag 9|17 uur',
        askedAt: '2027-01-13T08:00:00.000Z',
        handledAt: null,
        reply: null,
      },
      undelivered: { kind: 'evaluation', why: '403' },
      landed: true,
      version: 4,
    });
    expect(await managers.addAgreement(manager, aMember(), agreement)).toBe('ok');
    expect((await read(manager)).record).toEqual(agreement);
    {
      const manager = aManager('unknowns');
      const agreement = anAgreement({ employee: null, answer: 'not-shared' });
      await managers.addAgreement(manager, aMember({ person: null }), agreement);
      expect((await read(manager)).record).toEqual(agreement);
      expect((await managers.records(manager)).members).toEqual([aMember({ person: null })]);
    }
  });

  it('reads a request and a failure that were packed into one text, with all that was written', async () => {
    expect(
      await faultsOf(
        [
          ['days,items|Graag 9|17 uur|niet op maandag', ['days', 'items'], 'Graag 9|17 uur|niet op maandag'],
          ['talk|', ['talk'], ''],
          ['days|{"a":1}', ['days'], '{"a":1}'],
          ['', [], ''],
        ],
        async (packed, subjects, note) => {
          const answeredAt = '2027-01-13T08:00:00.000Z';
          const read = await readPacked({ changeAsked: packed, answer: 'change-asked', answeredAt });
          expect(read.changeAsked).toEqual({
            subjects,
            note,
            askedAt: answeredAt,
            handledAt: null,
            reply: null,
          });
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          ['evaluation:403 Forbidden: blocked', { kind: 'evaluation', why: '403 Forbidden: blocked' }],
          ['landed:unreachable', { kind: 'landed', why: 'unreachable' }],
        ],
        async (packed, undelivered) => {
          expect((await readPacked({ undelivered: packed })).undelivered).toEqual(undelivered);
        },
      ),
    ).toEqual([]);
  });

  it('removes an agreement as it was read, and leaves one that was changed since', async () => {
    const manager = aManager('removing');
    await managers.addAgreement(manager, aMember(), anAgreement());
    const { record, etag } = await read(manager);
    await managers.changeAgreement(manager, { ...record, version: 2 }, etag);
    expect(await managers.removeAgreement(manager, record.id, etag)).toBe('conflict');
    expect(await managers.removeAgreement(manager, record.id, (await read(manager)).etag)).toBe('ok');
    expect(await managers.agreement(manager, record.id)).toBeNull();
  });

  it('adds and changes any number of people, and writes over nobody that it did not read', async () => {
    const manager = aManager('adding');
    const people = Array.from({ length: 150 }, (_, at) => aMember({ id: `name-${at}`, name: `Bo ${at}` }));
    expect(await managers.saveMembers(manager, { add: people, change: [] })).toBe('ok');
    const kept = await managers.members(manager);
    expect(kept.map(({ record }) => record.id).sort()).toEqual(people.map(({ id }) => id).sort());
    const [first, second] = kept;
    if (first === undefined || second === undefined) throw new Error('nobody');
    expect(await managers.saveMembers(manager, { add: [aMember({ id: 'name-1' })], change: [] })).toBe(
      'conflict',
    );
    const had = { ...first, record: { ...first.record, coffees: 1 } };
    expect(await managers.saveMembers(manager, { add: [], change: [had] })).toBe('ok');
    // Read before that, and together with somebody new: neither is written.
    const late = { ...first, record: { ...first.record, coffees: 9 } };
    expect(await managers.saveMembers(manager, { add: [aMember({ id: 'new' })], change: [late] })).toBe(
      'conflict',
    );
    expect((await managers.member(manager, first.record.id))?.record.coffees).toBe(1);
    expect(await managers.member(manager, 'new')).toBeNull();
    await managers.removeMember(manager, second.record.id, () => false);
    expect(await managers.saveMembers(manager, { add: [], change: [second] })).toBe('gone');
  });

  it('removes people by the hundred, also those that are gone, and nothing else', async () => {
    const manager = aManager('clearing');
    const people = Array.from({ length: 60 }, (_, at) => aMember({ id: `name-${at}` }));
    await managers.putMembers(manager, people);
    await managers.addAgreement(manager, aMember(), anAgreement());
    const ids = [...people.map(({ id }) => id), ...Array.from({ length: 60 }, (_, at) => `gone-${at}`)];
    await managers.removeKept(manager, ids, ['gone']);
    const { members, agreements } = await managers.records(manager);
    expect([members, agreements]).toEqual([[aMember()], [anAgreement()]]);
  });

  it('reads all that one manager keeps with one request, and nothing of who recorded nothing', async () => {
    expect(await managers.agreement(aManager('nobody'), 'agreement-1')).toBeNull();
    expect(await managers.records(aManager('nobody'))).toEqual({
      members: [],
      agreements: [],
      moments: [],
      scans: [],
      unreadable: [],
    });
    const manager = aManager('all');
    await managers.addAgreement(manager, aMember(), anAgreement({ id: '1' }));
    await managers.addAgreement(manager, aMember({ id: 'bo', name: 'Bo' }), anAgreement({ id: '2' }));
    const before = own.tables.requests();
    const { members, agreements } = await managers.records(manager);
    expect(own.tables.requests() - before).toBe(1);
    expect(members).toEqual([aMember({ id: 'bo', name: 'Bo' }), aMember()]);
    expect(agreements.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('shows a manager nothing of another manager, tenant or longer id', async () => {
    await managers.addAgreement(aManager('mine'), aMember(), anAgreement());
    expect(await managers.agreement(aManager('other'), 'agreement-1')).toBeNull();
    expect(await managers.agreement({ tenant: 'another', person: 'mine' }, 'agreement-1')).toBeNull();
    expect((await managers.records({ tenant: 'another', person: 'mine' })).agreements).toEqual([]);
    await managers.addAgreement(aManager('ann'), aMember(), anAgreement());
    expect((await managers.records(aManager('an'))).agreements).toEqual([]);
  });

  it('adds an agreement once, with one member for two with the same person, by the newest name', async () => {
    const manager = aManager('twice');
    await managers.addAgreement(manager, aMember(), anAgreement());
    const again = await managers.addAgreement(
      manager,
      aMember({ name: 'Anders' }),
      anAgreement({ version: 2 }),
    );
    expect(again).toBe('conflict');
    expect(await managers.records(manager)).toEqual({
      members: [aMember()],
      agreements: [anAgreement()],
      moments: [],
      scans: [],
      unreadable: [],
    });
    {
      const manager = aManager('member');
      await managers.addAgreement(manager, aMember(), anAgreement({ id: '1' }));
      await managers.addAgreement(manager, aMember({ name: 'Sanne B.' }), anAgreement({ id: '2' }));
      expect((await managers.records(manager)).members).toEqual([aMember({ name: 'Sanne B.' })]);
    }
  });

  it('changes an agreement under the etag with which it was read, and only while it is there', async () => {
    const manager = aManager('change');
    await managers.addAgreement(manager, aMember(), anAgreement({ remindFrom: '2027-01-15T08:00:00.000Z' }));
    const { record, etag } = await read(manager);
    const changed = { ...record, remindFrom: null, nextDay: '2027-01-26', version: 2 };
    expect(await managers.changeAgreement(manager, changed, etag)).toBe('ok');
    expect((await read(manager)).record).toEqual(changed);
    {
      const manager = aManager('stale');
      await managers.addAgreement(manager, aMember(), anAgreement());
      const { record, etag } = await read(manager);
      await managers.changeAgreement(manager, { ...record, landed: true }, etag);
      expect(await managers.changeAgreement(manager, { ...record, nextDay: '2027-01-26' }, etag)).toBe(
        'conflict',
      );
      expect((await read(manager)).record).toEqual({ ...record, landed: true });
    }
    expect(await managers.changeAgreement(aManager('gone'), anAgreement(), '*')).toBe('gone');
  });

  it('throws on an agreement that it cannot read or whose lists are no JSON, without what is in it', async () => {
    const row = { partitionKey: `${TENANT}|broken`, rowKey: 'agreement|1', id: '1', memberName: 'geheim' };
    await own.tables.table('managers').upsert(row);
    const reading = managers.agreement(aManager('broken'), '1');
    await expect(reading).rejects.toMatchObject({ code: 'unreadable-row' });
    await expect(reading).rejects.not.toMatchObject({ message: expect.stringContaining('geheim') });
    const manager = aManager('no-json');
    await managers.addAgreement(manager, aMember(), anAgreement());
    const table = own.tables.table('managers');
    const stored = await table.get(`${TENANT}|no-json`, 'agreement|agreement-1');
    await table.upsert({
      ...stored?.row,
      partitionKey: `${TENANT}|no-json`,
      rowKey: 'agreement|agreement-1',
      items: '[{',
    });
    await expect(managers.agreement(manager, 'agreement-1')).rejects.toMatchObject({
      code: 'unreadable-row',
      message: expect.stringContaining('items'),
    });
  });

  it('does not mind records of a kind that it does not know yet', async () => {
    const manager = aManager('newer');
    await own.tables.table('managers').upsert({ partitionKey: `${TENANT}|newer`, rowKey: 'scan|1', x: 1 });
    await managers.addAgreement(manager, aMember(), anAgreement());
    expect((await managers.records(manager)).agreements).toEqual([anAgreement()]);
  });
});

describe('managers: several at once', () => {
  const tenants = ['several-1', 'several-2'];
  const everybody = tenants.flatMap((tenant) =>
    Array.from({ length: 12 }, (_, at) => ({ tenant, person: `manager-${String(at).padStart(2, '0')}` })),
  );
  const wantedOf = (manager: Manager): Wanted => ({
    manager,
    subjects: [
      { kind: 'agreement', id: '1' },
      { kind: 'agreement', id: '2' },
      { kind: 'member', id: 'bo' },
    ],
  });
  beforeAll(async () => {
    for (const manager of everybody) {
      await managers.addAgreement(manager, aMember(), anAgreement({ id: '1' }));
      await managers.addAgreement(manager, aMember({ id: 'bo', name: 'Bo' }), anAgreement({ id: '2' }));
    }
  });

  it('are each as they are alone, for one request a tenant, many or few', async () => {
    const before = own.tables.requests();
    const several = await managers.several(everybody.map(wantedOf));
    expect(own.tables.requests() - before).toBe(2);
    for (const manager of everybody) {
      expect(several.agreement(manager, '2')).toEqual(await managers.agreement(manager, '2'));
      expect(several.member(manager, 'bo')).toEqual(await managers.member(manager, 'bo'));
    }
    const [manager] = everybody as [Manager];
    const alone: Wanted = { manager, subjects: [{ kind: 'agreement', id: '2' }] };
    for (const wanted of [wantedOf(manager), alone]) {
      const before = own.tables.requests();
      const several = await managers.several([wanted]);
      expect(several.agreement(manager, '2')?.record).toEqual(anAgreement({ id: '2' }));
      expect(own.tables.requests() - before).toBe(1);
    }
  });

  it('are null for what is not there, and throw one by one when a row cannot be read', async () => {
    const [manager] = everybody as [Manager];
    const wanted: Wanted = {
      manager,
      subjects: [
        { kind: 'agreement', id: 'gone' },
        { kind: 'moment', id: 'gone' },
      ],
    };
    const several = await managers.several([wanted, wantedOf(aManager('who-has-nothing'))]);
    expect(several.agreement(manager, 'gone')).toBeNull();
    expect(several.moment(manager, 'gone')).toBeNull();
    expect(several.agreement(aManager('who-has-nothing'), '1')).toBeNull();
    {
      const broken = { tenant: 'several-1', person: 'manager-00b' };
      const row = { partitionKey: 'several-1|manager-00b', rowKey: 'agreement|1', memberName: 'geheim' };
      await own.tables.table('managers').upsert(row);
      const several = await managers.several([...everybody.slice(0, 2), broken].map(wantedOf));
      expect(several.agreement(everybody[0] as Manager, '1')?.record).toEqual(anAgreement({ id: '1' }));
      expect(() => several.agreement(broken, '1')).toThrow(
        expect.objectContaining({ code: 'unreadable-row' }),
      );
    }
  });
});
