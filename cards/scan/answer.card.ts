import { ANSWER_STEPS, button, numberedName, TOP_STEP } from '../actions.js';
import type { Choice } from '../choices.js';
import { CHARACTERISTICS, type Characteristic, pieceOf } from '../content/characteristics.js';
import { pieceWords } from '../content/pieces.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { escapeMarkdown } from '../plain.js';
import type { Card } from '../render.js';
import { sourceLine } from '../source.js';
import { field, scanPage } from './page.js';

/** The figures as they are chosen from; 0 is no opinion. */
const FIGURE_IDS = ['1', '2', '3', '4', '5', '0'] as const;

/** Nothing is answered yet. */
export const NO_ANSWERS = '-'.repeat(CHARACTERISTICS.length);

export function characteristicTitle(lang: Lang, id: Characteristic): string {
  return pieceWords(lang, pieceOf(id)).title;
}

/** The titles of all of them, by id, as they are chosen from. */
export function characteristicTitles(lang: Lang): Readonly<Record<Characteristic, string>> {
  const titles = CHARACTERISTICS.map((id) => [id, characteristicTitle(lang, id)]);
  return Object.fromEntries(titles) as Record<Characteristic, string>;
}

export function characteristicChoices(lang: Lang): readonly Choice[] {
  return Object.entries(characteristicTitles(lang)).map(([value, title]) => ({ value, title }));
}

/** The figures by id, in the order of the form and not in that of numbers. */
function figureChoices(lang: Lang) {
  const { figures } = messagesFor(lang).scan.answer;
  return FIGURE_IDS.map((value) => ({ value, title: figures[value] }));
}

/** Which characteristics stand on a step. */
export function characteristicsOn(step: number): readonly Characteristic[] {
  const first = ANSWER_STEPS.slice(0, step).reduce((sum: number, count) => sum + count, 0);
  return CHARACTERISTICS.slice(first, first + (ANSWER_STEPS[step] ?? 0));
}

export type AskedScan = {
  readonly id: string;
  readonly name: string;
  readonly managerName: string;
  readonly lastDay: string;
};

/** Asks somebody to take part: what it is, that they need not, and what who asks will and will not see. */
export function askCard(lang: Lang, scan: AskedScan, reminder = false): Card {
  const { ask: words } = messagesFor(lang).scan;
  const names = { manager: escapeMarkdown(scan.managerName), name: escapeMarkdown(scan.name) };
  const day = longDay(lang, scan.lastDay);
  return scanPage(lang, {
    title: words.title,
    lines: [
      ...(reminder ? [format(lang, words.reminder, { day })] : []),
      format(lang, words.from, names),
      words.what,
      words.voluntary,
      { text: format(lang, words.seesTitle, names), bold: true },
      words.sees,
      { text: words.neverTitle, bold: true },
      format(lang, words.never, names),
      format(lang, words.until, { day }),
      words.once,
    ],
    buttons: [
      button(lang, 'scan.step', words.begin, {
        id: scan.id,
        from: -1,
        to: 0,
        answers: NO_ANSWERS,
        chosen: '',
      }),
    ],
    note: format(lang, words.why, names),
  });
}

export type AnswerData = {
  readonly id: string;
  /** Figures of all characteristics, in the order of the list: see `scan.step`. */
  readonly answers: string;
  readonly step: number;
  /** What needs improvement first, as far as it was chosen. */
  readonly chosen: string;
  /** Whether what is missing is to be marked. */
  readonly problem: 'none' | 'missing' | 'many';
};

/** One step of the answers. What was chosen on the others travels in the card's buttons and is kept nowhere. */
export function answerCard(lang: Lang, data: AnswerData): Card {
  const { answer: words, source } = messagesFor(lang).scan;
  const { id, answers, step, problem } = data;
  const steps = ANSWER_STEPS.length + 1;
  const isTop = step === TOP_STEP;
  const place = { step: step + 1, steps };
  const carried = { id, answers, chosen: data.chosen, from: step };
  const back = button(lang, 'scan.step', words.previous, { ...carried, to: step - 1 });
  return scanPage(lang, {
    title: format(lang, isTop ? words.topTitle : words.title, place),
    problems: problem === 'none' ? '' : problem === 'many' ? words.topMany : words.problems,
    lines: isTop ? [] : [words.intro],
    parts: isTop
      ? field({
          kind: 'several',
          id: 'top',
          label: words.topLabel,
          value: data.chosen,
          choices: characteristicChoices(lang),
        })
      : characteristicsOn(step).flatMap((one, at) => {
          const figure = answers[CHARACTERISTICS.indexOf(one)] ?? '-';
          return field({
            kind: 'one',
            id: numberedName('figure', at),
            label: characteristicTitle(lang, one),
            value: figure === '-' ? '' : figure,
            choices: figureChoices(lang),
            placeholder: words.placeholder,
            problem: problem === 'missing' && figure === '-' ? words.missing : '',
            hint: format(lang, words.think, { aspects: aspectsOf(lang, one).map(inSentence).join('; ') }),
          });
        }),
    buttons: [
      isTop
        ? button(lang, 'scan.send', words.send, { id, answers })
        : button(lang, 'scan.step', words.next, { ...carried, to: step + 1 }),
      ...(step > 0 ? [back] : []),
    ],
    note: isTop ? words.notKept : sourceLine(lang, source),
  });
}

/** What to think of at a characteristic: what one can work on, as its piece has it. */
export function aspectsOf(lang: Lang, id: Characteristic): readonly string[] {
  const { parts } = pieceWords(lang, pieceOf(id));
  return parts.find(({ kind }) => kind === 'improve')?.list ?? [];
}

/** As it stands within a sentence: what is written in capitals stays so. */
function inSentence(text: string): string {
  return /^(?:\p{Lu}\p{Ll}|A )/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
