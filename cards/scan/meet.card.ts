import { type Button, button, MEET_PARTS, type MeetPart } from '../actions.js';
import { type Characteristic, interventionOf } from '../content/characteristics.js';
import { pieceWords } from '../content/pieces.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import type { Card } from '../render.js';
import { sourceLine } from '../source.js';
import { characteristicChoices, characteristicTitle } from './answer.card.js';
import { measuresTitle } from './measures.card.js';
import { field, row, scanPage } from './page.js';

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
  /** What the team talks about first: what it chose, else what its outcome says. */
  readonly subjects: readonly Characteristic[];
  /** What it chose at its meeting, by id with commas between; empty where it has not. It is kept in the cards alone. */
  readonly chosen: string;
  readonly hasOutcome: boolean;
  readonly hasMeasures: boolean;
  /** They chose more than there is time for. */
  readonly tooMany: boolean;
};

/** The meeting at a glance: its parts with their times. */
export function agendaCard(lang: Lang, { id, hasOutcome, chosen }: MeetData): Card {
  const { meet: words, outcome, source, home } = messagesFor(lang).scan;
  return scanPage(lang, {
    title: words.title,
    lines: [words.intro, words.safe, { text: words.agendaTitle, bold: true }],
    parts: agenda(lang).flatMap(({ part, title, short, time }) =>
      row(`${time}: ${title}`, short, button(lang, 'scan.meet', `${time}: ${title}`, { id, part, chosen })),
    ),
    buttons: [
      button(lang, 'scan.meet', words.next, { id, part: 'welcome', chosen }),
      ...(hasOutcome ? [button(lang, 'scan.outcome', messagesFor(lang).scan.news.see, { id, page: 0 })] : []),
      ...(hasOutcome ? [button(lang, 'scan.file', outcome.file, { id })] : []),
      button(lang, 'scan.open', home, {}, { secondary: true }),
    ],
    note: sourceLine(lang, source),
  });
}

/** One part of the meeting: what to do, what to ask, and ideas that fit. */
export function meetPartCard(lang: Lang, data: MeetData, part: MeetPart): Card {
  const { meet: words, questions, source, answer } = messagesFor(lang).scan;
  const { id, subjects, hasOutcome, chosen } = data;
  const at = MEET_PARTS.indexOf(part);
  const [previous, next] = [MEET_PARTS[at - 1], MEET_PARTS[at + 1]];
  const { title, tips } = words.parts[part];
  const asks = part === 'understand';
  const choosing = part === 'choose';
  const isExample = !hasOutcome && chosen === '';
  const open = (to: MeetPart | 'agenda', label: string) =>
    button(lang, 'scan.meet', label, { id, part: to, chosen, choosing });
  return scanPage(lang, {
    title: format(lang, words.part, { number: at + 1, title }),
    problems: data.tooMany ? answer.topMany : '',
    lines: [
      agenda(lang)[at]?.time ?? '',
      ...tips.map((tip) => `- ${tip}`),
      ...(part === 'welcome' || part === 'compare' ? [words.rule] : []),
      ...((asks || part === 'ideas') && isExample ? [words.noOutcome] : []),
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
    parts: choosing
      ? field({
          kind: 'several',
          id: 'subjects',
          label: answer.topLabel,
          // What the outcome says stands there to be kept or changed; an example is nobody's choice.
          value: isExample ? '' : subjects.join(','),
          choices: characteristicChoices(lang),
        })
      : part === 'ideas'
        ? subjects.flatMap((one) => ideasFor(lang, one))
        : [],
    buttons: [
      ...(next === undefined ? [] : [open(next, words.next)]),
      ...(previous === undefined ? [] : [open(previous, words.previous)]),
      open('agenda', words.agenda),
      ...(part === 'compare' && hasOutcome
        ? [button(lang, 'scan.outcome', messagesFor(lang).scan.news.see, { id, page: 0 })]
        : []),
      ...(part === 'agree' && hasOutcome
        ? [button(lang, 'scan.measures', measuresTitle(lang, data.hasMeasures), { id })]
        : []),
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
