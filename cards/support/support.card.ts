import { type Button, button, link } from '../actions.js';
import { CONTACTS, type Contact, contact } from '../content/contacts.js';
import { siteOf } from '../content/links.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { type Fold, fold } from '../fold.js';
import type { ContactKind, ContactView } from '../hr/hr-view.js';
import { type Card, template } from '../render.js';
import { ownPeople, type Shown } from './own-people.card.js';
import json from './support.template.json' with { type: 'json' };

type Group = { title: string; contacts: Shown[] };
const fillTemplate = template<{
  title: string;
  intro: string;
  danger: string;
  ask: string;
  near: Group[];
  rest: Group[];
  unfold: Fold[];
  buttons: Button[];
  privacy: string;
}>(json);

/** Kinds in the order in which they help: who listens now, who is near, who knows about one thing. */
const GROUPS = ['listen', 'organisation', 'helpline'] as const;
const LISTENS = 'luisterlijn';
/** Of each so many stand on the card itself: with who listens they fit on a phone. The rest folds out. */
const MOST_NEAR = 2;
/** So many of the organisation's own fit beside all others; the rest is one press away. */
const MOST_OWN = 6;
const REST = 'rest';
/** What is said in general of somebody whom HR has named is no help any more. */
const NAMED_BY: Readonly<Record<string, readonly ContactKind[]>> = {
  vertrouwenspersoon: ['confidant-internal', 'confidant-external'],
  bedrijfsarts: ['company-doctor', 'open-consultation'],
  'maatschappelijk-werk': ['social-work'],
};

export type SupportAsked = {
  /** Somebody told of a death, and that is what is answered first. */
  readonly grief?: boolean;
  /** Id of the contact that was asked for, which stands first; null where none was. */
  readonly asked?: string | null;
};

/**
 * Someone to talk to: number, hours, costs and link of each, and the day on which its own page was last read. Who was
 * asked for stands on the card, or who listens and who is near; all others fold out, since a list of a dozen is no answer
 * on a phone. 113 is on the card always. The organisation's own people come before all others.
 */
export function supportCard(
  lang: Lang,
  own: readonly ContactView[],
  { grief = false, asked = null }: SupportAsked = {},
): Card {
  const { support, menu, hr, teams } = messagesFor(lang);
  const wanted = CONTACTS.find(({ id }) => id === asked) ?? null;
  const isWanted = ({ kind }: ContactView) => wanted !== null && NAMED_BY[wanted.id]?.includes(kind) === true;
  const ownWanted = ownPeople(lang, own.filter(isWanted)).slice(0, MOST_OWN);
  const ownOthers = ownPeople(
    lang,
    own.filter((one) => !isWanted(one)),
  ).slice(0, MOST_OWN - ownWanted.length);
  const left = own.length - ownWanted.length - ownOthers.length;
  const general = CONTACTS.filter((one) => !own.some(({ kind }) => NAMED_BY[one.id]?.includes(kind)));
  const ofKind = (kind: string, except: Contact | null) =>
    general.filter((one) => groupOf(one) === kind && one !== except);
  const group = (title: string, contacts: readonly Shown[]): Group[] =>
    contacts.length === 0 ? [] : [{ title, contacts: [...contacts] }];
  const asShown = (contacts: readonly Contact[]) => contacts.map((one) => shown(lang, one));

  const ownGroup = hr.ownGroup;
  const first =
    wanted === null
      ? [
          ...group(ownGroup, ownOthers.slice(0, MOST_NEAR)),
          // Whose name it is says what it is.
          ...group(own.length === 0 ? support.groups.listen : '', asShown([contact(LISTENS)])),
        ]
      : ownWanted.length > 0
        ? group(ownGroup, ownWanted)
        : group(support.groups[groupOf(wanted) as keyof typeof support.groups], asShown([wanted]));
  const rest = [
    ...group(ownGroup, wanted === null ? ownOthers.slice(MOST_NEAR) : ownOthers),
    ...GROUPS.flatMap((kind) =>
      group(support.groups[kind], asShown(ofKind(kind, wanted ?? contact(LISTENS)))),
    ),
  ];
  const intro = wanted === null ? support.intro : support.introAsked;
  return fillTemplate(lang, support.title, {
    title: support.title,
    intro: grief ? `${support.grief} ${intro}` : intro,
    // Beside the organisation's own people it would be a line too many for a phone: there it stands with the GP below.
    danger: own.length === 0 ? `${support.danger} ${support.gp}` : support.danger,
    ask: wanted !== null && NAMED_BY[wanted.id] !== undefined && ownWanted.length === 0 ? support.askHr : '',
    near: first,
    rest,
    unfold: [fold(support.more, REST)],
    buttons: [
      ...(left > 0
        ? [button(lang, 'support.own', format(lang, hr.ownMore, { count: left }), { page: 0 })]
        : []),
      // Whoever asked for somebody else does not want the number of who listens on the button.
      ...callButtons(lang, wanted ?? contact(LISTENS)),
      button(lang, 'menu.show', menu.menu, {}),
    ],
    privacy: `${support.privacy} ${teams.chat} ${teams.callAnyone}`,
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
  // A site stands in the text too: as a button only where there is no number to call.
  else if (one.link !== null) buttons.push(link(format(lang, support.site, { name }), one.link));
  return buttons;
}
