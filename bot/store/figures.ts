import { z } from 'zod';
import { removeRows } from './tables/batches.js';
import { key, keyParts } from './tables/keys.js';
import { fromRow, readableRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { StoredRow } from './tables/rows.js';
import type { Tables, WriteResult } from './tables/tables.js';

/** What is counted of a month. `late` is what was held but not on time: it is never shown, it guards `onTime`. */
export const FIGURES = ['conversations', 'agreements', 'held', 'onTime', 'late', 'coffees'] as const;
export type Figure = (typeof FIGURES)[number];

/**
 * Numbers are shown in steps of so many, and nobody counts for more than one step in a number: so one person more or
 * less moves what is shown by one step at most.
 */
export const STEP = 5;

const tally = z.object({ count: z.number().int(), managers: z.number().int(), people: z.number().int() });
/** How often, and how many different managers and different people at least are behind it. */
export type Tally = z.infer<typeof tally>;
export type Tallies = Readonly<Record<Figure, Tally>>;

export const monthSchema = z.object({
  tenant: z.string(),
  /** `YYYY-MM`. */
  month: z.string(),
  /** The month was over when it was counted: it stays as it is for ever. */
  closed: z.boolean(),
  conversations: tally,
  agreements: tally,
  held: tally,
  onTime: tally,
  late: tally,
  coffees: tally,
});
/** One organisation's month in numbers: no name, no id. */
export type MonthFigures = z.infer<typeof monthSchema>;

const FIGURES_ROW = 'figures';

export type Figures = {
  /** The months of one tenant from one month to another, both among them; those that were counted. */
  between(tenant: string, from: string, to: string): Promise<readonly MonthFigures[]>;
  /** Every month of every tenant that can be read: for the night, never for a turn. */
  all(): AsyncIterable<Versioned<MonthFigures>>;
  /** `etag` is null for a month that was not counted before; `conflict` when another instance was first. */
  put(record: MonthFigures, etag: string | null): Promise<WriteResult>;
  /** Forgets the months of every tenant before one, `YYYY-MM`; how many, also when it only counts. */
  forget(before: string, onlyCount: boolean): Promise<number>;
};

export function openFigures(tables: Tables): Figures {
  const table = tables.table('organisation');
  return {
    async between(tenant, from, to) {
      const found: MonthFigures[] = [];
      const range = {
        partition: key(tenant),
        rowFrom: key(FIGURES_ROW, from),
        rowTo: key(FIGURES_ROW, to),
      };
      for await (const stored of table.query(range)) {
        const read = readableRow(monthSchema, [...FIGURES], stored);
        if (read !== null) found.push(read);
      }
      return found;
    },
    async *all() {
      for await (const stored of table.query({})) {
        if (isFigures(stored) && readableRow(monthSchema, [...FIGURES], stored) !== null)
          yield fromRow(monthSchema, [...FIGURES], stored);
      }
    },
    put(record, etag) {
      const row = toRow(key(record.tenant), key(FIGURES_ROW, record.month), record);
      return etag === null ? table.insert(row) : table.replace(row, etag);
    },
    async forget(before, onlyCount) {
      const rows: StoredRow[] = [];
      for await (const stored of table.query({})) {
        const [, month = ''] = keyParts(stored.row.rowKey);
        if (isFigures(stored) && month < before) rows.push(stored);
      }
      if (!onlyCount) await removeRows(table, rows);
      return rows.length;
    },
  };
}

function isFigures({ row }: StoredRow): boolean {
  return keyParts(row.rowKey)[0] === FIGURES_ROW;
}
