import { z } from 'zod';
import { key } from './keys.js';
import { fromRow, toRow } from './records.js';
import type { Tables, WriteResult } from './tables.js';

const nudge = z.object({
  /** What was in it: keys of reminders, `kind|manager|subject|occasion|round`. */
  items: z.array(z.string()),
  sentAt: z.string(),
  /** Teams' id of the message. */
  activity: z.string(),
});
export type Nudge = z.infer<typeof nudge>;

/** What was sent to whom and when: the proof that keeps a restart from sending twice. */
export type Nudges = {
  find(tenant: string, person: string, id: string): Promise<Nudge | null>;
  prove(tenant: string, person: string, id: string, record: Nudge): Promise<WriteResult>;
};

export function openNudges(tables: Tables): Nudges {
  const table = tables.table('nudges');
  return {
    async find(tenant, person, id) {
      const found = await table.get(key(tenant, person), key(id));
      return found === null ? null : fromRow(nudge, ['items'], found).record;
    },
    prove: (tenant, person, id, record) => table.insert(toRow(key(tenant, person), key(id), record)),
  };
}
