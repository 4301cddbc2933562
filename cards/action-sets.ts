import type { Button } from './actions.js';

/** Teams shows six primary actions of a card beside the overflow menu (`…`), which has the secondary ones. */
export const MOST_PRIMARY_ACTIONS = 6;

export function isPrimary({ mode }: Button): boolean {
  return mode !== 'secondary';
}

/** The primary actions of all action sets in a part of a card, from top to bottom. */
export function primaryActionsIn(part: unknown): readonly Button[] {
  if (Array.isArray(part)) return part.flatMap(primaryActionsIn);
  if (typeof part !== 'object' || part === null) return [];
  if ('type' in part && part.type === 'ActionSet')
    return 'actions' in part ? (part.actions as Button[]).filter(isPrimary) : [];
  return Object.values(part).flatMap(primaryActionsIn);
}

/**
 * Makes the only secondary action of a set primary: an overflow menu (`…`) with a single action in it costs a press and
 * tells nothing. Done here, since which actions a set has is known when its card is filled.
 */
export function withoutLoneOverflow(part: unknown): unknown {
  if (Array.isArray(part)) {
    for (const one of part) withoutLoneOverflow(one);
    return part;
  }
  if (typeof part !== 'object' || part === null) return part;
  const { type, actions, items, columns, body } = part as Record<string, unknown>;
  if (type === 'ActionSet' && Array.isArray(actions) && actions.length <= MOST_PRIMARY_ACTIONS) {
    const secondary = (actions as Button[]).filter((one) => !isPrimary(one));
    if (secondary.length === 1)
      (part as Record<string, unknown>).actions = (actions as Record<string, unknown>[]).map(asPrimary);
  }
  for (const inner of [items, columns, body]) if (inner !== undefined) withoutLoneOverflow(inner);
  return part;
}

function asPrimary({ mode: _, fallback, ...action }: Record<string, unknown>): Record<string, unknown> {
  if (typeof fallback !== 'object' || fallback === null)
    return { ...action, ...(fallback === undefined ? {} : { fallback }) };
  const { mode: __, ...rest } = fallback as Record<string, unknown>;
  return { ...action, fallback: rest };
}
