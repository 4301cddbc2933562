import { z } from 'zod';
import { agreementSchema } from '../domain/agreement.js';
import { entrySchema } from '../domain/audit-entry.js';
import { handoverSchema } from '../domain/handover-request.js';
import { memberSchema } from '../domain/member.js';
import { momentSchema } from '../domain/moment.js';
import { nightRunSchema } from '../domain/night-run.js';
import { organisationSchema } from '../domain/organisation.js';
import { personSchema } from '../domain/person.js';
import { reminderSchema } from '../domain/reminder.js';
import { scanEntrySchema, scanSchema } from '../domain/scan.js';
import { codeOf } from '../errors.js';
import { deliverySchema } from './deliveries.js';
import { pointerSchema } from './employee-index.js';
import { monthSchema } from './figures.js';
import { tickSchema } from './health.js';
import { agreementRowSchema } from './managers.js';
import { restoreRunSchema } from './restore-runs.js';
import { sealedBoxSchema } from './scans.js';
import { keyParts } from './tables/keys.js';
import { fromRow, UNREADABLE } from './tables/row-mapping.js';
import { type StoredRow, TABLE_NAMES, type TableName, type Tables } from './tables/tables.js';

/** A row that this version cannot read: where it lies, and the names of what is wrong with it, never the values. */
export type UnreadableRow = {
  readonly table: TableName;
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly why: string;
};

/** By the first part of which key rows of one table are told apart, and what each of them is. */
type Shapes =
  | z.ZodObject
  | {
      readonly by: 'partitionKey' | 'rowKey';
      readonly are: Readonly<Record<string, z.ZodType>>;
      readonly else?: z.ZodObject;
    };

const SHAPES: Readonly<Record<TableName, Shapes>> = {
  people: personSchema,
  managers: {
    by: 'rowKey',
    are: {
      member: memberSchema,
      moment: momentSchema,
      agreement: agreementRowSchema,
      scan: scanEntrySchema,
    },
  },
  about: pointerSchema,
  reminders: reminderSchema,
  nudges: deliverySchema,
  organisation: {
    by: 'rowKey',
    are: { settings: organisationSchema, figures: monthSchema, handover: handoverSchema },
  },
  audit: entrySchema,
  health: {
    by: 'partitionKey',
    are: { nights: nightRunSchema, restore: restoreRunSchema },
    else: tickSchema,
  },
  scans: { by: 'rowKey', are: { scan: scanSchema, box: sealedBoxSchema } },
};

/** Every row of every table that cannot be read, for an operator: nothing of them is dropped, and nobody is shown them. */
export async function* unreadableRows(tables: Tables): AsyncIterable<UnreadableRow> {
  for (const table of TABLE_NAMES)
    for await (const stored of tables.table(table).query({})) {
      const why = whyUnreadable(SHAPES[table], stored);
      if (why === null) continue;
      const { partitionKey, rowKey } = stored.row;
      yield { table, partitionKey, rowKey, why };
    }
}

function whyUnreadable(shapes: Shapes, stored: StoredRow): string | null {
  const schema = schemaOf(shapes, stored);
  if (schema === null) return 'of a kind that this version does not know';
  try {
    fromRow(schema, jsonPropertiesOf(schema === agreementRowSchema ? agreementSchema : schema), stored);
    return null;
  } catch (error) {
    if (codeOf(error) !== UNREADABLE) throw error;
    return (error as Error).message;
  }
}

function schemaOf(shapes: Shapes, { row }: StoredRow): z.ZodType | null {
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
