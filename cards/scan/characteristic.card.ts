import { button } from '../actions.js';
import { interventionOf, pieceOf } from '../content/characteristics.js';
import { pieceWords } from '../content/pieces.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import type { Card } from '../render.js';
import { sourceLine } from '../source.js';
import { supportButton } from '../support/support-button.js';
import { characteristicTitle } from './answer.card.js';
import { groupsLine, meanLine, type OutcomeView } from './outcome.card.js';
import { type Line, scanPage } from './page.js';

export type CharacteristicView = Pick<OutcomeView, 'id' | 'page' | 'isManager'> & {
  readonly row: OutcomeView['outcome']['rows'][number];
};

/**
 * One characteristic of an outcome, for everybody who was asked: the pages of the guide about it speak to who leads the
 * team, who gets the way to them.
 */
export function characteristicCard(lang: Lang, { id, page, isManager, row }: CharacteristicView): Card {
  const { outcome, questions, source } = messagesFor(lang).scan;
  const { characteristic: words } = outcome;
  const list = (kind: string) =>
    pieceWords(lang, pieceOf(row.id)).parts.find((part) => part.kind === kind)?.list ?? [];
  const under = (text: string, lines: readonly string[]): Line[] => [
    { text, bold: true },
    ...lines.map((line) => `- ${line}`),
  ];
  const groups = groupsLine(lang, row.groups);
  return scanPage(lang, {
    title: characteristicTitle(lang, row.id),
    lines: [
      meanLine(lang, row.mean),
      ...(groups === '' ? [] : [groups]),
      ...(row.top === null ? [] : [format(lang, outcome.top, { place: row.top })]),
      ...under(words.notice, list('notice')),
      ...under(words.improve, list('improve')),
      ...under(words.questions, questions[row.id]),
    ],
    buttons: [
      button(lang, 'scan.outcome', words.back, { id, page }),
      isManager
        ? button(lang, 'knowledge.piece', words.manager, { piece: interventionOf(row.id) })
        : supportButton(lang),
    ],
    note: sourceLine(lang, source),
  });
}
