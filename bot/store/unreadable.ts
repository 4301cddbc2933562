import { z } from 'zod';
import { codeOf } from '../errors.js';
import { propertiesIn, ROW_SHAPES, type RowShapes } from './row-shapes.js';
import { keyParts } from './tables/keys.js';
import { fromRow, UNREADABLE } from './tables/row-mapping.js';
import type { StoredRow } from './tables/rows.js';
import { TABLE_NAMES, type TableName, type Tables } from './tables/tables.js';

/** A row that this version cannot read: where it lies, and the names of what is wrong with it, never the values. */
export type UnreadableRow = {
  readonly table: TableName;
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly why: string;
};

/** Every row of these tables that cannot be read, for an operator: nothing of them is dropped, and nobody is shown them. */
export async function* unreadableRows(
  tables: Tables,
  names: readonly TableName[] = TABLE_NAMES,
): AsyncIterable<UnreadableRow> {
  for (const table of names)
    for await (const stored of tables.table(table).query({})) {
      const why = whyUnreadable(ROW_SHAPES[table], stored);
      if (why === null) continue;
      const { partitionKey, rowKey } = stored.row;
      yield { table, partitionKey, rowKey, why };
    }
}

function whyUnreadable(shapes: RowShapes, stored: StoredRow): string | null {
  const schema = schemaOf(shapes, stored);
  if (schema === null) return 'of a kind that this version does not know';
  try {
    fromRow(schema, jsonPropertiesOf(propertiesIn(schema)), stored);
    return null;
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return (error as Error).message;
  }
}

function schemaOf(shapes: RowShapes, { row }: StoredRow): z.ZodType | null {
  if (shapes instanceof z.ZodObject) return shapes;
  const [kind = ''] = keyParts(row[shapes.by]);
  return (Object.hasOwn(shapes.are, kind) ? shapes.are[kind] : shapes.else) ?? null;
}

/** What lies in a row as JSON text: lists and objects. */
export function jsonPropertiesOf(schema: z.ZodType): readonly string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, inner]) => (isJson(inner as z.ZodType) ? [name] : []));
}

function isJson(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return isJson(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodObject || schema instanceof z.ZodArray || schema instanceof z.ZodRecord;
}
