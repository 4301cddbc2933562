import { button, type ScanTyped } from '../actions.js';
import type { Choice } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import type { Card } from '../render.js';
import { field, scanPage } from './page.js';

export const SCAN_NAME_MAX = 60;

/** Fields of a form that came back, each with what is wrong with it. */
export type ScanProblems = Readonly<Partial<Record<keyof ScanTyped, string>>>;
export type ScanFormData = {
  /** Chosen when the form opens: saving is idempotent. */
  readonly id: string;
  /** The scan of half a year ago; empty for a first one. */
  readonly before: string;
  readonly typed: ScanTyped;
  /** Those on the manager's list who have an account. */
  readonly people: readonly Choice[];
  readonly problems: ScanProblems;
  readonly notice: string;
  /** The first day that can be the last. */
  readonly tomorrow: string;
};

/** Whom to ask, and until when. */
export function scanFormCard(lang: Lang, data: ScanFormData): Card {
  const { scan: words } = messagesFor(lang);
  const { id, before, typed, people, problems, tomorrow, notice } = data;
  return scanPage(lang, {
    title: words.formTitle,
    notice,
    problems: Object.keys(problems).length > 0 ? words.problems : '',
    lines: [words.formIntro, words.formSelf],
    parts: [
      field({
        kind: 'text',
        id: 'name',
        label: words.nameLabel,
        value: typed.name,
        problem: problems.name ?? '',
      }),
      people.length === 0
        ? []
        : field({
            kind: 'several',
            id: 'known',
            label: words.knownLabel,
            value: typed.known,
            choices: people,
            problem: problems.known ?? '',
          }),
      field({
        kind: 'people',
        id: 'people',
        label: words.peopleLabel,
        value: typed.people,
        problem: problems.people ?? '',
      }),
      field({
        kind: 'day',
        id: 'lastDay',
        label: words.lastDayLabel,
        value: typed.lastDay,
        min: tomorrow,
        error: words.lastDayWrong,
        problem: problems.lastDay ?? '',
      }),
    ].flat(),
    buttons: [
      button(lang, 'scan.save', words.save, { id, before, few: false }),
      button(lang, 'scan.open', words.home, {}, { withoutInputs: true }),
    ],
  });
}

/** Fewer than five people: why that is too few, and what to do instead. What was filled in stays in the card. */
export function tooFewCard(
  lang: Lang,
  {
    id,
    before,
    typed,
    count,
    self,
    tomorrow,
  }: Pick<ScanFormData, 'id' | 'before' | 'typed' | 'tomorrow'> & {
    readonly count: number;
    /** Whoever starts it chose themselves, too. */
    readonly self: boolean;
  },
): Card {
  const { scan: words } = messagesFor(lang);
  // Hidden fields would be the plain way, were they not shown by some clients: the form itself comes along instead.
  return scanPage(lang, {
    title: words.tooFewTitle,
    lines: [...(self ? [words.notSelf] : []), format(lang, words.tooFew, { count })],
    parts: [
      field({ kind: 'text', id: 'name', label: words.nameLabel, value: typed.name }),
      field({ kind: 'people', id: 'people', label: words.peopleLabel, value: peopleIn(typed) }),
      field({
        kind: 'day',
        id: 'lastDay',
        label: words.lastDayLabel,
        value: typed.lastDay,
        min: tomorrow,
        error: words.lastDayWrong,
      }),
    ].flat(),
    buttons: [
      button(lang, 'scan.save', words.save, { id, before, few: false }),
      button(lang, 'scan.save', words.tooFewGoOn, { id, before, few: true }),
      button(lang, 'scan.paper', words.paper, {}, { withoutInputs: true }),
      button(lang, 'scan.open', words.home, {}, { withoutInputs: true, secondary: true }),
    ],
  });
}

function peopleIn({ known, people }: ScanTyped): string {
  return [known, people].filter((one) => one !== '').join(',');
}

/** No scan can be started, and why. */
export function scanUnavailableCard(lang: Lang): Card {
  const { scan: words } = messagesFor(lang);
  return scanPage(lang, {
    title: words.title,
    lines: [words.unavailable],
    buttons: [
      button(lang, 'scan.paper', words.paper, {}),
      button(lang, 'scan.meet', words.steps, { id: '', part: 'agenda' }),
    ],
  });
}
