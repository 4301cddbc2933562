import type { Instant, Slot } from './calendar.js';
import type { Manager } from './manager.js';
import type { NewReminder } from './reminder.js';

/** Whose record it is, when it happens, and when that manager hears from us. */
export type ChangeContext = {
  readonly manager: Manager;
  readonly now: Instant;
  readonly slot: Slot;
  /** IANA zone of the organisation: a legal term counts in it, and not in that of whoever asks. */
  readonly zone: string;
};

/** The record as it is after a change, and which reminders come and go with it. */
export type Changed<Record> = {
  readonly record: Record;
  readonly plan: readonly NewReminder[];
  readonly cancel: readonly NewReminder[];
};

/**
 * Whether a change can be made to a record as it is now. `done`: it holds already what was wanted, since the very same
 * came before (Teams sends a press again when in doubt, and people press twice). `overtaken`: it is no longer what was
 * seen, and nothing may be changed without saying so.
 */
export type Standing = 'open' | 'done' | 'overtaken';

/** The record after a change with the reminders that it brings; none is cancelled. */
export function changedTo<Record>(record: Record, ...plan: readonly (NewReminder | null)[]): Changed<Record> {
  return { record, plan: plan.filter((reminder) => reminder !== null), cancel: [] };
}

/** Whether a reminder of a coffee or a moment arrived; its maker sees on the record the newest one that did not. */
export type ReminderOutcome = {
  readonly what: 'reminded';
  readonly occasion: string;
  readonly arrived: boolean;
};
type Reminded = { readonly undeliveredOccasion?: string | null | undefined };

/** The occasion to keep on the record, null for none; and whether it is there already. */
export function undeliveredAfter(
  { undeliveredOccasion }: Reminded,
  { occasion, arrived }: ReminderOutcome,
): { readonly undeliveredOccasion: string | null; readonly isSame: boolean } {
  const after = arrived ? null : occasion;
  return { undeliveredOccasion: after, isSame: (undeliveredOccasion ?? null) === after };
}
