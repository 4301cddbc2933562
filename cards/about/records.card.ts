import { type Button, button } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { longDay } from '../dates.js';
import { pageOf } from '../pages.js';
import { bare, plain } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './records.template.json' with { type: 'json' };

/** What one record is to the employee whom it is about. */
export type RecordView = {
  readonly id: string;
  /** Entra object id of whose record it is. */
  readonly manager: string;
  readonly managerName: string;
  /** Days: since when it is on record, and when it goes by itself; null while it is open. */
  readonly since: string;
  readonly until: string | null;
};

const PER_PAGE = 6;
const fillTemplate = template<{
  title: string;
  intro: string;
  records: { who: string; since: string; until: string; open: string; press: Button }[];
  range: string;
  never: string;
  buttons: Button[];
}>(json);

/** Everything that is on record about somebody: by whom, since when and until when. */
export function recordsCard(lang: Lang, records: readonly RecordView[], asked: number): Card {
  const words = wordsIn(lang).about;
  const { shown, page, lastPage, range } = pageOf(records, asked, PER_PAGE);
  return fillTemplate(lang, words.recordsTitle, {
    title: words.recordsTitle,
    intro: records.length === 0 ? words.recordsEmpty : words.recordsIntro,
    records: shown.map(({ id, manager, managerName, since, until }) => ({
      who: plain(managerName),
      since: fill(lang, words.recordsSince, { day: longDay(lang, since) }),
      until:
        until === null ? words.recordsOpen : fill(lang, words.recordsUntil, { day: longDay(lang, until) }),
      open: words.recordsShow,
      press: button(lang, 'about.show', `${words.recordsShow}: ${bare(managerName)}`, { manager, id }),
    })),
    range: lastPage > 0 ? fill(lang, words.recordsPage, range) : '',
    never: words.recordsNever,
    buttons: [
      ...(page > 0 ? [button(lang, 'about.records', words.recordsEarlier, { page: page - 1 })] : []),
      ...(page < lastPage ? [button(lang, 'about.records', words.recordsLater, { page: page + 1 })] : []),
      ...(records.length > 0 ? [button(lang, 'about.ways', words.exportButton, {})] : []),
      button(lang, 'menu.show', wordsIn(lang).menu.menu, {}),
    ],
  });
}
