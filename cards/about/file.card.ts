import { button, type FileKind } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { noticeWithButtons } from '../notice/notice.card.js';
import type { Card } from '../render.js';

/** What happens next, beside the message in which Teams asks; a client that asks nothing still has the chat. */
export function fileAskedCard(lang: Lang): Card {
  const { export: words } = messagesFor(lang);
  return noticeWithButtons(lang, {
    title: words.askedTitle,
    sentence: words.askedText,
    buttons: [
      button(lang, 'about.export', words.button.chat, { page: 0 }),
      button(lang, 'about.ways', words.back, {}),
    ],
  });
}

/** That a file did not come, or may not have come, and why. */
export function fileNotSavedCard(lang: Lang, as: FileKind, why: 'failed' | 'used' | 'uncertain'): Card {
  const { export: words } = messagesFor(lang);
  return noticeWithButtons(lang, {
    title: words.notSavedTitle[why],
    sentence: words.notSaved[why],
    buttons: [
      button(lang, 'about.file', words.again, { as }),
      button(lang, 'about.export', words.button.chat, { page: 0 }),
    ],
  });
}
