import { z } from 'zod';
import { MOMENT_KINDS } from '../../cards/content/moment-kinds.js';
import { erasureRequestSchema } from './erasure-record.js';

const MOMENT_REQUESTS = ['remove', 'dates'] as const;

const momentRequest = erasureRequestSchema.extend({
  /** Entra object id of who asked: whom the moment is about. */
  employee: z.string(),
  /** To remove the moment, or to give it the dates below; answered without `kept` it was done. */
  what: z.enum(MOMENT_REQUESTS),
  from: z.string().nullable(),
  until: z.string().nullable(),
});

/** The employee's request about a moment (GDPR art. 16 and 17), and the answer. */
export type MomentRequest = z.infer<typeof momentRequest>;

export const momentSchema = z.object({
  id: z.string(),
  member: z.string(),
  /** The manager's own name for the person. */
  memberName: z.string(),
  kind: z.enum(MOMENT_KINDS),
  from: z.string(),
  until: z.string().nullable().default(null),
  /** Both want contact during a leave. */
  contact: z.boolean(),
  request: momentRequest.nullable().default(null),
  status: z.enum(['open', 'ended']),
  /** The occasion of the newest reminder of it that did not arrive; null when all is well. */
  undeliveredOccasion: z.string().nullable().optional(),
  createdAt: z.string(),
  changedAt: z.string(),
  version: z.number().int(),
});

/** A moment to pay attention: kind and dates, nothing else. A leave is a leave; what is sensitive is `extra`. */
export type Moment = z.infer<typeof momentSchema>;

/** What a manager can change of a moment. */
export type MomentEdit = Partial<Pick<Moment, 'from' | 'until' | 'contact' | 'status'>>;

/** The moment as it is after a change: a newer version, which a card of before knows itself to be older than. */
export function changedMoment(moment: Moment, change: MomentEdit, now: string): Moment {
  return { ...moment, ...change, changedAt: now, version: moment.version + 1 };
}

/** Whether a moment is as a change was to leave it: then the change was made, by whichever press came first. */
export function hasChange(moment: Moment, change: MomentEdit): boolean {
  return Object.entries(change).every(([name, value]) => moment[name as keyof MomentEdit] === value);
}

/** Whether two say the same, whatever came of them since. */
export function sameMoment(one: Moment, other: Moment): boolean {
  const facts = ({ kind, member, from, until, contact }: Moment) =>
    JSON.stringify([kind, member, from, until, contact]);
  return facts(one) === facts(other);
}
