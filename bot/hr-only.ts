import type { Verb } from '../cards/actions.js';
import { wordsIn } from '../cards/content/words.js';
import { refuse, type VerbHandlers } from './reply.js';
import type { Turn } from './turn.js';

/** The same handlers for HR alone. Anybody else gets what a button gets that there is not: nothing to learn from. */
export function onlyForHr<V extends Verb>(
  hrAdmins: readonly string[],
  handlers: VerbHandlers<V>,
): VerbHandlers<V> {
  const guarded = Object.entries(handlers).map(([verb, handler]) => {
    const handle = handler as (turn: Turn) => ReturnType<VerbHandlers<V>[V]>;
    const guard = async (turn: Turn) =>
      hrAdmins.includes(turn.person) ? handle(turn) : refuse('outdated', wordsIn(turn.lang).notice.outdated);
    return [verb, guard];
  });
  return Object.fromEntries(guarded) as VerbHandlers<V>;
}
