import { type MenuReason, menuCard } from '../../../cards/menu/menu.card.js';
import { welcomeCard } from '../../../cards/welcome/welcome.card.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';

export type Menu = VerbHandlers<'menu.show' | 'privacy.show'> & {
  readonly privacy: TurnHandler;
  readonly because: (reason: MenuReason) => TurnHandler;
};

/** What stands behind every door: the menu, with a sentence that says why it is here, and what is kept. */
export function createMenu(isHrAdmin: (person: string) => boolean): Menu {
  return {
    because: (reason) => async (turn) => show(menuCard(turn.lang, reason, isHrAdmin(turn.person))),
    privacy: async (turn) => show(welcomeCard(turn.lang, 'privacy')),
    'menu.show': async (turn): Promise<Reply> =>
      show(menuCard(turn.lang, 'greeting', isHrAdmin(turn.person))),
    'privacy.show': async (turn): Promise<Reply> => show(welcomeCard(turn.lang, 'privacy')),
  };
}
