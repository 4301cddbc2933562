import { button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';

/** To the manager who goes on with the agreements of one who left. */
export function takenOverCard(lang: Lang, former: string): Card {
  const { leaver: words, overview } = messagesFor(lang);
  const values = { former: escapeMarkdown(former) };
  return noticeWithButtons(lang, {
    title: format(lang, words.takenOverTitle, values),
    sentence: format(lang, words.takenOverText, values),
    buttons: [button(lang, 'agreement.list', overview.agreements, { page: 0 })],
  });
}
