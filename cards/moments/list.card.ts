import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { pageOf } from '../pages.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './list.template.json' with { type: 'json' };
import { type MomentView, nextLine, whenLine } from './moment-view.js';

export type MomentListData = {
  readonly moments: readonly MomentView[];
  readonly page: number;
  readonly notice: string;
};

const PER_PAGE = 6;
const fillTemplate = template<{
  title: string;
  notice: string;
  intro: string;
  rows: { name: string; when: string; next: string; press: Button }[];
  range: string;
  buttons: Button[];
  sensitive: string;
}>(json);

/** The moments of a manager's people, and what to do with those that are never recorded. */
export function momentListCard(lang: Lang, { moments, page: asked, notice }: MomentListData): Card {
  const { moments: words, menu } = messagesFor(lang);
  const { shown, page, lastPage, range } = pageOf(moments, asked, PER_PAGE);
  return fillTemplate(lang, words.title, {
    title: words.title,
    notice,
    intro: range.total === 0 ? words.empty : words.intro,
    rows: shown.map((moment) => {
      const kind = words.kinds[moment.kind];
      const spoken = format(lang, words.open, { name: stripMarkdown(moment.memberName), kind });
      return {
        name: format(lang, words.reminderTitle, { kind, name: escapeMarkdown(moment.memberName) }),
        when: whenLine(lang, moment),
        next: nextLine(lang, moment),
        press: button(lang, 'moments.show', spoken, { id: moment.id }),
      };
    }),
    range: lastPage > 0 ? format(lang, words.page, range) : '',
    buttons: [
      button(lang, 'moments.add', words.add, {}),
      ...(page < lastPage ? [button(lang, 'moments.list', words.later, { page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'moments.list', words.earlier, { page: page - 1 })] : []),
      button(lang, 'knowledge.subject', words.guidance, { subject: 'life-events' }),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    sensitive: words.sensitive,
  });
}
