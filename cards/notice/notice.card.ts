import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './notice.template.json' with { type: 'json' };

const fillTemplate = template<{ title: string; sentence: string; buttons: Button[] }>(json);

/** One thing to say, with a way on: never a dead end. */
export function noticeCard(lang: Lang, title: string, sentence: string): Card {
  return noticeWithButtons(lang, {
    title,
    sentence,
    buttons: [button(lang, 'menu.show', messagesFor(lang).menu.menu, {})],
  });
}

/** The same with a way on of its own. */
export function noticeWithButtons(
  lang: Lang,
  {
    title,
    sentence,
    buttons,
  }: { readonly title: string; readonly sentence: string; readonly buttons: Button[] },
): Card {
  // In one line after the other the title needs its stop.
  const stop = /[.?!]$/u.test(title) ? '' : '.';
  return fillTemplate(lang, `${title}${stop} ${sentence}`, { title, sentence, buttons });
}
