import { button } from '../actions.js';
import { type Lang, wordsIn } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import type { Card } from '../render.js';

/** To who may not record things about others here: why, and what there is for them all the same. */
export function notListedCard(lang: Lang): Card {
  const { about, hr: words, menu } = wordsIn(lang);
  return noticeWithButtons(lang, words.notListedTitle, words.notListed, [
    button(lang, 'conversation.part', menu.conversation, { part: 'prepare' }),
    button(lang, 'about.records', about.recordsButton, { page: 0 }),
    button(lang, 'knowledge.subjects', menu.subjects, {}),
    button(lang, 'support.show', menu.support, {}),
    button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
  ]);
}
