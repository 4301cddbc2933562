import { type Button, button, type Draft } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { bare, plain } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './form-conversation.template.json' with { type: 'json' };

type Words = ReturnType<typeof wordsIn>['agreement'];
export type ProblemId = keyof Words['problem'];
/** What is wrong with a field: an id of the words, with the values that it names. */
export type Problem = { readonly id: ProblemId; readonly values?: Readonly<Record<string, string | number>> };
/** Per field of the form what is wrong with it, if anything. */
export type Problems = Readonly<Record<string, Problem | undefined>>;

export const NAME_MAX = 60;

export type ConversationFormData = {
  readonly draft: Draft;
  /** People on the manager's list: id and name. */
  readonly known: readonly { readonly id: string; readonly name: string }[];
  readonly problems: Problems;
  /** `YYYY-MM-DD` in the manager's zone. */
  readonly today: string;
};

const fillTemplate = template<Record<string, unknown>>(json);
/** A list longer than this is no list to choose from: then one types the name. Keeps the card within its size. */
const MOST_KNOWN = 100;

/** Step 1: with whom, when, who were there, about which subjects. */
export function conversationFormCard(lang: Lang, data: ConversationFormData): Card {
  const words = wordsIn(lang).agreement;
  const { draft, problems } = data;
  const hasKnown = data.known.length > 0;
  return fillTemplate(lang, `${words.title}. ${words.step1}`, {
    step: words.step1,
    title: words.title,
    aim: words.step1Aim,
    problems: problemsLine(lang, problems),
    hasKnown,
    knownLabel: words.known,
    knownHint: words.knownHint,
    knownChoices: data.known
      .slice(0, MOST_KNOWN)
      .map(({ id, name }): Choice => ({ title: bare(name), value: id })),
    known: draft.known,
    knownProblem: problemText(lang, problems.known),
    nameLabel: hasKnown ? words.nameOther : words.nameNew,
    nameHint: words.nameHint,
    nameMax: NAME_MAX,
    nameRequired: !hasKnown,
    nameError: words.problem.nobody,
    name: draft.name,
    nameProblem: problemText(lang, problems.name),
    personLabel: words.person,
    personHint: words.personHint,
    personWhy: words.personWhy,
    person: draft.person,
    personProblem: problemText(lang, problems.person),
    dayLabel: words.day,
    day: draft.day,
    dayMax: data.today,
    dayError: words.problem.notADay,
    dayProblem: problemText(lang, problems.day),
    presentLabel: words.presentLabel,
    presentChoices: choicesOf(words.present),
    present: draft.present,
    presentError: words.problem.nobodyPresent,
    presentProblem: problemText(lang, problems.present),
    subjectsLabel: words.subjectsLabel,
    subjectsChoices: choicesOf(words.subjects),
    subjects: draft.subjects,
    subjectsError: words.problem.noSubject,
    subjectsProblem: problemText(lang, problems.subjects),
    buttons: waysOn(lang, draft),
  });
}

function waysOn(lang: Lang, filled: Draft): Button[] {
  // What this card asks comes back as inputs: the button carries the other step only, to keep the card small.
  const draft: Draft = { ...filled, known: '', name: '', person: '', day: '', present: '', subjects: '' };
  return [
    button(lang, 'agreement.details', wordsIn(lang).agreement.details, { draft }),
    button(lang, 'menu.show', wordsIn(lang).menu.menu, {}, { withoutInputs: true }),
  ];
}

export function problemText(lang: Lang, problem: Problem | undefined): string {
  if (problem === undefined) return '';
  const values = Object.entries(problem.values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? plain(value) : value,
  ]);
  return fill(lang, wordsIn(lang).agreement.problem[problem.id], Object.fromEntries(values));
}

/** The line above a form that came back; empty when nothing is wrong. */
export function problemsLine(lang: Lang, problems: Problems): string {
  const any = Object.values(problems).some((problem) => problem !== undefined);
  return any ? wordsIn(lang).agreement.problemsTitle : '';
}
