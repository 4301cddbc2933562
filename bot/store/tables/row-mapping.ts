import { z } from 'zod';
import { CodedError, codeOf } from '../../errors.js';
import type { Row } from './limits.js';
import type { StoredRow } from './rows.js';

/** The code of the error for a row that is there and cannot be read. */
export const UNREADABLE = 'unreadable-row';

/** A record that was read, with the etag under which it may be written back. */
export type Versioned<Record> = { readonly record: Record; readonly etag: string };

/**
 * A record as flat properties: what Azure Tables knows (text, whole numbers, yes or no) stays as it is, lists and
 * objects become JSON text, what is null is left out, as the service would drop it anyway.
 */
export function toRow(partitionKey: string, rowKey: string, record: Readonly<Record<string, unknown>>): Row {
  const row: Record<string, unknown> = {};
  for (const name in record) {
    const value = record[name];
    if (value === null || value === undefined) continue;
    row[name] = typeof value === 'object' ? JSON.stringify(value) : value;
  }
  row.partitionKey = partitionKey;
  row.rowKey = rowKey;
  return row as Row;
}

/**
 * The record in a row, checked by its schema. `json` names the properties that hold JSON text. Throws CodedError
 * `unreadable-row` with the names of what is wrong, never the values.
 *
 * A property that the schema does not know stays on the record, and so in its row when that is written again: it is of a
 * newer version, which runs beside this one during an upgrade, or will again after a way back.
 */
export function fromRow<Schema extends z.ZodType>(
  schema: Schema,
  json: readonly string[],
  stored: StoredRow,
): Versioned<z.output<Schema>> {
  const opened: Record<string, unknown> = {};
  for (const name in stored.row) {
    if (name === 'partitionKey' || name === 'rowKey') continue;
    const value = stored.row[name];
    opened[name] = json.includes(name) && typeof value === 'string' ? openJson(value) : value;
  }
  const parsed = withUnknown(schema).safeParse(opened);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new CodedError(UNREADABLE, `a row cannot be read: ${fields}`);
  }
  return { record: parsed.data as z.output<Schema>, etag: stored.etag };
}

/** The same for where one row that cannot be read must not hide the others: null for such a one. */
export function readableRow<Schema extends z.ZodType>(
  schema: Schema,
  json: readonly string[],
  stored: StoredRow,
): z.output<Schema> | null {
  try {
    return fromRow(schema, json, stored).record;
  } catch (error) {
    if (codeOf(error) === UNREADABLE) return null;
    throw error;
  }
}

/** The same schema, which hands on what it does not know; the type says nothing of that, so that nobody uses it. */
function withUnknown(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodObject)) return schema;
  const found = loose.get(schema) ?? schema.loose();
  loose.set(schema, found);
  return found;
}

/** Made once for each schema: a run reads a hundred thousand rows. */
const loose = new WeakMap<z.ZodType, z.ZodType>();

function openJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Left as it is for the schema to refuse: nothing at all would pass where a record may have nothing.
    return text;
  }
}
