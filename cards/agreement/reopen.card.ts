import { button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import type { AgreementView } from './agreement-view.js';
import { type Problems, problemsLine, problemText } from './problems.js';
import json from './reopen.template.json' with { type: 'json' };

export type ReopenData = {
  readonly agreement: AgreementView;
  /** The day of the next evaluation, filled in or proposed. */
  readonly day: string;
  readonly problems: Problems;
  /** The notice on top, of what happened meanwhile; empty for none. */
  readonly notice: string;
  /** The first day that can be chosen. */
  readonly from: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** Goes on with what was closed: with the day on which it is evaluated next. */
export function reopenCard(lang: Lang, { agreement, day, problems, notice, from }: ReopenData): Card {
  const { agreement: words, evaluation } = messagesFor(lang);
  const { id, version, memberName } = agreement;
  const name = escapeMarkdown(memberName);
  const title = format(lang, words.reopenTitle, { name });
  return fillTemplate(lang, notice === '' ? title : `${notice} ${title}`, {
    notice,
    title,
    aim: agreement.answer === 'not-shared' ? words.reopenAimAlone : format(lang, words.reopenAim, { name }),
    problems: problemsLine(lang, problems),
    dayLabel: evaluation.next,
    day,
    dayMin: from,
    dayError: words.problem.dayTomorrow,
    dayProblem: problemText(lang, problems.day),
    buttons: [
      button(lang, 'agreement.reopen', words.reopen, { id, version }),
      button(lang, 'agreement.show', words.back, { id }, { withoutInputs: true }),
    ],
  });
}
