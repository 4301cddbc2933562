import { type Button, button } from '../actions.js';
import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { type MomentDays, type RequestView, whenLine } from '../moments/moment-view.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './own.template.json' with { type: 'json' };

/** Whose record it is, by Entra object id, and by name where that is known; and its id. */
export type OwnRecord = { readonly manager: string; readonly managerName: string; readonly id: string };
const fillTemplate = template<{
  title: string;
  notice: string;
  lines: { text: string }[];
  buttons: Button[];
}>(json);

export type OwnCoffeeData = OwnRecord & {
  readonly rhythm: keyof Messages['coffee']['rhythms'] | null;
  readonly lastDay: string | null;
  readonly nextDay: string | null;
  readonly refused: boolean;
  readonly notice: string;
};

/** To the employee: a coffee that a manager has with them, and how to say that one would rather not. */
export function ownCoffeeCard(lang: Lang, data: OwnCoffeeData): Card {
  const { requests: words, about, coffee } = messagesFor(lang);
  const { rhythm, lastDay, nextDay, refused, notice } = data;
  const where = whereOf(data);
  const title = format(lang, words.coffeeTitle, { manager: whose(lang, data.managerName) });
  const onList = rhythm !== null;
  const dayLine = (text: string, day: string | null) =>
    day === null ? [] : [format(lang, text, { day: longDay(lang, day) })];
  const lines = [
    ...(onList ? [format(lang, about.recordsRhythm, { rhythm: coffee.rhythms[rhythm] })] : []),
    ...dayLine(about.recordsLast, lastDay),
    ...dayLine(about.recordsNext, nextDay),
    refused ? words.coffeeRefusedNow : onList ? words.coffeeText : words.coffeeAllowedNow,
  ];
  return fillTemplate(lang, title, {
    title,
    notice,
    lines: lines.map((text) => ({ text })),
    buttons: [
      ...(refused ? [button(lang, 'own.allow-coffee', words.coffeeAllow, where)] : []),
      ...(!refused && onList ? [button(lang, 'own.refuse-coffee', words.coffeeRefuse, where)] : []),
      back(lang),
    ],
  });
}

export type OwnMomentData = OwnRecord & {
  readonly moment: MomentDays & { readonly request: RequestView | null };
  readonly notice: string;
};

/** To the employee: a moment about them, and what they can ask of it. */
export function ownMomentCard(lang: Lang, data: OwnMomentData): Card {
  const { requests: words } = messagesFor(lang);
  const { moment, notice } = data;
  const where = whereOf(data);
  const title = momentTitle(lang, data);
  const { request } = moment;
  const waits = request !== null && request.answeredAt === null;
  return fillTemplate(lang, title, {
    title,
    notice,
    lines: [
      `${whenLine(lang, moment)}.`,
      request === null ? words.momentText : requestLine(lang, moment, request),
    ].map((text) => ({ text })),
    buttons: [
      ...(waits
        ? [button(lang, 'own.withdraw', words.withdraw, where)]
        : [
            button(lang, 'own.ask-dates', words.askDates, where),
            button(lang, 'own.ask-removal', words.askRemove, where),
          ]),
      back(lang),
    ],
  });
}

/** What asking for removal comes to. No field for a reason: none is needed, and it would say too much. */
export function askMomentRemovalCard(
  lang: Lang,
  { by, ...record }: OwnRecord & { readonly by: string },
): Card {
  const { requests: words } = messagesFor(lang);
  return fillTemplate(lang, words.removeTitle, {
    title: words.removeTitle,
    notice: '',
    lines: [{ text: format(lang, words.removeText, { by: longDay(lang, by) }) }],
    buttons: [
      button(lang, 'own.send-removal', words.send, record),
      button(lang, 'own.moment', words.cancel, record),
    ],
  });
}

/** What the buttons of a card about such a record carry. */
export function whereOf({ manager, managerName, id }: OwnRecord): OwnRecord {
  return { manager, managerName, id };
}

function momentTitle(
  lang: Lang,
  { managerName, moment }: Pick<OwnMomentData, 'managerName' | 'moment'>,
): string {
  const { requests: words, moments } = messagesFor(lang);
  return format(lang, words.momentTitle, {
    kind: moments.kinds[moment.kind],
    manager: whose(lang, managerName),
  });
}

/** What became of a request, to who made it. */
function requestLine(lang: Lang, moment: MomentDays, request: RequestView): string {
  const { requests: words } = messagesFor(lang);
  const { answeredAt, kept, what, by } = request;
  if (answeredAt !== null) {
    return kept === null ? words.doneLine : format(lang, words.keptLine, { why: words.why[kept] });
  }
  const values = { by: longDay(lang, by), when: askedDates(lang, moment, request) };
  return format(lang, what === 'remove' ? words.waitingRemove : words.waitingDates, values);
}

/** The dates that were asked for, as the moment would have them. */
export function askedDates(lang: Lang, { kind, from }: MomentDays, request: RequestView): string {
  return inSentence(whenLine(lang, { kind, from: request.from ?? from, until: request.until }));
}

/** The manager by name, or as the manager where nothing tells it. */
export function whose(lang: Lang, managerName: string): string {
  return managerName === '' ? messagesFor(lang).about.recordsManager : escapeMarkdown(managerName);
}

function back(lang: Lang): Button {
  return button(lang, 'about.records', messagesFor(lang).requests.back, { page: 0 });
}

/** A line that begins with a capital, to stand within a sentence. */
export function inSentence(line: string): string {
  return line.charAt(0).toLowerCase() + line.slice(1);
}
