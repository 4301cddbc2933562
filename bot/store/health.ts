import { z } from 'zod';
import { key } from './keys.js';
import { readableRow, toRow } from './records.js';
import type { Tables } from './tables.js';

export const tickSchema = z.object({
  at: z.string(),
  due: z.number().int(),
  sent: z.number().int().default(0),
  deferred: z.number().int().default(0),
  failed: z.number().int(),
  /** Since this instance started: reminders given up, and rows that could not be read. */
  gaveUp: z.number().int().default(0),
  setAside: z.number().int().default(0),
  oldestOverdue: z.string().nullable().default(null),
  /** Tenants of which a night left something to do. */
  skipped: z.array(z.string()).default([]),
});
const JSON_PROPERTIES = ['skipped'];
/** How a job's last run went; `at` is the instant it was for, `oldestOverdue` the due instant of what it left. */
export type Tick = z.infer<typeof tickSchema>;
/** The newest tick of any instance, with what was given up and set aside by all of them together. */
export type JobHealth = { readonly last: Tick; readonly gaveUp: number; readonly setAside: number };

export type Health = {
  record(job: string, instance: string, last: z.input<typeof tickSchema>): Promise<void>;
  of(job: string): Promise<JobHealth | null>;
  /** Forgets instances that have not ticked since, and what cannot be read; how many. */
  forget(job: string, before: string): Promise<number>;
};

export function openHealth(tables: Tables): Health {
  const table = tables.table('health');
  return {
    async record(job, instance, last) {
      await table.upsert(toRow(key(job), key(instance), last));
    },
    async of(job) {
      const ticks: Tick[] = [];
      for await (const stored of table.query({ partition: key(job) })) {
        const found = readableRow(tickSchema, JSON_PROPERTIES, stored);
        if (found !== null) ticks.push(found);
      }
      const [last] = ticks.sort((one, other) => other.at.localeCompare(one.at));
      if (last === undefined) return null;
      const sum = (name: 'gaveUp' | 'setAside') => ticks.reduce((total, one) => total + one[name], 0);
      return { last, gaveUp: sum('gaveUp'), setAside: sum('setAside') };
    },
    async forget(job, before) {
      let forgotten = 0;
      for await (const stored of table.query({ partition: key(job) })) {
        const found = readableRow(tickSchema, JSON_PROPERTIES, stored);
        if (found !== null && found.at >= before) continue;
        // One that has ticked since it was read is not gone.
        const removed = await table.remove(stored.row.partitionKey, stored.row.rowKey, stored.etag);
        if (removed === 'ok') forgotten += 1;
      }
      return forgotten;
    },
  };
}
