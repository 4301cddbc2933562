import { button } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { type AgreementView, type ChangeRequestView, requestLine } from './agreement-view.js';
import json from './reply.template.json' with { type: 'json' };

export type ReplyData = {
  readonly agreement: AgreementView;
  readonly request: ChangeRequestView;
  /** What was chosen, and whether nothing was. */
  readonly reply: string;
  readonly missing: boolean;
  /** The notice on top, of what happened meanwhile; empty for none. */
  readonly notice: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** A sentence of ours in answer to what the employee asked for; or another text, which is proposed by changing it. */
export function replyCard(lang: Lang, { agreement, request, reply, missing, notice }: ReplyData): Card {
  const words = messagesFor(lang).agreement;
  const { id, memberName } = agreement;
  const name = escapeMarkdown(memberName);
  const title = format(lang, words.replyTitle, { name });
  return fillTemplate(lang, notice === '' ? title : `${notice} ${title}`, {
    notice,
    title,
    request: requestLine(lang, agreement),
    replyLabel: words.replyLabel,
    replyChoices: choicesOf(words.replies),
    reply,
    replyError: words.problem.choose,
    replyProblem: missing ? words.problem.choose : '',
    aim: format(lang, words.replyAim, { name }),
    buttons: [
      button(lang, 'agreement.reply', words.replySend, { id, askedAt: request.askedAt }),
      button(lang, 'agreement.correct', words.replyPropose, { id }, { withoutInputs: true }),
      button(lang, 'agreement.show', words.back, { id }, { withoutInputs: true }),
    ],
  });
}
