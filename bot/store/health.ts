import { z } from 'zod';
import { key } from './keys.js';
import { fromRow, toRow } from './records.js';
import type { Tables } from './tables.js';

const tick = z.object({
  at: z.string(),
  due: z.number().int(),
  sent: z.number().int(),
  deferred: z.number().int(),
  failed: z.number().int(),
  oldestOverdue: z.string().nullable().default(null),
});
/** How a job's last run went; `at` is when it ended, `oldestOverdue` the due instant of what it left behind. */
export type Tick = z.infer<typeof tick>;

export type Health = {
  record(job: string, instance: string, last: Tick): Promise<void>;
  last(job: string): Promise<Tick | null>;
};

export function openHealth(tables: Tables): Health {
  const table = tables.table('health');
  return {
    async record(job, instance, last) {
      await table.upsert(toRow(key(job), key(instance), last));
    },
    async last(job) {
      let newest: Tick | null = null;
      for await (const stored of table.query({ partition: key(job) })) {
        const found = fromRow(tick, [], stored).record;
        if (newest === null || found.at > newest.at) newest = found;
      }
      return newest;
    },
  };
}
