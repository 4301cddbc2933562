import { z } from 'zod';
import { key } from './keys.js';
import { fromRow, readableRow, toRow } from './records.js';
import type { Tables } from './tables.js';

export const pointerSchema = z.object({ manager: z.string(), agreement: z.string(), since: z.string() });
/** Where something about an employee is kept. */
export type Pointer = z.infer<typeof pointerSchema>;

/** What is about an employee: pointers only, so that one query finds it and nothing is kept twice. */
export type About = {
  /** All that is about an employee. */
  of(tenant: string, employee: string): Promise<readonly Pointer[]>;
  /** Twice is once. */
  point(tenant: string, employee: string, to: Pointer): Promise<void>;
  /** The pointer goes; one that is gone already is no trouble. */
  unpoint(tenant: string, employee: string, manager: string, agreement: string): Promise<void>;
  /** Whether this agreement is about this employee: the only ground on which they may see and answer it. */
  concerns(tenant: string, employee: string, manager: string, agreement: string): Promise<boolean>;
};

export function openAbout(tables: Tables): About {
  const table = tables.table('about');
  return {
    async of(tenant, employee) {
      const found: Pointer[] = [];
      for await (const stored of table.query({ partition: key(tenant, employee) })) {
        const read = readableRow(pointerSchema, [], stored);
        if (read !== null) found.push(read);
      }
      return found;
    },
    async point(tenant, employee, to) {
      await table.upsert(toRow(key(tenant, employee), key(to.manager, to.agreement), to));
    },
    async unpoint(tenant, employee, manager, agreement) {
      await table.remove(key(tenant, employee), key(manager, agreement));
    },
    async concerns(tenant, employee, manager, agreement) {
      const found = await table.get(key(tenant, employee), key(manager, agreement));
      return found !== null && fromRow(pointerSchema, [], found).record.agreement === agreement;
    },
  };
}
