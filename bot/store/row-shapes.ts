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
import { deliverySchema } from './deliveries.js';
import { pointerSchema } from './employee-index.js';
import { monthSchema } from './figures.js';
import { tickSchema } from './health.js';
import { agreementRowSchema } from './managers.js';
import { restoreRunSchema } from './restore-runs.js';
import { sealedBoxSchema } from './scans.js';
import type { TableName } from './tables/tables.js';

/** By the first part of which key rows of one table are told apart, and what each of them is. */
export type RowShapes =
  | z.ZodObject
  | {
      readonly by: 'partitionKey' | 'rowKey';
      readonly are: Readonly<Record<string, z.ZodType>>;
      readonly else?: z.ZodObject;
    };

/**
 * What each kind of row is read with, in one list: a kind that is not in it is unreadable to an operator and unknown to
 * the privacy statement.
 */
export const ROW_SHAPES: Readonly<Record<TableName, RowShapes>> = {
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

/** The properties that a kind of row is written with, also where it is read through something that unpacks old ones. */
export function propertiesIn(schema: z.ZodType): z.ZodObject {
  if (schema === agreementRowSchema) return agreementSchema;
  if (schema instanceof z.ZodObject) return schema;
  throw new TypeError('a kind of row whose properties are not known');
}
