import { button, type LeavingTyped } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import { plain } from '../plain.js';
import type { Card } from '../render.js';
import { goOn } from './ask.card.js';

/** To HR: it is done, or some of it is left and can be tried once more. */
export function leaverDoneCard(
  lang: Lang,
  typed: LeavingTyped,
  result: { readonly moved: boolean; readonly left: boolean },
): Card {
  const { leaver: words, menu } = wordsIn(lang);
  const onward = [
    button(lang, 'figures.show', words.figures, {}),
    button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
  ];
  if (result.left) {
    return noticeWithButtons(lang, words.leftTitle, words.left, [goOn(lang, typed, words.again), ...onward]);
  }
  return result.moved
    ? noticeWithButtons(
        lang,
        words.movedDoneTitle,
        fill(lang, words.movedDone, { name: plain(typed.name) }),
        onward,
      )
    : noticeWithButtons(lang, words.deletedDoneTitle, words.deletedDone, onward);
}
