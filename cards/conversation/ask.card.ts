import { type Button, button, type Part } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Fold, fold } from '../fold.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './ask.template.json' with { type: 'json' };

type Line = { text: string };
/** The id of the element that is collapsed at first, in the template. */
const SICK = 'sick';
const fillTemplate = template<{
  title: string;
  intro: string;
  mayTitle: string;
  may: Line[];
  sickTitle: string;
  sick: Line[];
  moreNotTitle: string;
  mayNotMore: Line[];
  mayNotTitle: string;
  mayNot: Line[];
  note: string;
  buttons: (Button | Fold)[];
  more: Button[];
  source: string;
}>(json);

/** What a manager may and may not ask, with the way back to the part that it was opened from. */
export function askCard(lang: Lang, from: Part): Card {
  const { ui, ask } = messagesFor(lang).conversation;
  return fillTemplate(lang, ask.title, {
    title: ask.title,
    intro: ask.intro,
    mayTitle: ui.mayTitle,
    may: ask.may.map((text) => ({ text })),
    sickTitle: ui.sickTitle,
    moreNotTitle: ui.moreNotTitle,
    mayNotMore: ask.mayNotMore.map((text) => ({ text })),
    sick: ask.maySick.map((text) => ({ text })),
    mayNotTitle: ui.mayNotTitle,
    mayNot: ask.mayNot.map((text) => ({ text })),
    note: ask.note,
    buttons: [fold(ui.sickFold, SICK), button(lang, 'conversation.part', ui.back, { part: from })],
    more: [button(lang, 'knowledge.piece', ui.ill, { piece: 'absence-contact' })],
    source: sourceLine(lang, ask.source),
  });
}
