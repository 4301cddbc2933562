import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStores } from '../../../bot/store/stores.js';
import type { Table } from '../../../bot/store/tables/tables.js';
import { createTurnWrites, type TurnWrites } from '../../../bot/store/turn-writes.js';
import { type OwnTables, openMemoryOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { MILA } from '../../support/jobs/sending-scene.js';
import { aMember, aNewReminder, anAgreement } from '../../support/sample-records.js';

let own: OwnTables;
let writes: TurnWrites;
beforeAll(async () => {
  own = openMemoryOwnTables();
  writes = createTurnWrites(own.tables);
});
afterAll(() => own.drop());

async function kept(act: (stores: ReturnType<typeof openStores>) => Promise<unknown>): Promise<number> {
  let times = 0;
  await writes.during(
    () => act(openStores(writes.tables)),
    async () => {
      times += 1;
    },
  );
  return times;
}

describe('what a turn keeps', () => {
  it('is noticed once, however much it is', async () => {
    const times = await kept(async ({ managers, about }) => {
      await managers.addAgreement(MILA, aMember(), anAgreement());
      await about.index(MILA.tenant, 'somebody', {
        manager: MILA.person,
        agreement: 'agreement-1',
        since: '',
      });
    });
    expect(times).toBe(1);
  });

  it('is nothing when it only reads, plans or proves, or the write came to nothing', async () => {
    const times = await kept(async ({ managers, reminders, deliveries }) => {
      await managers.records(MILA);
      await reminders.plan(aNewReminder());
      await deliveries.record(MILA.tenant, MILA.person, 'digest|1', { items: [], sentAt: '', activity: '' });
    });
    expect(times).toBe(0);
    await own.stores.managers.addAgreement(MILA, aMember(), anAgreement({ id: 'there' }));
    expect(
      await kept(({ managers }) => managers.addAgreement(MILA, aMember(), anAgreement({ id: 'there' }))),
    ).toBe(0);
    expect(
      await kept(({ managers }) => managers.changeAgreement(MILA, anAgreement({ id: 'there' }), 'W/"0"')),
    ).toBe(0);
  });

  it('is not mixed up with what another turn keeps at the same time', async () => {
    const [one, other] = await Promise.all([
      kept(({ managers }) => managers.addAgreement(MILA, aMember(), anAgreement({ id: 'mine' }))),
      kept(({ managers }) => managers.records(MILA)),
    ]);
    expect([one, other]).toEqual([1, 0]);
  });

  it('is noticed by every way to write a record', async () => {
    expect(
      await faultsOf(['insert', 'upsert', 'replace', 'remove', 'transact'] as const, async (way) => {
        const table = writes.tables.table('organisation');
        const row = { partitionKey: 'tenant', rowKey: way };
        if (way === 'replace' || way === 'remove') await own.tables.table('organisation').insert(row);
        const how: Record<typeof way, (on: Table) => Promise<unknown>> = {
          insert: (on) => on.insert(row),
          upsert: (on) => on.upsert(row),
          replace: (on) => on.replace(row, '*'),
          remove: (on) => on.remove('tenant', way),
          transact: (on) => on.transact([{ do: 'upsert', row }]),
        };
        expect(await kept(() => how[way](table))).toBe(1);
      }),
    ).toEqual([]);
  });
});
