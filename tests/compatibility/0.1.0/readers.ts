/**
 * How version 0.1.0 (commit d063990) read and wrote its rows: its schemas as they stood in `bot/store`, put together in one
 * file, with what it knew of keys. Never edited: it stands for a program that is out there.
 */
import { z } from 'zod';

const RHYTHMS = ['weekly', 'two-weekly', 'four-weekly', 'quarterly'] as const;

const memberSchema = z.object({
  id: z.string(),
  /** The name that the manager uses. */
  name: z.string(),
  /** Entra object id; null for somebody whose name was only typed: can be planned for, not shared with. */
  person: z.string().nullable().default(null),
  /** How often a coffee is meant to be; null for whom no coffee is kept. */
  rhythm: z.enum(RHYTHMS).nullable().default(null),
  /** Days of the last coffee and of the next one; nothing of what was said is ever kept. */
  lastDay: z.string().nullable().default(null),
  nextDay: z.string().nullable().default(null),
  /** Counts the coffees, so that the opening questions differ from those of the last time. */
  coffees: z.number().int().default(0),
  /** Goes up with each change: a card knows by it that it is no longer the newest. */
  version: z.number().int().default(0),
});

const OUTCOMES = ['works', 'adjust', 'stop'] as const;
const WHO = ['employee', 'manager', 'together', 'hr', 'team'] as const;
const PRESENT = ['manager', 'employee', 'hr', 'occupational', 'companion', 'other-manager'] as const;
const SUBJECTS = [
  'tasks',
  'workload',
  'hours',
  'workplace',
  'cooperation',
  'own-control',
  'growth',
  'support',
  'contact',
  'team-message',
] as const;
const INITIATIVES = ['manager', 'employee'] as const;
const momentSchema = z.object({
  id: z.string(),
  member: z.string(),
  /** The manager's own name for the person. */
  memberName: z.string(),
  kind: z.enum(['leave', 'return', 'retirement', 'start', 'anniversary', 'extra']),
  from: z.string(),
  until: z.string().nullable().default(null),
  /** Both want contact during a leave. */
  contact: z.boolean(),
  status: z.enum(['open', 'ended']),
  createdAt: z.string(),
  changedAt: z.string(),
  version: z.number().int(),
});

const item = z.object({
  id: z.string(),
  who: z.enum(WHO),
  what: z.string(),
  by: z.string(),
  /** How the last evaluation left it; null until the first. */
  outcome: z.enum(OUTCOMES).nullable().default(null),
});

/**
 * Why an agreement may stay although the employee asked for its removal: what the AVG leaves room for (art. 17(1)
 * and (3)). A fixed list, since a reason in one's own words would soon be about health.
 */
const REASONS_TO_KEEP = ['in-use', 'law', 'dispute', 'agreed'] as const;
const removal = z.object({
  /** Instant. What is asked once more after an answer is another request. */
  askedAt: z.string(),
  /** The last day to answer. */
  by: z.string(),
  /** Instant; null while there is no answer. What is removed is gone with its request: the pointer tells of it. */
  answeredAt: z.string().nullable(),
  kept: z.enum(REASONS_TO_KEEP).nullable(),
});

const agreementSchema = z.object({
  id: z.string(),
  member: z.string(),
  /** The manager's own name for the employee, so that one read shows the agreement. */
  memberName: z.string(),
  managerName: z.string(),
  /** Whose it was before, by name: it came with a handover that the employee was last told of; null when it did not. */
  movedFrom: z.string().nullable().default(null),
  /** Entra object id of the employee; null when there is none to share with. */
  employee: z.string().nullable().default(null),
  conversationDay: z.string(),
  present: z.array(z.enum(PRESENT)),
  subjects: z.array(z.enum(SUBJECTS)),
  items: z.array(item),
  initiative: z.enum(INITIATIVES),
  rhythm: z.enum(RHYTHMS),
  /** The day of the next evaluation. */
  nextDay: z.string(),
  /** Reminders of that evaluation before this instant were snoozed away. */
  remindFrom: z.string().nullable().default(null),
  /** When the last reminder for `nextDay` was planned for: where its row lies. */
  remindAt: z.string(),
  evaluations: z.array(
    z.object({
      day: z.string(),
      /** The day that was agreed on for it. */
      planned: z.string().optional(),
      outcomes: z.record(z.string(), z.enum(OUTCOMES)),
    }),
  ),
  /** Whether the question how the conversation landed was dealt with. */
  landed: z.boolean(),
  answer: z.enum(['not-shared', 'on-its-way', 'waiting', 'shared', 'confirmed', 'change-asked']),
  answeredAt: z.string().nullable().default(null),
  changeAsked: z.string().nullable().default(null),
  removal: removal.nullable().default(null),
  /** Which kind of reminder did not reach who it was for and why, `kind:code`; null when all is well. */
  undelivered: z.string().nullable().default(null),
  status: z.enum(['open', 'closed']),
  createdAt: z.string(),
  changedAt: z.string(),
  /** Goes up with each change: a card knows by it that it is no longer the newest. */
  version: z.number().int(),
});

