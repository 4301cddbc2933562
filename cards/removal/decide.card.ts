import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { type Choice, choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './decide.template.json' with { type: 'json' };
import type { RemovalView } from './removal-view.js';

export type DecideRemovalData = {
  readonly agreement: AgreementView;
  readonly removal: RemovalView;
  /** The reason as chosen; it was none when `problem` is set. */
  readonly why: string;
  readonly problem: boolean;
};

const fillTemplate = template<{
  title: string;
  text: string;
  rule: string;
  grantButtons: Button[];
  whyLabel: string;
  whyChoices: Choice[];
  why: string;
  whyMissing: string;
  whyProblem: string;
  buttons: Button[];
  source: string;
}>(json);

/** To the manager: an employee asks for removal. Removing comes first; keeping takes a reason from a fixed list. */
export function decideRemovalCard(lang: Lang, data: DecideRemovalData): Card {
  const { removal: words } = messagesFor(lang);
  const { agreement, removal } = data;
  const { id } = agreement;
  const { askedAt } = removal;
  const name = escapeMarkdown(agreement.memberName);
  const title = format(lang, words.decideTitle, { name });
  return fillTemplate(lang, title, {
    title,
    text: format(lang, words.decideText, {
      day: longDay(lang, agreement.conversationDay),
      by: longDay(lang, removal.by),
    }),
    rule: format(lang, words.decideRule, { name }),
    grantButtons: [
      button(lang, 'removal.ask-grant', words.grant, { id, askedAt }, { withoutInputs: true }),
      button(lang, 'agreement.show', words.view, { id }, { withoutInputs: true }),
    ],
    whyLabel: words.whyLabel,
    whyChoices: choicesOf(words.why),
    why: data.why,
    whyMissing: words.whyMissing,
    whyProblem: data.problem ? words.whyMissing : '',
    buttons: [button(lang, 'removal.keep', words.keep, { id, askedAt })],
    source: sourceLine(lang, words.source),
  });
}
