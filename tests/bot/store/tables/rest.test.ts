import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { odata, TableClient, type TransactionAction } from '@azure/data-tables';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Row } from '../../../../bot/store/tables/limits.js';
import { openTables, type Table } from '../../../../bot/store/tables/tables.js';
import { faultsOf } from '../../../support/faults.js';

type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};
type Heard = { readonly line: string; readonly headers: readonly string[]; readonly body: string };

const DONE: Answer = { status: 204 };
const NO_ROWS: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"value":[]}',
};

let server: Server;
let heard: Heard[] = [];
/** What is answered next, and after the last of these to all that comes. */
let answers: Answer[] = [];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method, url, headers } = request;
    heard.push({
      line: `${method} ${url}`,
      headers: Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      body: Buffer.concat(parts).toString(),
    });
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? DONE;
    response.statusCode = answer.status;
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    response.end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  heard = [];
  answers = [DONE];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/devstoreaccount1`;
const keyed = () =>
  `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;TableEndpoint=${endpoint()};`;
const signed = () => `TableEndpoint=${endpoint()};SharedAccessSignature=sv=2019-02-02&sp=raud&sig=a%2Fb`;
const ADDRESSES = [
  ['a key', keyed],
  ['a shared access signature', signed],
] as const;

const ROW: Row = {
  partitionKey: 'tenant|b_27',
  rowKey: "x:y@z.-o'k",
  text: 'é"\\ \n--changeset_1\r\n😀',
  count: -7,
  yes: true,
};
const GONE = { partitionKey: ROW.partitionKey, rowKey: 'gone' };
const ETAG = `W/"datetime'2026-12-01T08%3A00%3A00.1234567Z'"`;

/** As it went out, without what differs each time: ids, dates and what signs them. */
function lastHeard(): unknown {
  const { line = '', headers = [], body = '' } = heard.at(-1) ?? {};
  const alike = (text: string) =>
    text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id');
  const told = headers.filter((header) => !/^(authorization|x-ms-date): /.test(header)).map(alike);
  return { line, headers: told.sort(), body: alike(body) };
}

const MULTIPART = { 'content-type': 'multipart/mixed; boundary=batchresponse_1' };
const answerOf = (...parts: readonly string[]): Answer => ({
  status: 202,
  headers: MULTIPART,
  body: `--batchresponse_1\r\n\r\n${parts
    .map((part) => `--changesetresponse_1\r\nContent-Type: application/http\r\n\r\n${part}\r\n`)
    .join('')}--changesetresponse_1--\r\n--batchresponse_1--`,
});

/** Each act by the SDK's own way, and by ours. */
type Ways = readonly [
  string,
  (client: TableClient) => Promise<unknown>,
  (table: Table) => Promise<unknown>,
  Answer?,
];
const TOGETHER: readonly TransactionAction[] = [
  ['create', ROW],
  ['upsert', { ...ROW, rowKey: '2' }, 'Replace'],
  ['upsert', { ...ROW, rowKey: '3' }, 'Merge'],
  ['update', { ...ROW, rowKey: '4' }, 'Replace', { etag: ETAG }],
  ['update', { ...ROW, rowKey: '5' }, 'Merge', { etag: ETAG }],
  ['delete', GONE],
];
const ACTS: readonly Ways[] = [
  ['an insert', (client) => client.createEntity(ROW), (table) => table.insert(ROW)],
  ['an upsert', (client) => client.upsertEntity(ROW, 'Replace'), (table) => table.upsert(ROW)],
  [
    'a replacement',
    (client) => client.updateEntity(ROW, 'Replace', { etag: ETAG }),
    (table) => table.replace(ROW, ETAG),
  ],
  [
    'a removal',
    (client) => client.deleteEntity(ROW.partitionKey, ROW.rowKey),
    (table) => table.remove(ROW.partitionKey, ROW.rowKey),
  ],
  [
    'a removal of what was read',
    (client) => client.deleteEntity(ROW.partitionKey, ROW.rowKey, { etag: ETAG }),
    (table) => table.remove(ROW.partitionKey, ROW.rowKey, ETAG),
  ],
  [
    'a row',
    (client) => client.getEntity(ROW.partitionKey, ROW.rowKey),
    (table) => table.get(ROW.partitionKey, ROW.rowKey),
    { ...NO_ROWS, body: '{}' },
  ],
  [
    'a page of a range',
    (client) => {
      const filter = odata`PartitionKey ge ${ROW.partitionKey} and RowKey lt ${ROW.rowKey}`;
      return client.listEntities({ queryOptions: { filter } }).byPage({ maxPageSize: 12 }).next();
    },
    (table) => all(table, { partitionFrom: ROW.partitionKey, rowBefore: ROW.rowKey, most: 12 }),
    NO_ROWS,
  ],
  [
    'a page of all',
    (client) => client.listEntities().byPage({ maxPageSize: 1_000 }).next(),
    (table) => all(table, {}),
    NO_ROWS,
  ],
  [
    'a transaction',
    (client) => client.submitTransaction([...TOGETHER]),
    (table) =>
      table.transact([
        { do: 'insert', row: ROW },
        { do: 'upsert', row: { ...ROW, rowKey: '2' } },
        { do: 'fill', row: { ...ROW, rowKey: '3' } },
        { do: 'replace', row: { ...ROW, rowKey: '4' }, etag: ETAG },
        { do: 'merge', row: { ...ROW, rowKey: '5' }, etag: ETAG },
        { do: 'remove', row: GONE },
      ]),
    answerOf('HTTP/1.1 204 No Content\r\n\r\n'),
  ],
];

async function all(table: Table, range: Parameters<Table['query']>[0]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const { row } of table.query(range)) rows.push(row);
  return rows;
}

function ours(connectionString = keyed()): Table {
  return openTables({ connectionString }, 'test').table('managers');
}

describe('what is said to the tables', () => {
  it.each(ADDRESSES)('is to the letter what the SDK says for each act, with %s', async (_with, address) => {
    const client = TableClient.fromConnectionString(address(), 'testmanagers', {
      allowInsecureConnection: true,
    });
    expect(
      await faultsOf(ACTS, async (_what, bySdk, byUs, answer = DONE) => {
        answers = [answer];
        await bySdk(client);
        const wanted = lastHeard();
        await byUs(ours(address()));
        expect(lastHeard()).toEqual(wanted);
        expect(heard).toHaveLength(2);
        heard = [];
      }),
    ).toEqual([]);
  });

  it('is signed as the SDK signs, and asks for the next page where the last one ended', async () => {
    const headers = {
      'content-type': 'application/json',
      'x-ms-continuation-nextpartitionkey': '1!8!YS|/=',
    };
    const body = JSON.stringify({ value: [{ PartitionKey: 'p', RowKey: 'r', 'odata.etag': 'W/"1"' }] });
    answers = [
      { status: 200, headers: { ...headers, 'x-ms-continuation-nextrowkey': "1!8!'" }, body },
      { status: 200, headers, body },
      { ...NO_ROWS, body },
    ];
    expect(await all(ours(), { partition: 'p' })).toHaveLength(3);
    expect(heard.map(({ line }) => /&(Next.*)$/.exec(line)?.[1])).toEqual([
      undefined,
      'NextPartitionKey=1!8!YS%7C%2F%3D&NextRowKey=1!8!%27',
      'NextPartitionKey=1!8!YS%7C%2F%3D',
    ]);
    for (const { headers } of heard)
      expect(headers).toContainEqual(
        expect.stringMatching(/^authorization: SharedKeyLite devstoreaccount1:/),
      );
  });
});

describe('what the tables answer', () => {
  const transact = () => ours().transact([{ do: 'insert', row: ROW }]);

  it('is read without what is the service’s own, whatever it says of types', async () => {
    const entity = {
      'odata.metadata': 'http://somewhere',
      'odata.etag': ETAG,
      PartitionKey: 'p',
      RowKey: 'r',
      Timestamp: '2026-12-01T08:00:00Z',
      'Timestamp@odata.type': 'Edm.DateTime',
      text: 'first',
      count: 3,
      yes: false,
      part: 1.5,
      'part@odata.type': 'Edm.Double',
    };
    answers = [{ ...NO_ROWS, body: JSON.stringify(entity) }];
    expect(await ours().get('p', 'r')).toEqual({
      row: { partitionKey: 'p', rowKey: 'r', text: 'first', count: 3, yes: false, part: 1.5 },
      etag: ETAG,
    });
  });

  it('is an outage where it cannot be read, and never an empty table or a write that was done', async () => {
    answers = [{ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>sign in</html>' }];
    await expect(ours().get('p', 'r')).rejects.toMatchObject({ name: 'RestError', statusCode: 200 });
    await expect(all(ours(), {})).rejects.toMatchObject({ name: 'RestError', statusCode: 200 });
    answers = [{ ...NO_ROWS, body: '' }];
    await expect(all(ours(), {})).rejects.toMatchObject({ name: 'RestError' });
    answers = [answerOf('HTTP/1.1 403 Forbidden\r\n\r\n')];
    await expect(transact()).rejects.toMatchObject({ name: 'RestError', statusCode: 403 });
    answers = [answerOf('what no service says')];
    await expect(transact()).rejects.toMatchObject({ name: 'RestError' });
    answers = [{ status: 400, body: 'no JSON {' }];
    await expect(ours().insert(ROW)).rejects.toMatchObject({ name: 'RestError', statusCode: 400 });
  });

  it('tells by the service’s own code that a row was in the way, wherever that stands', async () => {
    const body = JSON.stringify({
      'odata.error': { code: 'EntityAlreadyExists', message: { value: '0:There.\n{}' } },
    });
    answers = [{ status: 409, headers: { 'content-type': 'application/json' }, body }];
    expect(await ours().insert(ROW)).toBe('conflict');
    answers = [{ status: 409, headers: { 'x-ms-error-code': 'EntityAlreadyExists' } }];
    expect(await ours().insert(ROW)).toBe('conflict');
    answers = [answerOf(`HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\n\r\n${body}`)];
    expect(await transact()).toBe('conflict');
    answers = [{ status: 409, body: JSON.stringify({ 'odata.error': { code: 'TableBeingDeleted' } }) }];
    await expect(ours().insert(ROW)).rejects.toMatchObject({ code: 'TableBeingDeleted', statusCode: 409 });
  });

  it('says nothing of a row in the error that comes of it', async () => {
    const body = JSON.stringify({ 'odata.error': { code: 'InvalidInput', message: { value: 'Sanne' } } });
    answers = [{ status: 400, body }];
    await expect(ours().insert(ROW)).rejects.toThrow(/^the tables answered 400 InvalidInput$/);
  });
});
