import { codeOf } from '../errors.js';
import type { Log } from '../log.js';
import type { Reply } from '../reply.js';
import type { TurnReads } from '../store/turn-reads.js';
import type { TurnWrites } from '../store/turn-writes.js';
import type { Turn } from '../turn.js';
import { type ReachabilityDeps, upsertPerson } from './reachability.js';

export type TurnScopeDeps = ReachabilityDeps & {
  readonly turnReads: Pick<TurnReads, 'during'>;
  readonly turnWrites: Pick<TurnWrites, 'during'>;
  readonly log: Log;
};

/**
 * What holds for every turn, whatever answers it: a person is read once, and whoever put something on record is known
 * from then on. What was recorded stays so when its writer could not be kept: they are when they write again.
 */
export function createTurnScope(deps: TurnScopeDeps) {
  const keepWriter = async (turn: Turn) => {
    try {
      await upsertPerson(deps, turn);
    } catch (error) {
      deps.log.warn({ code: codeOf(error) }, 'who wrote something could not be remembered');
    }
  };
  return (turn: Turn, act: () => Promise<Reply>): Promise<Reply> =>
    deps.turnReads.during(() => deps.turnWrites.during(act, () => keepWriter(turn)));
}
