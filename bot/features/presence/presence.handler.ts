import { welcomeCard } from '../../../cards/welcome/welcome.card.js';
import { NOTHING, show, type TurnHandler } from '../../reply.js';
import { newPerson, type People, type Person, sameReference } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';

export type Presence = { readonly installed: TurnHandler; readonly removed: TurnHandler };

/**
 * Being put in somebody's chats and being taken out. Teams may say either twice, or again without the other: who
 * is here already is not welcomed again, and only the first of two that arrive together finds nobody there.
 */
export function createPresence(stores: { people: People; reminders: Reminders }): Presence {
  const { people, reminders } = stores;
  return {
    async installed(turn) {
      const found = await people.get(turn.tenant, turn.person);
      if (found === null) {
        const added = await people.add({
          ...newPerson(turn.tenant, turn.person),
          reference: turn.reference,
        });
        if (added !== 'ok') return NOTHING;
        await reminders.release(turn.tenant, turn.person, turn.now);
        return show(welcomeCard(turn.lang, 'new'));
      }
      const wasAway = found.record.unreachableSince !== null;
      if (!wasAway && sameReference(found.record.reference, turn.reference)) return NOTHING;
      const back: Person = {
        ...found.record,
        reference: turn.reference,
        unreachableSince: null,
        unreachableWhy: null,
      };
      const changed = await people.change(back, found.etag);
      await reminders.release(turn.tenant, turn.person, turn.now);
      return wasAway && changed === 'ok' ? show(welcomeCard(turn.lang, 'back')) : NOTHING;
    },
    async removed(turn) {
      const found = await people.get(turn.tenant, turn.person);
      if (found === null || found.record.unreachableSince !== null) return NOTHING;
      await people.change(
        { ...found.record, unreachableSince: turn.now, unreachableWhy: 'uninstalled' },
        found.etag,
      );
      return NOTHING;
    },
  };
}
