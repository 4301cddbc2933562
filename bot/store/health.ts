import { z } from 'zod';
import { key } from './tables/keys.js';
import { readableRow, toRow } from './tables/row-mapping.js';
import type { Tables } from './tables/tables.js';

export const tickSchema = z.object({
  at: z.string(),
  /** Rows of before this was kept have none. */
  ranAt: z.string().nullable().default(null),
  due: z.number().int(),
  sent: z.number().int().default(0),
  deferred: z.number().int().default(0),
  failed: z.number().int(),
  /** Since this instance started: reminders whose retries are exhausted, and dead-lettered rows: those that nothing can read. */
  gaveUp: z.number().int().default(0),
  setAside: z.number().int().default(0),
  oldestOverdue: z.string().nullable().default(null),
  /** Tenants of which a night left something to do. */
  skipped: z.array(z.string()).default([]),
});
const JSON_PROPERTIES = ['skipped'];
/**
 * How a job's last run went. `at` is the instant that it was for, which may be any; `ranAt` the instant at which it really
 * ran. `oldestOverdue` is the due instant of what it left.
 */
export type Tick = Omit<z.infer<typeof tickSchema>, 'ranAt'> & { readonly ranAt: string };
/** The newest tick of any instance, with what was given up and set aside by all of them together. */
export type JobHealth = {
  readonly last: Tick;
  readonly gaveUp: number;
  readonly setAside: number;
};

export type Health = {
  record(job: string, instance: string, last: z.input<typeof tickSchema>): Promise<void>;
  /** What a clock that is wrong has written ahead of `now` is no news. */
  of(job: string, now: string): Promise<JobHealth | null>;
  /**
   * Forgets instances that have not ticked since `before`, those whose last tick lies ahead of `now`, and what cannot be
   * read; how many.
   */
  forget(job: string, before: string, now: string): Promise<number>;
};

/** Clocks of two instances differ by no more. */
const CLOCKS_DIFFER_MS = 60_000;

export function isAhead(instant: string, now: string): boolean {
  return Date.parse(instant) - Date.parse(now) > CLOCKS_DIFFER_MS;
}

export function openHealth(tables: Tables): Health {
  const table = tables.table('health');
  async function* ticksOf(job: string) {
    for await (const stored of table.query({ partition: key(job) })) {
      const found = readableRow(tickSchema, JSON_PROPERTIES, stored);
      const tick: Tick | null = found === null ? null : { ...found, ranAt: found.ranAt ?? found.at };
      yield { tick, stored };
    }
  }
  return {
    async record(job, instance, last) {
      await table.upsert(toRow(key(job), key(instance), last));
    },
    async of(job, now) {
      const ticks: Tick[] = [];
      for await (const { tick } of ticksOf(job)) if (tick !== null) ticks.push(tick);
      const [last] = ticks
        .filter(({ ranAt }) => !isAhead(ranAt, now))
        .sort((one, other) => other.ranAt.localeCompare(one.ranAt));
      if (last === undefined) return null;
      const sum = (name: 'gaveUp' | 'setAside') => ticks.reduce((total, one) => total + one[name], 0);
      return { last, gaveUp: sum('gaveUp'), setAside: sum('setAside') };
    },
    async forget(job, before, now) {
      let forgotten = 0;
      for await (const { tick, stored } of ticksOf(job)) {
        if (tick !== null && tick.ranAt >= before && !isAhead(tick.ranAt, now)) continue;
        // One that has ticked since it was read is not gone.
        const removed = await table.remove(stored.row.partitionKey, stored.row.rowKey, stored.etag);
        if (removed === 'ok') forgotten += 1;
      }
      return forgotten;
    },
  };
}
