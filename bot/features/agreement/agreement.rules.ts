import { type Draft, MOST_ITEMS, numberedName } from '../../../cards/actions.js';
import type { Problem, Problems } from '../../../cards/agreement/problems.js';
import { readChoices } from '../../../cards/choices.js';
import { INITIATIVES, type Item, type PRESENT, type SUBJECTS, WHO } from '../../domain/agreement.js';
import { addDays, DAYS_IN_A_YEAR, isDay } from '../../domain/calendar.js';
import { RHYTHMS } from '../../domain/rhythm.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import {
  type AroundWho,
  any,
  checkComingDay,
  checkNextDay,
  checkWhat,
  checkWhom,
  problem,
} from '../../services/form-validation.js';

/** What is right about a plan, in the shapes of the record; null where something is wrong. */
export type Plan = {
  readonly items: readonly Item[];
  readonly initiative: (typeof INITIATIVES)[number];
  readonly rhythm: (typeof RHYTHMS)[number];
  readonly nextDay: string;
};
export type ConversationFacts = {
  readonly day: string;
  readonly present: readonly (typeof PRESENT)[number][];
  readonly subjects: readonly (typeof SUBJECTS)[number][];
};

export type Checked<Value> = { readonly value: Value | null; readonly problems: Problems };

/** Step 1, whole. */
export function checkConversation(
  draft: Draft,
  today: string,
  around: AroundWho,
): Checked<ConversationFacts> {
  const present = readChoices(draft.present, ({ agreement }) => agreement.present);
  const subjects = readChoices(draft.subjects, ({ agreement }) => agreement.subjects);
  const problems = {
    ...checkWhom(draft, around),
    day: checkConversationDay(draft.day, today),
    present: present === null || present.length === 0 ? problem('nobodyPresent') : undefined,
    subjects: subjects === null || subjects.length === 0 ? problem('noSubject') : undefined,
  };
  if (present === null || subjects === null || any(problems)) return { value: null, problems };
  return { value: { day: draft.day, present, subjects }, problems };
}

/** Step 2, whole. A row without text is left out, as long as there is one with. */
export function checkPlan(draft: Draft, today: string, screen: Screen): Checked<Plan> {
  const problems: Record<string, Problem | undefined> = {};
  const items: Item[] = [];
  const filled = draft.items.length > 0 ? draft.items.slice(0, MOST_ITEMS) : [{ what: '', who: '', by: '' }];
  const empty = filled.every((item) => item.what === '');
  filled.forEach(({ what, who, by }, index) => {
    if (what === '' && !(empty && index === 0)) return;
    const whoFound = WHO.find((one) => one === who);
    problems[numberedName('what', index)] = empty ? problem('noItem') : checkWhat(what, screen);
    problems[numberedName('who', index)] = whoFound === undefined ? problem('itemWho') : undefined;
    problems[numberedName('by', index)] = checkComingDay(by, today);
    if (whoFound !== undefined) {
      items.push({ id: String(index + 1), who: whoFound, what, by, outcome: null });
    }
  });
  const initiative = INITIATIVES.find((one) => one === draft.initiative);
  const rhythm = RHYTHMS.find((one) => one === draft.rhythm);
  problems.initiative = initiative === undefined ? problem('choose') : undefined;
  problems.rhythm = rhythm === undefined ? problem('choose') : undefined;
  problems.next = checkNextDay(draft.next, today);
  if (any(problems) || initiative === undefined || rhythm === undefined) return { value: null, problems };
  return { value: { items, initiative, rhythm, nextDay: draft.next }, problems };
}

function checkConversationDay(day: string, today: string): Problem | undefined {
  if (!isDay(day)) return problem('notADay');
  if (day > today) return problem('dayFuture');
  return day < addDays(today, -DAYS_IN_A_YEAR) ? problem('dayLongAgo') : undefined;
}