const reference = z.object({
  channel: z.string(),
  serviceUrl: z.string(),
  conversation: z.string(),
  tenant: z.string(),
  bot: z.string(),
  user: z.string(),
});

const personSchema = z.object({
  tenant: z.string(),
  person: z.string(),
  reference: reference.nullable().default(null),
  language: z.enum(['nl', 'en']).nullable().default(null),
  locale: z.enum(['nl', 'en']).nullable().default(null),
  zone: z.string().nullable().default(null),
  /** When they want to hear from us, `HH:mm` of their own day, on which ISO weekdays, and not before which day. */
  time: z.string().nullable().default(null),
  days: z.array(z.number().int()).nullable().default(null),
  pausedUntil: z.string().nullable().default(null),
  /** Kinds of reminders that they do not want; what was agreed on with somebody is never among them. */
  off: z
    .array(z.enum(['coffee', 'landed']))
    .nullable()
    .default(null),
  /** What they asked for once a month. */
  monthly: z
    .array(z.enum(['self-look', 'team-subject']))
    .nullable()
    .default(null),
  /** Since when messages cannot be delivered; null when they can. */
  unreachableSince: z.string().nullable().default(null),
  unreachableWhy: z.string().nullable().default(null),
});

const pointerSchema = z.object({
  manager: z.string(),
  /** The agreement, or else the place on the manager's list, to which coffees and moments belong. */
  agreement: z.string().nullable().default(null),
  member: z.string().nullable().default(null),
  since: z.string(),
  /** Of a place on a list, which has no name of whose it is. */
  managerName: z.string().nullable().default(null),
  /** Set when it was removed because the employee asked so: proof of request and answer, without what it was. */
  removed: z
    .object({ askedAt: z.string(), at: z.string(), managerName: z.string() })
    .nullable()
    .default(null),
});

const nudgeSchema = z.object({
  /** What was in it: keys of reminders, `kind|manager|subject|occasion|round`. */
  items: z.array(z.string()),
  sentAt: z.string(),
  /** Teams' id of the message. */
  activity: z.string(),
});

const REMINDER_KINDS = [
  'evaluation',
  'evaluation-initiative',
  'landed',
  'agreement-shared',
  'agreement-answered',
  'employee-unreachable',
  'coffee',
  'moment',
  'self-look',
  'team-subject',
  'agreement-moved',
  'agreements-taken-over',
  'agreements-deleted',
  'contacts-unchecked',
  'removal-asked',
  'removal-due',
  'removal-late',
  'removal-kept',
  'removal-granted',
] as const;

const reminderSchema = z.object({
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
  /** How often sending it has failed, and why the last time. */
  attempts: z.number().int().default(0),
  why: z.string().nullable().default(null),
  /** Who is sending it, until when nobody else may (instant), and for which instant that run was. */
  owner: z.string().nullable().default(null),
  until: z.string().nullable().default(null),
  claimedAt: z.string().nullable().default(null),
});

const CONTACT_KINDS = [
  'confidant-internal',
  'confidant-external',
  'company-doctor',
  'open-consultation',
  'social-work',
  'arbo-service',
  'own-helpline',
  'privacy-officer',
] as const;

const contact = z.object({
  id: z.string(),
  kind: z.enum(CONTACT_KINDS),
  name: z.string(),
  /** As it is shown, and as it is dialled (`+31…`); null when there is none. */
  phone: z.string().nullable().default(null),
  dial: z.string().nullable().default(null),
  mail: z.string().nullable().default(null),
  /** https only. */
  link: z.string().nullable().default(null),
  /** When one can turn to them, in a few words. */
  hours: z.string().default(''),
  /** Day on which somebody of HR last said that this is right. */
  checked: z.string(),
});

