import { button, numberedName, type Payload } from '../actions.js';
import { type Problem, type Problems, problemsLine, problemText } from '../agreement/problems.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { fold } from '../fold.js';
import { stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import {
  candidateChoices,
  chosenInTeams,
  knownChoices,
  NAME_MAX,
  questionFor,
  type WhoView,
} from '../who/who-fields.js';
import json from './add.template.json' with { type: 'json' };

/** The form as it was filled in. */
export type CoffeeTyped = Pick<
  Payload<'coffee.save'>,
  'known' | 'names' | 'person' | 'personName' | 'sameAs' | 'rhythm'
>;
/** A name of which it is unclear who is meant: whom it may be, by id, and what was answered. */
export type CoffeeQuestion = {
  readonly name: string;
  readonly candidates: readonly string[];
  readonly answer: string;
};
export type CoffeeAddData = {
  /** Chosen when the form opens: saving is idempotent. */
  readonly id: string;
  readonly typed: CoffeeTyped;
  /** Everybody on the manager's list. */
  readonly people: readonly WhoView[];
  readonly questions: readonly CoffeeQuestion[];
  /** Ids of those among whom it is unclear who was chosen in Teams. */
  readonly account: readonly string[];
  /** The names were put on lines of their own, which the manager has seen when the form is sent again. */
  readonly split: boolean;
  readonly problems: Problems;
};

/** The id of the element that is collapsed at first, in the template. */
const TEAMS = 'teams';
const fillTemplate = template<Record<string, unknown>>(json);

/** Puts people on the coffee list: names, somebody from the list, or somebody from Teams. */
export function coffeeAddCard(lang: Lang, data: CoffeeAddData): Card {
  const { coffee: words, agreement, who } = messagesFor(lang);
  const { id, typed, people, questions, account, split, problems } = data;
  const among = (ids: readonly string[]) => people.filter(({ member }) => ids.includes(member.id));
  const unlisted = people.filter(({ member }) => member.rhythm === null);
  return fillTemplate(lang, words.addTitle, {
    title: words.addTitle,
    intro: words.addIntro,
    problems: problemsLine(lang, problems),
    questions: [
      ...questions.map(({ name, candidates, answer }, at) => ({
        id: numberedName('same', at),
        label: format(lang, who.questionOf, { name: stripMarkdown(name) }),
        choices: candidateChoices(lang, among(candidates)),
        value: answer,
      })),
      ...(account.length === 0
        ? []
        : [
            {
              id: 'sameAs',
              label: questionFor(lang, typed.person),
              choices: candidateChoices(lang, among(account)),
              value: typed.sameAs,
            },
          ]),
    ],
    questionProblem: problemText(lang, problems.sameAs),
    namesLabel: words.namesLabel,
    namesHint: words.namesHint,
    names: typed.names,
    namesProblem: lineProblem(lang, problems.names),
    hasKnown: unlisted.length > 0,
    knownLabel: words.knownLabel,
    knownHint: agreement.knownHint,
    knownChoices: knownChoices(lang, unlisted),
    known: typed.known,
    teams: [fold(words.personLabel, TEAMS)],
    isInTeams:
      typed.person !== '' ||
      typed.personName !== '' ||
      problems.person !== undefined ||
      problems.personName !== undefined,
    personLabel: words.personInTeams,
    personHint: agreement.personHint,
    person: typed.person,
    personChoices: chosenInTeams(lang, { account: typed.person, name: typed.personName, people }),
    personProblem: problemText(lang, problems.person),
    personNameLabel: words.personNameLabel,
    personName: typed.personName,
    personNameProblem: problemText(lang, problems.personName),
    rhythmLabel: words.rhythmLabel,
    rhythms: choicesOf(words.rhythms),
    rhythm: typed.rhythm,
    rhythmProblem: problemText(lang, problems.rhythm),
    extra: words.extra,
    buttons: [
      button(lang, 'coffee.save', words.save, { id, asking: questions.map(({ name }) => name), split }),
      button(lang, 'coffee.list', words.back, { page: 0 }, { withoutInputs: true }),
    ],
  });
}

/** What is wrong with one of many names says with which. */
function lineProblem(lang: Lang, problem: Problem | undefined): string {
  const text = problemText(lang, problem);
  const name = problem?.values?.name;
  const isOfLine = problem !== undefined && ['nameLong', 'notAName', 'nameScreened'].includes(problem.id);
  return isOfLine && typeof name === 'string'
    ? format(lang, messagesFor(lang).coffee.lineProblem, {
        name: stripMarkdown(name).slice(0, NAME_MAX),
        problem: text,
      })
    : text;
}
