import { button, numberedName, type Payload } from '../actions.js';
import { type AgreementView, requestLine, seenOf } from '../agreement/agreement-view.js';
import { WHAT_MAX } from '../agreement/item-fields.js';
import { type Problems, problemsLine, problemText } from '../agreement/problems.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './rewrite.template.json' with { type: 'json' };

export type RewriteCardData = {
  readonly agreement: AgreementView;
  /** What was chosen on the evaluation card; travels on in the button. */
  readonly chosen: Payload<'evaluation.rewrite'>['chosen'];
  /** The agreements to adjust: their place in the list, and the text and days to start from. */
  readonly items: readonly {
    readonly index: number;
    readonly what: string;
    readonly from: string;
    readonly by: string;
  }[];
  readonly problems: Problems;
  /** The notice on top, of what happened meanwhile; empty for none. */
  readonly notice: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** The text and the day of each agreement that is to change, before the evaluation is saved. */
export function rewriteCard(lang: Lang, data: RewriteCardData): Card {
  const { evaluation: words, agreement: agreementWords } = messagesFor(lang);
  const { id } = data.agreement;
  const whatLabel = format(lang, agreementWords.what, { max: WHAT_MAX });
  const summary = data.notice === '' ? words.rewriteTitle : `${data.notice} ${words.rewriteTitle}`;
  return fillTemplate(lang, summary, {
    notice: data.notice,
    request: requestLine(lang, data.agreement),
    title: words.rewriteTitle,
    aim: words.rewriteAim,
    warning: agreementWords.warning,
    problems: problemsLine(lang, data.problems),
    items: data.items.map(({ index, what, from, by }) => {
      const [whatId, fromId, byId] = [
        numberedName('what', index),
        numberedName('from', index),
        numberedName('by', index),
      ];
      return {
        whatId,
        whatLabel: `${format(lang, agreementWords.itemTitle, { n: index + 1 })}: ${whatLabel}`,
        what,
        whatProblem: problemText(lang, data.problems[whatId]),
        fromId,
        fromLabel: agreementWords.from,
        from,
        fromProblem: problemText(lang, data.problems[fromId]),
        byId,
        byLabel: agreementWords.by,
        by,
        byProblem: problemText(lang, data.problems[byId]),
      };
    }),
    buttons: [
      button(lang, 'evaluation.rewrite', words.record, {
        ...seenOf(data.agreement),
        chosen: data.chosen,
      }),
      button(lang, 'evaluation.open', words.rewriteLater, { id }, { withoutInputs: true }),
    ],
  });
}