const TERMS = {
  closedAgreementMonths: 12,
  passedMomentDays: 90,
  sentDays: 90,
  auditMonths: 12,
  unreachableDays: 180,
};

const organisationSchema = z.object({
  tenant: z.string(),
  contacts: z.array(contact).default([]),
  /** What forms start with. */
  coffeeRhythm: z.enum(RHYTHMS).default('four-weekly'),
  agreementRhythm: z.enum(RHYTHMS).default('two-weekly'),
  /** The language of who has not said otherwise. */
  language: z.enum(['nl', 'en']).nullable().default(null),
  terms: z
    .object({
      closedAgreementMonths: z.number().int(),
      passedMomentDays: z.number().int(),
      sentDays: z.number().int(),
      auditMonths: z.number().int(),
      unreachableDays: z.number().int(),
    })
    .default(TERMS),
  /** Who may record things about people: everyone, or those on the list. */
  managers: z.enum(['everyone', 'listed']).default('everyone'),
  listed: z.array(z.string()).default([]),
});

const tally = z.object({ count: z.number().int(), managers: z.number().int(), people: z.number().int() });

const monthSchema = z.object({
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

const entrySchema = z.object({
  /** Instant, UTC. */
  at: z.string(),
  /** Who, Entra object id; the name of a job for what happened by itself. */
  who: z.string(),
  /** What: a verb, or the name of a job. */
  did: z.string(),
  /** The id of the record. */
  record: z.string(),
});

const tickSchema = z.object({
  at: z.string(),
  due: z.number().int(),
  sent: z.number().int(),
  deferred: z.number().int(),
  failed: z.number().int(),
  /** Since this instance started: reminders given up, and rows that could not be read. */
  gaveUp: z.number().int().default(0),
  setAside: z.number().int().default(0),
  oldestOverdue: z.string().nullable().default(null),
});

/** What a row was to version 0.1.0; null for one that it did not look at, whatever table it lies in. */
export function shapeIn010(table: string, partitionKey: string, rowKey: string): Shape | null {
  const kind = rowKey.split('|')[0] ?? '';
  switch (table) {
    case 'people':
      return { schema: personSchema, json: ['reference', 'days', 'off', 'monthly'] };
    case 'managers':
      if (kind === 'member') return { schema: memberSchema, json: [] };
      if (kind === 'moment') return { schema: momentSchema, json: [] };
      return kind === 'agreement'
        ? { schema: agreementSchema, json: ['present', 'subjects', 'items', 'evaluations', 'removal'] }
        : null;
    case 'about':
      return { schema: pointerSchema, json: ['removed'] };
    case 'reminders':
      // What was set aside was never read again.
      return partitionKey === 'aside' ? null : { schema: reminderSchema, json: [] };
    case 'nudges':
      return { schema: nudgeSchema, json: ['items'] };
    case 'organisation':
      if (kind === 'settings') return { schema: organisationSchema, json: ['contacts', 'terms', 'listed'] };
      return kind === 'figures'
        ? { schema: monthSchema, json: ['conversations', 'agreements', 'held', 'onTime', 'late', 'coffees'] }
        : null;
    case 'audit':
      return { schema: entrySchema, json: [] };
    case 'health':
      return ['reminders', 'reconcile', 'retention'].includes(partitionKey)
        ? { schema: tickSchema, json: [] }
        : null;
    default:
      return null;
  }
}
export type Shape = { readonly schema: z.ZodObject; readonly json: readonly string[] };

type Properties = Readonly<Record<string, unknown>>;

/** The record as version 0.1.0 read it, or the names of what it could not read. */
export function readBy010({ schema, json }: Shape, properties: Properties): Properties | readonly string[] {
  const opened = Object.entries(properties).map(([name, value]) => [
    name,
    json.includes(name) && typeof value === 'string' ? openJson(value) : value,
  ]);
  const parsed = schema.safeParse(Object.fromEntries(opened));
  return parsed.success ? parsed.data : parsed.error.issues.map(({ path }) => path.join('.'));
}

/** The properties of the row as version 0.1.0 wrote the record back: of what it did not know nothing is left. */
export function writtenBy010(record: Properties): Properties {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]),
  );
}

function openJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
