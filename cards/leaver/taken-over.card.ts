import { button } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { plain } from '../plain.js';
import type { Card } from '../render.js';

/** To the manager who goes on with the agreements of one who left. */
export function takenOverCard(lang: Lang, former: string): Card {
  const { leaver: words, overview } = wordsIn(lang);
  const values = { former: plain(former) };
  return noticeWithButtons(
    lang,
    fill(lang, words.takenOverTitle, values),
    fill(lang, words.takenOverText, values),
    [button(lang, 'agreement.list', overview.agreements, { page: 0 })],
  );
}
