import type { Writable } from 'node:stream';
import { TABLE_NAMES, type TableName, type Tables } from '../tables/tables.js';
import { type NewHeader, type WrittenArchive, writeArchive } from './archive.js';
import { everyRow, type Pause } from './every-row.js';

/**
 * In which order tables are read while the bot goes on writing. A reminder goes after its proof was written, so reminders
 * come before proofs: read the other way round, what is sent in between would be in neither, and be sent again. A record
 * goes after its pointer says that it was removed, so records come before pointers: the pointer tells on restore.
 * Whatever else does not fit is what a crash leaves too, and mended in the same way.
 */
export const READ_IN_ORDER: readonly TableName[] = [
  'reminders',
  'managers',
  'scans',
  'about',
  'people',
  'organisation',
  'audit',
  'health',
  'nudges',
];

export type RowCounts = Readonly<Record<TableName, number>>;

export function noRows(): Record<TableName, number> {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, 0])) as Record<TableName, number>;
}

/**
 * Writes every row of every table that is there, as it lies there, also one that cannot be read as a record.
 */
export async function writeBackup(
  tables: Tables,
  {
    there,
    to,
    header,
    pause,
  }: {
    readonly there: readonly TableName[];
    readonly to: Writable;
    readonly header: Omit<NewHeader, 'kind'>;
    readonly pause: Pause;
  },
): Promise<WrittenArchive & { readonly rows: RowCounts }> {
  const rows = noRows();
  async function* lines() {
    for (const name of READ_IN_ORDER.filter((one) => there.includes(one)))
      for await (const { row } of everyRow(tables.table(name), pause)) {
        rows[name] += 1;
        yield [name, row];
      }
  }
  return { ...(await writeArchive(to, { kind: 'backup', ...header }, lines())), rows };
}
