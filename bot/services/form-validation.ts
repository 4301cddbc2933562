import { WHAT_MAX } from '../../cards/agreement/item-fields.js';
import type { Problem, Problems } from '../../cards/agreement/problems.js';
import { MOMENT_PLANS, type MomentKind } from '../../cards/content/moment-kinds.js';
import type { MomentProblems } from '../../cards/moments/form.card.js';
import { NAME_MAX } from '../../cards/who/who-fields.js';
import { addDays, DAYS_IN_A_YEAR, type Day, isDay } from '../domain/calendar.js';
import { isEntraId } from '../domain/entra-id.js';
import type { Member } from '../domain/member.js';
import { isSameName, matchMember, type WhoAsked } from '../domain/member.js';
import { mayBeName } from '../domain/person-name.js';
import { type Screen, screenName } from '../nlu/screening/field-screening.js';

/** Around a form that asks whom it is about: whose list, who they are, and what may be kept of a name. */
export type AroundWho = {
  /** Entra object id of the manager, who records nothing about themselves. */
  readonly self: string;
  /** Null where the list is not looked at again: who was found on it before is taken for that. */
  readonly members: readonly Member[] | null;
  readonly screen: Screen;
};

/**
 * What is wrong with the fields that say whom a form is about, all of them looked at together: who is on the list needs
 * no name, somebody from Teams does, since Teams tells only who it is, and where several may be meant it is asked.
 */
export function checkWhom(who: WhoAsked, { self, members, screen }: AroundWho): Problems {
  const { known, name, person } = who;
  if (members === null && known !== '') return { name: screenedName(name, screen) };
  const list = members ?? [];
  const listed = list.find(({ id }) => id === known && known !== '');
  if (person !== '' && !isEntraId(person)) return { person: problem('notAPerson') };
  if (person !== '' && person === self) return { person: problem('yourself') };
  if (listed !== undefined && name !== '') return { known: problem('two') };
  if (listed !== undefined && person !== '' && listed.person !== person) {
    const taken = listed.person !== null || list.some((member) => member.person === person);
    if (taken) return { known: problem('otherAccount') };
  }
  const match = matchMember(list, who);
  if (match.is === 'ask') return { sameAs: problem('which') };
  if (match.is === 'member' && (name === '' || isSameName(name, match.member.name))) return {};
  if (name === '') {
    if (person !== '') return { name: problem('nameForPerson') };
    return { name: problem(list.length === 0 ? 'noName' : 'nobody') };
  }
  return { name: checkName(name, screen) };
}

/** A name that was typed, on one line already; that it is empty is for the form to say, which knows what else was chosen. */
export function checkName(name: string, screen: Screen): Problem | undefined {
  const isLong = name.length > NAME_MAX;
  return isLong || mayBeName(name) ? screenedName(name, screen) : problem('notAName');
}

/** What is too long is kept nowhere, and screening it would take far longer than anybody may hold up the others. */
function screenedName(name: string, screen: Screen): Problem | undefined {
  if (name.length > NAME_MAX) return problem('nameLong', { max: NAME_MAX });
  const words = screenName(name, screen);
  return words.length === 0 ? undefined : problem('nameScreened', { words: words.join(', ') });
}

/** The text of one agreement. */
export function checkWhat(what: string, screen: Screen): Problem | undefined {
  if (what === '') return problem('itemWhat');
  if (what.length > WHAT_MAX) return problem('itemLong', { count: what.length, max: WHAT_MAX });
  return screened(what, screen);
}

const YEARS_AHEAD = 3;

/** The days of a moment of a kind: from at most a year ago to three years ahead; a last day only where its kind has one. */
export function checkMomentDays(
  kind: MomentKind,
  { from, until }: { readonly from: string; readonly until: string },
  today: Day,
):
  | { readonly days: { readonly from: Day; readonly until: Day | null } }
  | { readonly wrong: MomentProblems } {
  const needsUntil = MOMENT_PLANS[kind].until === 'needed';
  const last = addDays(today, YEARS_AHEAD * DAYS_IN_A_YEAR);
  const fromRight = isDay(from) && from >= addDays(today, -DAYS_IN_A_YEAR) && from <= last;
  const untilRight =
    !needsUntil ||
    (isDay(until) && isDay(from) && until > from && until <= addDays(from, YEARS_AHEAD * DAYS_IN_A_YEAR));
  if (fromRight && untilRight) return { days: { from, until: needsUntil ? until : null } };
  return {
    wrong: {
      ...(fromRight ? {} : { from: 'fromWrong' as const }),
      ...(untilRight ? {} : { until: 'untilWrong' as const }),
    },
  };
}

/** A day on which something is to be done: today or later. */
function checkComingDay(day: string, today: string): Problem | undefined {
  if (!isDay(day)) return problem('notADay');
  if (day < today) return problem('dayPast');
  return day > addDays(today, DAYS_IN_A_YEAR) ? problem('dayFar') : undefined;
}

/** From when until when something is done, as typed or as it is on record; empty or null where there is no such day. */
type DaysTyped = { readonly from: string; readonly by: string };
type DaysRecorded = { readonly from: string | null; readonly by: string | null };

/**
 * The days of one agreement: a first day that may be past, since what is agreed on may run already, and a last one from
 * today on; one of the two at least. What stands on record like that is right, also when its day has passed by now.
 */
export function checkItemDays(
  { from, by }: DaysTyped,
  today: string,
  recorded: DaysRecorded | null = null,
): { readonly from: Problem | undefined; readonly by: Problem | undefined } {
  const isRecorded = (day: string, name: keyof DaysRecorded) => day === (recorded?.[name] ?? '');
  if (recorded !== null && isRecorded(from, 'from') && isRecorded(by, 'by'))
    return { from: undefined, by: undefined };
  if (from === '' && by === '') return { from: problem('oneDay'), by: undefined };
  const fromProblem = from === '' ? undefined : checkFirstDay(from, today);
  if (by === '') return { from: fromProblem, by: undefined };
  const isBefore = isDay(by) && from !== '' && fromProblem === undefined && by < from;
  const isStill = recorded !== null && isRecorded(by, 'by');
  return {
    from: fromProblem,
    by: isBefore ? problem('untilBefore') : isStill ? undefined : checkComingDay(by, today),
  };
}

function checkFirstDay(day: string, today: string): Problem | undefined {
  if (!isDay(day)) return problem('notADay');
  if (day < addDays(today, -DAYS_IN_A_YEAR)) return problem('dayLongAgo');
  return day > addDays(today, DAYS_IN_A_YEAR) ? problem('dayFar') : undefined;
}

/** A day on which to look back again: from tomorrow on, or today's reminder would come after today's evaluation. */
export function checkNextDay(day: string, today: string): Problem | undefined {
  if (!isDay(day)) return problem('notADay');
  if (day <= today) return problem('dayTomorrow');
  return checkComingDay(day, today);
}

/** Whether anything is wrong. */
export function any(problems: Readonly<Record<string, unknown>>): boolean {
  return Object.values(problems).some((one) => one !== undefined);
}

/** Words that do not belong on record, as a problem of the field; nothing of a refused text is kept. */
function screened(text: string, screen: Screen): Problem | undefined {
  const words = screen(text);
  return words.length === 0 ? undefined : problem('screened', { words: words.join(', ') });
}

/** A problem in the words of the forms. */
export function problem(id: Problem['id'], values?: Problem['values']): Problem {
  return values === undefined ? { id } : { id, values };
}
