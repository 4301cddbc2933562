import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { openTables, type Table } from '../../../bot/store/tables/tables.js';
import { dropTables, ownPrefix } from '../../support/azure/azurite.js';
import { startTablesProxy, type TablesProxy } from '../../support/azure/tables-proxy.js';
import { faultsOf } from '../../support/faults.js';

let proxy: TablesProxy;
let table: Table;
const prefix = ownPrefix();
beforeAll(async () => {
  proxy = await startTablesProxy(inject('azurite'));
  const tables = openTables({ connectionString: proxy.connectionString }, prefix);
  await tables.create();
  table = tables.table('managers');
});
const afresh = () => proxy.fault();
afterEach(afresh);
afterAll(async () => {
  await proxy.close();
  await dropTables(inject('azurite'), prefix);
});

/** The tables say once that they are busy, and how long to wait. */
function busyOnce(headers: Readonly<Record<string, string>>): void {
  let told = false;
  proxy.fault(() => {
    if (told) return undefined;
    told = true;
    return { status: 503, headers, body: { 'odata.error': { code: 'ServerBusy' } } };
  });
}

describe('tables that are busy', () => {
  it('are asked again soon, also where they want to be left alone for longer', async () => {
    expect(
      await faultsOf(
        [
          ['an hour', { 'retry-after': '3600' }],
          ['more seconds than a timer takes', { 'retry-after': '2147483648' }],
          ['until a day in years', { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }],
          ['an hour in milliseconds', { 'x-ms-retry-after-ms': '3600000' }],
          ['something that is no time', { 'retry-after': 'soon' }],
          ['no time at all', { 'retry-after': '0' }],
        ],
        async (_how, headers) => {
          busyOnce(headers);
          expect(await table.get('nobody', 'nothing')).toBeNull();
          busyOnce(headers);
          expect(await table.transact([{ do: 'upsert', row: { partitionKey: 'p', rowKey: 'r' } }])).toBe(
            'ok',
          );
        },
        afresh,
      ),
    ).toEqual([]);
  });
});
