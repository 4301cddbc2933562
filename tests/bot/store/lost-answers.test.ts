import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Row } from '../../../bot/store/tables/limits.js';
import { openTables, type Table } from '../../../bot/store/tables/tables.js';
import { dropTables, ownPrefix } from '../../support/azure/azurite.js';
import { startTablesProxy, type TablesProxy } from '../../support/azure/tables-proxy.js';

let proxy: TablesProxy;
/** Through the proxy, which can lose an answer; and the same table past it, as somebody else's. */
let table: Table;
let direct: Table;
const prefix = ownPrefix();
beforeAll(async () => {
  proxy = await startTablesProxy(inject('azurite'));
  const tables = openTables({ connectionString: proxy.connectionString }, prefix);
  await tables.create();
  table = tables.table('managers');
  direct = openTables({ connectionString: inject('azurite') }, prefix).table('managers');
});
afterAll(async () => {
  await proxy.close();
  await dropTables(inject('azurite'), prefix);
});

function aRow(partitionKey: string, text = 'first', rowKey = 'r'): Row {
  return { partitionKey, rowKey, text, count: 3, yes: true };
}

async function etagOf(partitionKey: string): Promise<string> {
  return (await table.get(partitionKey, 'r'))?.etag ?? '';
}

describe('a write whose answer is lost on the way, and that is sent again', () => {
  it('is told as done where it was done: a new row, one in another’s place, one that goes, several together', async () => {
    proxy.loseAnswer(/POST/);
    expect(await table.insert(aRow('insert'))).toBe('ok');
    await table.insert(aRow('replace'));
    const etag = await etagOf('replace');
    proxy.loseAnswer(/PUT/);
    expect(await table.replace(aRow('replace', 'second'), etag)).toBe('ok');
    {
      await table.insert(aRow('remove'));
      const etag = await etagOf('remove');
      proxy.loseAnswer(/DELETE/);
      expect(await table.remove('remove', 'r', etag)).toBe('ok');
    }
    {
      const partition = 'together';
      await table.insert(aRow(partition));
      await table.insert(aRow(partition, 'old', 'filled'));
      await table.insert(aRow(partition, 'old', 'gone'));
      const etag = await etagOf(partition);
      proxy.loseAnswer(/POST/);
      const result = await table.transact([
        { do: 'merge', row: { partitionKey: partition, rowKey: 'r', text: 'merged' }, etag },
        { do: 'fill', row: { partitionKey: partition, rowKey: 'filled', text: 'new' } },
        { do: 'remove', row: { partitionKey: partition, rowKey: 'gone' } },
        { do: 'insert', row: aRow(partition, 'first', 'added') },
      ]);
      expect(result).toBe('ok');
    }
    {
      await table.insert(aRow('merged'));
      const etag = await etagOf('merged');
      proxy.loseAnswer(/POST/);
      const row = { partitionKey: 'merged', rowKey: 'r', text: 'second' };
      expect(await table.mergeAll([{ row, etag }])).toEqual([await etagOf('merged')]);
    }
  });

  it('is a conflict where somebody else wrote meanwhile, or no answer was lost', async () => {
    await table.insert(aRow('other'));
    const etag = await etagOf('other');
    proxy.loseAnswer(/PUT/, () => direct.upsert(aRow('other', 'theirs')));
    expect(await table.replace(aRow('other', 'mine'), etag)).toBe('conflict');
    proxy.loseAnswer(/POST/, async () => {
      await direct.remove('again', 'r');
      await direct.insert(aRow('again', 'theirs'));
    });
    expect(await table.insert(aRow('again', 'mine'))).toBe('conflict');
    await table.insert(aRow('twice'));
    expect(await table.insert(aRow('twice'))).toBe('conflict');
  });
});
