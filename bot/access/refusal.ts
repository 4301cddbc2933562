import { messagesFor } from '../../cards/content/words.js';
import { notListedCard } from '../../cards/hr/not-listed.card.js';
import { type Reply, refuse, show, showBeside } from '../reply.js';
import type { Turn } from '../turn.js';
import type { Access, Authorize } from './authorization.js';

/**
 * What somebody is told instead who may not do something; null when they may. `inForm`: they filled something in,
 * which stays where it is.
 */
export async function refusalOf(
  authorize: Authorize,
  access: Access,
  { turn, inForm }: { readonly turn: Turn; readonly inForm: boolean },
): Promise<Reply | null> {
  const decision = await authorize(access, turn);
  const { notice } = messagesFor(turn.lang);
  switch (decision.kind) {
    case 'granted':
      return null;
    // Nothing shows that there is one for others.
    case 'hidden':
      return refuse('outdated', notice.outdated);
    case 'unknown':
      return refuse('list-unknown', notice.tablesAway);
    case 'unlisted': {
      const card = notListedCard(turn.lang, decision.owns);
      return inForm ? showBeside(card) : show(card);
    }
  }
}
