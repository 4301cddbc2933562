import type { LeavingTyped } from '../../../cards/actions.js';
import { leaverAskCard } from '../../../cards/leaver/ask.card.js';
import { leaverDoneCard } from '../../../cards/leaver/done.card.js';
import { leaverFormCard } from '../../../cards/leaver/form.card.js';
import { openIn } from '../../domain/handover.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { Screen } from '../../screening.js';
import type { Turn } from '../../turn.js';
import { type HandoverNeeds, removeAll, takeOverAll } from './handover.js';
import { asMeant, problemsOf } from './leaver.rules.js';

export type LeaverNeeds = HandoverNeeds & {
  readonly screen: Screen;
  /** Entra object ids. */
};
type Verbs = 'leaver.show' | 'leaver.ask' | 'leaver.move' | 'leaver.delete';
export type Leaver = VerbHandlers<Verbs>;

const EMPTY: LeavingTyped = { leaver: '', what: 'move', successor: '', name: '' };

/**
 * A manager who leaves: HR says who goes on with the agreements that still run, or that they are deleted, and sees
 * neither what is in them nor with whom they are. For HR alone, which the router sees to.
 */
export function createLeaver(needs: LeaverNeeds): Leaver {
  /** Does it when all is well with what was asked for; a payload can be made by hand. */
  const checked = async (
    turn: Turn,
    typed: LeavingTyped,
    act: (meant: LeavingTyped) => Promise<Reply>,
  ): Promise<Reply> => {
    const meant = asMeant(typed);
    const problems = problemsOf(meant, needs.screen);
    const wrong = Object.keys(problems).length > 0;
    return wrong ? show(leaverFormCard(turn.lang, typed, problems)) : act(meant);
  };
  return {
    'leaver.show': async ({ lang, data }) => show(leaverFormCard(lang, data.filled ?? EMPTY, {})),
    'leaver.ask': (turn) =>
      checked(turn, turn.data, async (typed) => {
        const leaver = { tenant: turn.tenant, person: typed.leaver };
        const [first] = openIn(await needs.managers.everything(leaver));
        const leaverName = first?.managerName ?? '';
        return show(leaverAskCard(turn.lang, { typed, leaverName, open: first !== undefined }));
      }),
    'leaver.move': (turn) =>
      checked(turn, { ...turn.data, what: 'move' }, async (typed) => {
        const who = { by: turn.person, now: turn.now, did: 'leaver.move' } as const;
        const leaver = { tenant: turn.tenant, person: typed.leaver };
        const successor = { tenant: turn.tenant, person: typed.successor };
        const { left, any } = await takeOverAll(needs, leaver, { ...successor, name: typed.name }, who);
        return show(leaverDoneCard(turn.lang, typed, { moved: any, left }));
      }),
    'leaver.delete': (turn) =>
      checked(turn, { ...EMPTY, leaver: turn.data.leaver, what: 'delete' }, async (typed) => {
        const who = { by: turn.person, now: turn.now, did: 'leaver.delete' } as const;
        const { left } = await removeAll(needs, { tenant: turn.tenant, person: typed.leaver }, who);
        return show(leaverDoneCard(turn.lang, typed, { moved: false, left }));
      }),
  };
}
