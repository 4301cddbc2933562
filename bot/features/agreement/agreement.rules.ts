import { type Draft, type DraftItem, MOST_ITEMS, numberedName } from '../../../cards/actions.js';
import type { CorrectTalkData } from '../../../cards/agreement/correct-talk.card.js';
import type { Problem, Problems } from '../../../cards/agreement/problems.js';
import { readChoices } from '../../../cards/choices.js';
import {
  type Agreement,
  INITIATIVES,
  type Item,
  type PRESENT,
  type SUBJECTS,
  WHO,
} from '../../domain/agreement.js';
import type { Corrections } from '../../domain/agreement-changes.js';
import { addDays, DAYS_IN_A_YEAR, isDay } from '../../domain/calendar.js';
import { AGREEMENT_RHYTHMS } from '../../domain/rhythm.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import {
  type AroundWho,
  any,
  checkItemDays,
  checkNextDay,
  checkWhat,
  checkWhom,
  problem,
} from '../../services/form-validation.js';

/** What is right about a plan, in the shapes of the record; null where something is wrong. */
export type Plan = {
  readonly items: readonly Item[];
  readonly initiative: (typeof INITIATIVES)[number];
  readonly rhythm: (typeof AGREEMENT_RHYTHMS)[number];
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
  const filled =
    draft.items.length > 0 ? draft.items.slice(0, MOST_ITEMS) : [{ what: '', who: '', from: '', by: '' }];
  const empty = filled.every((item) => item.what === '');
  filled.forEach(({ what, who, from, by }, index) => {
    if (what === '' && !(empty && index === 0)) return;
    const whoFound = WHO.find((one) => one === who);
    problems[numberedName('what', index)] = empty ? problem('noItem') : checkWhat(what, screen);
    problems[numberedName('who', index)] = whoFound === undefined ? problem('itemWho') : undefined;
    const days = checkItemDays({ from, by }, today);
    problems[numberedName('from', index)] = days.from;
    problems[numberedName('by', index)] = days.by;
    if (whoFound !== undefined) {
      items.push({ id: String(index + 1), who: whoFound, what, ...daysOf({ from, by }), outcome: null });
    }
  });
  const initiative = INITIATIVES.find((one) => one === draft.initiative);
  const rhythm = AGREEMENT_RHYTHMS.find((one) => one === draft.rhythm);
  problems.initiative = initiative === undefined ? problem('choose') : undefined;
  problems.rhythm = rhythm === undefined ? problem('choose') : undefined;
  problems.next = checkNextDay(draft.next, today);
  if (any(problems) || initiative === undefined || rhythm === undefined) return { value: null, problems };
  return { value: { items, initiative, rhythm, nextDay: draft.next }, problems };
}

/** Of an agreement that is put right, by its id: as filled in. */
export type Row = DraftItem & { readonly id: string };

/** What was agreed, put right. A row without text goes, as long as there is one with. */
export function checkCorrectedItems(
  rows: readonly Row[],
  recorded: readonly Item[],
  { today, screen }: { readonly today: string; readonly screen: Screen },
): Checked<readonly Item[]> {
  const problems: Record<string, Problem | undefined> = {};
  const items: Item[] = [];
  const empty = rows.every(({ what }) => what === '');
  rows.forEach(({ id, what, who, from, by }, index) => {
    const before = recorded.find((one) => one.id === id) ?? null;
    if (what === '' && !(empty && index === 0)) return;
    const whoFound = WHO.find((one) => one === who);
    const days = checkItemDays({ from, by }, today, before);
    problems[numberedName('what', index)] = empty
      ? problem('noItem')
      : what === before?.what
        ? undefined
        : checkWhat(what, screen);
    problems[numberedName('who', index)] = whoFound === undefined ? problem('itemWho') : undefined;
    problems[numberedName('from', index)] = days.from;
    problems[numberedName('by', index)] = days.by;
    if (whoFound === undefined) return;
    items.push({ id, who: whoFound, what, ...daysOf({ from, by }), outcome: before?.outcome ?? null });
  });
  return any(problems) || items.length === 0 ? { value: null, problems } : { value: items, problems };
}

/** The rows of a form that puts right what is on record. */
export function rowsOf(items: readonly Item[]): readonly Row[] {
  return items.map(({ id, who, what, from, by }) => ({ id, who, what, from: from ?? '', by: by ?? '' }));
}

/** An id that none of an agreement's items has or had. */
export function freshItemId(
  { items, evaluations }: Pick<Agreement, 'items' | 'evaluations'>,
  rows: readonly Row[],
) {
  const used = [...items, ...rows].map(({ id }) => id);
  const judged = evaluations.flatMap(({ outcomes }) => Object.keys(outcomes));
  return String(Math.max(0, ...[...used, ...judged].map((id) => Number(id) || 0)) + 1);
}

function daysOf({ from, by }: Pick<DraftItem, 'from' | 'by'>): Pick<Item, 'from' | 'by'> {
  return { from: from === '' ? null : from, by: by === '' ? null : by };
}

/** When the conversation was, who were there, what it was about and how the evaluation is agreed on, put right. */
export function checkCorrectedTalk(
  typed: CorrectTalkData['typed'],
  recorded: Pick<Agreement, 'conversationDay'>,
  today: string,
): Checked<Omit<Corrections, 'items'>> {
  const present = readChoices(typed.present, ({ agreement }) => agreement.present);
  const subjects = readChoices(typed.subjects, ({ agreement }) => agreement.subjects);
  const initiative = INITIATIVES.find((one) => one === typed.initiative);
  const rhythm = AGREEMENT_RHYTHMS.find((one) => one === typed.rhythm);
  const isSameDay = typed.day === recorded.conversationDay;
  const problems = {
    day: isSameDay ? undefined : checkConversationDay(typed.day, today),
    present: present === null || present.length === 0 ? problem('nobodyPresent') : undefined,
    subjects: subjects === null || subjects.length === 0 ? problem('noSubject') : undefined,
    initiative: initiative === undefined ? problem('choose') : undefined,
    rhythm: rhythm === undefined ? problem('choose') : undefined,
  };
  if (
    present === null ||
    subjects === null ||
    initiative === undefined ||
    rhythm === undefined ||
    any(problems)
  ) {
    return { value: null, problems };
  }
  const conversationDay = typed.day;
  return {
    value: { conversationDay, present: [...present], subjects: [...subjects], initiative, rhythm },
    problems,
  };
}

function checkConversationDay(day: string, today: string): Problem | undefined {
  if (!isDay(day)) return problem('notADay');
  if (day > today) return problem('dayFuture');
  return day < addDays(today, -DAYS_IN_A_YEAR) ? problem('dayLongAgo') : undefined;
}
