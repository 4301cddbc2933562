import { numberedName, type Payload } from '../../../cards/actions.js';
import type { Problem, Problems } from '../../../cards/agreement/problems.js';
import { readChoice } from '../../../cards/choices.js';
import type { Agreement, Item, Outcome } from '../../store/managers.js';

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

/**
 * The agreement after an evaluation on `day`: outcomes on record, changed texts and days in place, the next day
 * set, everything shown anew to the employee. HAN: there is no final evaluation, so there is always a next day.
 */
export function evaluated(
  agreement: Agreement,
  done: {
    readonly day: string;
    readonly now: string;
    readonly outcomes: Outcomes;
    readonly nextDay: string;
    readonly rewritten: Readonly<Record<string, Pick<Item, 'what' | 'by'>>>;
  },
): Agreement {
  return changed(agreement, done.now, {
    items: agreement.items.map((item) => ({
      ...item,
      ...done.rewritten[item.id],
      outcome: done.outcomes[item.id] ?? item.outcome,
    })),
    evaluations: [
      ...agreement.evaluations,
      { day: done.day, planned: agreement.nextDay, outcomes: { ...done.outcomes } },
    ],
    nextDay: done.nextDay,
    remindFrom: null,
  });
}

/** The agreement with its evaluation on another day. */
export function moved(agreement: Agreement, nextDay: string, now: string): Agreement {
  return changed(agreement, now, { nextDay, remindFrom: null });
}

/** Whether this very evaluation is what the record already holds: Teams sends a press again when in doubt. */
export function alreadyRecorded(agreement: Agreement, outcomes: Outcomes, nextDay: string): boolean {
  const last = agreement.evaluations.at(-1);
  if (last === undefined || agreement.nextDay !== nextDay) return false;
  // What that evaluation stopped is not asked any more, so it is not among the outcomes either.
  return Object.keys({ ...last.outcomes, ...outcomes }).every(
    (id) => last.outcomes[id] === (outcomes[id] ?? 'stop'),
  );
}

export function allStopped(agreement: Agreement): boolean {
  return agreement.items.every((item) => item.outcome === 'stop');
}

function changed(agreement: Agreement, now: string, changes: Partial<Agreement>): Agreement {
  return {
    ...agreement,
    ...changes,
    // Whoever has not seen the handover yet hears of it with this change.
    movedFrom: isUnseen(agreement) ? agreement.movedFrom : null,
    answer: agreement.employee === null ? 'not-shared' : 'on-its-way',
    answeredAt: null,
    changeAsked: null,
    undelivered: null,
    changedAt: now,
    version: agreement.version + 1,
  };
}

function isUnseen({ answer }: Agreement): boolean {
  return answer === 'on-its-way' || answer === 'waiting';
}
