import { checkRow, checkTransaction } from '../../../dist/bot/store/tables/limits.js';
import { TABLE_NAMES } from '../../../dist/bot/store/tables/tables.js';

/** The most that the service gives in one answer. */
const PAGE_ROWS = 1_000;

/**
 * Tables as bot/store/tables/tables.ts has them, in memory: the same answers, refusals, etags and transactions, and the
 * requests that the service would have been asked; `tests/bot/store/tables/tables.test.ts` holds both to the same. A year
 * of a thousand people is millions of requests.
 */
export function openMemoryTables() {
  let requests = 0;
  let etags = 0;
  const asked = () => {
    requests += 1;
  };
  const nextEtag = () => {
    etags += 1;
    return String(etags);
  };
  const counter = {
    asked,
    requestsOf: () => requests,
    setRequests: (count) => {
      requests = count;
    },
  };
  const tables = new Map(TABLE_NAMES.map((name) => [name, openTable(counter, nextEtag)]));
  return {
    table: (name) => tables.get(name),
    create: async () => undefined,
    answer: async () => true,
    requests: () => requests,
    serverTime: async () => null,
  };
}

function openTable({ asked, requestsOf, setRequests }, nextEtag) {
  const partitions = openSorted();
  const rowsOf = (partition) => partitions.get(partition);
  const find = ({ partitionKey, rowKey }) => rowsOf(partitionKey)?.get(rowKey);
  const put = (row) => {
    if (rowsOf(row.partitionKey) === undefined) partitions.set(row.partitionKey, openSorted());
    rowsOf(row.partitionKey).set(row.rowKey, { row, etag: nextEtag() });
  };
  const drop = ({ partitionKey, rowKey }) => {
    const rows = rowsOf(partitionKey);
    rows?.delete(rowKey);
    if (rows?.keys().length === 0) partitions.delete(partitionKey);
  };
  /** Whether a write can be done as things stand. */
  const judge = ({ do: how, row, etag }) => {
    const found = find(row);
    if (how === 'insert') return found === undefined ? 'ok' : 'conflict';
    if (how === 'upsert' || how === 'fill') return 'ok';
    if (found === undefined) return 'gone';
    return etag === undefined || etag === '*' || found.etag === etag ? 'ok' : 'conflict';
  };
  const write = ({ do: how, row }) => {
    if (how === 'remove') drop(row);
    else put(how === 'merge' || how === 'fill' ? { ...find(row)?.row, ...row } : row);
  };
  const one = (single) => {
    if (single.do !== 'remove') checkRow(single.row);
    asked();
    const result = judge(single);
    if (result === 'ok') write(single);
    return result;
  };
  return {
    async get(partitionKey, rowKey) {
      asked();
      return find({ partitionKey, rowKey }) ?? null;
    },
    async *query(range) {
      const { partition, most = Number.POSITIVE_INFINITY } = range;
      const chosen =
        partition === undefined
          ? partitions.within(range.partitionFrom, range.partitionTo, range.partitionBefore)
          : [partition];
      let given = 0;
      asked();
      for (const name of chosen) {
        const rows = rowsOf(name);
        for (const rowKey of rows?.within(range.rowFrom, range.rowTo, range.rowBefore) ?? []) {
          if (given >= most) return;
          if (given > 0 && given % PAGE_ROWS === 0) asked();
          given += 1;
          yield rows.get(rowKey);
        }
      }
    },
    async find(range, where, mostRequests) {
      const holds = ({ row }) =>
        Object.entries(where).every(([name, wanted]) => [wanted].flat().includes(row[name]));
      const before = requestsOf();
      const rows = [];
      for await (const stored of this.query(range)) if (holds(stored)) rows.push(stored);
      // The service gives pages of what fits, and not of what it looked at.
      const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
      setRequests(before + Math.min(pages, mostRequests));
      return { rows: rows.slice(0, mostRequests * PAGE_ROWS), complete: pages <= mostRequests };
    },
    insert: async (row) => one({ do: 'insert', row }),
    upsert: async (row) => void one({ do: 'upsert', row }),
    replace: async (row, etag) => one({ do: 'replace', row, etag }),
    remove: async (partitionKey, rowKey, etag) => one({ do: 'remove', row: { partitionKey, rowKey }, etag }),
    async mergeAll(rows) {
      const writes = rows.map((one) => ({ do: 'merge', ...one }));
      checkAll(writes);
      asked();
      const wrong = writes.map(judge).find((result) => result !== 'ok');
      if (wrong !== undefined) return wrong;
      for (const each of writes) write(each);
      return rows.map(({ row }) => find(row).etag);
    },
    async transact(writes) {
      checkAll(writes);
      asked();
      const wrong = writes.map(judge).find((result) => result !== 'ok');
      if (wrong !== undefined) return wrong;
      for (const each of writes) write(each);
      return 'ok';
    },
  };
}

/** As for the service, which is not asked what it would refuse. */
function checkAll(writes) {
  for (const { do: how, row } of writes) if (how !== 'remove') checkRow(row);
  checkTransaction(writes.map(({ row }) => row));
}

/** A map whose keys stay in the order of their characters' codes. */
function openSorted() {
  const map = new Map();
  const keys = [];
  const placeOf = (key) => {
    let [from, to] = [0, keys.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (keys[middle] < key) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  return {
    get: (key) => map.get(key),
    keys: () => keys,
    set(key, value) {
      if (!map.has(key)) keys.splice(placeOf(key), 0, key);
      map.set(key, value);
    },
    delete(key) {
      if (map.delete(key)) keys.splice(placeOf(key), 1);
    },
    within(from, to, before) {
      const start = from === undefined ? 0 : placeOf(from);
      const found = [];
      for (let at = start; at < keys.length; at += 1) {
        const key = keys[at];
        if ((to !== undefined && key > to) || (before !== undefined && key >= before)) break;
        found.push(key);
      }
      return found;
    },
  };
}
