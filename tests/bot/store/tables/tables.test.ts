import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Row } from '../../../../bot/store/tables/limits.js';
import type { StoredRow } from '../../../../bot/store/tables/rows.js';
import {
  type Found,
  openTables,
  type Range,
  TABLE_NAMES,
  type Table,
  TURN_OVER,
} from '../../../../bot/store/tables/tables.js';
import { dropTables } from '../../../support/azure/azurite.js';
import {
  type OwnTables,
  openMemoryOwnTables,
  openOwnTables,
} from '../../../support/azure/temporary-tables.js';
import { faultsOf } from '../../../support/faults.js';

const MANY_ROWS = 1_050;

function aRow(partitionKey: string, rowKey = 'r', text = 'first'): Row {
  return { partitionKey, rowKey, text };
}

/** What is tried in memory elsewhere holds for the service as far as these are alike. */
describe('tables of the service, and those in memory', () => {
  let places: readonly (readonly [string, OwnTables])[];
  /** Those of the one of them of which it goes. */
  let own: OwnTables;
  let table: Table;
  beforeAll(async () => {
    places = [
      ['of the service', await openOwnTables()],
      ['in memory', openMemoryOwnTables()],
    ];
  });
  afterAll(() => Promise.all(places.map(([, one]) => one.drop())));

  async function inBoth(act: () => Promise<unknown>): Promise<void> {
    const wheres = places.map(([where]) => where);
    const faults = await faultsOf(wheres, async (where) => {
      own = places.find(([one]) => one === where)?.[1] ?? own;
      table = own.tables.table('managers');
      await act();
    });
    expect(faults).toEqual([]);
  }

  async function keysIn(range: Range): Promise<string[]> {
    const found: string[] = [];
    for await (const { row } of table.query(range)) found.push(`${row.partitionKey}/${row.rowKey}`);
    return found;
  }

  async function kept(partitionKey: string, rowKey = 'r'): Promise<StoredRow> {
    const found = await table.get(partitionKey, rowKey);
    if (found === null) throw new Error(`no row ${partitionKey}/${rowKey}`);
    return found;
  }

  /** The requests that something costs. */
  async function costOf(run: () => Promise<unknown>): Promise<number> {
    const before = own.tables.requests();
    await run();
    return own.tables.requests() - before;
  }

  describe('reading and writing', () => {
    it('gives back a row as it was written, nothing of the service’s own, and null for a row that is not there', () =>
      inBoth(async () => {
        const row = {
          partitionKey: 'types',
          rowKey: 'r',
          text: 'é€😀',
          count: -7,
          yes: true,
          no: false,
          empty: '',
        };
        await table.insert(row);
        expect((await kept('types')).row).toEqual(row);
        expect(await table.get('nowhere', 'r')).toBeNull();
      }));

    describe('finding rows by what stands in them', () => {
      const range = { partitionFrom: 'find|', partitionBefore: 'find}' };
      const textsOf = (found: Found) => found.rows.map(({ row }) => row.text);
      beforeAll(() =>
        inBoth(async () => {
          for (const [at, text] of ['one', 'two', "o'clock' or text ne '", 'three'].entries())
            await table.upsert({
              ...aRow(`find|${at % 2}`, String(at), text),
              of: at < 3 ? 'mila' : 'sanne',
            });
          await table.upsert(aRow('elsewhere', 'r', 'one'));
        }),
      );

      it('brings those of the range that hold it, whatever it is, and nothing else', () =>
        inBoth(async () => {
          expect(textsOf(await table.find(range, { text: 'one' }, 2))).toEqual(['one']);
          expect(textsOf(await table.find(range, { text: "o'clock' or text ne '" }, 2))).toHaveLength(1);
          expect(textsOf(await table.find(range, { of: 'mila', text: ['two', 'three'] }, 2))).toEqual([
            'two',
          ]);
          expect(await table.find(range, { text: 'four' }, 2)).toEqual({ rows: [], complete: true });
        }));

      it('stops after so many requests, and says that there was more', () =>
        inBoth(async () => {
          const many = Array.from({ length: 11 }, (_, batch) =>
            table.transact(
              Array.from({ length: 100 }, (_each, at) => ({
                do: 'upsert' as const,
                row: aRow(`many-${batch}`, String(at), 'same'),
              })),
            ),
          );
          await Promise.all(many);
          const all = { partitionFrom: 'many-', partitionBefore: 'many.' };
          const before = own.tables.requests();
          const found = await table.find(all, { text: 'same' }, 1);
          expect([found.complete, found.rows.length, own.tables.requests() - before]).toEqual([
            false,
            1_000,
            1,
          ]);
          expect(await table.find(all, { text: 'same' }, 2)).toMatchObject({ complete: true });
        }));
    });

    it('refuses to insert a row that is there already, and leaves it as it is', () =>
      inBoth(async () => {
        await table.insert(aRow('twice'));
        expect(await table.insert(aRow('twice', 'r', 'second'))).toBe('conflict');
        expect((await kept('twice')).row.text).toBe('first');
      }));

    it('puts a whole row in the place of another, without a trace of what it had', () =>
      inBoth(async () => {
        await table.insert({ ...aRow('upsert'), old: 1 });
        await table.upsert(aRow('upsert', 'r', 'second'));
        expect((await kept('upsert')).row).toEqual(aRow('upsert', 'r', 'second'));
      }));

    it('replaces a row under the etag with which it was read, and only while it is there unchanged', () =>
      inBoth(async () => {
        await table.insert({ ...aRow('replace'), old: 1 });
        const { etag } = await kept('replace');
        expect(await table.replace(aRow('replace', 'r', 'second'), etag)).toBe('ok');
        expect((await kept('replace')).row).toEqual(aRow('replace', 'r', 'second'));
        expect(await table.replace(aRow('replace', 'r', 'whatever it was'), '*')).toBe('ok');
        {
          await table.insert(aRow('stale'));
          const { etag } = await kept('stale');
          await table.replace(aRow('stale', 'r', 'second'), etag);
          expect(await table.replace(aRow('stale', 'r', 'third'), etag)).toBe('conflict');
          expect((await kept('stale')).row.text).toBe('second');
        }
        {
          await table.insert(aRow('replace-gone'));
          const { etag } = await kept('replace-gone');
          await table.remove('replace-gone', 'r');
          expect(await table.replace(aRow('replace-gone'), etag)).toBe('gone');
        }
      }));

    it('lets exactly one of many win that write at the same time', () =>
      inBoth(async () => {
        await table.insert(aRow('race'));
        const { etag } = await kept('race');
        const results = await Promise.all(
          Array.from({ length: 5 }, (_, index) => table.replace(aRow('race', 'r', String(index)), etag)),
        );
        expect(results.filter((result) => result === 'ok')).toHaveLength(1);
        expect(results.filter((result) => result === 'conflict')).toHaveLength(4);
      }));

    it('removes a row, under an etag only an unchanged one, and says when it is gone', () =>
      inBoth(async () => {
        await table.insert(aRow('remove'));
        expect(await table.remove('remove', 'r')).toBe('ok');
        expect(await table.get('remove', 'r')).toBeNull();
        await table.insert(aRow('remove-stale'));
        const { etag } = await kept('remove-stale');
        await table.upsert(aRow('remove-stale', 'r', 'second'));
        expect(await table.remove('remove-stale', 'r', etag)).toBe('conflict');
        expect((await kept('remove-stale')).row.text).toBe('second');
        expect(await table.remove('never', 'r')).toBe('gone');
      }));

    it('sends nothing by any write that Azure would refuse', () =>
      inBoth(async () => {
        expect(
          await faultsOf<[string, (row: Row) => Promise<unknown>]>(
            [
              ['insert', (row) => table.insert(row)],
              ['upsert', (row) => table.upsert(row)],
              ['replace', (row) => table.replace(row, '*')],
              ['transact', (row) => table.transact([{ do: 'insert', row }])],
            ],
            async (_name, write) => {
              const before = own.tables.requests();
              await expect(async () => write(aRow('a/b'))).rejects.toMatchObject({ code: 'table-limit' });
              expect(own.tables.requests()).toBe(before);
            },
          ),
        ).toEqual([]);
      }));
  });

  describe('transactions', () => {
    it('write all of their rows', () =>
      inBoth(async () => {
        await table.insert(aRow('all', 'old'));
        await table.insert(aRow('all', 'changed'));
        const { etag } = await kept('all', 'changed');
        const result = await table.transact([
          { do: 'insert', row: aRow('all', 'inserted') },
          { do: 'upsert', row: aRow('all', 'upserted') },
          { do: 'replace', row: aRow('all', 'changed', 'second'), etag },
          { do: 'remove', row: { partitionKey: 'all', rowKey: 'old' } },
        ]);
        expect(result).toBe('ok');
        expect(await keysIn({ partition: 'all' })).toEqual(['all/changed', 'all/inserted', 'all/upserted']);
        expect((await kept('all', 'changed')).row.text).toBe('second');
      }));

    it('merge: change what they bring and leave the rest, or nothing when one row changed since', () =>
      inBoth(async () => {
        await table.insert({ ...aRow('merging'), kept: 1 });
        const { etag } = await kept('merging');
        expect(await table.transact([{ do: 'merge', row: aRow('merging', 'r', 'second'), etag }])).toBe('ok');
        expect((await kept('merging')).row).toEqual({ ...aRow('merging', 'r', 'second'), kept: 1 });
        for (const name of ['one', 'two']) await table.insert(aRow('merging-stale', name));
        const [one, two] = [await kept('merging-stale', 'one'), await kept('merging-stale', 'two')];
        await table.upsert(aRow('merging-stale', 'two', 'second'));
        const writes = [one, two].map(({ row, etag }) => ({
          do: 'merge' as const,
          row: { ...row, text: 'third' },
          etag,
        }));
        expect(await table.transact(writes)).toBe('conflict');
        expect(await kept('merging-stale', 'one')).toEqual(one);
        expect((await kept('merging-stale', 'two')).row.text).toBe('second');
      }));

    it('merge all and tell the new etags, in the order of the rows, under which they can be written again', () =>
      inBoth(async () => {
        const names = ['b', 'a'];
        for (const name of names) await table.insert({ ...aRow('etags', name), kept: 1 });
        const read = await Promise.all(names.map((name) => kept('etags', name)));
        const merged = (text: string, etags: readonly string[]) =>
          names.map((name, at) => ({ row: aRow('etags', name, text), etag: etags[at] ?? '' }));
        const etags = await table.mergeAll(
          merged(
            'second',
            read.map(({ etag }) => etag),
          ),
        );
        if (typeof etags === 'string') throw new Error(etags);
        expect(etags).toEqual([(await kept('etags', 'b')).etag, (await kept('etags', 'a')).etag]);
        expect(await table.mergeAll(merged('third', etags))).toHaveLength(2);
        expect((await kept('etags', 'a')).row).toEqual({ ...aRow('etags', 'a', 'third'), kept: 1 });
        expect(await table.mergeAll(merged('fourth', etags))).toBe('conflict');
        await table.remove('etags', 'a');
        expect(await table.mergeAll([{ row: aRow('etags', 'a', 'fifth'), etag: '*' }])).toBe('gone');
      }));

    it('write nothing when one row is there already, changed since it was read, or is gone', () =>
      inBoth(async () => {
        await table.insert(aRow('inserting', 'there'));
        const result = await table.transact([
          { do: 'upsert', row: aRow('inserting', 'new') },
          { do: 'insert', row: aRow('inserting', 'there', 'second') },
        ]);
        expect(result).toBe('conflict');
        expect(await keysIn({ partition: 'inserting' })).toEqual(['inserting/there']);
        expect((await kept('inserting', 'there')).row.text).toBe('first');
        {
          await table.insert(aRow('changing', 'there'));
          const { etag } = await kept('changing', 'there');
          await table.upsert(aRow('changing', 'there', 'second'));
          const result = await table.transact([
            { do: 'insert', row: aRow('changing', 'new') },
            { do: 'replace', row: aRow('changing', 'there', 'third'), etag },
          ]);
          expect(result).toBe('conflict');
          expect(await keysIn({ partition: 'changing' })).toEqual(['changing/there']);
        }
        {
          const result = await table.transact([
            { do: 'insert', row: aRow('going', 'new') },
            { do: 'remove', row: { partitionKey: 'going', rowKey: 'never' } },
          ]);
          expect(result).toBe('gone');
          expect(await keysIn({ partition: 'going' })).toEqual([]);
        }
      }));

    it('are refused over two partitions', () =>
      inBoth(async () => {
        const writes = ['one', 'two'].map((name) => ({ do: 'insert' as const, row: aRow(name) }));
        await expect(async () => table.transact(writes)).rejects.toMatchObject({ code: 'table-limit' });
      }));
  });

  describe('queries', () => {
    beforeAll(() =>
      inBoth(async () => {
        for (const partition of ['q1', 'q2', 'q3']) {
          for (const row of ['a', 'b', 'c']) await table.insert(aRow(partition, row));
        }
      }),
    );

    it('find the rows of each range, and no others', () =>
      inBoth(async () => {
        expect(
          await faultsOf<[string, Range, string[]]>(
            [
              ['one partition', { partition: 'q2' }, ['q2/a', 'q2/b', 'q2/c']],
              [
                'partitions from one on and before another',
                { partitionFrom: 'q1', partitionBefore: 'q2' },
                ['q1/a', 'q1/b', 'q1/c'],
              ],
              ['rows from one on', { partition: 'q2', rowFrom: 'b' }, ['q2/b', 'q2/c']],
              ['rows up to one and with it', { partition: 'q2', rowTo: 'b' }, ['q2/a', 'q2/b']],
              [
                'partitions up to one and with it',
                { partitionFrom: 'q2', partitionTo: 'q3', rowFrom: 'c' },
                ['q2/c', 'q3/c'],
              ],
              [
                'so many rows and no more',
                { partitionFrom: 'q1', partitionTo: 'q3', most: 4 },
                ['q1/a', 'q1/b', 'q1/c', 'q2/a'],
              ],
              ['rows before one', { partition: 'q2', rowBefore: 'b' }, ['q2/a']],
              [
                'rows before one in several partitions, in the order of keys',
                { partitionFrom: 'q1', partitionBefore: 'q3', rowBefore: 'c' },
                ['q1/a', 'q1/b', 'q2/a', 'q2/b'],
              ],
              ['nothing at all', { partition: 'q9' }, []],
            ],
            async (_case, range, expected) => {
              expect(await keysIn(range)).toEqual(expected);
            },
          ),
        ).toEqual([]);
      }));

    it('take a quote in a key for a quote', () =>
      inBoth(async () => {
        await table.insert(aRow("o'brien"));
        expect(await keysIn({ partition: "o'brien" })).toEqual(["o'brien/r"]);
        expect(await keysIn({ partition: "x' or PartitionKey ne 'x" })).toEqual([]);
      }));

    it('give the etag under which a row may be replaced', () =>
      inBoth(async () => {
        await table.insert(aRow('etag'));
        for await (const { row, etag } of table.query({ partition: 'etag' })) {
          expect(await table.replace({ ...row, text: 'second' }, etag)).toBe('ok');
        }
        expect((await kept('etag')).row.text).toBe('second');
      }));

    it('find more than the thousand rows of one page, each once', () =>
      inBoth(async () => {
        const rowKeys = Array.from({ length: MANY_ROWS }, (_, index) => String(index).padStart(4, '0'));
        for (let from = 0; from < MANY_ROWS; from += 100) {
          const writes = rowKeys
            .slice(from, from + 100)
            .map((rowKey) => ({ do: 'insert' as const, row: aRow('many', rowKey) }));
          await table.transact(writes);
        }
        expect(await keysIn({ partition: 'many' })).toEqual(rowKeys.map((rowKey) => `many/${rowKey}`));
        expect(await costOf(() => keysIn({ partition: 'many' }))).toBe(2);
        expect(await costOf(() => keysIn({ partition: 'many', most: 900 }))).toBe(1);
      }));
  });

  describe('what it costs', () => {
    it('is one request for each reading and writing, with or without a row, and for a whole transaction', () =>
      inBoth(async () => {
        expect(await costOf(() => table.insert(aRow('cost')))).toBe(1);
        expect(await costOf(() => table.upsert(aRow('cost')))).toBe(1);
        expect(await costOf(() => table.get('cost', 'r'))).toBe(1);
        expect(await costOf(() => keysIn({ partition: 'cost' }))).toBe(1);
        expect(await costOf(() => table.remove('cost', 'r'))).toBe(1);
        await table.insert(aRow('cost-conflict'));
        expect(await costOf(() => table.get('cost-conflict', 'nowhere'))).toBe(1);
        expect(await costOf(() => table.insert(aRow('cost-conflict')))).toBe(1);
        const writes = Array.from({ length: 100 }, (_, index) => ({
          do: 'insert' as const,
          row: aRow('cost-transaction', String(index)),
        }));
        expect(await costOf(() => table.transact(writes))).toBe(1);
      }));
  });
});

