import { button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import type { Card } from '../render.js';
import { supportButton } from '../support/support-button.js';

/**
 * To who may not record things about others here: why, and what there is for them all the same. `owns`: they recorded
 * something before, which stays theirs.
 */
export function notListedCard(lang: Lang, owns: boolean): Card {
  const { about, hr: words, menu } = messagesFor(lang);
  const text = owns ? words.noLongerListed : words.notListed;
  return noticeWithButtons(lang, {
    title: words.notListedTitle,
    sentence: text,
    buttons: [
      ...(owns ? [button(lang, 'overview.show', menu.overview, { page: 0, of: '' })] : []),
      button(lang, 'intent.open', menu.conversation, { intent: 'conversation' }),
      button(lang, 'about.records', about.recordsButton, { page: 0 }),
      button(lang, 'knowledge.subjects', menu.subjects, {}),
      supportButton(lang),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  });
}
