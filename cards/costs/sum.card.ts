import { type Button, button, type CostsTyped } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { decimal, euros, whole } from '../numbers.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './sum.template.json' with { type: 'json' };

export type SumData = {
  /** As typed, for the way back. */
  readonly filled: CostsTyped;
  readonly costs: Readonly<Record<keyof CostsTyped, number>>;
  /** Euros a year. */
  readonly sum: {
    readonly absence: number;
    readonly from: number;
    readonly until: number;
    readonly burnouts: number;
  };
  /** What the sum takes as given: euros for a day, low and high, and for a burn-out; working days in a year. */
  readonly fixed: {
    readonly low: number;
    readonly high: number;
    readonly burnout: number;
    readonly days: number;
  };
};

const fillTemplate = template<{
  resultTitle: string;
  total: string;
  absence: string;
  range: string;
  burnouts: string;
  note: string;
  noteDays: string;
  buttons: Button[];
  source: string;
}>(json);

/** What absence costs in a year, with the sum shown so that anybody can check it. */
export function sumCard(lang: Lang, { filled, costs, sum, fixed }: SumData): Card {
  const { costsSum: words, menu } = messagesFor(lang);
  const total = format(lang, words.total, { total: euros(lang, sum.absence) });
  const values = {
    employees: whole(lang, costs.employees),
    percentage: decimal(lang, costs.percentage),
    days: fixed.days,
    dayCost: euros(lang, costs.dayCost),
    amount: euros(lang, sum.absence),
  };
  return fillTemplate(lang, `${words.resultTitle}: ${total}`, {
    resultTitle: words.resultTitle,
    total,
    absence: format(lang, words.sumAbsence, values),
    range: format(lang, words.range, {
      low: fixed.low,
      high: fixed.high,
      from: euros(lang, sum.from),
      until: euros(lang, sum.until),
      to: euros(lang, sum.until),
    }),
    burnouts:
      costs.burnouts === 0
        ? ''
        : format(lang, words.sumBurnouts, {
            burnouts: whole(lang, costs.burnouts),
            each: euros(lang, fixed.burnout),
            amount: euros(lang, sum.burnouts),
          }),
    note: words.note,
    noteDays: format(lang, words.noteDays, { days: fixed.days }),
    buttons: [
      button(lang, 'knowledge.subject', words.next, { subject: 'prevention' }),
      button(lang, 'costs.open', words.again, { filled }),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    source: sourceLine(lang, 'abn.costs'),
  });
}
