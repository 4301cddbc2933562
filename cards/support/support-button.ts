import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';

/** The way to whoever helps, such as the company doctor and the confidential adviser. */
export function supportButton(lang: Lang): Button {
  return button(lang, 'support.show', messagesFor(lang).menu.support, {});
}
