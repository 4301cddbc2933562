import { PARTS } from '../../cards/actions.js';
import { findAnswer } from '../../cards/content/answers.js';
import { findPiece } from '../../cards/content/pieces.js';
import { findSubject } from '../../cards/content/subjects.js';
import { type Lang, messagesFor } from '../../cards/content/words.js';
import { beginCard } from '../../cards/conversation/begin.card.js';
import { crisisCard } from '../../cards/crisis/crisis.card.js';
import type { DangerKind } from '../../cards/crisis/danger-kinds.js';
import { answerCard } from '../../cards/knowledge/answer.card.js';
import { chooseCard, nearestCard } from '../../cards/knowledge/choose.card.js';
import { pieceCard } from '../../cards/knowledge/piece.card.js';
import { subjectCard } from '../../cards/knowledge/subject.card.js';
import { menuCard } from '../../cards/menu/menu.card.js';
import type { Card } from '../../cards/render.js';
import { scanHomeCard } from '../../cards/scan/home.card.js';
import { supportCard } from '../../cards/support/support.card.js';
import { welcomeCard } from '../../cards/welcome/welcome.card.js';
import type { Meant } from './intents/answering.js';
import type { Landing } from './intents/content-index.js';
import { choiceOf, type Understood } from './understand.js';

/** What somebody sees first: the id of the card or piece, and the first lines that stand on it, as they are read. */
export type FirstSight = { readonly answer: string; readonly shows: readonly string[] };

/** Where what is shown depends on what is stored, the name of what opens stands for it. */
const PIECE_OF: Readonly<Record<string, string>> = { 'own-control': 'handle-3-short' };
const MOST_LINES = 4;
const MOST_LINES_OF_CHOICE = 8;

/** What the bot would show for a text first, without asking any store: for trying out what it understands. */
export function firstSight(
  understood: Understood,
  lang: Lang,
  /** What a text in danger is in danger of: it says which card of help comes. */
  kind: DangerKind | null = null,
): FirstSight {
  const { intent, landing, also } = understood;
  if (landing !== null) return landed(landing, also, lang);
  const choice = choiceOf(understood);
  if (choice.length > 0) {
    const card = understood.isFar === true ? nearestCard(lang, choice) : chooseCard(lang, choice);
    return { answer: 'choose', shows: linesOf(card, MOST_LINES_OF_CHOICE) };
  }
  if (intent === 'crisis')
    return { answer: intent, shows: linesOf(crisisCard(lang, kind ?? 'suicide'), MOST_LINES) };
  if (intent === 'menu' || intent === 'unknown') {
    const reason = intent === 'menu' ? 'greeting' : 'unknown';
    return { answer: intent, shows: linesOf(menuCard(lang, reason), MOST_LINES_OF_CHOICE) };
  }
  if (intent === 'privacy') {
    return { answer: intent, shows: linesOf(welcomeCard(lang, 'privacy'), MOST_LINES) };
  }
  if (intent === 'conversation') return { answer: intent, shows: linesOf(beginCard(lang), MOST_LINES) };
  if (intent === 'support') return { answer: intent, shows: linesOf(supportCard(lang, []), MOST_LINES) };
  if (intent === 'team-scan') {
    const home = scanHomeCard(lang, { scans: [], notice: '', code: '', codeProblem: '' });
    return { answer: intent, shows: linesOf(home, MOST_LINES) };
  }
  const piece = PIECE_OF[intent];
  if (piece !== undefined) return landed({ piece }, [], lang);
  const subject = findSubject(intent);
  if (subject !== null && subject.do === undefined) {
    return { answer: intent, shows: linesOf(subjectCard(lang, subject), MOST_LINES_OF_CHOICE) };
  }
  const { intents } = messagesFor(lang).knowledge;
  const name = Object.hasOwn(intents, intent) ? intents[intent as keyof typeof intents] : '';
  return { answer: intent, shows: name === '' ? [] : [name] };
}

function landed(landing: Landing, also: readonly Meant[], lang: Lang): FirstSight {
  if ('part' in landing) {
    const part = messagesFor(lang).conversation.parts.find((_, at) => PARTS[at] === landing.part);
    return { answer: landing.part, shows: part === undefined ? [] : [part.title, part.aim] };
  }
  if ('answer' in landing) {
    const found = findAnswer(landing.answer);
    return {
      answer: landing.answer,
      shows: found === null ? [] : linesOf(answerCard(lang, found, also), MOST_LINES),
    };
  }
  const found = findPiece(landing.piece);
  return {
    answer: landing.piece,
    shows: found === null ? [] : linesOf(pieceCard(lang, found.piece, also), MOST_LINES),
  };
}

/** The first texts of a card from top to bottom. */
function linesOf(card: Card, most: number): readonly string[] {
  return textsOf(card.body).slice(0, most);
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'TextBlock' && 'text' in value && typeof value.text === 'string') {
    return value.text.trim() === '' ? [] : [value.text];
  }
  return ['items', 'columns'].flatMap((name) => textsOf((value as Readonly<Record<string, unknown>>)[name]));
}
