import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { type Doors, doorsOf } from './doors.js';
import json from './menu.template.json' with { type: 'json' };

/** Why the menu is shown: each has a sentence of its own. */
export type MenuReason = 'greeting' | 'unknown' | 'file' | 'tooLong';

const fillTemplate = template<{
  title: string;
  sentence: string;
  hint: string;
  doors: readonly Doors[];
  buttons: Button[];
}>(json);

/** `forHr`: with the way to what HR fills in. */
export function menuCard(lang: Lang, reason: MenuReason, forHr = false): Card {
  const { menu, hr } = messagesFor(lang);
  return fillTemplate(lang, `${menu.title} ${menu[reason]}`, {
    title: menu.title,
    sentence: menu[reason],
    hint: menu.hint,
    doors: doorsOf(lang),
    buttons: [
      button(lang, 'knowledge.subjects', menu.subjects, {}),
      ...(forHr ? [button(lang, 'hr.show', hr.button, {})] : []),
    ],
  });
}
