import type { MomentTyped } from '../../../cards/actions.js';
import { readChoice, readSwitch } from '../../../cards/choices.js';
import { MOMENT_PLANS, type MomentKind } from '../../../cards/content/moment-kinds.js';
import type { Words } from '../../../cards/content/words.js';
import { kindTitles, type MomentProblems } from '../../../cards/moments/form.card.js';
import type { MomentView } from '../../../cards/moments/moment-view.js';
import { addDays, DAYS_IN_A_YEAR, type Day, isDay } from '../../calendar.js';
import { nudgesOf, nudgeWanted } from '../../moment-plan.js';
import type { SaidDays } from '../../said-days.js';
import type { Moment } from '../../store/managers.js';

export type MomentFacts = {
  readonly kind: MomentKind;
  readonly from: Day;
  readonly until: Day | null;
  readonly contact: boolean;
};
export type Days = Pick<MomentFacts, 'from' | 'until' | 'contact'>;

const YEARS_AHEAD = 3;
const kindNames = ({ moments }: Words) => moments.kinds;

/** The kind and the days as they are to be kept, or what is wrong with each field; whom it is about is looked at elsewhere. */
export function readMoment(
  typed: MomentTyped,
  today: Day,
): { readonly facts: MomentFacts } | { readonly problems: MomentProblems } {
  const kind = readChoice(typed.kind, (words) => kindTitles(words)) ?? readChoice(typed.kind, kindNames);
  if (kind === null) return { problems: { kind: 'kindWrong' } };
  const read = readDays(kind, typed, null, today);
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
 * The days of a moment of a kind; what its kind has no use for is left out. Whether there is to be contact stays as it
 * is in `current` where a client does not say.
 */
export function readDays(
  kind: MomentKind,
  { from, until, contact }: Pick<MomentTyped, 'from' | 'until' | 'contact'>,
  current: Pick<Moment, 'contact'> | null,
  today: Day,
): { readonly days: Days } | { readonly wrong: MomentProblems } {
  const needsUntil = MOMENT_PLANS[kind].until === 'needed';
  const last = addDays(today, YEARS_AHEAD * DAYS_IN_A_YEAR);
  const fromRight = isDay(from) && from >= addDays(today, -DAYS_IN_A_YEAR) && from <= last;
  const untilRight =
    !needsUntil ||
    (isDay(until) && isDay(from) && until > from && until <= addDays(from, YEARS_AHEAD * DAYS_IN_A_YEAR));
  const wantsContact = kind === 'leave' ? (readSwitch(contact) ?? current?.contact ?? null) : false;
  if (!fromRight || !untilRight || wantsContact === null) {
    return {
      wrong: {
        ...(fromRight ? {} : { from: 'fromWrong' as const }),
        ...(untilRight ? {} : { until: 'untilWrong' as const }),
        ...(wantsContact === null ? { contact: 'contactWrong' as const } : {}),
      },
    };
  }
  return { days: { from, until: needsUntil ? until : null, contact: wantsContact } };
}

/** Open moments, the one that needs attention first on top; those with nothing left to come last. */
export function momentList(moments: readonly Moment[], today: Day): readonly MomentView[] {
  const never = '9999';
  return moments
    .filter(({ status }) => status === 'open')
    .map((moment) => viewOf(moment, today))
    .sort((one, other) => (one.nextDay ?? never).localeCompare(other.nextDay ?? never));
}

export function viewOf(moment: Moment, today: Day): MomentView {
  // Of one that was moved since nobody waits any more.
  const undelivered = nudgeWanted(moment.undeliveredOccasion ?? '', moment);
  return {
    ...moment,
    nextDay: nudgesOf(moment).find(({ day }) => day >= today)?.day ?? null,
    undeliveredDay: undelivered?.day ?? null,
  };
}

/** The nudge that fits today best: the last that has come, or the first that will. */
export function currentNudges(moment: Moment, today: Day): readonly string[] {
  const nudges = nudgesOf(moment);
  const current = nudges.filter(({ day }) => day <= today).at(-1) ?? nudges[0];
  return current === undefined ? [] : [current.id];
}
