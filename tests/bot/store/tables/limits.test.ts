import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../../bot/errors.js';
import { checkRow, checkTransaction, type Row } from '../../../../bot/store/tables/limits.js';
import { faultsOf } from '../../../support/faults.js';

function aRow(properties: Record<string, string | number | boolean> = {}): Row {
  return { partitionKey: 'p', rowKey: 'r', ...properties } as Row;
}

/** Rows of one partition with this many characters of text each. */
function rowsOf(count: number, characters = 1): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    ...properties(Math.ceil(characters / 32_000), 'x'.repeat(Math.min(characters, 32_000))),
    partitionKey: 'p',
    rowKey: String(index),
  }));
}

function properties(count: number, value: string | number = 1): Record<string, string | number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, value]));
}

const refused = expect.objectContaining({ code: 'table-limit' });

describe('limits of a row', () => {
  it('let pass a row that Azure takes, and refuse a row and a key that Azure refuses, without naming what was in it', async () => {
    expect(
      await faultsOf<[string, Row]>(
        [
          ['a text of 64 KiB', aRow({ text: 'x'.repeat(32 * 1024) })],
          ['252 properties', aRow(properties(252))],
          ['nearly 1 MiB in all', aRow(properties(16, 'x'.repeat(32_700)))],
          ['a key of 1024 characters', { partitionKey: 'p'.repeat(1024), rowKey: 'r'.repeat(1024) }],
          ['an empty key', { partitionKey: '', rowKey: '' }],
          ['the largest 32-bit integer', aRow({ count: 2 ** 31 - 1 })],
          ['a name of 255 characters', aRow({ ['n'.repeat(255)]: 1 })],
          ['yes and no', aRow({ yes: true, no: false })],
        ],
        (_case, row) => {
          expect(() => checkRow(row)).not.toThrow();
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf<[string, Row]>(
        [
          ['a text over 64 KiB', aRow({ text: 'x'.repeat(32 * 1024 + 1) })],
          ['253 properties', aRow(properties(253))],
          ['over 1 MiB in all', aRow(properties(17, 'x'.repeat(32_700)))],
          ['a partition key of 1025 characters', { partitionKey: 'p'.repeat(1025), rowKey: 'r' }],
          ['a row key of 1025 characters', { partitionKey: 'p', rowKey: 'r'.repeat(1025) }],
          ['a number over 32 bits', aRow({ count: 2 ** 31 })],
          ['a number with a fraction', aRow({ count: 0.5 })],
          ['no number at all', aRow({ count: Number.NaN })],
          ['a name of 256 characters', aRow({ ['n'.repeat(256)]: 1 })],
          ['a name with a hyphen', aRow({ 'a-b': 1 })],
          ['a name that starts with a digit', aRow({ '1a': 1 })],
        ],
        (_case, row) => {
          expect(() => checkRow(row)).toThrow(refused);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        ['/', '\\', '#', '?', '\u0000', '\n', '\t', '\u001f', '\u007f', '\u009f'],
        (character) => {
          expect(() => checkRow({ partitionKey: `a${character}`, rowKey: 'r' })).toThrow(refused);
          expect(() => checkRow({ partitionKey: 'p', rowKey: `a${character}` })).toThrow(refused);
        },
      ),
    ).toEqual([]);
    const error = thrownBy(() => checkRow(aRow({ what: 'geheim'.repeat(10_000) })));
    expect(error).toBeInstanceOf(CodedError);
    expect(String(error)).not.toContain('geheim');
  });
});

describe('limits of a transaction', () => {
  it('let pass a transaction that Azure takes, and refuse one that Azure refuses', async () => {
    expect(
      await faultsOf<[string, Row[]]>(
        [
          ['one row', rowsOf(1)],
          ['100 rows', rowsOf(100)],
          ['nearly 4 MiB', rowsOf(4, 15.9 * 32_000)],
        ],
        (_case, rows) => {
          expect(() => checkTransaction(rows)).not.toThrow();
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf<[string, Row[]]>(
        [
          ['nothing', []],
          ['101 rows', rowsOf(101)],
          ['over 4 MiB', rowsOf(5, 15.9 * 32_000)],
          ['two partitions', [aRow(), { partitionKey: 'q', rowKey: 's' }]],
          ['the same row twice', [aRow(), aRow({ count: 1 })]],
        ],
        (_case, rows) => {
          expect(() => checkTransaction(rows)).toThrow(refused);
        },
      ),
    ).toEqual([]);
  });
});

function thrownBy(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
