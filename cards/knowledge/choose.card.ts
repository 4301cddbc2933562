import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './choose.template.json' with { type: 'json' };
import { type Meant, meantRows } from './meant.js';
import type { Row } from './rows.js';

const fillTemplate = template<{ title: string; intro: string; rows: readonly Row[]; buttons: Button[] }>(
  json,
);

/**
 * Two or three things that are nearly as likely, each with its first line, so that the answer is read before anything is
 * chosen; `intro` says why they stand there, where it is not that.
 */
export function chooseCard(lang: Lang, meant: readonly Meant[], intro?: string): Card {
  const { knowledge } = messagesFor(lang);
  return fillTemplate(lang, knowledge.chooseTitle, {
    title: knowledge.chooseTitle,
    intro: intro ?? knowledge.chooseIntro,
    rows: meantRows(lang, meant),
    buttons: [button(lang, 'menu.show', knowledge.neither, {})],
  });
}
