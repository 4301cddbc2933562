import type { Lang } from '../../../cards/content/words.js';
import { costsFormCard } from '../../../cards/costs/form.card.js';
import { sumCard } from '../../../cards/costs/sum.card.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { BURNOUT_COST, DAY_COST, readCosts, sumOf, WORKING_DAYS } from './costs.rules.js';

export type CostsFeature = VerbHandlers<'costs.open' | 'costs.sum'> & { readonly open: TurnHandler };

/** The absence of Dutch employees in 2022, in percent. Source: ABN AMRO, MentaVitalis (2023), after CBS. */
const AVERAGE_PERCENTAGE = { nl: '5,2', en: '5.2' } as const;

/** What absence costs in a year. Nothing of it is kept: the numbers travel in the card. */
export function createCosts(): CostsFeature {
  const empty = (lang: Lang): Reply =>
    show(
      costsFormCard(
        lang,
        {
          employees: '',
          percentage: AVERAGE_PERCENTAGE[lang],
          dayCost: String(DAY_COST.high),
          burnouts: '0',
        },
        [],
      ),
    );
  return {
    open: async ({ lang }) => empty(lang),
    'costs.open': async ({ lang, data: { filled } }) =>
      filled === undefined ? empty(lang) : show(costsFormCard(lang, filled, [])),
    'costs.sum': async ({ lang, data: { employees, percentage, dayCost, burnouts } }) => {
      const filled = { employees, percentage, dayCost, burnouts };
      const read = readCosts(filled);
      if ('wrong' in read) return show(costsFormCard(lang, filled, read.wrong));
      const { costs } = read;
      const fixed = { ...DAY_COST, burnout: BURNOUT_COST, days: WORKING_DAYS };
      return show(sumCard(lang, { filled, costs, sum: sumOf(costs), fixed }));
    },
  };
}
