import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import type { Block } from '../document.js';
import { pageOf } from '../pages.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './export.template.json' with { type: 'json' };
import { type Recorded, sectionOf } from './records-document.js';
import { isTrace } from './traces-document.js';

/** One record: to read, and as it is kept, a plain value. */
export type Exported = { readonly recorded: Recorded; readonly kept: object };

/** So many characters stay within what a card may weigh, whatever they are. */
const MOST_CHARACTERS = 8_000;
const fillTemplate = template<{
  title: string;
  notice: string;
  intro: string;
  limits: string;
  unreadable: string;
  lines: Line[];
  text: string;
  elsewhere: string;
  notHere: string;
  range: string;
  buttons: Button[];
}>(json);
type Line = { text: string; weight: string; spacing: string };
/** What fits one card: some to read, some as it is kept, or both. */
type Sheet = { readonly lines: readonly Line[]; readonly text: string };

/**
 * Everything that is on record about somebody, to be copied from the chat: to read, and as it is kept, which clients
 * without a code block leave out. `notice` is why it comes where something else was asked for, `unreadable` that there
 * is more that may be about them.
 */
export function exportRecordsCard(
  lang: Lang,
  records: readonly Exported[],
  {
    asked,
    notice = '',
    unreadable = false,
  }: { readonly asked: number; readonly notice?: string; readonly unreadable?: boolean },
): Card {
  const { about: words, export: exported } = messagesFor(lang);
  const empty = records.every(({ recorded }) => isTrace(recorded));
  const sheets = records.flatMap((record) => sheetsOf(lang, record));
  const { shown, page, lastPage, range } = pageOf(sheets, asked, 1);
  return fillTemplate(lang, words.exportTitle, {
    title: words.exportTitle,
    notice,
    intro: empty ? words.recordsEmpty : words.exportIntro,
    limits: empty ? '' : words.recordsLimits,
    unreadable: unreadable ? words.recordsUnreadable : '',
    lines: shown.flatMap(({ lines }) => lines),
    text: shown[0]?.text ?? '',
    elsewhere: words.exportElsewhere,
    notHere: page < lastPage ? '' : [exported.notHereTitle, ...exported.notHere].join(' '),
    range: lastPage > 0 ? format(lang, words.exportPage, range) : '',
    buttons: [
      ...(page < lastPage ? [button(lang, 'about.export', words.recordsLater, { page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'about.export', words.recordsEarlier, { page: page - 1 })] : []),
      button(lang, 'about.ways', words.back, {}),
    ],
  });
}

/** An agreement of years has more evaluations than one card can hold: it goes on, on the next. */
function sheetsOf(lang: Lang, { recorded, kept }: Exported): readonly Sheet[] {
  const toRead = chunked(sectionOf(lang, recorded).map(lineOf), ({ text }) => text.length);
  const asKept = chunked(JSON.stringify(kept, null, 1).split('\n'), ({ length }) => length + 1);
  const [lines = [], ...moreLines] = toRead;
  const [code = [], ...moreCode] = asKept;
  const length = lines.reduce((sum, { text }) => sum + text.length, code.join('\n').length);
  if (moreLines.length === 0 && moreCode.length === 0 && length <= MOST_CHARACTERS) {
    return [{ lines, text: code.join('\n') }];
  }
  return [
    ...toRead.map((some) => ({ lines: some, text: '' })),
    ...asKept.map((some) => ({ lines: [], text: some.join('\n') })),
  ];
}

function chunked<One>(all: readonly One[], lengthOf: (one: One) => number): readonly (readonly One[])[] {
  const chunks: One[][] = [];
  let left = 0;
  for (const one of all) {
    left -= lengthOf(one);
    if (chunks.length === 0 || left < 0) {
      chunks.push([]);
      left = MOST_CHARACTERS - lengthOf(one);
    }
    chunks.at(-1)?.push(one);
  }
  return chunks;
}

function lineOf(block: Block): Line {
  switch (block.kind) {
    case 'heading':
      return { text: escapeMarkdown(block.text), weight: 'Bolder', spacing: 'Medium' };
    case 'fact':
      return {
        text: `**${escapeMarkdown(block.title)}:** ${escapeMarkdown(block.value)}`,
        weight: 'Default',
        spacing: 'Small',
      };
    case 'item':
      return { text: `• ${escapeMarkdown(block.text)}`, weight: 'Default', spacing: 'Small' };
    case 'text':
      return { text: escapeMarkdown(block.text), weight: 'Default', spacing: 'Small' };
  }
}
