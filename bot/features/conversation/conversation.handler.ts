import { PARTS } from '../../../cards/actions.js';
import { aidsCard } from '../../../cards/conversation/aids.card.js';
import { askCard } from '../../../cards/conversation/ask.card.js';
import { beginCard } from '../../../cards/conversation/begin.card.js';
import { partCard } from '../../../cards/conversation/part.card.js';
import { show, type TurnHandler, type VerbHandlers } from '../../reply.js';

export type Conversation = VerbHandlers<'conversation.part' | 'conversation.aids' | 'conversation.ask'> & {
  readonly open: TurnHandler;
  /** The part with this id, the first where there is none. */
  readonly part: (id: string) => TurnHandler;
};

/** The guide through the signalling talk. Where one is travels in the buttons: nothing is kept on the way. */
export function createConversation(): Conversation {
  return {
    open: async (turn) => show(beginCard(turn.lang)),
    part: (id) => async (turn) => show(partCard(turn.lang, PARTS.find((part) => part === id) ?? 'prepare')),
    'conversation.part': async (turn) => show(partCard(turn.lang, turn.data.part)),
    'conversation.aids': async (turn) => show(aidsCard(turn.lang, turn.data.part)),
    'conversation.ask': async (turn) => show(askCard(turn.lang, turn.data.part)),
  };
}
