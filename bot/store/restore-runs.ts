import { z } from 'zod';
import { CodedError } from '../errors.js';
import { key } from './tables/keys.js';
import { readableRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { Tables } from './tables/tables.js';

export const restoreRunSchema = z.object({
  /** The sum of the backup's lines, which tells one from another. */
  sha256: z.string(),
  /** When the backup was begun, when putting it back was begun, and when that was done; null until then. Instants. */
  copyAt: z.string(),
  startedAt: z.string(),
  doneAt: z.string().nullable().default(null),
});
/** That a backup was put into these tables. */
export type RestoreRun = z.infer<typeof restoreRunSchema>;

/** The code of the fault that tables are half filled: a bot that works on them would take away what is not there yet. */
const RESTORE_UNFINISHED = 'restore-unfinished';

export type RestoreRuns = {
  /** Null where these tables were never filled from a backup. */
  last(): Promise<Versioned<RestoreRun> | null>;
  put(run: RestoreRun): Promise<void>;
  /** Throws CodedError `restore-unfinished` where a backup was not put back to its end. */
  mustBeFinished(): Promise<void>;
};

const PARTITION = key('restore');
const ROW = key('run');

export function openRestoreRuns(tables: Tables): RestoreRuns {
  const table = tables.table('health');
  const last: RestoreRuns['last'] = async () => {
    const found = await table.get(PARTITION, ROW);
    if (found === null) return null;
    const record = readableRow(restoreRunSchema, [], found);
    if (record === null)
      throw new CodedError(RESTORE_UNFINISHED, 'what was put into the tables cannot be read');
    return { record, etag: found.etag };
  };
  return {
    last,
    async put(run) {
      await table.upsert(toRow(PARTITION, ROW, run));
    },
    async mustBeFinished() {
      const run = await last();
      if (run !== null && run.record.doneAt === null)
        throw new CodedError(RESTORE_UNFINISHED, 'a backup was not put back to its end: run restore again');
    },
  };
}
