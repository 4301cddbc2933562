import { type Button, button, link } from '../actions.js';
import { contact } from '../content/contacts.js';
import { type Card, fixedCard, template } from '../render.js';
import json from './crisis.template.json' with { type: 'json' };
import type { DangerKind, HelpLang } from './danger-kinds.js';
import { directed } from './direction.js';
import { type HelpMessages, helpMessagesFor, restOfBotIn } from './help-messages.js';

/** A card of help: for a kind of danger, or with who is there to talk to. */
export type HelpTopic = DangerKind | 'support';

type Line = { readonly text: string };
type Part = { readonly title: string; readonly lines: readonly Line[] };
/** What a card of help says; first whom to call, then what to do. */
type Help = {
  readonly title: string;
  readonly lead: string;
  readonly calls: readonly Button[];
  readonly parts: readonly Part[];
  readonly notes: readonly string[];
  /** For who heard of it from somebody else: the title of the button to what they can do then. */
  readonly heard?: string;
};

const fillTemplate = template<{
  title: string;
  lead: string;
  leadStyle: string;
  calls: readonly { readonly buttons: readonly Button[] }[];
  parts: readonly Part[];
  notes: readonly Line[];
  more: readonly Button[];
  small: readonly Line[];
}>(json);

/** In red, for what has to be done this minute; elsewhere red would only frighten. */
const URGENT: readonly HelpTopic[] = ['medical', 'violence'];
/** Lists helplines by country. */
const ABROAD = 'findahelpline.com';
/** What a manager does who is told of misconduct. */
const MISCONDUCT_HEARD = 'misconduct-heard';

/** What stands before everything else when words point to danger, in any language of the workforce. Nothing of it is kept. */
export const crisisCard = fixedCard((lang: HelpLang, topic: HelpTopic = 'suicide'): Card => {
  const messages = helpMessagesFor(lang);
  const help = HELP[topic](messages);
  const rest = restOfBotIn(lang);
  const small = [...(lang === rest ? [] : [messages.restIsDutchAndEnglish]), messages.suicide.nothingKept];
  const card = fillTemplate(lang, [help.title, help.lead, help.parts[0]?.lines[0]?.text ?? ''].join(' '), {
    ...help,
    leadStyle: URGENT.includes(topic) ? 'attention' : 'accent',
    calls: rowsOf(help.calls),
    notes: linesOf(help.notes.map(linked)),
    more: [
      ...(help.heard === undefined
        ? []
        : [button(rest, 'knowledge.piece', help.heard, { piece: MISCONDUCT_HEARD })]),
      topic === 'support' ? button(rest, 'menu.show', messages.menu, {}) : supportButton(lang, messages),
    ],
    small: linesOf(small),
  });
  return directed(card, messages);
});

const HELP: Readonly<Record<HelpTopic, (messages: HelpMessages) => Help>> = {
  suicide: ({ suicide }) => ({
    title: suicide.title,
    lead: suicide.lead,
    calls: [
      call('crisis-113', suicide.call['113']),
      link(suicide.call['0800'], 'tel:08000113'),
      link(suicide.call.chat, contact('crisis-113').link ?? 'https://www.113.nl'),
      call('emergency-112', suicide.call['112']),
    ],
    parts: [
      { title: suicide.forWhom.self, lines: linesOf(suicide.self) },
      { title: suicide.forWhom.other, lines: linesOf(suicide.other) },
    ],
    notes: [suicide.languages, suicide.abroad],
  }),
  medical: ({ medical, suicide }) => ({
    title: medical.title,
    lead: medical.lead,
    calls: [call('emergency-112', medical.call['112']), call('crisis-113', suicide.call['113'])],
    parts: [{ title: '', lines: linesOf(medical.until) }],
    notes: [medical.tell, medical.after],
  }),
  violence: ({ violence }) => ({
    title: violence.title,
    lead: violence.lead,
    calls: [call('emergency-112', violence.call['112'])],
    parts: [{ title: '', lines: linesOf(violence.do) }],
    notes: [violence.tell, violence.after],
  }),
  home: ({ home }) => ({
    title: home.title,
    lead: home.lead,
    calls: [call('veilig-thuis', home.call.veiligThuis), call('emergency-112', home.call['112'])],
    parts: [{ title: '', lines: linesOf(home.do) }],
    notes: [home.atWork],
  }),
  sexual: ({ sexual }) => ({
    title: sexual.title,
    lead: sexual.lead,
    calls: [call('centrum-seksueel-geweld', sexual.call.csg), call('emergency-112', sexual.call['112'])],
    parts: [{ title: '', lines: linesOf(sexual.do) }],
    notes: [sexual.atWork],
    heard: sexual.heard,
  }),
  support: ({ support, suicide }) => ({
    title: support.title,
    lead: support.lead,
    calls: [
      call('crisis-113', suicide.call['113']),
      call('emergency-112', suicide.call['112']),
      link(`De Luisterlijn: ${contact('luisterlijn').phone ?? ''}`, contact('luisterlijn').tel ?? ''),
    ],
    parts: [{ title: '', lines: linesOf(support.lines) }],
    notes: [support.languages],
  }),
};

/** In the two languages of the bot the whole card of support, with the organisation's own people. */
function supportButton(lang: HelpLang, { support }: HelpMessages): Button {
  const rest = restOfBotIn(lang);
  return lang === rest
    ? button(rest, 'support.show', support.title, {})
    : button(rest, 'crisis.show', support.title, helpData(lang, 'support'));
}

/** The button to a card of help. Topics go as numbers: texts in a payload are judged for danger themselves. */
export function helpData(lang: HelpLang, topic: HelpTopic): { topic: number; spoken: HelpLang } {
  return { topic: HELP_TOPICS.indexOf(topic), spoken: lang };
}

/** Append only: buttons of cards already in chats refer to these by index. */
export const HELP_TOPICS = ['suicide', 'medical', 'violence', 'home', 'sexual', 'support'] as const;

function call(id: string, title: string): Button {
  const { tel } = contact(id);
  if (tel === null) throw new RangeError(`${id} has no number to call`);
  return link(title, tel);
}

function linesOf(texts: readonly string[]): readonly Line[] {
  return texts.map((text) => ({ text }));
}

/** Two columns: on a narrow screen a third would be cut off. */
function rowsOf(calls: readonly Button[]): readonly { readonly buttons: readonly Button[] }[] {
  return calls.flatMap((_, at) => (at % 2 === 0 ? [{ buttons: calls.slice(at, at + 2) }] : []));
}

function linked(text: string): string {
  return text.replace(ABROAD, `[${ABROAD}](https://${ABROAD})`);
}
