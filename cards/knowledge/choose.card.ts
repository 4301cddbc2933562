import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { supportButton } from '../support/support-button.js';
import json from './choose.template.json' with { type: 'json' };
import { type Meant, meantRows } from './meant.js';
import type { Row } from './rows.js';

const fillTemplate = template<{ title: string; intro: string; rows: readonly Row[]; buttons: Button[] }>(
  json,
);

/**
 * What comes nearest where nothing was near: said as such, so that nobody takes it for what they asked, and with a way
 * on to other words and to a person.
 */
export function nearestCard(lang: Lang, meant: readonly Meant[]): Card {
  const { knowledge, menu } = messagesFor(lang);
  return fillTemplate(lang, knowledge.nearestTitle, {
    title: knowledge.nearestTitle,
    intro: knowledge.nearestIntro,
    rows: meantRows(lang, meant),
    buttons: [
      button(lang, 'knowledge.otherwise', knowledge.neither, {}),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  });
}

/** How to ask in other words, and whom to talk to. */
export function otherwiseCard(lang: Lang): Card {
  const { knowledge, menu } = messagesFor(lang);
  return fillTemplate(lang, knowledge.otherwiseTitle, {
    title: knowledge.otherwiseTitle,
    intro: knowledge.otherwiseIntro,
    rows: [],
    buttons: [
      supportButton(lang),
      button(lang, 'knowledge.subjects', menu.subjects, {}),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  });
}

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
    buttons: [button(lang, 'knowledge.otherwise', knowledge.neither, {})],
  });
}
