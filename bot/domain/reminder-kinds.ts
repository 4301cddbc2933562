/** A kind of record of a manager's. */
export type SubjectKind = 'agreement' | 'member' | 'moment';

type KindFacts = {
  /** Which record of the manager's it is about; null where it is about none, or about one that is gone or not theirs. */
  readonly about: SubjectKind | null;
  /** `news`: a card of its own, as soon as it may. `digest`: a line of the one card of the day. `none`: no message. */
  readonly comes: 'news' | 'digest' | 'none';
};

/**
 * Every kind of reminder, the most important first: what has a legal term, then what was promised on a day, then what is
 * new, then the rest. The lines of a digest stand in this order, and where only one message can go it is the first.
 */
const KINDS = {
  // An employee asked to remove an agreement (GDPR art. 17). To them: it is gone; it stays, and why; no answer came.
  'removal-granted': { about: 'agreement', comes: 'news' },
  'removal-kept': { about: 'agreement', comes: 'news' },
  'removal-late': { about: 'agreement', comes: 'news' },
  // To the manager: a week before the last day to answer, and when it is asked.
  'removal-due': { about: 'agreement', comes: 'digest' },
  'removal-asked': { about: 'agreement', comes: 'news' },
  // The same of what an employee asks about a moment: to remove it, or to give it other dates.
  'moment-removed': { about: 'moment', comes: 'news' },
  'moment-answered': { about: 'moment', comes: 'news' },
  'moment-asked-late': { about: 'moment', comes: 'news' },
  'moment-asked-due': { about: 'moment', comes: 'digest' },
  'moment-asked': { about: 'moment', comes: 'news' },
  // To the manager: an employee wants no fixed coffees (GDPR art. 21).
  'coffee-refused': { about: 'member', comes: 'news' },
  // The agreed evaluation: to the manager, and to the employee who takes the initiative.
  evaluation: { about: 'agreement', comes: 'digest' },
  'evaluation-initiative': { about: 'agreement', comes: 'digest' },
  // To the employee: what is on record, and whose it is now where it was handed over.
  'agreement-shared': { about: 'agreement', comes: 'news' },
  'agreement-moved': { about: 'agreement', comes: 'news' },
  // To the manager: what the employee answered, and that the employee with the initiative cannot be reached.
  'agreement-answered': { about: 'agreement', comes: 'news' },
  'employee-unreachable': { about: 'agreement', comes: 'news' },
  // To both: an agreement that nobody came back to closed by itself.
  'agreement-rested': { about: 'agreement', comes: 'news' },
  // A manager left, or cannot be reached for long: to the successor, and to the employee once for all agreements.
  'agreements-taken-over': { about: null, comes: 'news' },
  'agreements-deleted': { about: null, comes: 'news' },
  'agreements-closed': { about: null, comes: 'news' },
  // What HR asked for when a manager leaves: to the leaver, who can object; to HR; and to both what became of it.
  'handover-announced': { about: null, comes: 'news' },
  'handover-to-confirm': { about: null, comes: 'news' },
  'handover-objected': { about: null, comes: 'news' },
  'handover-ended': { about: null, comes: 'news' },
  // To the manager: is an agreement still needed that nobody came back to?
  'agreement-resting': { about: 'agreement', comes: 'digest' },
  // A team scan. To whom was asked: to answer, how it ended, what was agreed. To who started it: how it ended.
  'scan-news': { about: null, comes: 'news' },
  // To whom was asked and has not answered; to who started it to look back on what was agreed, or to ask again.
  'scan-due': { about: null, comes: 'digest' },
  // To the manager, a few days after a conversation: how did it land?
  landed: { about: 'agreement', comes: 'digest' },
  // To the manager: a tip of a key moment, and time for a coffee.
  moment: { about: 'moment', comes: 'digest' },
  coffee: { about: 'member', comes: 'digest' },
  // To HR: contacts of the organisation have to be looked at.
  'contacts-unchecked': { about: null, comes: 'digest' },
  // Once a month, to whoever asked for it.
  'self-look': { about: null, comes: 'digest' },
  'team-subject': { about: null, comes: 'digest' },
  // Takes along what waits for somebody who cannot be reached, to try it again.
  'delivery-retry': { about: null, comes: 'none' },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type ReminderKind = keyof typeof KINDS;
type Comes<How extends KindFacts['comes']> = {
  [Kind in ReminderKind]: (typeof KINDS)[Kind]['comes'] extends How ? Kind : never;
}[ReminderKind];
export type NewsKind = Comes<'news'>;
export type DigestKind = Comes<'digest'>;

/** The most important first. */
export const REMINDER_KINDS = Object.keys(KINDS) as readonly ReminderKind[];

/** Which record of a manager's a reminder is about; null for none. */
export function subjectKindOf({ kind }: { readonly kind: ReminderKind }): SubjectKind | null {
  return KINDS[kind].about;
}

/** Sent at once, each on its own; the other kinds wait for the digest. */
export function isNews(kind: ReminderKind): kind is NewsKind {
  return KINDS[kind].comes === 'news';
}

/** How important a kind is: 0 is the most. A kind that is no longer sent is less important than any. */
export function rankOf(kind: string): number {
  const known: readonly string[] = REMINDER_KINDS;
  const rank = known.indexOf(kind);
  return rank < 0 ? known.length : rank;
}
