import { button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';

/** To the manager: the employee who was to bring up the evaluation did not get word of it. */
export function unreachableCard(lang: Lang, agreement: AgreementView): Card {
  const { evaluation: words, agreement: agreementWords } = messagesFor(lang);
  const values = { name: escapeMarkdown(agreement.memberName), day: longDay(lang, agreement.nextDay) };
  return noticeWithButtons(lang, {
    title: format(lang, words.unreachableTitle, values),
    sentence: format(lang, words.unreachableText, values),
    buttons: [button(lang, 'agreement.show', agreementWords.view, { id: agreement.id })],
  });
}
