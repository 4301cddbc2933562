import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { describe, expect, inject, it } from 'vitest';
import { setUpEach } from '../set-up.js';
import { dropTables, dumpTables, ownPrefix, startAzurite, startAzuriteProcess } from './azurite.js';

let location: string;
const afresh = setUpEach(
  async () => {
    location = await mkdtemp(join(tmpdir(), 'azurite-'));
  },
  () => rm(location, { recursive: true, force: true }),
);

async function write(connectionString: string, table: string): Promise<void> {
  const client = TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection: true });
  await client.createTable();
  await client.upsertEntity({ partitionKey: 'p', rowKey: 'r', name: 'Anouk' });
}

const anouk = [{ partitionKey: 'p', rowKey: 'r', name: 'Anouk' }];

describe('azurite', () => {
  it('is there for the whole run, and keeps test files apart by prefix, which a table name may start with', async () => {
    const [prefix, other] = [ownPrefix(), ownPrefix()];
    await write(inject('azurite'), `${prefix}people`);
    expect(await dumpTables(inject('azurite'), prefix)).toEqual({ people: anouk });
    expect(await dumpTables(inject('azurite'), other)).toEqual({});
    await dropTables(inject('azurite'), prefix);
    expect(await dumpTables(inject('azurite'), prefix)).toEqual({});
    await afresh();
    expect(ownPrefix()).toMatch(/^[a-z][a-z0-9]{12}$/);
  });

  it('keeps its data in a folder when it is given one, and can come back on the same port', async () => {
    const first = await startAzurite({ location });
    await write(first.connectionString, 'people');
    await first.stop();
    const second = await startAzurite({ location, port: first.port });
    expect(await dumpTables(second.connectionString, '')).toEqual({ people: anouk });
    await second.stop();
  });

  it('runs as a process of its own that can be killed and started again', async () => {
    const first = await startAzuriteProcess({ location });
    await write(first.connectionString, 'people');
    await first.stop();
    const second = await startAzuriteProcess({ location, port: first.port });
    expect(second.connectionString).toBe(first.connectionString);
    expect(await dumpTables(second.connectionString, '')).toEqual({ people: anouk });
    await second.kill();
    await second.stop();
    expect(() => process.kill(second.pid, 0)).toThrow('ESRCH');
  });
});
