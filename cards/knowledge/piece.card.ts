import { type Button, button } from '../actions.js';
import { linkAddress, siteOf } from '../content/links.js';
import { type Deed, type Part, type Piece, pieceWords } from '../content/pieces.js';
import { subjectOf } from '../content/subjects.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Fold, fold } from '../fold.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import { deedButton } from './deeds.js';
import { drawing, drawingInWords } from './drawings.js';
import { foldParts, type ShownPart } from './fold-parts.js';
import { type Meant, type Others, othersOf } from './meant.js';
import json from './piece.template.json' with { type: 'json' };
import { subjectWords } from './rows.js';
import { type Way, waysOnOf } from './ways-on.js';

/** The id of the element that is collapsed at first, in the template. */
const FOLDED = 'folded';
/** A drawing takes the place of so many lines of text. */
const LINES_OF_DRAWING = 22;
/** So many pieces it leads on to. */
const MOST_MORE = 3;
const fillTemplate = template<{
  crumb: string;
  title: string;
  lead: string;
  drawing: unknown[];
  parts: readonly ShownPart[];
  folded: readonly ShownPart[];
  unfold: Fold[];
  ways: readonly Way[];
  buttons: readonly Button[];
  others: Others;
  source: string;
}>(json);

/**
 * One piece of knowledge: the point, what stands behind it, what to do now, the way on, and what else may have been meant
 * where `also` has any.
 */
export function pieceCard(lang: Lang, piece: Piece, also: readonly Meant[] = []): Card {
  const { knowledge } = messagesFor(lang);
  const words = pieceWords(lang, piece.id);
  const subject = subjectOf(piece.id);
  const marked = words.parts.findIndex(({ folded }) => folded === true);
  const open = words.parts.slice(0, marked === -1 ? words.parts.length : marked).map(shown);
  const rest = words.parts.slice(open.length).map(shown);
  const inWords = drawingInWords(lang, piece.picture);
  const source = sourceLine(lang, piece.source);
  const others = othersOf(lang, also);
  const mostMore = MOST_MORE - others.ways.length;
  const most = waysOn(lang, piece, mostMore);
  const fitted = foldParts(open, {
    title: words.title,
    lead: words.lead,
    source,
    // What is behind the three dots is a button too.
    buttons: most.length + others.ways.length + (rest.length > 0 ? 1 : 0),
    drawing: piece.picture === undefined ? 0 : LINES_OF_DRAWING,
  });
  const folded = [...(inWords === '' ? [] : [shown({ text: inWords })]), ...fitted.folded, ...rest];
  return fillTemplate(lang, `${words.title}. ${words.lead}`, {
    crumb: format(lang, knowledge.crumb, { title: subjectWords(lang, subject).name }),
    title: words.title,
    lead: words.lead,
    drawing: drawing(lang, piece.picture),
    parts: fitted.shown,
    folded,
    unfold: folded.length > 0 ? [fold(knowledge.unfold, FOLDED)] : [],
    // The button that unfolds takes a place: a card may have six.
    ...waysOnOf(folded.length === 0 ? most : waysOn(lang, piece, mostMore - 1)),
    others,
    source,
  });
}

function shown({ title = '', text = '', list = [], say = [], rows = [] }: Part): ShownPart {
  return {
    title,
    // What can be said aloud stands apart, as in the guide through the talk.
    style: say.length > 0 ? 'emphasis' : 'default',
    text,
    lines: [...list.map((line) => ({ text: `- ${line}` })), ...say.map((line) => ({ text: `“${line}”` }))],
    rows: rows.map(({ name, text, link }) => ({
      name,
      text: link === undefined ? text : `${text} ${siteLink(link)}`,
    })),
  };
}

function siteLink(id: string): string {
  const address = linkAddress(id);
  return `[${siteOf(address)}](${address})`;
}

function waysOn(lang: Lang, piece: Piece, most: number): Button[] {
  const { knowledge, menu } = messagesFor(lang);
  const subject = subjectOf(piece.id);
  const deed = piece.do as Deed | undefined;
  const back = format(lang, knowledge.subject, { title: subjectWords(lang, subject).name });
  return [
    ...(deed === undefined ? [] : [deedButton(lang, deed)]),
    ...(piece.more ?? [])
      .slice(0, most)
      .map((id) => button(lang, 'knowledge.piece', pieceWords(lang, id).title, { piece: id })),
    button(lang, 'knowledge.subject', back, { subject: subject.id }),
    button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
  ];
}
