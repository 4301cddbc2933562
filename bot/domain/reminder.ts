import { z } from 'zod';
import type { Manager } from './manager.js';
import { REMINDER_KINDS } from './reminder-kinds.js';

export const reminderSchema = z.object({
  kind: z.enum(REMINDER_KINDS),
  tenant: z.string(),
  /** To whom, Entra object id. */
  person: z.string(),
  /** Whose record it is about, and its id. */
  manager: z.string(),
  subject: z.string(),
  /** Which occasion of the subject: a day, or its version. What does not fit the subject any more is dropped. */
  occasion: z.string(),
  /** Instant, ISO 8601 UTC. */
  due: z.string(),
  /** The name of the manager whose record it was, where there is no record any more that has it. */
  former: z.string().nullable().default(null),
  /** How often it was reminded before: 0 the first time. */
  round: z.number().int().default(0),
  /** On how many days sending it has failed, and why the last time. */
  attempts: z.number().int().default(0),
  why: z.string().nullable().default(null),
  /** The last of those days, in the person's zone; how often it was tried then, and not before which instant again. */
  triedOn: z.string().nullable().default(null),
  tries: z.number().int().default(0),
  notBefore: z.string().nullable().default(null),
  /** Who is sending it, until when nobody else may (instant), and for which instant that run was. */
  owner: z.string().nullable().default(null),
  until: z.string().nullable().default(null),
  claimedAt: z.string().nullable().default(null),
  /** For which run (instant) it was about to be sent: where no proof followed, it may have been. */
  sendingAt: z.string().nullable().default(null),
});

export type Reminder = z.infer<typeof reminderSchema>;

/** What is needed to plan a reminder; the rest is how sending it goes. */
export type NewReminder = Pick<
  Reminder,
  'kind' | 'tenant' | 'person' | 'manager' | 'subject' | 'occasion' | 'due' | 'round'
> &
  Partial<Reminder>;

/** A reminder about a record of a manager's that has not been sent yet. */
export function newReminder({
  manager: { tenant, person: manager },
  ...reminder
}: { readonly manager: Manager } & Pick<
  Reminder,
  'kind' | 'person' | 'subject' | 'occasion' | 'due'
>): NewReminder {
  return { ...reminder, tenant, manager, round: 0 };
}
