import { welcomeCard } from '../../../cards/welcome/welcome.card.js';
import { type ReachabilityNeeds, remember } from '../../reachability.js';
import { NOTHING, show, type TurnHandler } from '../../reply.js';

export type Presence = { readonly installed: TurnHandler; readonly removed: TurnHandler };

/**
 * Being put in somebody's chats and being taken out. Teams may say either twice, or again without the other: who
 * is here already is not welcomed again.
 */
export function createPresence(needs: ReachabilityNeeds): Presence {
  return {
    async installed(turn) {
      const { was } = await remember(needs, turn);
      if (was === 'here') return NOTHING;
      return show(welcomeCard(turn.lang, was === 'new' ? 'new' : 'back'));
    },
    async removed(turn) {
      const found = await needs.people.get(turn.tenant, turn.person);
      if (found === null || found.record.unreachableSince !== null) return NOTHING;
      const away = { ...found.record, unreachableSince: turn.now, unreachableWhy: 'uninstalled' };
      await needs.people.change(away, found.etag);
      return NOTHING;
    },
  };
}
