import type { Row } from './limits.js';
import type { StoredRow, Write } from './rows.js';

/**
 * What is said to Azure Tables and what it answers, as text. Source: learn.microsoft.com, "Table service REST API", and
 * what @azure/data-tables 13.3.2 sends, which a test compares with this. The SDK's own way there makes a client and a
 * request for each row of a transaction, which took more of the processor than all else of a reminder.
 */
export type RestMessage = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind the address of the account, with the query; it begins with the name of a table. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

type Keys = Pick<Row, 'partitionKey' | 'rowKey'>;

const JSON_WITH_ETAGS = 'application/json;odata=minimalmetadata';
const DATA_VERSION = { DataServiceVersion: '3.0' } as const;
const OF_READING = { Accept: JSON_WITH_ETAGS, ...DATA_VERSION } as const;
const OF_INSERTING = {
  'Content-Type': 'application/json;odata=nometadata',
  ...OF_READING,
  Prefer: 'return-no-content',
} as const;
const OF_CHANGING = {
  'Content-Type': 'application/json',
  ...DATA_VERSION,
  Accept: 'application/json',
} as const;

export function toGet(table: string, keys: Keys): RestMessage {
  return { method: 'GET', path: pathOf(table, keys), headers: OF_READING };
}

/** Where the next page of a query begins, as the service said it. */
export type NextPage = { readonly partitionKey: string; readonly rowKey: string | undefined };

/** A page of at most `most` rows; an empty filter asks for all. */
export function toQuery(
  table: string,
  { filter, most, next }: { readonly filter: string; readonly most: number; readonly next: NextPage | null },
): RestMessage {
  const asked = [`$top=${most}`];
  if (filter !== '') asked.push(`$filter=${inQuery(filter)}`);
  if (next !== null) asked.push(`NextPartitionKey=${inQuery(next.partitionKey)}`);
  if (next?.rowKey) asked.push(`NextRowKey=${inQuery(next.rowKey)}`);
  return { method: 'GET', path: `${table}()?${asked.join('&')}`, headers: OF_READING };
}

/** A write by itself. A removal has the etag that it is under, or `*`. */
export function toWrite(table: string, write: Write, etag = '*'): RestMessage {
  const { row } = write;
  switch (write.do) {
    case 'insert':
      return { method: 'POST', path: table, headers: OF_INSERTING, body: bodyOf(write.row) };
    case 'upsert':
    case 'fill':
      return {
        method: write.do === 'upsert' ? 'PUT' : 'PATCH',
        path: pathOf(table, row),
        headers: OF_CHANGING,
        body: bodyOf(write.row),
      };
    case 'replace':
    case 'merge':
      return {
        method: write.do === 'replace' ? 'PUT' : 'PATCH',
        path: pathOf(table, row),
        headers: { ...OF_CHANGING, 'If-Match': write.etag },
        body: bodyOf(write.row),
      };
    case 'remove':
      return { method: 'DELETE', path: pathOf(table, row), headers: { ...OF_READING, 'If-Match': etag } };
  }
}

/** How lines end in a transaction, whatever the machine. */
const LINE = '\r\n';
const OF_A_PART = `content-type: application/http${LINE}content-transfer-encoding: binary${LINE}${LINE}`;

/**
 * Several writes of one partition, all or none. `address` is that of the account; `mark` parts the writes: no row can hold it
 * on a line of its own, for JSON has no line breaks in a text.
 */
export function toTransaction(
  table: string,
  writes: readonly Write[],
  { address, mark }: { readonly address: string; readonly mark: string },
): RestMessage {
  let body = `--batch_${mark}${LINE}content-type: multipart/mixed; boundary=changeset_${mark}${LINE}${LINE}`;
  for (const write of writes) {
    const { method, path, headers, body: row } = toWrite(table, write);
    body += `${LINE}--changeset_${mark}${LINE}${OF_A_PART}${method} ${address}/${path} HTTP/1.1${LINE}`;
    for (const name in headers) body += `${name}: ${headers[name]}${LINE}`;
    body += row === undefined ? LINE : `${LINE}${LINE}${row}`;
  }
  body += `${LINE}--changeset_${mark}--${LINE}--batch_${mark}--${LINE}`;
  const headers = {
    accept: 'application/json',
    DataServiceVersion: '3.0;',
    MaxDataServiceVersion: '3.0;NetFx',
    'Content-Type': `multipart/mixed; boundary=batch_${mark}`,
    'Accept-Charset': 'UTF-8',
    Connection: 'Keep-Alive',
  };
  return { method: 'POST', path: '$batch', headers, body };
}

/** What came of each write of a transaction that was done: the new etag, where there is one. */
export type TransactionAnswer =
  | { readonly isDone: true; readonly etags: readonly string[] }
  | { readonly isDone: false; readonly status: number; readonly code: string | undefined };

/** The answer to a transaction; of one that was not done only the write that stood in the way is told. */
export function readTransaction(text: string): TransactionAnswer {
  const etags: string[] = [];
  for (const answer of text.split('--changesetresponse_').slice(1, -1)) {
    const status = Number(/HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
    if (!(status >= 200 && status < 300)) return { isDone: false, status, code: faultIn(answer) };
    const etag = /^etag: *(.*)$/im.exec(answer)?.[1];
    if (etag !== undefined) etags.push(etag.trim());
  }
  return { isDone: true, etags };
}

/** The service's own code of a fault, in whatever text it stands; undefined where there is none. */
export function faultIn(text: string): string | undefined {
  const json = /\{.*\}/s.exec(text)?.[0];
  if (json === undefined) return undefined;
  try {
    const code: unknown = (JSON.parse(json) as { 'odata.error'?: { code?: unknown } })['odata.error']?.code;
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Rows as the service gives them: one, or a page. Throws SyntaxError for what is no JSON. */
export function readRow(text: string): StoredRow {
  return stored(JSON.parse(text) as Entity);
}

export function readPage(text: string): StoredRow[] {
  const { value = [] } = JSON.parse(text) as { readonly value?: readonly Entity[] };
  return value.map(stored);
}

type Entity = Readonly<Record<string, string | number | boolean>>;

/** Nothing of the service's own: what it says of types is of no use to us, since a row holds what JSON tells apart. */
function stored(entity: Entity): StoredRow {
  const row: Record<string, string | number | boolean> = {};
  let [partitionKey, rowKey, etag] = ['', '', ''];
  for (const name in entity) {
    const value = entity[name] as string;
    if (name === 'PartitionKey') partitionKey = value;
    else if (name === 'RowKey') rowKey = value;
    else if (name === 'odata.etag') etag = value;
    else if (name !== 'Timestamp' && !name.includes('odata.')) row[name] = value;
  }
  row.partitionKey = partitionKey;
  row.rowKey = rowKey;
  return { row: row as Row, etag };
}

function bodyOf({ partitionKey, rowKey, ...properties }: Row): string {
  return JSON.stringify({ PartitionKey: partitionKey, RowKey: rowKey, ...properties });
}

function pathOf(table: string, { partitionKey, rowKey }: Keys): string {
  return `${table}(PartitionKey='${inPath(partitionKey)}',RowKey='${inPath(rowKey)}')`;
}

/** A quote in a key is written twice, so that it does not end it. */
function inPath(key: string): string {
  return encodeURIComponent(key.replaceAll("'", "''"));
}

function inQuery(text: string): string {
  return encodeURIComponent(text).replaceAll("'", '%27');
}
