import { button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './change.template.json' with { type: 'json' };

export const NOTE_MAX = 200;

export type ChangeProblem = 'choose' | 'long' | 'screened';
export type ChangeCardData = {
  readonly agreement: AgreementView;
  readonly manager: string;
  readonly change: string;
  readonly note: string;
  readonly changeProblem: ChangeProblem | null;
  readonly noteProblem: ChangeProblem | null;
  /** The words in the note that may not go on record. */
  readonly refused: readonly string[];
  /** The notice on top, of what happened meanwhile; empty for none. */
  readonly notice: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** What the employee would like to be different: from a fixed list, with a short note if they want. */
export function changeCard(lang: Lang, data: ChangeCardData): Card {
  const { about: words, agreement: agreementWords } = messagesFor(lang);
  const { id, version, managerName } = data.agreement;
  const { manager, note } = data;
  const values = { count: note.length, max: NOTE_MAX, words: escapeMarkdown(data.refused.join(', ')) };
  const problemOf = (problem: ChangeProblem | null) =>
    problem === null ? '' : format(lang, words.problem[problem], values);
  const wrong = data.changeProblem !== null || data.noteProblem !== null;
  const summary = data.notice === '' ? words.changeTitle : `${data.notice} ${words.changeTitle}`;
  return fillTemplate(lang, summary, {
    notice: data.notice,
    title: words.changeTitle,
    aim: format(lang, words.changeAim, { manager: escapeMarkdown(managerName) }),
    problems: wrong ? agreementWords.problemsTitle : '',
    changeLabel: words.changeLabel,
    changeChoices: choicesOf(words.change),
    change: data.change,
    changeError: words.problem.choose,
    changeProblem: problemOf(data.changeProblem),
    noteLabel: format(lang, words.noteLabel, { max: NOTE_MAX }),
    noteHint: words.noteHint,
    note,
    noteProblem: problemOf(data.noteProblem),
    warning: words.warning,
    buttons: [
      button(lang, 'about.change', words.send, { manager, id, version }),
      button(lang, 'about.show', words.back, { manager, id }, { withoutInputs: true }),
    ],
  });
}
