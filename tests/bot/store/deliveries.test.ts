import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Deliveries,
  type Delivery,
  type Item,
  itemId,
  readItem,
} from '../../../bot/store/deliveries.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { TENANT } from '../../support/sample-records.js';

let own: OwnTables;
let deliveries: Deliveries;
beforeAll(async () => {
  own = await openOwnTables();
  deliveries = own.stores.deliveries;
});
afterAll(() => own.drop());

const proof: Delivery = {
  items: ['evaluation|mila|1|2027-01-12|0', 'landed|mila|2|2027-01-08|0'],
  sentAt: '2027-01-12T08:00:01.000Z',
  activity: '1:abc',
};
const ID = 'digest|2027-01-12';

describe('nudges: items', () => {
  const item: Item = { kind: 'evaluation', manager: 'mila', subject: '1', occasion: '2027-01-12', round: 2 };

  it('are read back as they were written, and none in a text that is no id of one', async () => {
    expect(
      await faultsOf(
        [
          ['a day', item],
          ['a day that was snoozed', { ...item, occasion: '2027-01-12|2027-01-13T08:00:00.000Z' }],
        ],
        (_case, written) => {
          expect(readItem(itemId(written))).toEqual(written);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(['', 'tea|mila|1|2027-01-12|0', 'evaluation|mila|1|2027-01-12|soon'], (id) => {
        expect(readItem(id)).toBeNull();
      }),
    ).toEqual([]);
  });
});

describe('nudges', () => {
  it('gives back the proof of what was sent, to nobody else and of no other digest', async () => {
    await deliveries.record(TENANT, 'mila', ID, proof);
    expect(await deliveries.find(TENANT, 'mila', ID)).toEqual(proof);
    expect(
      await faultsOf(
        [
          ['another day', TENANT, 'mila', 'digest|2027-01-13'],
          ['another person', TENANT, 'sanne', ID],
          ['another tenant', 'another', 'mila', ID],
        ],
        async (_case, tenant, person, id) => {
          expect(await deliveries.find(tenant, person, id)).toBeNull();
        },
      ),
    ).toEqual([]);
  });

  it('loses nothing of several who prove under the same id, at once or one after the other', async () => {
    const items = ['a', 'b', 'c', 'd'].map((subject) => `landed|mila|${subject}|2027-01-09|0`);
    await Promise.all(
      items.map((one) => deliveries.record(TENANT, 'at-once', ID, { ...proof, items: [one] })),
    );
    expect((await deliveries.find(TENANT, 'at-once', ID))?.items.sort()).toEqual(items);
    await deliveries.record(TENANT, 'twice', ID, proof);
    await deliveries.record(TENANT, 'twice', ID, { ...proof, items: ['landed|mila|3|2027-01-09|0'] });
    const found = await deliveries.find(TENANT, 'twice', ID);
    expect(found?.items).toEqual([...proof.items, 'landed|mila|3|2027-01-09|0']);
  });

  it('tells everything that was sent to a person, and when, over all days', async () => {
    await deliveries.record(TENANT, 'mila-2', ID, proof);
    const later = {
      items: ['evaluation|mila|9|2027-01-20|0'],
      sentAt: '2027-01-20T08:00:00.000Z',
      activity: '2',
    };
    await deliveries.record(TENANT, 'mila-2', 'digest|2027-01-20', later);
    const sent = await deliveries.sentTo(TENANT, 'mila-2');
    expect(Object.fromEntries(sent)).toEqual({
      'evaluation|mila|1|2027-01-12|0': proof.sentAt,
      'landed|mila|2|2027-01-08|0': proof.sentAt,
      'evaluation|mila|9|2027-01-20|0': later.sentAt,
    });
    expect((await deliveries.sentTo(TENANT, 'somebody-else')).size).toBe(0);
  });
});
