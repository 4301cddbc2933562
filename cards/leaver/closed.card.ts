import { button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import { supportButton } from '../support/support-button.js';

/**
 * To an employee: what they had agreed on is closed, since their manager cannot be reached any more; it is
 * kept for so many `months`.
 */
export function closedCard(
  lang: Lang,
  { former, months }: { readonly former: string; readonly months: number },
): Card {
  const { about, leaver: words, menu } = messagesFor(lang);
  const values = { former: escapeMarkdown(former), months };
  return noticeWithButtons(lang, {
    title: format(lang, words.closedTitle, values),
    sentence: format(lang, words.closedText, values),
    buttons: [
      button(lang, 'about.records', about.recordsButton, { page: 0 }),
      supportButton(lang),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  });
}
