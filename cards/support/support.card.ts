import { type Button, button, link } from '../actions.js';
import { CONTACTS, type Contact, contact } from '../content/contacts.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { longDay } from '../dates.js';
import { type Card, template } from '../render.js';
import json from './support.template.json' with { type: 'json' };

type Shown = { name: string; what: string; reach: string; source: string };
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

/** Someone to talk to: number, hours, link, source and the day last checked of each. */
export function supportCard(lang: Lang): Card {
  const { support, menu } = wordsIn(lang);
  return fillTemplate(lang, support.title, {
    title: support.title,
    intro: support.intro,
    groups: GROUPS.map((kind) => ({
      title: support.groups[kind],
      contacts: CONTACTS.filter((one) => groupOf(one) === kind).map((one) => shown(lang, one)),
    })),
    buttons: [...callButtons(lang, contact(LISTENS)), button(lang, 'menu.show', menu.menu, {})],
    privacy: support.privacy,
  });
}

/** Who worries about someone's life finds 113 with those who listen; 112 stands on the card for danger. */
function groupOf(one: Contact): string {
  return one.kind === 'crisis' ? 'listen' : one.kind;
}

function shown(lang: Lang, one: Contact): Shown {
  const { support } = wordsIn(lang);
  const words = support.contacts[one.id as keyof typeof support.contacts];
  const site = one.link === null ? '' : `[${new URL(one.link).hostname.replace(/^www\./, '')}](${one.link})`;
  return {
    name: words.name,
    what: words.what,
    reach: [one.phone === null ? '' : `[${one.phone}](${one.tel})`, words.hours, site]
      .filter((part) => part !== '')
      .join(' · '),
    source: fill(lang, support.source, { source: words.source, date: longDay(lang, one.checked) }),
  };
}

function callButtons(lang: Lang, one: Contact): Button[] {
  const { support } = wordsIn(lang);
  const name = support.contacts[one.id as keyof typeof support.contacts].name;
  const buttons: Button[] = [];
  if (one.tel !== null) buttons.push(link(fill(lang, support.call, { phone: one.phone ?? '' }), one.tel));
  if (one.link !== null) buttons.push(link(fill(lang, support.site, { name }), one.link));
  return buttons;
}
