import { button } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { plain } from '../plain.js';
import type { Card } from '../render.js';

/** To an employee: what they had agreed on is closed, since their manager cannot be reached any more. */
export function closedCard(lang: Lang, former: string): Card {
  const { about, leaver: words, menu } = wordsIn(lang);
  const values = { former: plain(former) };
  return noticeWithButtons(
    lang,
    fill(lang, words.closedTitle, values),
    fill(lang, words.closedText, values),
    [
      button(lang, 'about.records', about.recordsButton, { page: 0 }),
      button(lang, 'support.show', menu.support, {}),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  );
}
