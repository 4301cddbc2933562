import { button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import { supportButton } from '../support/support-button.js';

/** To an employee: the manager left, and nobody goes on with what they had agreed on. */
export function deletedCard(lang: Lang, former: string): Card {
  const { leaver: words, menu } = messagesFor(lang);
  const values = { former: escapeMarkdown(former) };
  return noticeWithButtons(lang, {
    title: format(lang, words.deletedTitle, values),
    sentence: format(lang, words.deletedText, values),
    buttons: [supportButton(lang), button(lang, 'menu.show', menu.menu, {}, { secondary: true })],
  });
}
