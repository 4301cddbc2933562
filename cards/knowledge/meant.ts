import { button, PARTS } from '../actions.js';
import { pieceWords } from '../content/pieces.js';
import { type Lang, messagesFor } from '../content/words.js';
import { answerRow, pieceRow, type Row } from './rows.js';
import type { Way } from './ways-on.js';

/** Something that a text may have meant: an intent, a direct answer, a piece of knowledge, or a part of the guide. */
export type Meant =
  | { readonly intent: string }
  | { readonly answer: string }
  | { readonly piece: string }
  | { readonly part: string };

/** What goes under an answer where the words may have meant something else: a line, and at most two ways. */
export type Others = { readonly line: string; readonly ways: readonly Way[] };

const MOST_OTHERS = 2;
const MOST_LETTERS = 150;

/** Rows to choose by, each with its first line: the answer itself, or what the piece or the card is about. */
export function meantRows(lang: Lang, meant: readonly Meant[]): readonly Row[] {
  return meant.filter((one) => isNamed(lang, one)).map((one) => rowOf(lang, one));
}

export function othersOf(lang: Lang, meant: readonly Meant[]): Others {
  const ways = meantRows(lang, meant)
    .slice(0, MOST_OTHERS)
    .map(({ name, press }) => ({ name, press }));
  return { line: ways.length === 0 ? '' : messagesFor(lang).knowledge.meantOther, ways };
}

/** The menu and what was not understood have no name to be chosen by: the button below leads there. */
function isNamed(lang: Lang, meant: Meant): boolean {
  return !('intent' in meant) || Object.hasOwn(messagesFor(lang).knowledge.intents, meant.intent);
}

function rowOf(lang: Lang, meant: Meant): Row {
  if ('answer' in meant) return answerRow(lang, meant.answer);
  if ('piece' in meant) return pieceRow(lang, meant.piece, firstLines(pieceWords(lang, meant.piece).lead));
  return 'part' in meant ? partRow(lang, meant.part) : intentRow(lang, meant.intent);
}

/** As much as an answer says in its first lines, in whole sentences. */
function firstLines(lead: string): string {
  const sentences = lead.split(/(?<=[.!?])\s+/u);
  return sentences.reduce((said, next) =>
    said.length + next.length < MOST_LETTERS ? `${said} ${next}` : said,
  );
}

function partRow(lang: Lang, id: string): Row {
  const { parts } = messagesFor(lang).conversation;
  const part = PARTS.find((one) => one === id) ?? 'prepare';
  const { title = '', aim = '' } = parts[PARTS.indexOf(part)] ?? {};
  return { name: title, about: aim, press: button(lang, 'conversation.part', title, { part }) };
}

function intentRow(lang: Lang, intent: string): Row {
  const { intents, subjects } = messagesFor(lang).knowledge;
  const name = intents[intent as keyof typeof intents];
  const about = Object.hasOwn(subjects, intent) ? subjects[intent as keyof typeof subjects].about : '';
  return { name, about, press: button(lang, 'intent.open', name, { intent }) };
}
