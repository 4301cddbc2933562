import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { pageOf } from '../pages.js';
import { stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './contacts.template.json' with { type: 'json' };
import { type ContactView, checkedLine, contactName, MOST_CONTACTS, reachLine } from './hr-view.js';

export type ContactsData = {
  readonly contacts: readonly ContactView[];
  /** Ids of those that nobody has looked at for long. */
  readonly unchecked: readonly string[];
  readonly etag: string;
  readonly page: number;
  /** The notice on top, of what just happened; empty for none. */
  readonly notice: string;
  readonly conflict: boolean;
};

type Row = {
  name: string;
  reach: string;
  checked: string;
  color: string;
  right: string;
  open: Button;
  press: Button;
};
const PER_PAGE = 7;
const fillTemplate = template<{
  title: string;
  intro: string;
  notice: string;
  alert: string;
  rows: Row[];
  range: string;
  buttons: Button[];
}>(json);

/** The organisation's own people to turn to; one press says that somebody is still right. */
export function contactsCard(lang: Lang, data: ContactsData): Card {
  const { hr: words } = messagesFor(lang);
  const { shown, page, lastPage, range } = pageOf(data.contacts, data.page, PER_PAGE);
  const full = data.contacts.length >= MOST_CONTACTS;
  return fillTemplate(lang, words.contactsTitle, {
    title: words.contactsTitle,
    intro: range.total === 0 ? words.contactsEmpty : words.contactsIntro,
    notice: data.notice,
    alert: data.conflict ? words.conflict : '',
    rows: shown.map((contact) => rowOf(lang, contact, { ...data, page })),
    range: lastPage > 0 ? format(lang, words.page, range) : '',
    buttons: [
      ...(full ? [] : [button(lang, 'hr.contact', words.add, { id: '' })]),
      ...(page < lastPage ? [button(lang, 'hr.contacts', words.later, { page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'hr.contacts', words.earlier, { page: page - 1 })] : []),
      button(lang, 'hr.show', words.back, {}, { secondary: true }),
    ],
  });
}

function rowOf(lang: Lang, contact: ContactView, { unchecked, etag, page }: ContactsData): Row {
  const { hr: words } = messagesFor(lang);
  const { id } = contact;
  const old = unchecked.includes(id);
  const spoken = { name: stripMarkdown(contact.name) };
  return {
    name: contactName(lang, contact),
    reach: reachLine(contact),
    checked: checkedLine(lang, old ? words.checkedLong : words.checkedOn, contact),
    color: old ? 'Attention' : 'Default',
    right: words.stillRight,
    open: button(lang, 'hr.contact', format(lang, words.openSpoken, spoken), { id }),
    // A press on the row's end, not a button: a card may have six of those.
    press: button(lang, 'hr.contact-checked', format(lang, words.stillRightSpoken, spoken), {
      id,
      etag,
      page,
    }),
  };
}
