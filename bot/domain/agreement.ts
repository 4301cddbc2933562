import { z } from 'zod';
import { erasureRequestSchema } from './erasure-record.js';
import { AGREEMENT_RHYTHMS } from './rhythm.js';

const OUTCOMES = ['works', 'adjust', 'stop'] as const;

export type Outcome = (typeof OUTCOMES)[number];

export const WHO = ['employee', 'manager', 'together', 'hr', 'team'] as const;

export const PRESENT = ['manager', 'employee', 'hr', 'occupational', 'companion', 'other-manager'] as const;

export const SUBJECTS = [
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

export const INITIATIVES = ['manager', 'employee'] as const;

const item = z.object({
  id: z.string(),
  who: z.enum(WHO),
  what: z.string(),
  /** The day on which it begins; null in what earlier versions recorded, which asked for one day that could mean either. */
  from: z.string().nullable().default(null),
  /** The last day, or the day on which it is done; null for what has no end yet. Beside no `from` it may be either. */
  by: z.string().nullable(),
  /** How the last evaluation left it; null until the first. */
  outcome: z.enum(OUTCOMES).nullable().default(null),
});

export type Item = z.infer<typeof item>;

/** What an employee can want to be different: the fixed list of the form. */
export const CHANGE_SUBJECTS = ['items', 'days', 'evaluation', 'present', 'talk'] as const;

export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];

/**
 * What a manager can say to a request before it was discussed: a fixed list, since a field would soon hold more than
 * belongs on record. `proposed`: they changed the agreement, and it is for the employee to say whether it is right.
 */
const REPLIES = ['seen', 'soon', 'evaluation', 'proposed'] as const;

export type ReplyToRequest = (typeof REPLIES)[number];

const changeRequest = z.object({
  subjects: z.array(z.enum(CHANGE_SUBJECTS)),
  /** In the employee's own words, screened; empty where they added none. */
  note: z.string(),
  /** Instant: which request it is. */
  askedAt: z.string(),
  /** When the manager said that they had discussed it (instant); null while it waits for that. */
  handledAt: z.string().nullable().default(null),
  /** What the manager answered meanwhile; null while they said nothing. */
  reply: z.enum(REPLIES).nullable().default(null),
});

/** The employee's request to have an agreement changed (GDPR art. 16). */
export type ChangeRequest = z.infer<typeof changeRequest>;

const undelivered = z.object({
  /** The kind of reminder; a kind that is no longer sent can still be read. */
  kind: z.string(),
  /** The code of the failure: an HTTP status, or a word of ours. */
  why: z.string(),
  /** Its retries are exhausted: it is not tried again. */
  givenUp: z.literal(true).optional(),
});

/** A reminder that did not arrive, as the maker of the record sees it. */
export type Undelivered = z.infer<typeof undelivered>;

export const agreementSchema = z.object({
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
  rhythm: z.enum(AGREEMENT_RHYTHMS),
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
  /** The manager was asked whether it is still needed; null when they were not. Days. */
  resting: z
    .object({
      /** Since when nobody had come back to it: of another stretch it says nothing. */
      since: z.string(),
      askedOn: z.string(),
    })
    .nullable()
    .default(null),
  /** Whether the question how the conversation landed was dealt with. */
  landed: z.boolean(),
  /** The day on which that question was put off; null when it was not. */
  landedFrom: z.string().nullable().default(null),
  answer: z.enum(['not-shared', 'on-its-way', 'waiting', 'shared', 'confirmed', 'change-asked']),
  answeredAt: z.string().nullable().default(null),
  changeAsked: changeRequest.nullable().default(null),
  removal: erasureRequestSchema.nullable().default(null),
  /** Which reminder did not reach whom it was for; null when all is well. */
  undelivered: undelivered.nullable().default(null),
  status: z.enum(['open', 'closed']),
  createdAt: z.string(),
  changedAt: z.string(),
  /** Goes up with each change: a card knows by it that it is no longer the newest. */
  version: z.number().int(),
});

/** What the GDPR allows on record of a conversation: never what was said. Days are the manager's, instants UTC. */
export type Agreement = z.infer<typeof agreementSchema>;

/** What the employee asks to have changed, while the manager has not dealt with it; null when there is nothing. */
export function openRequest({ changeAsked }: Pick<Agreement, 'changeAsked'>): ChangeRequest | null {
  return changeAsked !== null && changeAsked.handledAt === null ? changeAsked : null;
}

/** Whether everything that was agreed on was stopped. */
export function allStopped({ items }: Pick<Agreement, 'items'>): boolean {
  return items.every(({ outcome }) => outcome === 'stop');
}

type Asked = { readonly subjects: readonly ChangeSubject[]; readonly note: string };

/** Whether two requests ask the same, whenever they were made. */
export function asksTheSame(one: Asked, other: Asked): boolean {
  return one.note === other.note && [...one.subjects].sort().join() === [...other.subjects].sort().join();
}
