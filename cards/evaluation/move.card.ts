import { button } from '../actions.js';
import { type AgreementView, requestLine, seenOf } from '../agreement/agreement-view.js';
import { type Problems, problemsLine, problemText } from '../agreement/problems.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './move.template.json' with { type: 'json' };

export type MoveCardData = {
  readonly agreement: AgreementView;
  /** The day filled in or proposed. */
  readonly day: string;
  readonly problems: Problems;
  /** The notice on top, of what happened meanwhile; empty for none. */
  readonly notice: string;
  /** The first day that can be chosen, `YYYY-MM-DD`: tomorrow. */
  readonly today: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** Another day for the evaluation, or the same day and only a later reminder. */
export function moveCard(lang: Lang, data: MoveCardData): Card {
  const { evaluation: words, agreement: agreementWords } = messagesFor(lang);
  const { id, version, memberName, nextDay } = data.agreement;
  const title = format(lang, words.moveTitle, { name: escapeMarkdown(memberName) });
  const snooze = (text: string, days: 1 | 3 | 7) =>
    button(lang, 'evaluation.snooze', text, { id, version, days }, { withoutInputs: true });
  return fillTemplate(lang, data.notice === '' ? title : `${data.notice} ${title}`, {
    notice: data.notice,
    title,
    request: requestLine(lang, data.agreement),
    now: format(lang, words.moveNow, { day: longDay(lang, nextDay) }),
    problems: problemsLine(lang, data.problems),
    dayLabel: words.moveDay,
    day: data.day,
    dayMin: data.today,
    dayError: agreementWords.problem.notADay,
    dayProblem: problemText(lang, data.problems.day),
    buttons: [
      button(lang, 'evaluation.move', words.moveSave, seenOf(data.agreement)),
      button(lang, 'evaluation.open', agreementWords.back, { id }, { withoutInputs: true }),
    ],
    // Before the agreed day there is no reminder yet that could come later.
    snoozeTitle: nextDay < data.today ? words.snoozeTitle : '',
    snoozeText: words.snoozeText,
    snoozes: [snooze(words.snooze1, 1), snooze(words.snooze3, 3), snooze(words.snooze7, 7)],
  });
}
