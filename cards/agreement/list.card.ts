import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { shortDay } from '../dates.js';
import { pageOf } from '../pages.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { type AgreementView, undeliveredLine } from './agreement-view.js';
import json from './list.template.json' with { type: 'json' };

export type ListCardData = {
  /** In the order in which they are to be looked at. */
  readonly agreements: readonly AgreementView[];
  readonly page: number;
  readonly today: string;
  /** How many are closed and still there. */
  readonly closed: number;
};

/** A closed agreement, with the days on which it was closed and will go. */
export type ClosedView = {
  readonly agreement: AgreementView;
  readonly closedOn: string;
  readonly until: string;
};

const PER_PAGE = 6;
const fillTemplate = template<{
  title: string;
  empty: string;
  agreements: { name: string; next: string; color: string; answer: string; open: string; press: Button }[];
  range: string;
  buttons: Button[];
}>(json);

/** All open agreements of a manager, a page at a time; a page beyond the last shows the last. */
export function listCard(lang: Lang, data: ListCardData): Card {
  const { about, agreement: words, menu, people } = messagesFor(lang);
  const { shown, page, lastPage, range } = pageOf(data.agreements, data.page, PER_PAGE);
  return fillTemplate(lang, words.listTitle, {
    title: words.listTitle,
    empty: range.total > 0 ? '' : data.closed > 0 ? words.listNoneOpen : words.listEmpty,
    agreements: shown.map((agreement) => line(lang, agreement, data.today)),
    range: lastPage > 0 ? format(lang, words.listPage, range) : '',
    buttons: [
      button(lang, 'agreement.start', words.title, {}),
      ...(page > 0 ? [button(lang, 'agreement.list', words.earlier, { page: page - 1 })] : []),
      ...(page < lastPage ? [button(lang, 'agreement.list', words.later, { page: page + 1 })] : []),
      ...(data.closed > 0 ? [button(lang, 'agreement.closed', words.closedButton, { page: 0 })] : []),
      // Who recorded nothing may mean what was recorded with them.
      button(lang, 'about.records', about.recordsButton, { page: 0 }, { secondary: range.total > 0 }),
      button(lang, 'people.list', people.title, { page: 0 }, { secondary: true }),
      // No more than six fit.
      ...(lastPage > 0 ? [] : [button(lang, 'menu.show', menu.menu, {}, { secondary: true })]),
    ],
  });
}

/** The closed agreements of a manager, to be read until they go: the newest first, a page at a time. */
export function closedListCard(lang: Lang, closed: readonly ClosedView[], asked: number): Card {
  const { agreement: words } = messagesFor(lang);
  const { shown, page, lastPage, range } = pageOf(closed, asked, PER_PAGE);
  return fillTemplate(lang, words.closedTitle, {
    title: words.closedTitle,
    empty: range.total === 0 ? words.closedEmpty : '',
    agreements: shown.map(({ agreement, closedOn, until }) => ({
      name: escapeMarkdown(agreement.memberName),
      next: format(lang, words.closedOn, { day: shortDay(lang, closedOn), until: shortDay(lang, until) }),
      color: 'Default',
      answer: '',
      open: words.open,
      press: openButton(lang, agreement),
    })),
    range: lastPage > 0 ? format(lang, words.listPage, range) : '',
    buttons: [
      button(lang, 'agreement.list', words.listTitle, { page: 0 }),
      ...(page > 0 ? [button(lang, 'agreement.closed', words.earlier, { page: page - 1 })] : []),
      ...(page < lastPage ? [button(lang, 'agreement.closed', words.later, { page: page + 1 })] : []),
    ],
  });
}

function line(lang: Lang, agreement: AgreementView, today: string) {
  const words = messagesFor(lang).agreement;
  const overdue = agreement.nextDay < today;
  const text = overdue ? words.listOverdue : agreement.nextDay === today ? words.listToday : words.listNext;
  const name = escapeMarkdown(agreement.memberName);
  return {
    name,
    next: format(lang, text, { day: shortDay(lang, agreement.nextDay) }),
    color: agreement.nextDay <= today ? 'Attention' : 'Default',
    answer: [format(lang, words.answer[agreement.answer], { name }), undeliveredLine(lang, agreement)]
      .filter((text) => text !== '')
      .join('. '),
    open: words.open,
    press: openButton(lang, agreement),
  };
}

/** The whole row is the button: a button on each would be more than a card may have. */
function openButton(lang: Lang, { id, memberName }: AgreementView): Button {
  const words = messagesFor(lang).agreement;
  return button(lang, 'agreement.show', `${words.open}: ${stripMarkdown(memberName)}`, { id });
}
