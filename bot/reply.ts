import type { Verb } from '../cards/actions.js';
import type { Card } from '../cards/render.js';
import type { Press, Turn } from './turn.js';

/**
 * What a feature answers. `card`: a card, in the place of the one that was pressed, or as a new message.
 * `beside`: a card as a message of its own; the one that was pressed stays as it is, with what was typed in it.
 * `refused`: nothing was changed and the card stays as it is, with what was typed in it. `nothing`: no answer.
 */
export type Reply =
  | { readonly kind: 'card'; readonly card: Card }
  | { readonly kind: 'beside'; readonly card: Card }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'nothing' };

export const NOTHING: Reply = { kind: 'nothing' };

export function show(card: Card): Reply {
  return { kind: 'card', card };
}

export function showBeside(card: Card): Reply {
  return { kind: 'beside', card };
}

export function refuse(code: string, message: string): Reply {
  return { kind: 'refused', code, message };
}

/** The handlers of some verbs, each with its own payload. */
export type VerbHandlers<V extends Verb> = {
  readonly [Name in V]: (turn: Press<Name>) => Promise<Reply>;
};
export type TurnHandler = (turn: Turn) => Promise<Reply>;
