import { type Button, button, numberedName } from '../actions.js';
import { type AgreementView, itemDetails, requestLine, seenOf } from '../agreement/agreement-view.js';
import { type Problems, problemsLine, problemText } from '../agreement/problems.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './evaluate.template.json' with { type: 'json' };

/** `due`: it is the day. `after`: the day was no working day. `again`: it was reminded before and not acted on. `early`: the manager opened it. */
export type EvaluationOccasion = 'due' | 'after' | 'again' | 'early';

export type EvaluateCardData = {
  readonly agreement: AgreementView;
  readonly occasion: EvaluationOccasion;
  /** The day proposed for the next time, or what was filled in, and per item what was chosen (`outcome1`…). */
  readonly next: string;
  readonly chosen: Readonly<Record<string, string>>;
  readonly problems: Problems;
  readonly notice: string;
  readonly today: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** The evaluation itself: per agreement works, adjust or stop, and the next day. */
export function evaluateCard(lang: Lang, data: EvaluateCardData): Card {
  const { evaluation: words, agreement: agreementWords } = messagesFor(lang);
  const { agreement, occasion, problems, today } = data;
  const name = escapeMarkdown(agreement.memberName);
  const title = format(lang, words.title, { name });
  const day = longDay(lang, agreement.nextDay);
  const sentence = {
    due: words.due,
    after: format(lang, words.dueAfter, { day }),
    again: format(lang, words.dueAgain, { day }),
    early: words.early,
  }[occasion];
  const asksEmployee = agreement.initiative === 'employee' && occasion !== 'early';
  const { id } = agreement;
  return fillTemplate(lang, `${title}. ${sentence}`, {
    notice: data.notice,
    title,
    sentence,
    initiative: asksEmployee ? format(lang, words.byEmployee, { name }) : '',
    request: requestLine(lang, agreement),
    problems: problemsLine(lang, problems),
    // What was stopped before is not asked again; the others keep their place, which names their field.
    items: agreement.items.flatMap((item, index) => {
      if (item.outcome === 'stop') return [];
      const field = numberedName('outcome', index);
      return {
        what: escapeMarkdown(item.what),
        details: itemDetails(lang, { agreement, item }, { reader: 'manager' }),
        id: field,
        label: format(lang, words.outcomeLabel, { n: index + 1 }),
        choices: choicesOf(words.outcome),
        value: data.chosen[field] ?? '',
        error: agreementWords.problem.outcome,
        problem: problemText(lang, problems[field]),
      };
    }),
    nextLabel: agreement.rhythm === 'once' ? words.nextOnce : words.next,
    nextRequired: agreement.rhythm !== 'once',
    next: data.next,
    dayMin: today,
    nextError: agreementWords.problem.notADay,
    nextProblem: problemText(lang, problems.next),
    buttons: [
      button(lang, 'evaluation.record', words.record, seenOf(agreement)),
      button(lang, 'evaluation.ask-move', words.move, { id }, { withoutInputs: true }),
      button(lang, 'agreement.show', agreementWords.view, { id }, { withoutInputs: true }),
    ] satisfies Button[],
    why: occasion === 'early' ? '' : words.why,
  });
}
