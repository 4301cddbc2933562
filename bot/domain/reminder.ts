import { z } from 'zod';
/**
 * `evaluation`: the agreed evaluation, to the manager. `evaluation-initiative`: the same, to the employee who
 * takes the initiative. `landed`: ask how the conversation landed. `agreement-shared`: show the employee what is
 * on record. `agreement-answered`: tell the manager what the employee answered. `coffee`: time for a coffee.
 * `moment`: a nudge of an important moment. `self-look`, `team-subject`: once a month, for who asked.
 * Of a manager who leaves: `agreement-moved` shows the employee what is on record and whose it is now,
 * `agreements-taken-over` tells the successor, `agreements-deleted` tells the employee that nobody goes on with it.
 * `agreements-closed`: to the employee, that it closed since the manager could not be reached for long.
 * Of what HR asks for when a manager leaves: `handover-announced` tells the leaver, who can object,
 * `handover-to-confirm` and `handover-objected` tell HR, `handover-ended` tells both what became of it.
 * `contacts-unchecked`: to HR, that contacts of the organisation have to be looked at.
 * Of an open agreement that nobody came back to: `agreement-resting` asks the manager whether it is still needed,
 * `agreement-rested` tells both that it closed by itself.
 * Of an employee's request to remove an agreement: `removal-asked` tells the manager, `removal-due` reminds them a
 * week before the term, `removal-late` tells the employee that no answer came, `removal-kept` and `removal-granted`
 * bring them the answer.
 * Of what an employee asks about a moment: `moment-asked` tells the manager, `moment-asked-due` reminds them a week
 * before the term, `moment-asked-late` tells the employee that no answer came, `moment-answered` and `moment-removed`
 * bring them the answer. `coffee-refused` tells the manager that an employee wants no fixed coffees.
 * `delivery-retry` is no message: it takes along what waits for somebody who cannot be reached, to try it again.
 */
export const REMINDER_KINDS = [
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
  'agreements-closed',
  'handover-announced',
  'handover-to-confirm',
  'handover-objected',
  'handover-ended',
  'contacts-unchecked',
  'agreement-resting',
  'agreement-rested',
  'removal-asked',
  'removal-due',
  'removal-late',
  'removal-kept',
  'removal-granted',
  'moment-asked',
  'moment-asked-due',
  'moment-asked-late',
  'moment-answered',
  'moment-removed',
  'coffee-refused',
  'delivery-retry',
] as const;

export type ReminderKind = (typeof REMINDER_KINDS)[number];

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
