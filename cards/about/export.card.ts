import { type Button, button } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import type { Block } from '../document.js';
import { pageOf } from '../pages.js';
import { plain } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './export.template.json' with { type: 'json' };
import { type Recorded, sectionOf } from './records-document.js';

/** One record: to read, and as it is kept, a plain value. */
export type Exported = { readonly recorded: Recorded; readonly kept: object };

/** With the longest words one record, told twice, is what a card may weigh. */
const PER_PAGE = 1;
const fillTemplate = template<{
  title: string;
  notice: string;
  intro: string;
  lines: Line[];
  text: string;
  elsewhere: string;
  range: string;
  buttons: Button[];
}>(json);
type Line = { text: string; weight: string; spacing: string };

/**
 * Everything that is on record about somebody, to be copied from the chat: to read, and as it is kept, which clients
 * without a code block leave out. `notice` is why it comes where something else was asked for.
 */
export function exportRecordsCard(
  lang: Lang,
  records: readonly Exported[],
  asked: number,
  notice = '',
): Card {
  const words = wordsIn(lang).about;
  const { shown, page, lastPage, range } = pageOf(records, asked, PER_PAGE);
  return fillTemplate(lang, words.exportTitle, {
    title: words.exportTitle,
    notice,
    intro: records.length === 0 ? words.recordsEmpty : words.exportIntro,
    lines: shown.flatMap(({ recorded }) => sectionOf(lang, recorded)).map(lineOf),
    text: JSON.stringify(
      shown.map(({ kept }) => kept),
      null,
      1,
    ),
    elsewhere: words.exportElsewhere,
    range: lastPage > 0 ? fill(lang, words.recordsPage, range) : '',
    buttons: [
      ...(page > 0 ? [button(lang, 'about.export', words.recordsEarlier, { page: page - 1 })] : []),
      ...(page < lastPage ? [button(lang, 'about.export', words.recordsLater, { page: page + 1 })] : []),
      button(lang, 'about.ways', words.back, {}),
    ],
  });
}

function lineOf(block: Block): Line {
  switch (block.kind) {
    case 'heading':
      return { text: plain(block.text), weight: 'Bolder', spacing: 'Medium' };
    case 'fact':
      return {
        text: `**${plain(block.title)}:** ${plain(block.value)}`,
        weight: 'Default',
        spacing: 'Small',
      };
    case 'item':
      return { text: `• ${plain(block.text)}`, weight: 'Default', spacing: 'Small' };
    case 'text':
      return { text: plain(block.text), weight: 'Default', spacing: 'Small' };
  }
}
