import { numberedName, type Payload } from '../../../cards/actions.js';
import type { Problem, Problems } from '../../../cards/agreement/problems.js';
import { readChoice } from '../../../cards/choices.js';
import type { Agreement, Outcome } from '../../domain/agreement.js';

export type Chosen = Payload<'evaluation.rewrite'>['chosen'];
/** How each agreement that still runs was judged, by the id of the item. */
export type Outcomes = Readonly<Record<string, Outcome>>;

/** What was chosen for each agreement that still runs, or what is missing. Stopped ones are not asked again. */
export function readOutcomes(
  agreement: Agreement,
  chosen: Chosen,
): { readonly outcomes: Outcomes; readonly problems: Problems } {
  const outcomes: Record<string, Outcome> = {};
  const problems: Record<string, Problem | undefined> = {};
  agreement.items.forEach((item, index) => {
    if (item.outcome === 'stop') return;
    const field = numberedName('outcome', index);
    const found = readChoice(chosen[field], ({ evaluation }) => evaluation.outcome);
    if (found === null) problems[field] = { id: 'outcome' };
    else outcomes[item.id] = found;
  });
  return { outcomes, problems };
}

/** The places of the agreements that are to change. */
export function toRewrite(agreement: Agreement, outcomes: Outcomes): number[] {
  return agreement.items.flatMap((item, index) => (outcomes[item.id] === 'adjust' ? [index] : []));
}
