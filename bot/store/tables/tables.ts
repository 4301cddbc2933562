import { odata, RestError, TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { CodedError } from '../../errors.js';
import { checkRow, checkTransaction, type Row } from './limits.js';
import { openRestClient, type RestClient, refused } from './rest-client.js';
import {
  type NextPage,
  readPage,
  readRow,
  readTransaction,
  toGet,
  toQuery,
  toTransaction,
  toWrite,
} from './rest-messages.js';
import type { StoredRow, Write } from './rows.js';

/** Where the tables are: a connection string, or an endpoint reached with the machine's managed identity. */
export type TablesAddress =
  | { readonly connectionString: string }
  /** One credential for all tables: each of its own would ask for a token of its own. */
  | { readonly endpoint: string; readonly credential: TokenCredential };

export const TABLE_NAMES = [
  'people',
  'managers',
  'about',
  'reminders',
  'nudges',
  'organisation',
  'audit',
  'health',
  'scans',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/**
 * `conflict`: the row is there already, or no longer as the etag says. `gone`: the row is not there. A table that is
 * missing or being deleted is an outage and throws, although the service answers it with the same 404 and 409.
 */
export type WriteResult = 'ok' | 'conflict' | 'gone';
/** An insert needs no row to be there. */
export type InsertResult = Exclude<WriteResult, 'gone'>;

/**
 * A range of keys within one table; without `partition` over all of them, without an end open at that side. `From`
 * and `To` are in it, `Before` is the first beyond; `most` is how many rows are wanted, and the size of a page.
 */
export type Range = {
  readonly partition?: string;
  readonly partitionFrom?: string;
  readonly partitionTo?: string;
  readonly partitionBefore?: string;
  readonly rowFrom?: string;
  readonly rowTo?: string;
  readonly rowBefore?: string;
  readonly most?: number;
};

/** What properties have to hold: this text, or one of these, of which there may be 12 in all beside a range. */
export type Where = Readonly<Record<string, string | readonly string[]>>;
export type Found = { readonly rows: readonly StoredRow[]; readonly complete: boolean };

/**
 * One table, as the stores use it. Each method is one request, `query` one for each page: of 1,000 rows, or of the
 * `most` that are wanted.
 */
export type Table = {
  get(partitionKey: string, rowKey: string): Promise<StoredRow | null>;
  query(range: Range): AsyncIterable<StoredRow>;
  /**
   * Rows of a range by what stands in them, which no key leads to: the service looks through all of it. So it stops
   * after `mostPages` requests, and `complete` says whether there was nothing left to look through.
   */
  find(range: Range, where: Where, mostPages: number): Promise<Found>;
  insert(row: Row): Promise<InsertResult>;
  upsert(row: Row): Promise<void>;
  replace(row: Row, etag: string): Promise<WriteResult>;
  /** Without an etag whatever is there goes. */
  remove(partitionKey: string, rowKey: string, etag?: string): Promise<WriteResult>;
  /** All or nothing, within one partition. */
  transact(writes: readonly Write[]): Promise<WriteResult>;
  /**
   * Changes what is in `row` of each and leaves the rest of it, within one partition, all or none: their new etags in
   * the same order, or why not. For whoever has to write the same rows again and must know that nobody else has.
   */
  mergeAll(rows: readonly StoredRow[]): Promise<readonly string[] | Exclude<WriteResult, 'ok'>>;
};

export type Tables = {
  readonly table: (name: TableName) => Table;
  /** Makes the tables that are not there yet. */
  create(): Promise<void>;
  /** Whether every table is there and answers now, by a look for nothing in each; never throws. */
  answer(): Promise<boolean>;
  /** How many requests have gone out since the start, retries included. */
  requests(): number;
  /**
   * The instant by the clock of the service itself, ISO 8601 UTC, in whole seconds; null when it names none. Another
   * clock than the machine's, for what must not hang on one. With `evenRefused` also as a refusal has it, which whatever
   * stands before the service may have said: enough to tell somebody, and not to delete by.
   */
  serverTime(how?: { readonly evenRefused: boolean }): Promise<string | null>;
};

/** How often a request is tried again, and how long after: first so long, then longer each time. */
export type Retries = {
  readonly maxRetries: number;
  readonly retryDelayInMs: number;
  readonly maxRetryDelayInMs: number;
};
/** The SDK's own retries of a request, within the time that `TRY_WITHIN_MS` gives it. */
const RETRIES: Retries = { maxRetries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 };
/** The most that the service gives in one answer. */
const PAGE_ROWS = 1_000;
/** The service itself gives up a query after 5 seconds. Where somebody waits it is less: what their turn has left. */
const TRY_WITHIN_MS = 8_000;
/** Before its turn is over it is known of a read that the tables are silent: that tells more than that it took too long. */
const FOR_SAYING_SO_MS = 300;
const LEAST_READ_MS = 50;
/** Code of the fault that a request came when whoever waited for it had been answered. */
export const TURN_OVER = 'turn-over';

/** How long whoever makes a request can wait for it. */
export type RequestTime = {
  /** Milliseconds; null where nobody waits, as in jobs. Below 0 no request is made any more. */
  left(): number | null;
  /** Told when a write is about to leave. */
  writing(): void;
};
const ANY_TIME: RequestTime = { left: () => null, writing: () => undefined };

export type TableOperation =
  | 'get'
  | 'query'
  | 'insert'
  | 'replace'
  | 'merge'
  | 'remove'
  | 'transaction'
  | 'create';
/**
 * What came of one try of a request: the status and, by the clock of the service, when (`date`, an HTTP date). `silent`: no
 * answer in time; `away`: no connection, or no token to open it with.
 */
export type TableAnswer =
  | { readonly status: number; readonly date: string | null }
  | { readonly status: 'silent' | 'away' };
/** Told when a request leaves; what it gives back is told what came of it. Keys and names of tables are not said. */
export type WatchTables = (operation: TableOperation) => (came: TableAnswer) => void;
const UNWATCHED: WatchTables = () => () => undefined;
/** Code of the fault that the tables took a request and did not answer. */
export const TABLES_SILENT = 'tables-silent';
/** A plain read that takes longer counts as "the tables do not answer". */
const ANSWER_WITHIN_MS = 3_000;

/**
 * How often each request that writes was sent. The SDK sends it again when its answer does not arrive, and cannot
 * tell that the first one was done: what comes back then is that the row is there already, or not as the etag says. By the
 * request, which stays the same: with a store of the asynchronous context Node up to 22 follows each promise of the process.
 */
type Sending = WeakMap<object, { times: number }>;

export function openTables(
  address: TablesAddress,
  prefix: string,
  {
    time = ANY_TIME,
    watch = UNWATCHED,
    retries = RETRIES,
  }: {
    readonly time?: RequestTime;
    readonly watch?: WatchTables;
    readonly retries?: Retries | undefined;
  } = {},
): Tables {
  let requests = 0;
  const sending: Sending = new WeakMap();
  const insecure = isOfEmulator(address);
  const clients = new Map(
    TABLE_NAMES.map((name) => [name, openClient(address, prefix + name, { retries, insecure })]),
  );
  for (const client of clients.values())
    followRequests(client, {
      ...{ time, watch, sending },
      counted: () => {
        requests += 1;
      },
    });
  const tables = new Map(
    [...clients].map(([name, client]) => {
      const rest = openRestClient(client, insecure);
      return [name, openTable(rest, prefix + name, sending)];
    }),
  );
  const clientOf = (name: TableName): TableClient => {
    const client = clients.get(name);
    if (client === undefined) throw new CodedError('no-table', `no table ${name}`);
    return client;
  };
  return {
    table(name) {
      const table = tables.get(name);
      if (table === undefined) throw new CodedError('no-table', `no table ${name}`);
      return table;
    },
    async create() {
      await Promise.all([...clients.values()].map((client) => client.createTable()));
    },
    async answer() {
      const abortSignal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      try {
        await Promise.all(
          [...clients.values()].map((client) =>
            client
              .listEntities({ queryOptions: { filter: odata`PartitionKey eq 'answer'` }, abortSignal })
              .next(),
          ),
        );
        return true;
      } catch {
        return false;
      }
    },
    requests: () => requests,
    async serverTime({ evenRefused } = { evenRefused: false }) {
      let date: string | undefined;
      const page = clientOf('health').listEntities({
        queryOptions: { filter: odata`PartitionKey eq 'answer'` },
        onResponse: ({ headers }) => {
          date = headers.get('date');
        },
      });
      try {
        await page.next();
      } catch (error) {
        if (!evenRefused || date === undefined) throw error;
      }
      const at = Date.parse(date ?? '');
      return Number.isNaN(at) ? null : new Date(at).toISOString();
    },
  };
}

/** Bounds, counts and watches each try of a client's requests: it stands behind the policy that tries again. */
function followRequests(
  client: TableClient,
  {
    time,
    watch,
    sending,
    counted,
  }: {
    readonly time: RequestTime;
    readonly watch: WatchTables;
    readonly sending: Sending;
    readonly counted: () => void;
  },
): void {
  client.pipeline.addPolicy(
    {
      name: 'countRequests',
      async sendRequest(request, next) {
        request.timeout = withinOf(request.method, time);
        counted();
        const write = sending.get(request);
        if (write !== undefined) write.times += 1;
        const came = watch(operationOf(request));
        try {
          const response = await next(request);
          came({ status: response.status, date: response.headers.get('date') ?? null });
          boundWait(response.headers);
          return response;
        } catch (error) {
          const isLate = error instanceof Error && error.name === 'AbortError';
          came({ status: isLate ? 'silent' : 'away' });
          // Not tried again: whoever waits for it has waited long enough.
          if (request.abortSignal?.aborted || !isLate) throw error;
          throw new CodedError(TABLES_SILENT, 'the tables did not answer in time', error);
        }
      },
    },
    { afterPhase: 'Retry' },
  );
}

/**
 * How long one try of a request may take, in milliseconds. A read that is late is of no use to anybody. A write that is
 * late is not broken off: it would be done all the same, and nobody would hear of it.
 */
function withinOf(method: string, time: RequestTime): number {
  const left = time.left();
  if (left !== null && left <= 0) throw new CodedError(TURN_OVER, 'a request after the turn was over');
  if (method !== 'GET') {
    time.writing();
    return TRY_WITHIN_MS;
  }
  if (left === null) return TRY_WITHIN_MS;
  return Math.max(LEAST_READ_MS, Math.min(TRY_WITHIN_MS, left - FOR_SAYING_SO_MS));
}

const OPERATIONS: Readonly<Record<string, TableOperation>> = {
  PUT: 'replace',
  PATCH: 'merge',
  MERGE: 'merge',
  DELETE: 'remove',
};

function operationOf({ method, url }: { readonly method: string; readonly url: string }): TableOperation {
  const { pathname } = new URL(url);
  if (method === 'POST' && pathname.endsWith('/$batch')) return 'transaction';
  if (method === 'POST') return pathname.endsWith('/Tables') ? 'create' : 'insert';
  return OPERATIONS[method] ?? (/\(.+\)$/.test(pathname) ? 'get' : 'query');
}

/** In which a service says how long it wants to be left alone, and how many milliseconds one of each is. */
const WAITS = [
  ['retry-after-ms', 1],
  ['x-ms-retry-after-ms', 1],
  ['retry-after', 1_000],
] as const;
/** The part of a response's headers that is used; the SDK exports the type from another package. */
type Headers = { get(name: string): string | undefined; delete(name: string): void };

/**
 * The SDK waits for as long as the service asks, an hour if it says so, and somebody waits for their answer. What is
 * longer than we wait between two tries is left out, so that it waits as it does where nothing is asked. A moment is
 * left out too: it is by the clock of another.
 */
function boundWait(headers: Headers): void {
  for (const [name, ms] of WAITS) {
    const asked = headers.get(name);
    if (asked !== undefined && !(Number(asked) * ms <= RETRIES.maxRetryDelayInMs)) headers.delete(name);
  }
}

/** Only the emulator speaks http; a connection string of Azure itself names https. */
function isOfEmulator(address: TablesAddress): boolean {
  return (
    'connectionString' in address &&
    /http:\/\/(127\.0\.0\.1|localhost)|UseDevelopmentStorage/.test(address.connectionString)
  );
}

function openClient(
  address: TablesAddress,
  name: string,
  { retries, insecure }: { readonly retries: Retries; readonly insecure: boolean },
): TableClient {
  const options: TableServiceClientOptions = { retryOptions: retries };
  if ('endpoint' in address) return new TableClient(address.endpoint, name, address.credential, options);
  return TableClient.fromConnectionString(address.connectionString, name, {
    ...options,
    allowInsecureConnection: insecure,
  });
}

function openTable(rest: RestClient, name: string, sending: Sending): Table {
  const get: Table['get'] = async (partitionKey, rowKey) => {
    try {
      return await rest.send(toGet(name, { partitionKey, rowKey }), ({ text }) => readRow(text));
    } catch (error) {
      if (expectedOf(error) === 'gone') return null;
      throw error;
    }
  };
  const write = async (
    writes: readonly Write[],
    send: (sent: (request: object) => void) => Promise<unknown>,
  ): Promise<WriteResult> => {
    for (const { row } of writes) checkRow(row);
    const sent = { times: 0 };
    const result = await outcome(() => send((request) => sending.set(request, sent)));
    if (result === 'ok' || sent.times < 2) return result;
    return (await allDone(writes, get)) ? 'ok' : result;
  };
  const writeOne = (one: Write, etag?: string): Promise<WriteResult> =>
    write([one], (sent) => rest.send(toWrite(name, one, etag), () => undefined, sent));
  const submit = (writes: readonly Write[], sent: (request: object) => void): Promise<readonly string[]> =>
    rest.send(
      (mark) => toTransaction(name, writes, { address: rest.address, mark }),
      ({ text }) => {
        const answer = readTransaction(text);
        if (!answer.isDone) throw refused(answer.status, answer.code);
        return answer.etags;
      },
      sent,
    );
  const readNext = (filter: string, most: number, next: NextPage | null): Promise<Page> =>
    rest.send(toQuery(name, { filter, most, next }), ({ text, header }) => ({
      rows: readPage(text),
      next: nextPage(header),
    }));
  async function* pagesOf(filter: string, most: number): AsyncIterable<Page> {
    let page: Page = await readNext(filter, most, null);
    yield page;
    while (page.next !== null) {
      page = await readNext(filter, most, page.next);
      yield page;
    }
  }
  return {
    get,
    async *query(range) {
      const { most = PAGE_ROWS } = range;
      let left = range.most ?? Number.POSITIVE_INFINITY;
      for await (const { rows } of pagesOf(filterOf(range), most)) {
        yield* rows;
        left -= rows.length;
        // The service may end a page sooner than asked.
        if (left <= 0) return;
      }
    },
    async find(range, where, mostPages) {
      const filter = [filterOf(range), ...Object.entries(where).map(holdsOneOf)]
        .filter((part) => part !== '')
        .join(' and ');
      const rows: StoredRow[] = [];
      let pages = 0;
      for await (const page of pagesOf(filter, PAGE_ROWS)) {
        rows.push(...page.rows);
        pages += 1;
        if (page.next !== null && pages >= mostPages) return { rows, complete: false };
      }
      return { rows, complete: true };
    },
    async insert(row) {
      const result = await writeOne({ do: 'insert', row });
      if (result === 'gone')
        throw new CodedError('insert-refused', 'a new row was answered with "not there"');
      return result;
    },
    async upsert(row) {
      checkRow(row);
      await rest.send(toWrite(name, { do: 'upsert', row }), () => undefined);
    },
    replace: (row, etag) => writeOne({ do: 'replace', row, etag }),
    remove: (partitionKey, rowKey, etag) => writeOne({ do: 'remove', row: { partitionKey, rowKey } }, etag),
    async transact(writes) {
      checkTransaction(writes.map(({ row }) => row));
      return write(writes, (sent) => submit(writes, sent));
    },
    async mergeAll(rows) {
      checkTransaction(rows.map(({ row }) => row));
      const writes = rows.map((one): Write => ({ do: 'merge', ...one }));
      let etags: readonly string[] = [];
      const result = await write(writes, async (sent) => {
        etags = await submit(writes, sent);
      });
      if (result !== 'ok') return result;
      if (etags.length === rows.length) return etags;
      // Done by a request whose answer was lost: the rows themselves say.
      const found = await Promise.all(rows.map(({ row }) => get(row.partitionKey, row.rowKey)));
      const now = found.flatMap((one) => (one === null ? [] : [one.etag]));
      return now.length === rows.length ? now : 'conflict';
    },
  };
}

type Page = { readonly rows: readonly StoredRow[]; readonly next: NextPage | null };

/** Where the next page begins, in the headers of the one before; null for the last. */
function nextPage(header: (name: string) => string | undefined): NextPage | null {
  const partitionKey = header('x-ms-continuation-nextpartitionkey');
  if (!partitionKey) return null;
  return { partitionKey, rowKey: header('x-ms-continuation-nextrowkey') };
}

/** Whether the rows are as the writes were to leave them: then they were done, and only the answer was lost. */
async function allDone(writes: readonly Write[], get: Table['get']): Promise<boolean> {
  for (const write of writes) {
    const found = await get(write.row.partitionKey, write.row.rowKey);
    if (!isDone(write, found?.row ?? null)) return false;
  }
  return true;
}

function isDone(write: Write, found: Row | null): boolean {
  if (write.do === 'remove') return found === null;
  if (found === null) return false;
  const names = Object.keys(write.row);
  const partly = write.do === 'fill' || write.do === 'merge';
  return (
    names.every((name) => found[name] === write.row[name]) &&
    (partly || Object.keys(found).length === names.length)
  );
}

async function outcome(write: () => Promise<unknown>): Promise<WriteResult> {
  try {
    await write();
    return 'ok';
  } catch (error) {
    const expected = expectedOf(error);
    if (expected === null) throw error;
    return expected;
  }
}

function filterOf(range: Range): string {
  const parts: string[] = [];
  if (range.partition !== undefined) parts.push(odata`PartitionKey eq ${range.partition}`);
  if (range.partitionFrom !== undefined) parts.push(odata`PartitionKey ge ${range.partitionFrom}`);
  if (range.partitionTo !== undefined) parts.push(odata`PartitionKey le ${range.partitionTo}`);
  if (range.partitionBefore !== undefined) parts.push(odata`PartitionKey lt ${range.partitionBefore}`);
  if (range.rowFrom !== undefined) parts.push(odata`RowKey ge ${range.rowFrom}`);
  if (range.rowTo !== undefined) parts.push(odata`RowKey le ${range.rowTo}`);
  if (range.rowBefore !== undefined) parts.push(odata`RowKey lt ${range.rowBefore}`);
  return parts.join(' and ');
}

function holdsOneOf([name, values]: [string, string | readonly string[]]): string {
  // A value that stands alone in the template comes out of it without quotes.
  const each = [values].flat().map((value) => name + odata` eq ${value}`);
  return each.length === 1 ? (each[0] ?? '') : `(${each.join(' or ')})`;
}

/**
 * What the service says of a row, by its error code: the status alone says the same of a missing table. Source:
 * learn.microsoft.com, "Table service error codes".
 */
const EXPECTED: Readonly<Record<string, Exclude<WriteResult, 'ok'>>> = {
  ResourceNotFound: 'gone',
  EntityNotFound: 'gone',
  EntityAlreadyExists: 'conflict',
  UpdateConditionNotSatisfied: 'conflict',
  ConditionNotMet: 'conflict',
};

/** Null for whatever is an outage. */
function expectedOf(error: unknown): Exclude<WriteResult, 'ok'> | null {
  return error instanceof RestError ? (EXPECTED[error.code ?? ''] ?? null) : null;
}
