import { type Button, button, PARTS } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './choose.template.json' with { type: 'json' };
import { answerRow, pieceRow, type Row } from './rows.js';

/** Something that a text may have meant: an intent, a direct answer, a piece of knowledge, or a part of the guide. */
export type Meant =
  | { readonly intent: string }
  | { readonly answer: string }
  | { readonly piece: string }
  | { readonly part: string };

const fillTemplate = template<{ title: string; intro: string; rows: Row[]; buttons: Button[] }>(json);

/** Two or three things that are nearly as likely, to choose from; `intro` says why, where it is not that. */
export function chooseCard(lang: Lang, meant: readonly Meant[], intro?: string): Card {
  const { knowledge } = messagesFor(lang);
  return fillTemplate(lang, knowledge.chooseTitle, {
    title: knowledge.chooseTitle,
    intro: intro ?? knowledge.chooseIntro,
    rows: meant.filter((one) => isNamed(lang, one)).map((one) => rowOf(lang, one)),
    buttons: [button(lang, 'menu.show', knowledge.neither, {})],
  });
}

/** The menu and what was not understood have no name to be chosen by: the button below leads there. */
function isNamed(lang: Lang, meant: Meant): boolean {
  return !('intent' in meant) || Object.hasOwn(messagesFor(lang).knowledge.intents, meant.intent);
}

function rowOf(lang: Lang, meant: Meant): Row {
  if ('answer' in meant) return answerRow(lang, meant.answer);
  if ('piece' in meant) return pieceRow(lang, meant.piece);
  return 'part' in meant ? partRow(lang, meant.part) : intentRow(lang, meant.intent);
}

function partRow(lang: Lang, id: string): Row {
  const { parts } = messagesFor(lang).conversation;
  const part = PARTS.find((one) => one === id) ?? 'prepare';
  const name = parts[PARTS.indexOf(part)]?.title ?? '';
  return { name, about: '', press: button(lang, 'conversation.part', name, { part }) };
}

function intentRow(lang: Lang, intent: string): Row {
  const { intents } = messagesFor(lang).knowledge;
  const name = intents[intent as keyof typeof intents];
  return { name, about: '', press: button(lang, 'intent.open', name, { intent }) };
}
