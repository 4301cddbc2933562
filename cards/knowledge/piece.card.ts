import { type Button, button } from '../actions.js';
import { linkAddress, siteOf } from '../content/links.js';
import { type Deed, type Part, type Piece, pieceWords } from '../content/pieces.js';
import { subjectOf } from '../content/subjects.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Fold, fold } from '../fold.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import { deedButton } from './deeds.js';
import { drawing } from './drawings.js';
import { onButton } from './on-button.js';
import json from './piece.template.json' with { type: 'json' };
import { subjectWords } from './rows.js';

type Shown = {
  title: string;
  style: string;
  text: string;
  lines: { text: string }[];
  rows: { name: string; text: string }[];
};
/** The id of what is out of sight, in the template. */
const FOLDED = 'folded';
/** So many pieces it leads on to. */
const MOST_MORE = 3;
const fillTemplate = template<{
  crumb: string;
  title: string;
  lead: string;
  drawing: unknown[];
  parts: Shown[];
  folded: Shown[];
  unfold: Fold[];
  buttons: Button[];
  source: string;
}>(json);

/** One piece of knowledge: the point, what stands behind it, what to do now, and the way on. */
export function pieceCard(lang: Lang, piece: Piece): Card {
  const { knowledge } = messagesFor(lang);
  const words = pieceWords(lang, piece.id);
  const subject = subjectOf(piece.id);
  const folded = words.parts.findIndex(({ folded }) => folded === true);
  const firstFolded = folded === -1 ? words.parts.length : folded;
  return fillTemplate(lang, `${words.title}. ${words.lead}`, {
    crumb: format(lang, knowledge.crumb, { title: subjectWords(lang, subject).name }),
    title: words.title,
    lead: words.lead,
    drawing: drawing(lang, piece.picture),
    parts: words.parts.slice(0, firstFolded).map(shown),
    folded: words.parts.slice(firstFolded).map(shown),
    unfold: firstFolded < words.parts.length ? [fold(knowledge.unfold, FOLDED)] : [],
    // The button that unfolds takes a place: a card may have six.
    buttons: waysOn(lang, piece, folded === -1 ? MOST_MORE : MOST_MORE - 1),
    source: sourceLine(lang, piece.source),
  });
}

function shown({ title = '', text = '', list = [], say = [], rows = [] }: Part): Shown {
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
      .map((id) => button(lang, 'knowledge.piece', onButton(pieceWords(lang, id).title), { piece: id })),
    button(lang, 'knowledge.subject', back, { subject: subject.id }),
    button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
  ];
}