let own: OwnTables;
beforeAll(async () => {
  own = await openOwnTables();
});
afterAll(() => own.drop());

describe('tables: in the time of a turn', () => {
  const acts: [string, (table: Table) => Promise<unknown>][] = [
    ['a read', (one) => one.get('turn', 'r')],
    ['a new row', (one) => one.insert(aRow('turn'))],
    ['a change', (one) => one.upsert(aRow('turn'))],
    ['a removal', (one) => one.remove('turn', 'r')],
    ['a transaction', (one) => one.transact([{ do: 'upsert', row: aRow('turn') }])],
  ];
  it('no request is even asked for when that is over', async () => {
    expect(
      await faultsOf(acts, async (_what, act) => {
        const time = { left: () => 0, writing: () => expect.unreachable() };
        const late = openTables({ connectionString: inject('azurite') }, own.prefix, { time });
        await expect(act(late.table('managers'))).rejects.toMatchObject({ code: TURN_OVER });
        expect(late.requests()).toBe(0);
      }),
    ).toEqual([]);
  });

  it('each request tells whether it is about to write', async () => {
    expect(
      await faultsOf(acts, async (what, act) => {
        let writes = 0;
        const writing = () => {
          writes += 1;
        };
        const time = { left: () => 5_000, writing };
        await act(
          openTables({ connectionString: inject('azurite') }, own.prefix, { time }).table('managers'),
        );
        expect(writes).toBe(what === 'a read' ? 0 : 1);
      }),
    ).toEqual([]);
  });
});

