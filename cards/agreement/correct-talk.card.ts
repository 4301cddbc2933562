import { button } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { type AgreementView, requestLine, seenOf } from './agreement-view.js';
import json from './correct-talk.template.json' with { type: 'json' };
import { type Problems, problemsLine, problemText } from './problems.js';

export type CorrectTalkData = {
  readonly agreement: AgreementView;
  /** As filled in. */
  readonly typed: {
    readonly day: string;
    readonly present: string;
    readonly subjects: string;
    readonly initiative: string;
    readonly rhythm: string;
  };
  readonly problems: Problems;
  /** The notice on top, of what happened meanwhile; empty for none. */
  readonly notice: string;
  /** `YYYY-MM-DD` in the manager's zone. */
  readonly today: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** When the conversation was, who were there, what it was about, and how the evaluation was agreed on: to be put right. */
export function correctTalkCard(lang: Lang, data: CorrectTalkData): Card {
  const words = messagesFor(lang).agreement;
  const { agreement, typed, problems, notice, today } = data;
  const title = format(lang, words.correctTalkTitle, { name: escapeMarkdown(agreement.memberName) });
  return fillTemplate(lang, notice === '' ? title : `${notice} ${title}`, {
    notice,
    title,
    aim: words.correctTalkAim,
    request: requestLine(lang, agreement),
    problems: problemsLine(lang, problems),
    dayLabel: words.day,
    day: typed.day,
    dayMax: today,
    dayError: words.dayNeeded,
    dayProblem: problemText(lang, problems.day),
    presentLabel: words.presentLabel,
    presentChoices: choicesOf(words.present),
    present: typed.present,
    presentError: words.problem.nobodyPresent,
    presentProblem: problemText(lang, problems.present),
    subjectsLabel: words.subjectsLabel,
    subjectsChoices: choicesOf(words.subjects),
    subjects: typed.subjects,
    subjectsError: words.problem.noSubject,
    subjectsProblem: problemText(lang, problems.subjects),
    initiativeLabel: words.initiativeLabel,
    initiativeChoices: choicesOf({
      manager: words.initiative.manager,
      employee: format(lang, words.initiative.employee, { name: stripMarkdown(agreement.memberName) }),
    }),
    initiative: typed.initiative,
    initiativeError: words.problem.choose,
    initiativeProblem: problemText(lang, problems.initiative),
    rhythmLabel: words.rhythmLabel,
    rhythmChoices: choicesOf(words.rhythm),
    rhythm: typed.rhythm,
    rhythmError: words.problem.choose,
    rhythmProblem: problemText(lang, problems.rhythm),
    buttons: [
      button(lang, 'agreement.correct-talk', words.save, seenOf(agreement)),
      button(lang, 'agreement.correct', words.back, { id: agreement.id }, { withoutInputs: true }),
    ],
  });
}
