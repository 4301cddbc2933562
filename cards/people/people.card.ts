import { type Button, button } from '../actions.js';
import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { pageOf } from '../pages.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { knownChoices, type WhoView } from '../who/who-fields.js';
import editJson from './edit.template.json' with { type: 'json' };
import listJson from './list.template.json' with { type: 'json' };
import personJson from './person.template.json' with { type: 'json' };

/** Somebody on the list, and how much is kept with them. */
export type PersonView = {
  readonly id: string;
  readonly name: string;
  /** Their account in Teams; null where there is none. */
  readonly person: string | null;
  readonly agreements: number;
  readonly moments: number;
  /** The id of their agreement, where there is one alone to open; null where there is none, or several. */
  readonly only: string | null;
  /** `refused`: they said that they want no fixed coffees, which is kept. */
  readonly coffee: 'yes' | 'refused' | 'no';
};
export type PersonProblem = keyof Messages['people']['problem'];

const PER_PAGE = 6;
const fillList = template<Record<string, unknown>>(listJson);
const fillPerson = template<Record<string, unknown>>(personJson);
const fillEdit = template<Record<string, unknown>>(editJson);

/** Everybody on a manager's list by name, a page at a time. */
export function peopleListCard(
  lang: Lang,
  all: readonly PersonView[],
  { asked, notice }: { readonly asked: number; readonly notice: string },
): Card {
  const words = messagesFor(lang).people;
  const { shown, page, lastPage, range } = pageOf(all, asked, PER_PAGE);
  return fillList(lang, notice === '' ? words.title : notice, {
    notice,
    title: words.title,
    intro: range.total === 0 ? words.empty : words.intro,
    people: shown.map((one) => ({
      name: escapeMarkdown(one.name),
      about: keptLine(lang, one),
      open: words.open,
      press: button(lang, 'people.show', `${words.open}: ${stripMarkdown(one.name)}`, { id: one.id }),
    })),
    range: lastPage > 0 ? format(lang, words.page, range) : '',
    buttons: [
      ...(page < lastPage ? [button(lang, 'people.list', words.later, { page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'people.list', words.earlier, { page: page - 1 })] : []),
      button(lang, 'agreement.list', messagesFor(lang).agreement.listTitle, { page: 0 }),
      button(lang, 'menu.show', messagesFor(lang).menu.menu, {}),
    ],
  });
}

/** One of them, with what can be put right. */
export function personCard(lang: Lang, one: PersonView, notice: string): Card {
  const words = messagesFor(lang).people;
  const { id, name, person } = one;
  const isNeeded = one.agreements + one.moments > 0 || one.coffee !== 'no';
  const title = escapeMarkdown(name);
  return fillPerson(lang, notice === '' ? title : notice, {
    notice,
    title,
    about: keptLine(lang, one),
    buttons: [
      ...thingsOf(lang, one),
      button(lang, 'people.ask-rename', words.rename, { id }, { secondary: true }),
      ...(person === null ? [button(lang, 'people.ask-link', words.link, { id }, { secondary: true })] : []),
      button(lang, 'people.ask-merge', words.merge, { id }, { secondary: true }),
      ...(isNeeded ? [] : [button(lang, 'people.remove', words.remove, { id }, { secondary: true })]),
      button(lang, 'people.list', words.title, { page: 0 }),
    ],
  });
}

/** The ways to what is kept with somebody. */
function thingsOf(lang: Lang, { id, name, agreements, moments, only, coffee }: PersonView): Button[] {
  const { people: words, agreement, overview } = messagesFor(lang);
  const plain = { name: stripMarkdown(name) };
  return [
    ...(only === null
      ? []
      : [button(lang, 'agreement.show', format(lang, agreement.viewTitle, plain), { id: only })]),
    ...(coffee === 'yes' ? [button(lang, 'coffee.show', format(lang, overview.coffee, plain), { id })] : []),
    ...(agreements + moments > (only === null ? 0 : 1)
      ? [button(lang, 'overview.show', format(lang, words.all, plain), { page: 0, of: id })]
      : []),
  ];
}

type Edit = { readonly id: string; readonly name: string };

/** Another name for the same person. `typed` is what stands in the field, `problem` what is wrong with it, if anything. */
export function renameCard(
  lang: Lang,
  one: Edit,
  { typed, problem }: { readonly typed: string; readonly problem: string },
): Card {
  const words = messagesFor(lang).people;
  const field = {
    ...{ type: 'Input.Text', id: 'name', label: words.nameLabel, value: typed },
    ...{ isRequired: true, errorMessage: messagesFor(lang).agreement.problem.noName },
  };
  return editCard(lang, one, {
    texts: [words.renameTitle, words.renameAim],
    field,
    problem,
    buttons: [button(lang, 'people.rename', words.save, { id: one.id })],
  });
}

/** Who somebody on the list is in Teams. */
export function linkCard(
  lang: Lang,
  one: Edit,
  { typed, problem }: { readonly typed: string; readonly problem: PersonProblem | null },
): Card {
  const { people: words, agreement } = messagesFor(lang);
  const field = {
    ...{ type: 'Input.ChoiceSet', id: 'person', label: words.personLabel, value: typed, choices: [] },
    ...{ placeholder: agreement.personHint, isRequired: true, errorMessage: words.problem.person },
    'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
  };
  return editCard(lang, one, {
    texts: [words.linkTitle, words.linkAim],
    field,
    problem: problemOf(lang, problem),
    buttons: [button(lang, 'people.link', words.link, { id: one.id })],
  });
}

/** Which place of the list is the same person, and stays. */
export function mergeCard(
  lang: Lang,
  one: Edit,
  {
    others,
    typed,
    problem,
  }: { readonly others: readonly WhoView[]; readonly typed: string; readonly problem: PersonProblem | null },
): Card {
  const { people: words, agreement } = messagesFor(lang);
  const field = {
    ...{ type: 'Input.ChoiceSet', id: 'other', label: words.otherLabel, value: typed, style: 'compact' },
    ...{ choices: knownChoices(lang, others), placeholder: agreement.choose },
    ...{ isRequired: true, errorMessage: words.problem.other },
  };
  return editCard(lang, one, {
    texts: [words.mergeTitle, words.mergeAim],
    field,
    problem: problemOf(lang, problem),
    buttons: [button(lang, 'people.merge', words.merge, { id: one.id })],
  });
}

function editCard(
  lang: Lang,
  { id, name }: Edit,
  {
    texts: [titleText, aimText],
    field,
    problem,
    buttons,
  }: {
    readonly texts: readonly [string, string];
    readonly field: object;
    readonly problem: string;
    readonly buttons: readonly Button[];
  },
): Card {
  const { people: words, agreement } = messagesFor(lang);
  const title = format(lang, titleText, { name: escapeMarkdown(name) });
  return fillEdit(lang, title, {
    title,
    aim: format(lang, aimText, { name: escapeMarkdown(name) }),
    problems: problem === '' ? '' : agreement.problemsTitle,
    fields: [field],
    problem,
    buttons: [...buttons, button(lang, 'people.show', words.back, { id }, { withoutInputs: true })],
  });
}

function problemOf(lang: Lang, problem: PersonProblem | null): string {
  return problem === null ? '' : messagesFor(lang).people.problem[problem];
}

function keptLine(lang: Lang, { agreements, moments, coffee, person }: PersonView): string {
  const words = messagesFor(lang).people;
  const kept = format(lang, words.kept, { agreements, moments, coffee });
  return `${kept}, ${person === null ? words.notLinked : words.linked}`;
}
