import { welcomeCard } from '../../../cards/welcome/welcome.card.js';
import { type ReachabilityNeeds, remember } from '../../reachability.js';
import { NOTHING, show, type TurnHandler } from '../../reply.js';
import type { Nudges } from '../../store/nudges.js';
import { newPerson } from '../../store/people.js';

export type Presence = { readonly installed: TurnHandler; readonly removed: TurnHandler };

/**
 * Being put in somebody's chats and being taken out. Teams may say either twice, or again without the other: who
 * is here already is not welcomed again.
 */
export function createPresence(needs: ReachabilityNeeds & { readonly nudges: Nudges }): Presence {
  return {
    async installed(turn) {
      const { was } = await remember(needs, turn);
      if (was === 'here') return NOTHING;
      return show(welcomeCard(turn.lang, was === 'new' ? 'new' : 'back'));
    },
    async removed(turn) {
      const found = await needs.people.get(turn.tenant, turn.person);
      if (found === null || found.record.unreachableSince !== null) return NOTHING;
      // What is about themselves alone goes at once: choices, address and what was sent. That they are away stays,
      // so that others see it; what they agreed on with somebody is not theirs alone.
      const away = {
        ...newPerson(turn.tenant, turn.person),
        unreachableSince: turn.now,
        unreachableWhy: 'uninstalled',
      };
      await needs.people.change(away, found.etag);
      await needs.nudges.forgetOf(turn.tenant, turn.person);
      return NOTHING;
    },
  };
}
