import { crisisCard } from '../../../cards/crisis/crisis.card.js';
import { supportCard } from '../../../cards/support/support.card.js';
import { show, type TurnHandler, type VerbHandlers } from '../../reply.js';

export type Support = VerbHandlers<'support.show' | 'crisis.show'> & {
  readonly open: TurnHandler;
  readonly crisis: TurnHandler;
};

/** Somebody to talk to. Reads no table and writes none: who looks for help leaves no trace, and never waits. */
export function createSupport(): Support {
  return {
    open: async (turn) => show(supportCard(turn.lang)),
    crisis: async (turn) => show(crisisCard(turn.lang)),
    'crisis.show': async (turn) => show(crisisCard(turn.lang)),
    'support.show': async (turn) => show(supportCard(turn.lang)),
  };
}
