import { type Button, button, type MeasureSearch } from '../actions.js';
import { type Measure, pieceWords } from '../content/pieces.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { pieceRow, type Row } from '../knowledge/rows.js';
import { pageOf } from '../pages.js';
import { type Card, template } from '../render.js';
import { ANY } from './finder.card.js';
import json from './found.template.json' with { type: 'json' };

const PER_PAGE = 8;
const fillTemplate = template<{
  found: string;
  chosen: string;
  rows: Row[];
  range: string;
  note: string;
  buttons: Button[];
}>(json);

export type FoundData = {
  readonly search: MeasureSearch;
  readonly measures: readonly Measure[];
  readonly page: number;
};

/** Measures side by side, a page at a time; a page beyond the last shows the last. */
export function foundCard(lang: Lang, { search, measures, page: asked }: FoundData): Card {
  const { finder, agreement, menu } = messagesFor(lang);
  const { shown, page, lastPage, range } = pageOf(measures, asked, PER_PAGE);
  const found = measures.length === 0 ? finder.none : format(lang, finder.found, { count: measures.length });
  return fillTemplate(lang, found, {
    found,
    chosen: chosenLine(lang, search),
    rows: shown.map((measure) => pieceRow(lang, measure.id, aboutMeasure(lang, measure))),
    range: lastPage > 0 ? format(lang, agreement.listPage, range) : '',
    note: finder.note,
    buttons: [
      ...(page < lastPage ? [button(lang, 'measures.page', finder.next, { search, page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'measures.page', finder.previous, { search, page: page - 1 })] : []),
      button(lang, 'measures.open', finder.change, { search }),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  });
}

function chosenLine(lang: Lang, { theme, level, effect }: MeasureSearch): string {
  const { finder } = messagesFor(lang);
  const named = [nameIn(finder.themes, theme), nameIn(finder.levels, level), nameIn(finder.effects, effect)];
  return named.filter((name) => name !== '').join(' · ') || finder.any;
}

function aboutMeasure(lang: Lang, { id, level, effect }: Measure): string {
  const { finder } = messagesFor(lang);
  const sides = [
    ...level.map((one) => nameIn(finder.levels, one)),
    ...effect.map((one) => nameIn(finder.effects, one)),
  ];
  return `${pieceWords(lang, id).lead} (${sides.join(', ')})`;
}

function nameIn(names: Readonly<Record<string, string>>, id: string): string {
  return id !== ANY && Object.hasOwn(names, id) ? (names[id] ?? '') : '';
}
