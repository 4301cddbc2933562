import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import { measuresTitle } from './measures.card.js';
import { field, scanPage } from './page.js';

/** A scan as who started it sees it: nobody's answer is in it, nor who has answered. */
export type ManagedScan = {
  readonly id: string;
  readonly name: string;
  readonly asked: number;
  /** Null once it is closed, and where it cannot be known. */
  readonly answered: number | null;
  readonly lastDay: string;
  readonly status: 'open' | 'closed' | 'dropped';
  /** Null where it is not known, as of what has an outcome. */
  readonly droppedWhy: 'few' | 'unreadable' | null;
  readonly closedOn: string | null;
  /** How many answered a scan that is closed. */
  readonly counted: number | null;
  readonly hasMeasures: boolean;
  readonly nextDay: string | null;
  /** There is an earlier scan to compare it with. */
  readonly hasBefore: boolean;
  readonly mayAskAgain: boolean;
};

/** One scan: how it stands, and what its maker can do with it. */
export function managedScanCard(lang: Lang, scan: ManagedScan, notice: string): Card {
  const { scan: words } = messagesFor(lang);
  const { id } = scan;
  const name = escapeMarkdown(scan.name);
  const day = longDay(lang, scan.lastDay);
  const isOpen = scan.status === 'open';
  const closed =
    scan.closedOn === null || scan.counted === null
      ? []
      : [format(lang, words.closedLong, { day: longDay(lang, scan.closedOn), count: scan.counted })];
  return scanPage(lang, {
    title: `${words.title}: ${name}`,
    notice,
    lines: isOpen
      ? [
          format(lang, words.askedLine, { count: scan.asked }),
          ...(scan.answered === null ? [] : [format(lang, words.answeredLine, { count: scan.answered })]),
          format(lang, words.untilLine, { day }),
          words.neverWho,
          { text: format(lang, words.codeLine, { code: id }), bold: true },
          { text: words.forwardTitle, bold: true },
          format(lang, words.forward, { name, code: id, day }),
        ]
      : scan.status === 'dropped'
        ? [words.dropped[scan.droppedWhy ?? 'unknown']]
        : [
            ...closed,
            ...(scan.nextDay === null
              ? []
              : [format(lang, words.measures.lookBack, { day: longDay(lang, scan.nextDay) })]),
          ],
    buttons: isOpen ? openButtons(lang, id) : closedButtons(lang, scan),
  });
}

function openButtons(lang: Lang, id: string): Button[] {
  const { scan: words } = messagesFor(lang);
  return [
    button(lang, 'scan.unreached', words.unreachedOpen, { id }),
    button(lang, 'scan.meet', words.outcome.meet, { id, part: 'agenda' }),
    button(lang, 'scan.ask-close', words.closeOpen, { id }),
    button(lang, 'scan.open', words.home, {}),
    button(lang, 'scan.ask-remove', words.removeOpen, { id }, { secondary: true }),
  ];
}

function closedButtons(lang: Lang, scan: ManagedScan): Button[] {
  const { scan: words } = messagesFor(lang);
  const { id } = scan;
  const isClosed = scan.status === 'closed';
  return [
    ...(isClosed ? [button(lang, 'scan.outcome', words.news.see, { id, page: 0 })] : []),
    ...(isClosed
      ? [button(lang, 'scan.meet', words.outcome.meet, { id, part: 'agenda' })]
      : [button(lang, 'scan.paper', words.paper, {})]),
    ...(isClosed ? [button(lang, 'scan.measures', measuresTitle(lang, scan.hasMeasures), { id })] : []),
    ...(isClosed && scan.hasMeasures ? [button(lang, 'scan.agreed', words.outcome.agreed, { id })] : []),
    ...(scan.nextDay === null ? [] : [button(lang, 'scan.evaluate', words.measures.evaluate, { id })]),
    ...(isClosed && scan.hasBefore
      ? [button(lang, 'scan.compare', words.outcome.compare, { id }, { secondary: true })]
      : []),
    ...(scan.mayAskAgain
      ? [button(lang, 'scan.start', words.againOpen, { before: id }, { secondary: true })]
      : []),
    button(lang, 'scan.open', words.home, {}, { secondary: true }),
    button(lang, 'scan.ask-remove', words.removeOpen, { id }, { secondary: true }),
  ];
}

export type Unreached = {
  readonly id: string;
  readonly name: string;
  readonly lastDay: string;
  /** By the names that their manager uses; of others only who they are is known. */
  readonly names: readonly string[];
  readonly others: readonly string[];
};

/** Whom no message can reach, with a text to forward that holds the code. */
export function unreachedCard(lang: Lang, scan: Unreached, notice: string): Card {
  const { scan: words } = messagesFor(lang);
  const { id, names, others } = scan;
  const forward = { name: escapeMarkdown(scan.name), code: id, day: longDay(lang, scan.lastDay) };
  const all = names.length + others.length === 0;
  return scanPage(lang, {
    title: all ? words.unreachedOpen : words.unreachedTitle,
    notice,
    lines: all
      ? [words.unreachedNone]
      : [
          ...names.map((name) => `- ${escapeMarkdown(name)}`),
          ...(others.length === 0 ? [] : [format(lang, words.unreachedOthers, { count: others.length })]),
          words.unreached,
          { text: words.forwardTitle, bold: true },
          format(lang, words.forward, forward),
        ],
    // Teams tells no names: its own field shows them, which nothing reads when it comes back.
    parts:
      others.length === 0
        ? []
        : field({ kind: 'people', id: 'unreached', label: words.unreachedPeople, value: others.join(',') }),
    buttons: [button(lang, 'scan.show', words.back, { id }, { withoutInputs: true })],
  });
}

/** Asks once more before what cannot be taken back. */
export function sureCard(lang: Lang, what: 'close' | 'remove', id: string): Card {
  const { scan: words } = messagesFor(lang);
  const back = button(lang, 'scan.show', words.back, { id });
  return what === 'close'
    ? scanPage(lang, {
        title: words.closeTitle,
        lines: [words.closeText],
        buttons: [button(lang, 'scan.close', words.closeSure, { id }), back],
      })
    : scanPage(lang, {
        title: words.removeTitle,
        lines: [words.removeText],
        buttons: [button(lang, 'scan.remove', words.removeSure, { id }), back],
      });
}
