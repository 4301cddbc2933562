import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmployeeIndex } from '../../../bot/store/employee-index.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { TENANT } from '../../support/sample-records.js';

let own: OwnTables;
let about: EmployeeIndex;
beforeAll(async () => {
  own = await openOwnTables();
  about = own.stores.about;
  await about.index(TENANT, 'sanne', {
    manager: 'mila',
    agreement: 'one',
    since: '2027-01-08T10:00:00.000Z',
  });
});
afterAll(() => own.drop());

describe('about', () => {
  it('knows that an agreement concerns an employee, and no other organisation, person or record', async () => {
    expect(await about.concerns(TENANT, 'sanne', 'mila', 'one')).toBe(true);
    expect(
      await faultsOf(
        [
          ['another employee', TENANT, 'bo', 'mila', 'one'],
          ['another tenant', 'another', 'sanne', 'mila', 'one'],
          ['another manager', TENANT, 'sanne', 'ahmed', 'one'],
          ['another agreement', TENANT, 'sanne', 'mila', 'two'],
          ['the parts in another order', TENANT, 'mila', 'sanne', 'one'],
          ['a separator in a part', `${TENANT}|sanne`, '', 'mila', 'one'],
        ],
        async (_case, tenant, employee, manager, agreement) => {
          expect(await about.concerns(tenant, employee, manager, agreement)).toBe(false);
        },
      ),
    ).toEqual([]);
  });

  it('points once and forgets once, however often it is told, and only what it is told', async () => {
    const pointer = { manager: 'mila', agreement: 'often', since: '2027-01-08T10:00:00.000Z' };
    await about.index(TENANT, 'bo', pointer);
    const before = await own.dump();
    await about.index(TENANT, 'bo', pointer);
    expect(await own.dump()).toEqual(before);
    for (const agreement of ['one', 'two'])
      await about.index(TENANT, 'kim', { manager: 'mila', agreement, since: '2027-01-08T10:00:00.000Z' });
    await about.unindex(TENANT, 'kim', { manager: 'mila', id: 'one' });
    await about.unindex(TENANT, 'kim', { manager: 'mila', id: 'one' });
    expect(await about.concerns(TENANT, 'kim', 'mila', 'one')).toBe(false);
    expect(await about.concerns(TENANT, 'kim', 'mila', 'two')).toBe(true);
  });

  it('tells an agreement and a removed moment of the same id apart', async () => {
    const since = '2027-01-08T10:00:00.000Z';
    const removed = { askedAt: since, at: since, managerName: 'Mila' };
    await about.index(TENANT, 'bo', { manager: 'mila', agreement: 'same', since });
    await about.index(TENANT, 'bo', { manager: 'mila', moment: 'same', since, removed });
    expect(await about.concerns(TENANT, 'bo', 'mila', 'same')).toBe(true);
    const ofSame = async () =>
      (await about.of(TENANT, 'bo')).filter(({ agreement, moment }) => [agreement, moment].includes('same'));
    expect(await ofSame()).toHaveLength(2);
    for (const _time of [1, 2])
      await about.takeBackRemoved(TENANT, 'bo', { manager: 'mila', moment: 'same' });
    expect(await ofSame()).toMatchObject([{ agreement: 'same', moment: null }]);
  });

  it('keeps where something is and nothing of what it says', async () => {
    const { about: rows = [] } = await own.dump();
    const sanne = rows.find((row) => row.partitionKey === `${TENANT}|sanne`);
    expect(Object.keys(sanne ?? {}).sort()).toEqual([
      'agreement',
      'manager',
      'partitionKey',
      'rowKey',
      'since',
    ]);
  });
});
