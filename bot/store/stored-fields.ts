import { z } from 'zod';
import { agreementSchema } from '../domain/agreement.js';
import { entrySchema } from '../domain/audit-entry.js';
import { handoverSchema } from '../domain/handover-request.js';
import { memberSchema } from '../domain/member.js';
import { momentSchema } from '../domain/moment.js';
import { organisationSchema } from '../domain/organisation.js';
import { personSchema } from '../domain/person.js';
import { reminderSchema } from '../domain/reminder.js';
import { scanEntrySchema, scanSchema } from '../domain/scan.js';
import { deliverySchema } from './deliveries.js';
import { pointerSchema } from './employee-index.js';
import { monthSchema } from './figures.js';
import { tickSchema } from './health.js';
import { sealedBoxSchema } from './scans.js';
import type { TableName } from './tables/tables.js';

/**
 * Every property that each table can hold, the inner ones too (`items.what`), as the schemas have them: what the
 * privacy statement has to name.
 */
export const STORED_FIELDS: Readonly<Record<TableName, readonly string[]>> = {
  people: propertiesOf(personSchema),
  managers: propertiesOf(memberSchema, momentSchema, agreementSchema, scanEntrySchema),
  about: propertiesOf(pointerSchema),
  reminders: propertiesOf(reminderSchema),
  nudges: propertiesOf(deliverySchema),
  organisation: propertiesOf(organisationSchema, monthSchema, handoverSchema),
  audit: propertiesOf(entrySchema),
  health: propertiesOf(tickSchema),
  scans: propertiesOf(scanSchema, sealedBoxSchema),
};

function propertiesOf(...schemas: readonly z.ZodObject[]): readonly string[] {
  return [...new Set(schemas.flatMap((schema) => namesIn(schema)))].sort();
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
