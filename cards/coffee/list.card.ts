import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { shortDay } from '../dates.js';
import { pageOf } from '../pages.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import type { CoffeeUndo, CoffeeView } from './coffee-view.js';
import json from './list.template.json' with { type: 'json' };
import { undoButtons } from './person.card.js';

export type CoffeeListData = {
  /** In the order in which they are to be looked at. */
  readonly people: readonly CoffeeView[];
  readonly page: number;
  readonly today: string;
  /** The notice on top, of what just happened; empty for none. */
  readonly notice: string;
  /** What just happened can be taken back. */
  readonly undo?: CoffeeUndo | null;
};

type Row = { name: string; when: string; color: string; open: Button; done: string; press: Button };
const PER_PAGE = 7;
const fillTemplate = template<{
  title: string;
  intro: string;
  notice: string;
  rows: Row[];
  range: string;
  buttons: Button[];
}>(json);

/** Everybody with whom a coffee is kept, longest unseen first; one press says that it was had. */
export function coffeeListCard(
  lang: Lang,
  { people, page: asked, today, notice, undo }: CoffeeListData,
): Card {
  const { coffee: words, menu, people: peopleWords } = messagesFor(lang);
  const { shown, page, lastPage, range } = pageOf(people, asked, PER_PAGE);
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: range.total === 0 ? words.empty : words.intro,
    notice,
    rows: shown.map((person) => rowOf(lang, person, today, page)),
    range: lastPage > 0 ? format(lang, words.page, range) : '',
    buttons: [
      ...undoButtons(lang, undo),
      button(lang, 'coffee.add', words.add, {}),
      ...(page < lastPage ? [button(lang, 'coffee.list', words.later, { page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'coffee.list', words.earlier, { page: page - 1 })] : []),
      button(lang, 'people.list', peopleWords.title, { page: 0 }, { secondary: true }),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  });
}

function rowOf(lang: Lang, person: CoffeeView, today: string, page: number): Row {
  const { coffee: words } = messagesFor(lang);
  const { id, version, name, nextDay } = person;
  const day = shortDay(lang, nextDay);
  const text = nextDay < today ? words.overdue : nextDay === today ? words.due : words.next;
  return {
    name: escapeMarkdown(name),
    when: format(lang, text, { day }),
    color: nextDay <= today ? 'Attention' : 'Default',
    open: button(lang, 'coffee.show', format(lang, words.open, { name: stripMarkdown(name) }), { id }),
    done: words.doneRow,
    // A press on the row's end, not a button: a card may have six of those.
    press: button(lang, 'coffee.done', format(lang, words.doneSpoken, { name: stripMarkdown(name) }), {
      id,
      version,
      // Whoever had coffee with five people says so five times here: the list stays.
      page,
    }),
  };
}
