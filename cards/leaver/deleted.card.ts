import { button } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { plain } from '../plain.js';
import type { Card } from '../render.js';

/** To an employee: the manager left, and nobody goes on with what they had agreed on. */
export function deletedCard(lang: Lang, former: string): Card {
  const { leaver: words, menu } = wordsIn(lang);
  const values = { former: plain(former) };
  return noticeWithButtons(
    lang,
    fill(lang, words.deletedTitle, values),
    fill(lang, words.deletedText, values),
    [
      button(lang, 'support.show', menu.support, {}),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  );
}
