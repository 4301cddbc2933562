import { welcomeCard } from '../../../cards/welcome/welcome.card.js';
import { whenRemoved } from '../../domain/person-reachability.js';
import { NOTHING, show, type TurnHandler } from '../../reply.js';
import { type ReachabilityDeps, upsertPerson } from '../../services/reachability.js';
import type { Deliveries } from '../../store/deliveries.js';

export type Presence = { readonly installed: TurnHandler; readonly removed: TurnHandler };

/** Concurrent writers of a person are a turn of theirs and a reminder: more conflicts in a row than this are a fault. */
const MOST_TRIES = 4;

/**
 * Being put in somebody's chats and being taken out. Teams may say either twice, late, or again without the other:
 * who is here already is not welcomed again, and of two events the one that happened last counts.
 */
export function createPresence(deps: ReachabilityDeps & { readonly deliveries: Deliveries }): Presence {
  return {
    async installed(turn) {
      // Put into a meeting or a group: nobody's own chat has begun or ended.
      if (turn.reference === null) return NOTHING;
      const { was } = await upsertPerson(deps, turn, true);
      if (was === 'known') return NOTHING;
      return show(welcomeCard(turn.lang, was === 'created' ? 'new' : 'back'));
    },
    async removed(turn) {
      const { tenant, person, reference } = turn;
      if (reference === null) return NOTHING;
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const found = await deps.people.get(tenant, person);
        if (found === null) return NOTHING;
        const away = whenRemoved(found.record, turn);
        if (away === found.record) return NOTHING;
        const result = await deps.people.change(away, found.etag);
        if (result === 'gone') return NOTHING;
        // The proofs go last: without them, whoever counts as here could get the same digest twice in a day.
        if (result === 'ok') {
          await deps.deliveries.forgetOf(tenant, person);
          return NOTHING;
        }
      }
      return NOTHING;
    },
  };
}
