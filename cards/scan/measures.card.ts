import { button, MOST_ITEMS, numberedName, type ScanMeasuresTyped } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import { field, scanPage } from './page.js';

/** The fields take more, and say so. */
export const MEASURE_MAX = { what: 200, who: 60 } as const;

export type MeasuresProblems = Readonly<Partial<Record<keyof ScanMeasuresTyped, string>>>;
export type MeasuresFormData = {
  readonly id: string;
  readonly version: number;
  /** How many rows to show; more where more are filled in. */
  readonly rows: number;
  readonly typed: ScanMeasuresTyped;
  readonly problems: MeasuresProblems;
  /** What is wrong with the form as a whole; empty where nothing is. */
  readonly problem: string;
  readonly notice: string;
  readonly today: string;
  readonly tomorrow: string;
};

/** What a team agreed on: one to five things, with who and when, and the day to look back. */
export function measuresFormCard(lang: Lang, data: MeasuresFormData): Card {
  const { measures: words, back } = messagesFor(lang).scan;
  const { id, version, typed, problems } = data;
  const wrong = Object.keys(problems).length > 0;
  const rows = Math.max(data.rows, filledRows(typed));
  return scanPage(lang, {
    title: words.title,
    notice: data.notice,
    problems: data.problem === '' && wrong ? words.problems : data.problem,
    lines: [words.intro, words.rule],
    parts: [
      ...Array.from({ length: rows }, (_, at) => {
        const [what, who, by] = namesAt(at);
        const number = { number: at + 1 };
        return [
          field({
            kind: 'text',
            id: what,
            label: format(lang, words.what, number),
            value: typed[what],
            problem: problems[what] ?? '',
          }),
          field({
            kind: 'text',
            id: who,
            label: format(lang, words.who, number),
            value: typed[who],
            problem: problems[who] ?? '',
          }),
          field({
            kind: 'day',
            id: by,
            label: format(lang, words.by, number),
            value: typed[by],
            min: data.today,
            error: words.byWrong,
            problem: problems[by] ?? '',
          }),
        ].flat();
      }).flat(),
      ...field({
        kind: 'day',
        id: 'next',
        label: words.next,
        value: typed.next,
        min: data.tomorrow,
        error: words.nextWrong,
        problem: problems.next ?? '',
      }),
    ],
    buttons: [
      button(lang, 'scan.agree', words.save, { id, version, rows }),
      ...(rows < MOST_ITEMS ? [button(lang, 'scan.more', words.more, { id, version, rows })] : []),
      button(lang, 'scan.show', back, { id }, { withoutInputs: true }),
    ],
  });
}

/** Up to the last row in which something stands. */
function filledRows(typed: ScanMeasuresTyped): number {
  const isFilled = (at: number) => namesAt(at).some((name) => typed[name].trim() !== '');
  return Array.from({ length: MOST_ITEMS }, (_, at) => (isFilled(at) ? at + 1 : 0)).reduce(
    (most, one) => Math.max(most, one),
    0,
  );
}

function namesAt(at: number) {
  return [numberedName('what', at), numberedName('who', at), numberedName('by', at)] as const;
}

/** What the way to the agreements is called: to make them, or to change those that there are. */
export function measuresTitle(lang: Lang, hasMeasures: boolean): string {
  const { outcome: words } = messagesFor(lang).scan;
  return hasMeasures ? words.measuresAgain : words.measures;
}

export type AgreedView = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly measures: readonly {
    readonly id: string;
    readonly what: string;
    readonly who: string;
    readonly by: string | null;
    readonly outcome: 'works' | 'adjust' | 'stop' | null;
  }[];
  readonly nextDay: string | null;
  readonly isManager: boolean;
  readonly notice: string;
};

/** What a team agreed on, as everybody who was asked sees it. */
export function agreedCard(lang: Lang, view: AgreedView): Card {
  const { measures: words, back } = messagesFor(lang).scan;
  const { id } = view;
  return scanPage(lang, {
    title: format(lang, words.agreedTitle, { name: escapeMarkdown(view.name) }),
    notice: view.notice,
    lines: [
      ...view.measures.flatMap(({ what, who, by, outcome: how }) => {
        const names = { who: escapeMarkdown(who), by: by === null ? '' : longDay(lang, by) };
        const line = format(lang, by === null ? words.lineOpen : words.line, names);
        const worked = how === null ? line : `${line}. ${words.outcomes[how]}.`;
        return [{ text: escapeMarkdown(what), bold: true } as const, worked];
      }),
      view.nextDay === null
        ? words.ended
        : format(lang, words.lookBack, { day: longDay(lang, view.nextDay) }),
    ],
    buttons: [
      button(lang, 'scan.outcome', messagesFor(lang).scan.news.see, { id, page: 0 }),
      ...(view.isManager && view.nextDay !== null
        ? [button(lang, 'scan.evaluate', words.evaluate, { id })]
        : []),
      ...(view.isManager
        ? [button(lang, 'scan.measures', measuresTitle(lang, view.measures.length > 0), { id })]
        : []),
      ...(view.isManager ? [button(lang, 'scan.show', back, { id })] : []),
    ],
  });
}

export type EvaluateScanData = Omit<AgreedView, 'isManager'> & {
  /** Per measure what was chosen (`outcome1`…), and the next day. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly next: string;
  readonly problems: Readonly<Record<string, string>>;
  readonly tomorrow: string;
};

/** Looking back: for each agreement whether it works, is adjusted or stops, and when to look again. */
export function evaluateScanCard(lang: Lang, data: EvaluateScanData): Card {
  const { measures: words, back } = messagesFor(lang).scan;
  const { id, version, problems } = data;
  return scanPage(lang, {
    title: words.evaluateTitle,
    summary: `${words.evaluateTitle} ${escapeMarkdown(data.name)}`,
    notice: data.notice,
    problems: Object.keys(problems).length > 0 ? words.problems : '',
    lines: [escapeMarkdown(data.name), words.evaluateIntro, words.adjustHint],
    parts: [
      // What was stopped before is not asked again; the others keep their place, which names their field.
      ...data.measures.flatMap(({ what, outcome: how }, at) => {
        const name = numberedName('outcome', at);
        if (how === 'stop') return [];
        return field({
          kind: 'one',
          id: name,
          label: format(lang, words.outcomeLabel, { what: stripMarkdown(what) }),
          value: data.chosen[name] ?? '',
          choices: choicesOf(words.outcomes),
          problem: problems[name] ?? '',
        });
      }),
      ...field({
        kind: 'day',
        id: 'next',
        label: words.nextLabel,
        value: data.next,
        min: data.tomorrow,
        error: words.nextWrong,
        problem: problems.next ?? '',
      }),
    ],
    buttons: [
      button(lang, 'scan.record', words.record, { id, version }),
      button(lang, 'scan.measures', measuresTitle(lang, true), { id }, { withoutInputs: true }),
      button(lang, 'scan.end', words.end, { id, version }, { withoutInputs: true }),
      button(lang, 'scan.show', back, { id }, { withoutInputs: true }),
    ],
  });
}
