import { button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import type { RemovalView } from './removal-view.js';

/** To the manager: once more before it is gone, since nothing brings it back. `employee` is the Entra id of who asked. */
export function sureOfRemovalCard(
  lang: Lang,
  agreement: AgreementView,
  { removal: { askedAt }, employee }: { readonly removal: RemovalView; readonly employee: string },
): Card {
  const { removal: words } = messagesFor(lang);
  const { id, conversationDay, memberName } = agreement;
  const values = { name: escapeMarkdown(memberName), day: longDay(lang, conversationDay) };
  return noticeWithButtons(lang, {
    title: words.sureTitle,
    sentence: format(lang, words.sureText, values),
    buttons: [
      button(lang, 'removal.grant', words.sure, { id, askedAt, employee }),
      button(lang, 'removal.decide', words.back, { id }),
    ],
  });
}

/** To the manager: it is gone. */
export function removedCard(lang: Lang, memberName: string): Card {
  const { removal: words, agreement } = messagesFor(lang);
  const text = format(lang, words.grantedDone, { name: escapeMarkdown(memberName) });
  return noticeWithButtons(lang, {
    title: words.grantedDoneTitle,
    sentence: text,
    buttons: [button(lang, 'agreement.list', agreement.listTitle, { page: 0 })],
  });
}

/** To the manager who presses once more: it is gone already. */
export function removedBeforeCard(lang: Lang): Card {
  const { removal: words, agreement } = messagesFor(lang);
  return noticeWithButtons(lang, {
    title: words.grantedDoneTitle,
    sentence: words.grantedBefore,
    buttons: [button(lang, 'agreement.list', agreement.listTitle, { page: 0 })],
  });
}
