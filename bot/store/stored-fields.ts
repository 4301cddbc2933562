import { z } from 'zod';
import { propertiesIn, ROW_SHAPES, type RowShapes } from './row-shapes.js';
import { TABLE_NAMES, type TableName } from './tables/tables.js';

/**
 * Every property that each table can hold, the inner ones too (`items.what`), as the schemas have them: what the
 * privacy statement has to name.
 */
export const STORED_FIELDS = Object.fromEntries(
  TABLE_NAMES.map((table) => [table, propertiesOf(ROW_SHAPES[table])]),
) as Readonly<Record<TableName, readonly string[]>>;

function propertiesOf(shapes: RowShapes): readonly string[] {
  const schemas =
    shapes instanceof z.ZodObject
      ? [shapes]
      : [...Object.values(shapes.are), ...(shapes.else === undefined ? [] : [shapes.else])];
  return [...new Set(schemas.flatMap((schema) => namesIn(propertiesIn(schema))))].sort();
}

function namesIn(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape).flatMap(([name, inner]) => {
    const object = objectIn(inner as z.ZodType);
    return object === null ? [name] : namesIn(object).map((deeper) => `${name}.${deeper}`);
  });
}

/** The object in a schema, under whatever makes it optional or a list of them; null when there is none. */
function objectIn(schema: z.ZodType): z.ZodObject | null {
  if (schema instanceof z.ZodObject) return schema;
  if (schema instanceof z.ZodArray) return objectIn(schema.element as z.ZodType);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return objectIn(schema.unwrap() as z.ZodType);
  }
  return null;
}
