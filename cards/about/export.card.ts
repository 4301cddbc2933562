import { type Button, button } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { pageOf } from '../pages.js';
import { type Card, template } from '../render.js';
import json from './export.template.json' with { type: 'json' };

/** So many records as JSON stay within what a card may weigh, with the longest words. */
const PER_PAGE = 2;
const fillTemplate = template<{
  title: string;
  notice: string;
  intro: string;
  text: string;
  elsewhere: string;
  range: string;
  buttons: Button[];
}>(json);

/**
 * Everything that is on record about somebody as it is kept, to be copied; `records` are plain values, `notice` why
 * it comes where something else was asked for.
 */
export function exportRecordsCard(lang: Lang, records: readonly object[], asked: number, notice = ''): Card {
  const words = wordsIn(lang).about;
  const { shown, page, lastPage, range } = pageOf(records, asked, PER_PAGE);
  return fillTemplate(lang, words.exportTitle, {
    title: words.exportTitle,
    notice,
    intro: words.exportIntro,
    text: JSON.stringify(shown, null, 1),
    elsewhere: words.exportElsewhere,
    range: lastPage > 0 ? fill(lang, words.recordsPage, range) : '',
    buttons: [
      ...(page > 0 ? [button(lang, 'about.export', words.recordsEarlier, { page: page - 1 })] : []),
      ...(page < lastPage ? [button(lang, 'about.export', words.recordsLater, { page: page + 1 })] : []),
      button(lang, 'about.ways', words.back, {}),
    ],
  });
}
