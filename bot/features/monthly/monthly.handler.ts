import { monthlyCard } from '../../../cards/monthly/monthly.card.js';
import { show, type VerbHandlers } from '../../reply.js';

/** What a month brought, again. It has no store: who looks at it, and how they are, is nobody's business. */
export function createMonthly(): VerbHandlers<'monthly.show'> {
  return {
    'monthly.show': async ({ lang, data }) => show(monthlyCard(lang, data.kind, data.month)),
  };
}
