import { button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { shortDay } from '../dates.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import { field, row, scanPage } from './page.js';

/** A scan on a list. */
export type ScanLine = {
  readonly id: string;
  readonly name: string;
  readonly lastDay: string;
  readonly status: 'open' | 'closed' | 'dropped';
  readonly nextDay: string | null;
};
/** The same on one's own list of all of them. */
type HomeLine = ScanLine & {
  /** Who asked; null of what one started oneself. */
  readonly askedBy: string | null;
};
export type ScanHomeData = {
  readonly scans: readonly HomeLine[];
  readonly notice: string;
  readonly code: string;
  /** What is wrong with the code; empty where nothing is. */
  readonly codeProblem: string;
};

const MOST_SHOWN = 6;

/** Where team scans begin: one's own and those that one was asked for, a code that one was given, and the way to start one. */
export function scanHomeCard(lang: Lang, { scans, notice, code, codeProblem }: ScanHomeData): Card {
  const { scan: words, menu } = messagesFor(lang);
  const left = scans.length - MOST_SHOWN;
  return scanPage(lang, {
    title: words.title,
    notice,
    lines: [
      words.intro,
      ...(scans.length === 0 ? [] : [{ text: words.homeMine, bold: true } as const]),
      ...(left > 0 ? [format(lang, words.more, { count: left })] : []),
    ],
    parts: [
      ...scans.slice(0, MOST_SHOWN).flatMap((scan) => {
        const spoken = format(lang, words.open, { name: stripMarkdown(scan.name) });
        const press = button(lang, verbFor(scan), spoken, { id: scan.id, page: 0 }, { withoutInputs: true });
        return row(escapeMarkdown(scan.name), scanLine(lang, scan), press);
      }),
      ...field({ kind: 'text', id: 'code', label: words.codeLabel, value: code, problem: codeProblem }),
    ],
    buttons: [
      button(lang, 'scan.code', words.codeOpen, {}),
      button(lang, 'scan.start', words.start, { before: '' }, { withoutInputs: true }),
      button(lang, 'scan.meet', words.steps, { id: '', part: 'agenda' }, { withoutInputs: true }),
      button(lang, 'scan.paper', words.paper, {}, { withoutInputs: true }),
      button(lang, 'menu.show', menu.menu, {}, { withoutInputs: true, secondary: true }),
    ],
  });
}

/** Its maker sees how it stands; who was asked answers while that can be done, and sees the outcome after that. */
function verbFor({ askedBy, status }: HomeLine) {
  if (askedBy === null) return 'scan.show';
  return status === 'open' ? 'scan.ask' : 'scan.outcome';
}

function scanLine(lang: Lang, scan: HomeLine): string {
  const { scan: words } = messagesFor(lang);
  if (scan.askedBy === null) return scanState(lang, scan);
  const asked = format(lang, words.askedBy, { manager: escapeMarkdown(scan.askedBy) });
  const state = scan.status === 'closed' ? words.outcomeLine : scanState(lang, scan);
  return `${asked}. ${state}.`;
}

/** How a scan stands, in a line. */
export function scanState(
  lang: Lang,
  { status, lastDay, nextDay }: Pick<ScanLine, 'status' | 'lastDay' | 'nextDay'>,
): string {
  const { scan: words } = messagesFor(lang);
  if (status === 'open') return format(lang, words.openLine, { day: shortDay(lang, lastDay) });
  if (nextDay !== null) return format(lang, words.lookBackLine, { day: shortDay(lang, nextDay) });
  return status === 'closed' ? words.closedLine : words.droppedLine;
}
