import { z } from 'zod';
import { MONTHLY_KINDS } from '../../cards/content/monthly-kinds.js';
import { LANGS } from '../../cards/content/words.js';
import type { ReminderKind } from './reminder-kinds.js';

/** Where a person can be written to: what Bot Framework needs of a conversation reference, and no more. */
const reference = z.object({
  channel: z.string(),
  serviceUrl: z.string(),
  conversation: z.string(),
  tenant: z.string(),
  bot: z.string(),
  user: z.string(),
});

export type Reference = z.infer<typeof reference>;

/** Kinds of reminders that come unless somebody switches them off. */
export const OFF_KINDS = ['coffee', 'landed'] as const satisfies readonly ReminderKind[];

export const personSchema = z.object({
  tenant: z.string(),
  person: z.string(),
  reference: reference.nullable().default(null),
  /** The address before it, which was known to work; kept until something has been delivered to the newest. */
  formerReference: reference.nullable().default(null),
  language: z.enum(LANGS).nullable().default(null),
  locale: z.enum(LANGS).nullable().default(null),
  zone: z.string().nullable().default(null),
  /** When they want to hear from us, `HH:mm` of their own day, on which ISO weekdays, and not before which day. */
  time: z.string().nullable().default(null),
  days: z.array(z.number().int()).nullable().default(null),
  pausedUntil: z.string().nullable().default(null),
  /** Kinds of reminders that they do not want; what was agreed on with somebody is never among them. */
  off: z.array(z.enum(OFF_KINDS)).nullable().default(null),
  /** What they asked for once a month. */
  monthly: z.array(z.enum(MONTHLY_KINDS)).nullable().default(null),
  /** When the app was last known to be installed, and when it was removed: instants by Teams' clock. */
  installedAt: z.string().nullable().default(null),
  removedAt: z.string().nullable().default(null),
  /** Since when Teams has refused what was sent to them, and why the last time; null when it was delivered since. */
  refusedSince: z.string().nullable().default(null),
  refusedWhy: z.string().nullable().default(null),
  /** Since when messages cannot be delivered; null when they can. */
  unreachableSince: z.string().nullable().default(null),
  unreachableWhy: z.string().nullable().default(null),
});

/** A person who uses the bot. `person` is the Entra object id; `language` and `zone` are those they chose,
 * `locale` is what Teams says. */
export type Person = z.infer<typeof personSchema>;

/** Whether a message to this person can be tried at all. */
export function isReachable({ reference, unreachableSince }: Person): boolean {
  return reference !== null && unreachableSince === null;
}

export function newPerson(tenant: string, id: string): Person {
  return personSchema.parse({ tenant, person: id });
}

export function sameReference(one: Reference | null, other: Reference): boolean {
  return (
    one !== null && (Object.keys(other) as (keyof Reference)[]).every((name) => one[name] === other[name])
  );
}
