import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './menu.template.json' with { type: 'json' };

/** Why the menu is shown: each has a sentence of its own. */
export type MenuReason = 'greeting' | 'unknown' | 'file' | 'tooLong';

const fillTemplate = template<{
  title: string;
  sentence: string;
  hint: string;
  buttons: Button[];
  forHr: boolean;
  more: Button[];
}>(json);

/** `forHr`: with the way to what HR fills in. */
export function menuCard(lang: Lang, reason: MenuReason, forHr = false): Card {
  const { menu, hr } = messagesFor(lang);
  return fillTemplate(lang, `${menu.title} ${menu[reason]}`, {
    title: menu.title,
    sentence: menu[reason],
    hint: menu.hint,
    buttons: [
      button(lang, 'conversation.part', menu.conversation, { part: 'prepare' }),
      button(lang, 'signals.open', menu.signals, {}),
      button(lang, 'agreement.start', menu.agreement, {}),
      button(lang, 'overview.show', menu.overview, { page: 0, of: '' }),
      button(lang, 'support.show', menu.support, {}),
      button(lang, 'knowledge.subjects', menu.subjects, {}),
    ],
    forHr,
    more: [button(lang, 'hr.show', hr.button, {}, { secondary: true })],
  });
}
