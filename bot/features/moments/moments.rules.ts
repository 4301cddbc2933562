import type { MomentTyped } from '../../../cards/actions.js';
import { MOMENT_KINDS, MOMENT_PLANS, type MomentKind } from '../../../cards/content/moment-kinds.js';
import type { MomentProblems } from '../../../cards/moments/form.card.js';
import type { MomentView } from '../../../cards/moments/moment-view.js';
import { oneLine } from '../../../cards/plain.js';
import { addDays, DAYS_IN_A_YEAR, type Day, isDay } from '../../calendar.js';
import { nudgesOf } from '../../moment-plan.js';
import type { SaidDays } from '../../said-days.js';
import type { Moment } from '../../store/managers.js';

export type MomentFacts = {
  readonly kind: MomentKind;
  readonly name: string;
  readonly from: Day;
  readonly until: Day | null;
  readonly contact: boolean;
};
export type Days = Pick<MomentFacts, 'from' | 'until' | 'contact'>;

const NAME_MAX = 60;
const YEARS_AHEAD = 3;

/** What was typed as it is to be kept, or what is wrong with each field. */
export function readMoment(
  typed: MomentTyped,
  today: Day,
): { readonly facts: MomentFacts } | { readonly problems: MomentProblems } {
  const kind = MOMENT_KINDS.find((one) => one === typed.kind);
  const name = oneLine(typed.name);
  const read = kind === undefined ? null : readDays(kind, typed, today);
  const problems: MomentProblems = {
    ...(kind === undefined ? { kind: 'kindWrong' as const } : {}),
    ...(name === '' ? { name: 'noName' as const } : {}),
    ...(name.length > NAME_MAX ? { name: 'nameLong' as const } : {}),
    ...(read !== null && 'wrong' in read ? read.wrong : {}),
  };
  if (kind === undefined || read === null || 'wrong' in read || Object.keys(problems).length > 0) {
    return { problems };
  }
  return { facts: { kind, name, ...read.days } };
}

/** The days that a text names as the form asks for them: of a leave the first day back, else the last day itself. */
export function daysFor(
  kind: MomentKind,
  { from, until, last }: SaidDays,
): Pick<MomentTyped, 'from' | 'until'> {
  if (MOMENT_PLANS[kind].until === 'none') return { from: from ?? last ?? '', until: '' };
  return { from: from ?? '', until: (kind === 'leave' ? until : last) ?? '' };
}

/** The days of a moment of a kind; a day that its kind has no use for is left out. */
export function readDays(
  kind: MomentKind,
  { from, until, contact }: Pick<MomentTyped, 'from' | 'until' | 'contact'>,
  today: Day,
): { readonly days: Days } | { readonly wrong: MomentProblems } {
  const needsUntil = MOMENT_PLANS[kind].until === 'needed';
  const last = addDays(today, YEARS_AHEAD * DAYS_IN_A_YEAR);
  const fromRight = isDay(from) && from >= addDays(today, -DAYS_IN_A_YEAR) && from <= last;
  const untilRight =
    !needsUntil ||
    (isDay(until) && isDay(from) && until > from && until <= addDays(from, YEARS_AHEAD * DAYS_IN_A_YEAR));
  if (!fromRight || !untilRight) {
    return {
      wrong: {
        ...(fromRight ? {} : { from: 'fromWrong' as const }),
        ...(untilRight ? {} : { until: 'untilWrong' as const }),
      },
    };
  }
  return { days: { from, until: needsUntil ? until : null, contact: contact === 'yes' } };
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
  return { ...moment, nextDay: nudgesOf(moment).find(({ day }) => day >= today)?.day ?? null };
}

/** The nudge that fits today best: the last that has come, or the first that will. */
export function currentNudges(moment: Moment, today: Day): readonly string[] {
  const nudges = nudgesOf(moment);
  const current = nudges.filter(({ day }) => day <= today).at(-1) ?? nudges[0];
  return current === undefined ? [] : [current.id];
}
