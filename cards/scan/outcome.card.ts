import { type Button, button } from '../actions.js';
import type { Characteristic } from '../content/characteristics.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { decimal } from '../numbers.js';
import { pageOf } from '../pages.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, fragment } from '../render.js';
import { sourceLine } from '../source.js';
import { characteristicTitle } from './answer.card.js';
import barJson from './bar.template.json' with { type: 'json' };
import { measuresTitle } from './measures.card.js';
import { row, scanPage } from './page.js';

export type OutcomeRowView = {
  readonly id: Characteristic;
  readonly mean: number | null;
  readonly groups: readonly { readonly from: number; readonly to: number; readonly tenths: number }[];
  readonly top: number | null;
};
export type OutcomeView = {
  readonly id: string;
  readonly name: string;
  readonly outcome: { readonly answered: number; readonly rows: readonly OutcomeRowView[] };
  readonly page: number;
  /** Who started it gets the ways on that are theirs. */
  readonly isManager: boolean;
  readonly hasMeasures: boolean;
  readonly mayCompare: boolean;
};

/** As many as make a screen and a half of a phone, with what to press under them. */
const PER_PAGE = 5;
const LEAST = 1.5;
const MOST = 4.5;
/** A bar is drawn in tenths of a figure, from 0 on: so that the lowest still shows. */
const WIDTH = 50;

const fillBar = fragment<Record<string, unknown>>(barJson);

/** The outcome as a picture, worst first: bars of the card's own shapes, each with its figure in words beside it. */
export function outcomeCard(lang: Lang, view: OutcomeView): Card {
  const { outcome: words, source } = messagesFor(lang).scan;
  const { id, outcome, isManager } = view;
  const { shown, page, lastPage, range } = pageOf(outcome.rows, view.page, PER_PAGE);
  return scanPage(lang, {
    title: format(lang, words.title, { name: escapeMarkdown(view.name) }),
    summary: format(lang, words.summary, { name: escapeMarkdown(view.name) }),
    lines: [format(lang, words.answered, { count: outcome.answered }), format(lang, words.page, range)],
    parts: shown.flatMap((one) => barOf(lang, one, { id, page })),
    buttons: [
      ...(page < lastPage ? [button(lang, 'scan.outcome', words.next, { id, page: page + 1 })] : []),
      ...(page > 0 ? [button(lang, 'scan.outcome', words.previous, { id, page: page - 1 })] : []),
      ...(isManager ? [button(lang, 'scan.meet', words.meet, { id, part: 'agenda' })] : []),
      ...(isManager ? [button(lang, 'scan.measures', measuresTitle(lang, view.hasMeasures), { id })] : []),
      ...(view.hasMeasures ? [button(lang, 'scan.agreed', words.agreed, { id })] : []),
      button(lang, 'scan.file', words.file, { id }),
      ...(view.mayCompare ? [button(lang, 'scan.compare', words.compare, { id }, { secondary: true })] : []),
    ] satisfies Button[],
    note: `${words.note} ${sourceLine(lang, source)}`,
  });
}

function barOf(
  lang: Lang,
  { id, mean, groups, top }: OutcomeRowView,
  on: { readonly id: string; readonly page: number },
): readonly unknown[] {
  const { outcome: words } = messagesFor(lang).scan;
  const title = characteristicTitle(lang, id);
  const filled = Math.round((mean ?? 0) * 10);
  const open = format(lang, words.open, { title: stripMarkdown(title) });
  return fillBar({
    title,
    press: button(lang, 'scan.characteristic', open, { ...on, of: id }),
    top: top === null ? '' : format(lang, words.top, { place: top }),
    hasBar: mean !== null,
    filled,
    left: WIDTH - filled,
    // In the bar itself, so that it shows where it ends on a theme in which its colour hardly does.
    figure: mean === null ? '' : figureOf(lang, mean),
    // Colour says nothing that the figure under it does not say too.
    style: mean === null || mean >= 3.5 ? 'good' : mean >= 2.5 ? 'warning' : 'attention',
    mean: meanLine(lang, mean),
    groups: groupsLine(lang, groups),
  });
}

/** The mean as few characters, to fit the shortest bar. */
function figureOf(lang: Lang, mean: number): string {
  const figure = decimal(lang, mean);
  if (mean <= LEAST) return `≤ ${figure}`;
  return mean >= MOST ? `≥ ${figure}` : figure;
}

/** A mean as it is read: at both ends it says that it may be lower or higher. */
export function meanLine(lang: Lang, mean: number | null): string {
  const { outcome: words } = messagesFor(lang).scan;
  return mean === null ? words.few : format(lang, words.mean, { mean: meanText(lang, mean) });
}

export function meanText(lang: Lang, mean: number): string {
  const { outcome: words } = messagesFor(lang).scan;
  if (mean <= LEAST) return words.low;
  if (mean >= MOST) return words.high;
  return decimal(lang, mean);
}

/** How opinions are spread, as far as that may be shown; empty where it may not. */
export function groupsLine(lang: Lang, groups: OutcomeRowView['groups']): string {
  const { outcome: words } = messagesFor(lang).scan;
  if (groups.length === 0) return '';
  const each = groups.map((group) =>
    format(lang, group.from === group.to ? words.groupOne : words.group, group),
  );
  return format(lang, words.groups, { groups: each.join(', ') });
}

export type ComparisonView = {
  readonly id: string;
  readonly name: string;
  readonly rows: readonly {
    readonly id: Characteristic;
    readonly before: number | null;
    readonly now: number | null;
    readonly change: number | null;
  }[];
};

/** Two scans side by side. */
export function compareCard(lang: Lang, { id, name, rows }: ComparisonView): Card {
  const { compare: words, back } = messagesFor(lang).scan;
  return scanPage(lang, {
    title: format(lang, words.title, { name: escapeMarkdown(name) }),
    lines: [words.intro],
    parts: rows.flatMap((one) => {
      const title = characteristicTitle(lang, one.id);
      const press = button(lang, 'scan.characteristic', title, { id, of: one.id, page: 0 });
      return row(title, changeLine(lang, one), press);
    }),
    buttons: [button(lang, 'scan.outcome', back, { id, page: 0 })],
  });
}

/** What became of one characteristic, in words that say which way it went. */
function changeLine(lang: Lang, { before, now, change }: Omit<ComparisonView['rows'][number], 'id'>): string {
  const { compare: words } = messagesFor(lang).scan;
  if (before === null || now === null || change === null) return words.unknown;
  const way = change > 0 ? words.up : change < 0 ? words.down : words.same;
  const both = format(lang, words.row, { before: meanText(lang, before), now: meanText(lang, now) });
  return `${both}: ${way}`;
}
