import type { MomentTyped } from '../../../cards/actions.js';
import { readChoice, readSwitch } from '../../../cards/choices.js';
import { MOMENT_PLANS, type MomentKind } from '../../../cards/content/moment-kinds.js';
import type { Messages } from '../../../cards/content/words.js';
import { kindTitles, type MomentProblems } from '../../../cards/moments/form.card.js';
import type { MomentView } from '../../../cards/moments/moment-view.js';
import type { Day } from '../../domain/calendar.js';
import type { Moment } from '../../domain/moment.js';
import { momentViewOf } from '../../domain/reminders/moment-reminders.js';
import type { SaidDays } from '../../nlu/entities/days.js';
import { checkMomentDays } from '../../services/form-validation.js';

export type MomentFacts = {
  readonly kind: MomentKind;
  readonly from: Day;
  readonly until: Day | null;
  readonly contact: boolean;
};
export type Days = Pick<MomentFacts, 'from' | 'until' | 'contact'>;

const kindNames = ({ moments }: Messages) => moments.kinds;

/** The kind and the days as they are to be kept, or what is wrong with each field; whom it is about is looked at elsewhere. */
export function readMoment(
  typed: MomentTyped,
  today: Day,
): { readonly facts: MomentFacts } | { readonly problems: MomentProblems } {
  const kind = readChoice(typed.kind, (words) => kindTitles(words)) ?? readChoice(typed.kind, kindNames);
  if (kind === null) return { problems: { kind: 'kindWrong' } };
  const read = readDays(kind, typed, { current: null, today });
  return 'wrong' in read ? { problems: read.wrong } : { facts: { kind, ...read.days } };
}

/** The days that a text names as the form asks for them: of a leave the first day back, else the last day itself. */
export function daysFor(
  kind: MomentKind,
  { from, until, last }: SaidDays,
): Pick<MomentTyped, 'from' | 'until'> {
  if (MOMENT_PLANS[kind].until === 'none') return { from: from ?? last ?? '', until: '' };
  return { from: from ?? '', until: (kind === 'leave' ? until : last) ?? '' };
}

/**
 * The days of a moment of a kind, and whether there is to be contact: as it is in `current` where a client does not say,
 * and only during a leave.
 */
export function readDays(
  kind: MomentKind,
  { from, until, contact }: Pick<MomentTyped, 'from' | 'until' | 'contact'>,
  { current, today }: { readonly current: Pick<Moment, 'contact'> | null; readonly today: Day },
): { readonly days: Days } | { readonly wrong: MomentProblems } {
  const read = checkMomentDays(kind, { from, until }, today);
  const wantsContact = kind === 'leave' ? (readSwitch(contact) ?? current?.contact ?? null) : false;
  const wrong: MomentProblems = {
    ...('wrong' in read ? read.wrong : {}),
    ...(wantsContact === null ? { contact: 'contactWrong' } : {}),
  };
  if ('wrong' in read || wantsContact === null) return { wrong };
  return { days: { ...read.days, contact: wantsContact } };
}

/** Open moments, the one that needs attention first on top; those with nothing left to come last. */
export function momentList(moments: readonly Moment[], today: Day): readonly MomentView[] {
  const never = '9999';
  return moments
    .filter(({ status }) => status === 'open')
    .map((moment) => momentViewOf(moment, today))
    .sort((one, other) => (one.nextDay ?? never).localeCompare(other.nextDay ?? never));
}
