import { type Button, button, type Draft } from '../actions.js';
import { choicesOf, titlesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { fold } from '../fold.js';
import { type Card, template } from '../render.js';
import { type WhoView, whoFields } from '../who/who-fields.js';
import json from './form-conversation.template.json' with { type: 'json' };
import { type Problems, problemsLine, problemText } from './problems.js';

export type ConversationFormData = {
  readonly draft: Draft;
  /** Everybody on the manager's list. */
  readonly people: readonly WhoView[];
  /** Ids of those among whom the manager has to say who is meant; empty where that is clear. */
  readonly asked: readonly string[];
  readonly problems: Problems;
  /** `YYYY-MM-DD` in the manager's zone. */
  readonly today: string;
};

/** The id of the element that is collapsed at first, in the template. */
const OTHERS = 'others';
const fillTemplate = template<Record<string, unknown>>(json);

/** Step 1: with whom, when, who were there, about which subjects. */
export function conversationFormCard(lang: Lang, data: ConversationFormData): Card {
  const words = messagesFor(lang).agreement;
  const { draft, people, asked, problems } = data;
  return fillTemplate(lang, `${words.title}. ${words.step1}`, {
    step: words.step1,
    title: words.title,
    aim: words.step1Aim,
    problems: problemsLine(lang, problems),
    who: whoFields(lang, { typed: draft, people, asked, problems, why: words.personWhy }),
    dayLabel: words.day,
    day: draft.day,
    dayMax: data.today,
    dayError: words.dayNeeded,
    dayProblem: problemText(lang, problems.day),
    presentShort: format(lang, words.presentShort, { present: titlesOf(words.present, draft.present) }),
    others: [fold(words.presentMore, OTHERS)],
    // Most conversations are between two: the others fold out, unless what stands there is to be looked at.
    isOthers: problems.present !== undefined,
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
  // The inputs of this step come back by themselves: the button carries the other step only, to keep the card small.
  const asked = { known: '', name: '', person: '', sameAs: '', day: '', present: '', subjects: '' };
  const draft: Draft = { ...filled, ...asked };
  return [
    button(lang, 'agreement.details', messagesFor(lang).agreement.details, { draft }),
    button(lang, 'menu.show', messagesFor(lang).menu.menu, {}, { withoutInputs: true }),
  ];
}
