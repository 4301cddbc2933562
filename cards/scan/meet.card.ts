import { type Button, button, MEET_PARTS, type MeetPart } from '../actions.js';
import { type Characteristic, interventionOf } from '../content/characteristics.js';
import { pieceWords } from '../content/pieces.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import type { Card } from '../render.js';
import { sourceLine } from '../source.js';
import { characteristicTitle } from './answer.card.js';
import { row, scanPage } from './page.js';

/** Minutes of each part; together an hour and a half. */
const MINUTES: Readonly<Record<MeetPart, number>> = {
  welcome: 5,
  compare: 15,
  understand: 20,
  choose: 10,
  ideas: 25,
  agree: 15,
};

export type AgendaPart = {
  readonly part: MeetPart;
  readonly title: string;
  readonly short: string;
  readonly time: string;
};

/** The parts of the meeting with their times, from its first minute on. */
export function agenda(lang: Lang): readonly AgendaPart[] {
  const { meet: words } = messagesFor(lang).scan;
  let from = 0;
  return MEET_PARTS.map((part) => {
    const to = from + MINUTES[part];
    const time = format(lang, words.time, { from, to });
    from = to;
    return { part, time, title: words.parts[part].title, short: words.parts[part].short };
  });
}

export type MeetData = {
  /** The code of a scan; empty where the guide is read without one. */
  readonly id: string;
  /** What the team talks about first. */
  readonly subjects: readonly Characteristic[];
  readonly hasOutcome: boolean;
};

/** The meeting at a glance: its parts with their times. */
export function agendaCard(lang: Lang, { id, hasOutcome }: MeetData): Card {
  const { meet: words, outcome, source, home } = messagesFor(lang).scan;
  return scanPage(lang, {
    title: words.title,
    lines: [words.intro, words.safe, { text: words.agendaTitle, bold: true }],
    parts: agenda(lang).flatMap(({ part, title, short, time }) =>
      row(`${time}: ${title}`, short, button(lang, 'scan.meet', title, { id, part })),
    ),
    buttons: [
      button(lang, 'scan.meet', words.next, { id, part: 'welcome' }),
      ...(hasOutcome ? [button(lang, 'scan.outcome', messagesFor(lang).scan.news.see, { id, page: 0 })] : []),
      ...(hasOutcome ? [button(lang, 'scan.file', outcome.file, { id })] : []),
      button(lang, 'scan.open', home, {}, { secondary: true }),
    ],
    note: sourceLine(lang, source),
  });
}

/** One part of the meeting: what to do, what to ask, and ideas that fit. */
export function meetPartCard(lang: Lang, data: MeetData, part: MeetPart): Card {
  const { meet: words, questions, source, outcome } = messagesFor(lang).scan;
  const { id, subjects, hasOutcome } = data;
  const at = MEET_PARTS.indexOf(part);
  const [previous, next] = [MEET_PARTS[at - 1], MEET_PARTS[at + 1]];
  const { title, tips } = words.parts[part];
  const asks = part === 'understand';
  return scanPage(lang, {
    title: format(lang, words.part, { number: at + 1, title }),
    lines: [
      agenda(lang)[at]?.time ?? '',
      ...tips.map((tip) => `- ${tip}`),
      ...(part === 'welcome' || part === 'compare' ? [words.rule] : []),
      ...((asks || part === 'ideas') && !hasOutcome ? [words.noOutcome] : []),
      ...(asks
        ? subjects.flatMap((one) => [
            {
              text: format(lang, words.questionsTitle, { title: characteristicTitle(lang, one) }),
              bold: true,
            } as const,
            ...questions[one].map((question) => `- ${question}`),
          ])
        : []),
    ],
    parts: part === 'ideas' ? subjects.flatMap((one) => ideasFor(lang, one)) : [],
    buttons: [
      ...(next === undefined ? [] : [button(lang, 'scan.meet', words.next, { id, part: next })]),
      ...(previous === undefined ? [] : [button(lang, 'scan.meet', words.previous, { id, part: previous })]),
      button(lang, 'scan.meet', words.agenda, { id, part: 'agenda' }),
      ...(part === 'compare' && hasOutcome
        ? [button(lang, 'scan.outcome', messagesFor(lang).scan.news.see, { id, page: 0 })]
        : []),
      ...(part === 'agree' && hasOutcome ? [button(lang, 'scan.measures', outcome.measures, { id })] : []),
    ] satisfies Button[],
    note: sourceLine(lang, source),
  });
}

/** The measures that fit a characteristic, each with why. */
export function measuresFor(
  lang: Lang,
  id: Characteristic,
): readonly { readonly piece: string; readonly title: string; readonly reason: string }[] {
  const reasons: Readonly<Record<string, string>> = messagesFor(lang).scan.reasons[id];
  return Object.entries(reasons).map(([piece, reason]) => ({
    piece,
    title: pieceWords(lang, piece).title,
    reason,
  }));
}

function ideasFor(lang: Lang, id: Characteristic): readonly unknown[] {
  const intervention = interventionOf(id);
  const words = pieceWords(lang, intervention);
  const open = (piece: string, title: string) => button(lang, 'knowledge.piece', title, { piece });
  return [
    ...row(words.title, words.lead, open(intervention, words.title)),
    ...measuresFor(lang, id).flatMap(({ piece, title, reason }) => row(title, reason, open(piece, title))),
  ];
}
