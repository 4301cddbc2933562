import { MOST_ITEMS, numberedName, type ScanMeasuresTyped, type ScanTyped } from '../../../cards/actions.js';
import { readChoice, readChoices } from '../../../cards/choices.js';
import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { oneLine } from '../../../cards/plain.js';
import { SCAN_NAME_MAX, type ScanProblems } from '../../../cards/scan/form.card.js';
import { MEASURE_MAX, type MeasuresProblems } from '../../../cards/scan/measures.card.js';
import { addDays, DAYS_IN_A_YEAR, type Day, isDay } from '../../domain/calendar.js';
import { isEntraId } from '../../domain/entra-id.js';
import type { Member } from '../../domain/member.js';
import { isLastDay, isNextDay, type MeasureOutcome, type TeamMeasure } from '../../domain/scan.js';
import type { Screen } from '../../nlu/screening/field-screening.js';

/** So many are chosen in Teams at a time: each is asked in the same turn. Others join with the code. */
const MOST_CHOSEN_AT_ONCE = 60;

/** Those on a list who have an account, and so can be asked. */
export function askable(members: readonly Member[]): readonly (Member & { readonly person: string })[] {
  return members.filter((one): one is Member & { readonly person: string } => one.person !== null);
}

/** Whom a form asks, what the team is called and until when people can answer; or what is wrong with it. */
export function readScanForm(
  lang: Lang,
  typed: ScanTyped,
  around: { readonly members: readonly Member[]; readonly screen: Screen; readonly today: Day },
):
  | { readonly name: string; readonly people: readonly string[]; readonly lastDay: Day }
  | { readonly problems: ScanProblems } {
  const { scan: words } = messagesFor(lang);
  const members = askable(around.members);
  const known = readChoices(typed.known, () => titlesOf(members));
  const people = peopleIn(typed.people);
  const problems: Partial<Record<keyof ScanTyped, string>> = {};
  const name = oneLine(typed.name);
  const nameProblem = textProblem(lang, name, {
    max: SCAN_NAME_MAX,
    screen: around.screen,
    words: {
      missing: words.nameMissing,
      long: words.nameLong,
      screened: words.nameScreened,
    },
  });
  if (nameProblem !== null) problems.name = nameProblem;
  if (known === null) problems.known = words.peopleWrong;
  if (!people.every(isEntraId)) problems.people = words.peopleWrong;
  else if (people.length > MOST_CHOSEN_AT_ONCE)
    problems.people = format(lang, words.peopleMany, { max: MOST_CHOSEN_AT_ONCE });
  if (!isDay(typed.lastDay) || !isLastDay(typed.lastDay, around.today)) problems.lastDay = words.lastDayWrong;
  if (Object.keys(problems).length > 0) return { problems };
  const accounts = members.filter(({ id }) => known?.includes(id) === true).map(({ person }) => person);
  return { name, people: [...new Set([...accounts, ...people])], lastDay: typed.lastDay };
}

/** Names on a list by the ids of their places. */
function titlesOf(members: readonly Member[]): Readonly<Record<string, string>> {
  return Object.fromEntries(members.map(({ id, name }) => [id, name]));
}

/** The ids that Teams gives for several people, with commas between them. */
function peopleIn(typed: string): readonly string[] {
  const ids = typed.split(',').map((one) => one.trim().toLowerCase());
  return [...new Set(ids.filter((one) => one !== ''))];
}

type TextWords = { readonly missing: string; readonly long: string; readonly screened: string };

/** What is wrong with a text that would go on record; null when nothing is. What is too long is not screened. */
function textProblem(
  lang: Lang,
  text: string,
  { max, screen, words }: { readonly max: number; readonly screen: Screen; readonly words: TextWords },
): string | null {
  if (text === '') return words.missing;
  if (text.length > max) return format(lang, words.long, { max });
  const found = screen(text);
  return found.length === 0 ? null : format(lang, words.screened, { words: found.join(', ') });
}

type ReadMeasures =
  | { readonly measures: readonly Pick<TeamMeasure, 'what' | 'who' | 'by'>[]; readonly nextDay: Day }
  | { readonly problems: MeasuresProblems; readonly problem: string };

/** What a team agreed on, or what is wrong with it. A row in which nothing stands is none. */
export function readMeasures(
  lang: Lang,
  typed: ScanMeasuresTyped,
  { screen, today }: { readonly screen: Screen; readonly today: Day },
): ReadMeasures {
  const { measures: words } = messagesFor(lang).scan;
  const problems: Partial<Record<keyof ScanMeasuresTyped, string>> = {};
  const measures: Pick<TeamMeasure, 'what' | 'who' | 'by'>[] = [];
  for (let at = 0; at < MOST_ITEMS; at += 1) {
    const [whatId, whoId, byId] = [numberedName('what', at), numberedName('who', at), numberedName('by', at)];
    const [what, who, by] = [oneLine(typed[whatId]), oneLine(typed[whoId]), typed[byId].trim()];
    if (what === '' && who === '' && by === '') continue;
    const whatProblem = textProblem(lang, what, {
      max: MEASURE_MAX.what,
      screen,
      words: {
        missing: words.whatMissing,
        long: words.whatLong,
        screened: words.screened,
      },
    });
    const whoProblem = textProblem(lang, who, {
      max: MEASURE_MAX.who,
      screen,
      words: {
        missing: words.whoMissing,
        long: words.whoLong,
        screened: words.screened,
      },
    });
    if (whatProblem !== null) problems[whatId] = whatProblem;
    if (whoProblem !== null) problems[whoId] = whoProblem;
    const byRight = isDay(by) && by >= today && by <= addDays(today, DAYS_IN_A_YEAR);
    if (by !== '' && !byRight) problems[byId] = words.byWrong;
    measures.push({ what, who, by: by === '' ? null : by });
  }
  const next = typed.next.trim();
  if (!isDay(next) || !isNextDay(next, today)) problems.next = words.nextWrong;
  if (measures.length === 0) return { problems, problem: words.none };
  if (Object.keys(problems).length > 0) return { problems, problem: '' };
  return { measures, nextDay: next };
}

type ReadEvaluation =
  | { readonly outcomes: Readonly<Record<string, MeasureOutcome>>; readonly nextDay: Day | null }
  | { readonly problems: Readonly<Record<string, string>> };

/** How the measures worked, or what is wrong with what was filled in. No next day ends it. */
export function readEvaluation(
  lang: Lang,
  typed: Readonly<Record<string, unknown>>,
  { measures, today }: { readonly measures: readonly TeamMeasure[]; readonly today: Day },
): ReadEvaluation {
  const { measures: words } = messagesFor(lang).scan;
  const problems: Record<string, string> = {};
  const outcomes: Record<string, MeasureOutcome> = {};
  for (const [at, { id, outcome }] of measures.entries()) {
    if (outcome === 'stop') continue;
    const field = numberedName('outcome', at);
    const chosen = readChoice(String(typed[field] ?? ''), ({ scan }) => scan.measures.outcomes);
    if (chosen === null) problems[field] = words.outcomeMissing;
    else outcomes[id] = chosen;
  }
  const next = String(typed.next ?? '').trim();
  if (next !== '' && !(isDay(next) && isNextDay(next, today))) problems.next = words.nextWrong;
  if (Object.keys(problems).length > 0) return { problems };
  return { outcomes, nextDay: next === '' ? null : next };
}