describe('tables: being there', () => {
  it('are made once, however often they are asked for', async () => {
    await own.tables.create();
    const names = Object.keys(await own.dump()).sort();
    expect(names).toEqual([...TABLE_NAMES].sort());
  });

  it('answer when they are there, and do not when they were never made', async () => {
    expect(await own.tables.answer()).toBe(true);
    const { tables } = await notThere();
    expect(await tables.answer()).toBe(false);
  });

  it('do not answer while one of them is missing', async () => {
    expect(
      await faultsOf(TABLE_NAMES, async (name) => {
        const one = await openOwnTables();
        try {
          await dropTables(inject('azurite'), `${one.prefix}${name}`);
          expect(await one.tables.answer()).toBe(false);
        } finally {
          await one.drop();
        }
      }),
    ).toEqual([]);
  });

  it('fail aloud, whatever is asked of them, when they were never made, and do not pass for empty', async () => {
    const { tables } = await notThere();
    const reading = async () => {
      for await (const _row of tables.table('people').query({ partition: 'p' })) return;
    };
    await expect(reading()).rejects.toMatchObject({ statusCode: 404 });
    expect(
      await faultsOf<[string, (lost: Table) => Promise<unknown>]>(
        [
          ['a read', (lost) => lost.get('p', 'r')],
          ['an insert', (lost) => lost.insert(aRow('p'))],
          ['an upsert', (lost) => lost.upsert(aRow('p'))],
          ['a replacement', (lost) => lost.replace(aRow('p'), '*')],
          ['a removal', (lost) => lost.remove('p', 'r')],
          ['a transaction', (lost) => lost.transact([{ do: 'insert', row: aRow('p') }])],
        ],
        async (_what, act) => {
          const { tables } = await notThere();
          await expect(act(tables.table('people'))).rejects.toMatchObject({ statusCode: 404 });
        },
      ),
    ).toEqual([]);
  });
});

