import { CodedError } from '../../errors.js';

/** The code of the fault that the service would refuse a row or a transaction for what it is. */
export const ROW_REFUSED = 'table-limit';

/** A row as Azure Tables takes it: two keys and flat properties. */
export type Row = { readonly partitionKey: string; readonly rowKey: string } & Readonly<
  Record<string, string | number | boolean>
>;

/** Source: learn.microsoft.com, "Understanding the Table service data model" and "entity group transactions". */
export const LIMITS = {
  entityBytes: 1024 * 1024,
  properties: 252,
  stringBytes: 64 * 1024,
  keyCharacters: 1024,
  transactionRows: 100,
  transactionBytes: 4 * 1024 * 1024,
} as const;

/** Bytes that a row's system properties, keys' names and types take beside what is counted below. */
const ROW_OVERHEAD_BYTES = 256;

/**
 * Refuses what Azure refuses and the emulator lets through, so that it fails where it is written and not first
 * in production. Throws CodedError `table-limit`: nothing that a person types may come this far too long.
 */
export function checkRow(row: Row): void {
  checkKey('partitionKey', row.partitionKey);
  checkKey('rowKey', row.rowKey);
  let properties = 0;
  for (const name in row) {
    if (name === 'partitionKey' || name === 'rowKey') continue;
    properties += 1;
    const value = row[name];
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,254}$/.test(name)) refuse('a property name is no identifier');
    if (typeof value === 'string' && value.length * 2 > LIMITS.stringBytes) refuse(`${name} is too long`);
    if (typeof value === 'number' && !fitsInt32(value)) refuse(`${name} is no 32-bit integer`);
  }
  if (properties > LIMITS.properties) refuse(`${properties} properties`);
  if (bytesOf(row) > LIMITS.entityBytes) refuse('the row is over 1 MiB');
}

function checkKey(name: string, value: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that Azure refuses
  if (value.length > LIMITS.keyCharacters || /[/\\#?\u0000-\u001f\u007f-\u009f]/.test(value))
    refuse(`${name} has a refused character or ${value.length} characters`);
}

/** Refuses a transaction over 100 rows, over 4 MiB, over more than one partition or with one row twice. */
export function checkTransaction(rows: readonly Row[]): void {
  if (rows.length === 0 || rows.length > LIMITS.transactionRows)
    refuse(`${rows.length} rows in a transaction`);
  if (new Set(rows.map((row) => row.partitionKey)).size > 1) refuse('a transaction over several partitions');
  if (new Set(rows.map((row) => row.rowKey)).size < rows.length) refuse('a row twice in a transaction');
  if (rows.reduce((sum, row) => sum + bytesOf(row), 0) > LIMITS.transactionBytes) {
    refuse('a transaction over 4 MiB');
  }
}

function bytesOf(row: Row): number {
  // Azure counts strings as UTF-16: two bytes a character, names included.
  let bytes = ROW_OVERHEAD_BYTES;
  for (const name in row) {
    const value = row[name];
    bytes += 2 * name.length + (typeof value === 'string' ? 2 * value.length + 4 : 8);
  }
  return bytes;
}

function fitsInt32(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

function refuse(why: string): never {
  throw new CodedError(ROW_REFUSED, `Azure Tables would refuse this: ${why}`);
}
