import { type Button, button } from '../actions.js';
import type { Characteristic } from '../content/characteristics.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { shortMonth } from '../dates.js';
import { whole } from '../numbers.js';
import { type Card, template } from '../render.js';
import { characteristicTitle } from '../scan/answer.card.js';
import { meanText } from '../scan/outcome.card.js';
import json from './figures.template.json' with { type: 'json' };

/** One month as it may be shown, `YYYY-MM`; null is a number with too few people behind it. */
export type MonthView = {
  readonly month: string;
  readonly conversations: number | null;
  readonly agreements: number | null;
  readonly held: number | null;
  readonly onTime: number | null;
  readonly coffees: number | null;
};

/** What may be shown of team scans; null where too few teams or people are behind it. */
export type ScanFiguresView = {
  readonly count: number | null;
  readonly lowest: readonly { readonly id: Characteristic; readonly mean: number }[];
};
const NO_SCANS: ScanFiguresView = { count: null, lowest: [] };

/** How many evaluations were on time stands behind how many there were: six columns break their words on a phone. */
const COLUMNS = ['conversations', 'agreements', 'held', 'coffees'] as const;
const NUMBERS = [...COLUMNS, 'onTime'] as const;

const fillTemplate = template<{
  title: string;
  intro: string;
  head: { name: string }[];
  months: { name: string; cells: { value: string; few: boolean }[] }[];
  few: string;
  notes: string;
  scans: { text: string; weight: string }[];
  buttons: Button[];
}>(json);

/** To HR: what was done in the months that are over, in numbers that show nobody. */
export function figuresCard(lang: Lang, months: readonly MonthView[], scans = NO_SCANS): Card {
  const { figures: words, leaver, menu } = messagesFor(lang);
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: words.intro,
    head: [words.month, ...COLUMNS.map((column) => words.columns[column])].map((name) => ({ name })),
    months: withoutEmptyTail(months).map((one) => ({
      name: shortMonth(lang, one.month),
      cells: COLUMNS.map((column) => {
        const value = one[column];
        const shown = shownNumber(lang, value);
        const isHeld = column === 'held' && value !== null;
        return {
          value: isHeld ? `${shown} (${shownNumber(lang, one.onTime)})` : shown,
          few: value === null,
        };
      }),
    })),
    few: `${words.key} ${words.fewMeans}`,
    notes: words.notes,
    scans: scanLines(lang, scans),
    buttons: [
      button(lang, 'leaver.show', leaver.title, {}),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
  });
}

function shownNumber(lang: Lang, value: number | null): string {
  return value === null ? messagesFor(lang).figures.few : whole(lang, value);
}

/** Leaves out the months before the first with anything to show: there may be a year of them. */
function withoutEmptyTail(months: readonly MonthView[]): readonly MonthView[] {
  const last = months.findLastIndex((one) => NUMBERS.some((column) => one[column] !== null));
  return months.slice(0, Math.max(1, last + 1));
}

function scanLines(lang: Lang, { count, lowest }: ScanFiguresView): { text: string; weight: string }[] {
  const { figures: words } = messagesFor(lang).scan;
  const lines =
    count === null
      ? [words.few]
      : [
          format(lang, words.count, { count }),
          words.most,
          ...lowest.map(({ id, mean }) =>
            format(lang, words.row, { title: characteristicTitle(lang, id), mean: meanText(lang, mean) }),
          ),
        ];
  return [{ text: words.title, weight: 'Bolder' }, ...lines.map((text) => ({ text, weight: 'Default' }))];
}
