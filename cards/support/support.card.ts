import { type Button, button, link } from '../actions.js';
import { CONTACTS, type Contact, contact } from '../content/contacts.js';
import { siteOf } from '../content/links.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import type { ContactKind, ContactView } from '../hr/hr-view.js';
import { type Card, template } from '../render.js';
import { ownPeople, type Shown } from './own-people.card.js';
import json from './support.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  intro: string;
  groups: { title: string; contacts: Shown[] }[];
  buttons: Button[];
  privacy: string;
}>(json);

/** Kinds in the order in which they help: who listens now, who is near, who knows about one thing. */
const GROUPS = ['listen', 'organisation', 'helpline'] as const;
const LISTENS = 'luisterlijn';
/** So many of the organisation's own fit beside all others; the rest is one press away. */
const MOST_OWN = 6;
/** What is said in general of somebody whom HR has named is no help any more. */
const NAMED_BY: Readonly<Record<string, readonly ContactKind[]>> = {
  vertrouwenspersoon: ['confidant-internal', 'confidant-external'],
  bedrijfsarts: ['company-doctor', 'open-consultation'],
  'maatschappelijk-werk': ['social-work'],
};

/**
 * Someone to talk to: number, hours, costs and link of each, and the day on which its own page was last read. The
 * organisation's own people, if HR filled them in, come before all others. `grief`: somebody told of a death, and
 * that is what is answered first.
 */
export function supportCard(lang: Lang, own: readonly ContactView[], { grief = false } = {}): Card {
  const { support, menu, hr } = messagesFor(lang);
  const people = ownPeople(lang, own);
  const left = people.length - MOST_OWN;
  const general = CONTACTS.filter((one) => !own.some(({ kind }) => NAMED_BY[one.id]?.includes(kind)));
  return fillTemplate(lang, support.title, {
    title: support.title,
    intro: grief ? `${support.grief} ${support.intro}` : support.intro,
    groups: [
      ...(people.length === 0 ? [] : [{ title: hr.ownGroup, contacts: people.slice(0, MOST_OWN) }]),
      ...GROUPS.map((kind) => ({
        title: support.groups[kind],
        contacts: general.filter((one) => groupOf(one) === kind).map((one) => shown(lang, one)),
      })),
    ],
    buttons: [
      ...(left > 0
        ? [button(lang, 'support.own', format(lang, hr.ownMore, { count: left }), { page: 0 })]
        : []),
      ...callButtons(lang, contact(LISTENS)),
      button(lang, 'menu.show', menu.menu, {}),
    ],
    privacy: support.privacy,
  });
}

/** Who worries about someone's life finds 113 with those who listen; 112 stands on the card for danger. */
function groupOf(one: Contact): string {
  return one.kind === 'crisis' ? 'listen' : one.kind;
}

function shown(lang: Lang, one: Contact): Shown {
  const { support } = messagesFor(lang);
  const words = support.contacts[one.id as keyof typeof support.contacts];
  const site = one.link === null ? '' : `[${siteOf(one.link)}](${one.link})`;
  return {
    name: words.name,
    what: words.what,
    reach: [one.phone === null ? '' : `[${one.phone}](${one.tel})`, words.hours, site]
      .filter((part) => part !== '')
      .join(' · '),
    source: one.checked === null ? '' : format(lang, support.checked, { date: longDay(lang, one.checked) }),
  };
}

function callButtons(lang: Lang, one: Contact): Button[] {
  const { support } = messagesFor(lang);
  const name = support.contacts[one.id as keyof typeof support.contacts].name;
  const buttons: Button[] = [];
  if (one.tel !== null) buttons.push(link(format(lang, support.call, { phone: one.phone ?? '' }), one.tel));
  if (one.link !== null) buttons.push(link(format(lang, support.site, { name }), one.link));
  return buttons;
}
