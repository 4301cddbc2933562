import { type NightRun, nightRunSchema } from '../domain/night-run.js';
import { key } from './tables/keys.js';
import { readableRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { InsertResult, Tables, WriteResult } from './tables/tables.js';

export type NightRuns = {
  /** Null where it never ran; a row that cannot be read has no record, and may be written over under its etag. */
  last(job: string): Promise<Versioned<NightRun | null> | null>;
  /** Writes it in the place of what was read; `etag` null where nothing was there. */
  put(job: string, run: NightRun, etag: string | null): Promise<WriteResult | InsertResult>;
};

const PARTITION = key('nights');

export function openNightRuns(tables: Tables): NightRuns {
  const table = tables.table('health');
  return {
    async last(job) {
      const found = await table.get(PARTITION, key(job));
      return found === null ? null : { record: readableRow(nightRunSchema, [], found), etag: found.etag };
    },
    put(job, run, etag) {
      const row = toRow(PARTITION, key(job), run);
      return etag === null ? table.insert(row) : table.replace(row, etag);
    },
  };
}