/** Tables that were dropped again. */
async function notThere(): Promise<OwnTables> {
  const gone = await openOwnTables();
  await gone.drop();
  return gone;
}

describe('tables: who watches', () => {
  it('hears of each request what it does and what came of it, and no key and no name', async () => {
    const heard: string[] = [];
    const tables = openTables({ connectionString: inject('azurite') }, own.prefix, {
      watch: (...operation) => {
        return (came) =>
          void heard.push(
            JSON.stringify([...operation, { ...came, ...('date' in came ? { date: 'a date' } : {}) }]),
          );
      },
    });
    const watched = tables.table('managers');
    const row = aRow('watched');
    await tables.create();
    await watched.insert(row);
    await watched.insert(row);
    const found = await watched.get('watched', 'r');
    await watched.replace(row, found?.etag ?? '');
    await watched.replace(row, found?.etag ?? '');
    for await (const _ of watched.query({ partition: 'watched' }));
    await watched.mergeAll([{ row, etag: '*' }]);
    await watched.upsert(row);
    await watched.remove('watched', 'r');
    await watched.get('watched', 'r');
    expect(heard.slice(0, TABLE_NAMES.length).every((line) => line.includes('"create"'))).toBe(true);
    const told = (operation: string, status: number) =>
      JSON.stringify([operation, { status, date: 'a date' }]);
    expect(heard.slice(TABLE_NAMES.length)).toEqual([
      ...[told('insert', 204), told('insert', 409), told('get', 200), told('replace', 204)],
      ...[told('replace', 412), told('query', 200), told('transaction', 202), told('replace', 204)],
      ...[told('remove', 204), told('get', 404)],
    ]);
  });

  it('hears that nothing listens there', async () => {
    const heard: unknown[] = [];
    const nowhere = inject('azurite').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1');
    const tables = openTables({ connectionString: nowhere }, own.prefix, {
      watch: () => (came) => void heard.push(came),
    });
    await expect(tables.table('managers').get('a', 'b')).rejects.toThrow();
    expect(heard).toContainEqual({ status: 'away' });
  });
});
