import { describe, expect, it } from 'vitest';
import { ROWS_FOR_A_REQUEST, readMany, type Source } from '../../../../bot/store/tables/read-many.js';
import type { StoredRow } from '../../../../bot/store/tables/rows.js';

const PAGE_ROWS = 1_000;
const keyOf = ({ row }: StoredRow) => row.partitionKey;
const aKey = (number: number) => `key-${String(number).padStart(6, '0')}`;
const keysFrom = (from: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, at) => aKey(from + at * step));

/** A table with so many rows under each key, which counts what it is asked. */
function aTable(keys: readonly string[], rowsEach = 1) {
  const rows = keys
    .toSorted()
    .flatMap((partitionKey) =>
      Array.from(
        { length: rowsEach },
        (_, at): StoredRow => ({ row: { partitionKey, rowKey: `${at}` }, etag: '1' }),
      ),
    );
  const asked = { ranges: 0, ones: 0, rows: 0 };
  const give = async function* (given: readonly StoredRow[]) {
    asked.rows += given.length;
    yield* given;
  };
  const source: Source = {
    keyOf,
    range(from, to, most) {
      asked.ranges += 1;
      return give(rows.filter((row) => keyOf(row) >= from && keyOf(row) <= to).slice(0, most));
    },
    one(key) {
      asked.ones += 1;
      return give(rows.filter((row) => keyOf(row) === key));
    },
  };
  return { source, asked };
}

/** How many rows came of each key. */
async function read(keys: readonly string[], source: Source): Promise<Record<string, number>> {
  const found = await readMany(keys, source);
  for (const [key, rows] of found) expect(rows.every((row) => keyOf(row) === key)).toBe(true);
  return Object.fromEntries([...found].map(([key, rows]) => [key, rows.length]));
}

const each = (keys: readonly string[], rows: number) => Object.fromEntries(keys.map((key) => [key, rows]));

describe('many: what lies close together', () => {
  it('comes in one request, in whatever order it is asked, also when it is asked twice', async () => {
    const keys = keysFrom(0, 100);
    const { source, asked } = aTable(keys);
    expect(await read(keys, source)).toEqual(each(keys, 1));
    expect(asked).toEqual({ ranges: 1, ones: 0, rows: 100 });
    {
      const keys = keysFrom(0, 10);
      const { source, asked } = aTable(keys);
      expect(await read([...keys, ...keys].reverse(), source)).toEqual(each(keys, 1));
      expect(asked.ranges).toBe(1);
    }
  });

  it('has nothing for a key under which nothing lies', async () => {
    const { source } = aTable([aKey(1), aKey(3)]);
    expect(await read([aKey(1), aKey(2), aKey(3), aKey(4)], source)).toEqual({
      [aKey(1)]: 1,
      [aKey(2)]: 0,
      [aKey(3)]: 1,
      [aKey(4)]: 0,
    });
  });

  it('comes page after page when there are many rows under a key, each whole', async () => {
    const keys = keysFrom(0, 300);
    const { source, asked } = aTable(keys, 7);
    expect(await read(keys, source)).toEqual(each(keys, 7));
    expect(asked.ranges).toBe(Math.ceil((300 * 7) / (PAGE_ROWS - 7)));
    expect(asked.ones).toBe(0);
  });
});

describe('many: what lies far apart', () => {
  it('is read one by one, after one page in vain or where there are more rows under one key than a page holds', async () => {
    const table = keysFrom(0, 10_000);
    const keys = keysFrom(0, 20, 400);
    const { source, asked } = aTable(table);
    expect(await read(keys, source)).toEqual(each(keys, 1));
    expect(asked.ranges).toBe(1);
    expect(asked.ones).toBeLessThanOrEqual(20);
    expect(asked.rows).toBeLessThanOrEqual(20 * ROWS_FOR_A_REQUEST + 20);
    {
      const keys = keysFrom(0, 3);
      const { source, asked } = aTable(keys, PAGE_ROWS + 1);
      expect(await read(keys, source)).toEqual(each(keys, PAGE_ROWS + 1));
      expect(asked).toMatchObject({ ranges: 1, ones: 3 });
    }
  });

  it('is read together as far as it lies together', async () => {
    const close = keysFrom(0, 200);
    const far = keysFrom(100_000, 10, 1_000);
    const { source, asked } = aTable([...close, ...keysFrom(50_000, 60_000)]);
    expect(await read([...close, ...far], source)).toEqual(each([...close, ...far], 1));
    expect(asked.ones).toBeLessThanOrEqual(10);
  });
});

describe('many: one key and none', () => {
  it('is asked for alone, and nothing for nothing, without a request', async () => {
    const { source, asked } = aTable(keysFrom(0, 10));
    expect(await read([aKey(4)], source)).toEqual({ [aKey(4)]: 1 });
    expect(asked).toEqual({ ranges: 0, ones: 1, rows: 1 });
    {
      const { source, asked } = aTable(keysFrom(0, 10));
      expect(await read([], source)).toEqual({});
      expect(asked).toEqual({ ranges: 0, ones: 0, rows: 0 });
    }
  });
});
