import { type Button, button } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { longDay } from '../dates.js';
import { pageOf } from '../pages.js';
import { bare, plain } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './records.template.json' with { type: 'json' };

/** What one record is to the employee whom it is about: what is there, or what was removed when they asked. */
export type RecordView = Whose & (Present | Removed);
type Whose = {
  readonly id: string;
  /** Entra object id of whose record it is. */
  readonly manager: string;
  readonly managerName: string;
  /** The day since when it is or was on record. */
  readonly since: string;
};
type Present = {
  readonly removedOn: null;
  /** The day on which it goes by itself; null while it is open. */
  readonly until: string | null;
  /** The last day to answer the request to remove it; null when there is none. */
  readonly removalBy: string | null;
};
type Removed = { readonly removedOn: string };

const PER_PAGE = 6;
const fillTemplate = template<{
  title: string;
  intro: string;
  records: { who: string; since: string; until: string; open: string; press: Button }[];
  removed: { who: string; since: string; until: string }[];
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
    records: shown.flatMap((record) => (record.removedOn === null ? line(lang, record) : [])),
    removed: shown.flatMap((record) => (record.removedOn === null ? [] : removedLine(lang, record))),
    range: lastPage > 0 ? fill(lang, words.recordsPage, range) : '',
    never: words.recordsNever,
    buttons: [
      ...(page > 0 ? [button(lang, 'about.records', words.recordsEarlier, { page: page - 1 })] : []),
      ...(page < lastPage ? [button(lang, 'about.records', words.recordsLater, { page: page + 1 })] : []),
      ...(records.some(({ removedOn }) => removedOn === null)
        ? [button(lang, 'about.export', words.exportButton, { page: 0 })]
        : []),
      button(lang, 'menu.show', wordsIn(lang).menu.menu, {}),
    ],
  });
}

function line(lang: Lang, record: Whose & Present) {
  const { about: words } = wordsIn(lang);
  const { id, manager, managerName } = record;
  return {
    ...whoLine(lang, record),
    until: [untilLine(lang, record), removalLine(lang, record)].filter((text) => text !== '').join(' '),
    open: words.recordsShow,
    press: button(lang, 'about.show', `${words.recordsShow}: ${bare(managerName)}`, { manager, id }),
  };
}

function removedLine(lang: Lang, record: Whose & Removed) {
  const { removal: words } = wordsIn(lang);
  const day = longDay(lang, record.removedOn);
  return { ...whoLine(lang, record), until: fill(lang, words.listRemoved, { day }) };
}

function whoLine(lang: Lang, { managerName, since }: Whose) {
  const { about: words } = wordsIn(lang);
  return {
    who: plain(managerName),
    since: fill(lang, words.recordsSince, { day: longDay(lang, since) }),
  };
}

function untilLine(lang: Lang, { until }: Present): string {
  const { about: words } = wordsIn(lang);
  return until === null ? words.recordsOpen : fill(lang, words.recordsUntil, { day: longDay(lang, until) });
}

function removalLine(lang: Lang, { removalBy }: Present): string {
  const { removal: words } = wordsIn(lang);
  return removalBy === null ? '' : fill(lang, words.listWaiting, { by: longDay(lang, removalBy) });
}
