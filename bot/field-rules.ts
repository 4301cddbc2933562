import { NAME_MAX, type Problem } from '../cards/agreement/form-conversation.card.js';
import { WHAT_MAX } from '../cards/agreement/form-plan.card.js';
import { addDays, DAYS_IN_A_YEAR, isDay } from './calendar.js';
import { mayBeName } from './domain/person-name.js';
import { type Screen, screenName } from './screening.js';

const ENTRA_OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the list of people gives for whom was chosen, and not something that was typed. */
export function isEntraId(text: string): boolean {
  return ENTRA_OBJECT_ID.test(text);
}

/** A name that was typed, on one line already; that it is empty is for the form to say, which knows what else was chosen. */
export function checkName(name: string, screen: Screen): Problem | undefined {
  if (name.length > NAME_MAX) return problem('nameLong', { max: NAME_MAX });
  if (!mayBeName(name)) return problem('notAName');
  const words = screenName(name, screen);
  return words.length === 0 ? undefined : problem('nameScreened', { words: words.join(', ') });
}

/** The text of one agreement. */
export function checkWhat(what: string, screen: Screen): Problem | undefined {
  if (what === '') return problem('itemWhat');
  if (what.length > WHAT_MAX) return problem('itemLong', { count: what.length, max: WHAT_MAX });
  return screened(what, screen);
}

/** A day on which something is to be done: today or later. */
export function checkComingDay(day: string, today: string): Problem | undefined {
  if (!isDay(day)) return problem('notADay');
  if (day < today) return problem('dayPast');
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
export function screened(text: string, screen: Screen): Problem | undefined {
  const words = screen(text);
  return words.length === 0 ? undefined : problem('screened', { words: words.join(', ') });
}

/** A problem in the words of the forms. */
export function problem(id: Problem['id'], values?: Problem['values']): Problem {
  return values === undefined ? { id } : { id, values };
}
