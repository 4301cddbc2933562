import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type ContactView, checkedLine, contactName, reachLine } from '../hr/hr-view.js';
import { pageOf } from '../pages.js';
import { type Card, template } from '../render.js';
import json from './own-people.template.json' with { type: 'json' };

/** Somebody to turn to, as the cards show them. */
export type Shown = { name: string; what: string; reach: string; source: string };

const PER_PAGE = 10;
const fillTemplate = template<{
  title: string;
  contacts: Shown[];
  none: string;
  range: string;
  buttons: Button[];
  privacy: string;
}>(json);

/** All of the organisation's own people, where there are more than fit beside the others, or whom a manager calls. */
export function ownPeopleCard(lang: Lang, own: readonly ContactView[], asked: number): Card {
  const { hr: words, support, teams } = messagesFor(lang);
  const { shown, page, lastPage, range } = pageOf(ownPeople(lang, own), asked, PER_PAGE);
  return fillTemplate(lang, words.ownTitle, {
    title: words.ownTitle,
    contacts: [...shown],
    none: own.length === 0 ? words.ownNone : '',
    range: lastPage > 0 ? format(lang, words.page, range) : '',
    buttons: [
      ...(page < lastPage ? [button(lang, 'support.own', words.later, { page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'support.own', words.earlier, { page: page - 1 })] : []),
      button(lang, 'support.show', support.title, {}),
    ],
    privacy: `${support.privacy} ${teams.chat} ${teams.callAnyone}`,
  });
}

/** The organisation's own people, in the order of their kinds: what HR typed shows as it was typed. */
export function ownPeople(lang: Lang, own: readonly ContactView[]): Shown[] {
  const { hr: words } = messagesFor(lang);
  const kinds = Object.keys(words.kinds);
  return [...own]
    .sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind))
    .map((one) => ({
      name: contactName(lang, one),
      what: words.ownWhat[one.kind],
      reach: reachLine(one),
      source: checkedLine(lang, words.ownChecked, one),
    }));
}
