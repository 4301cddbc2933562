import { readChoice } from '../../../cards/choices.js';
import { EVERYONE, memberTitles, overviewCard } from '../../../cards/overview/overview.card.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import { type Turn, todayOf } from '../../turn.js';
import { memberOf, openThings } from './overview.rules.js';

export type OverviewDeps = { readonly managers: Managers; readonly people: People; readonly zone: string };
export type Overview = VerbHandlers<'overview.show' | 'overview.filter'> & { readonly open: TurnHandler };

/** One look at all that is open: agreements, coffees and moments together, in one query. */
export function createOverview(deps: OverviewDeps): Overview {
  const overview = async (turn: Turn, page: number, asked: string): Promise<Reply> => {
    const everything = await deps.managers.records(turn);
    const things = openThings(everything, await todayOf(deps, turn));
    const named = new Set(things.map((thing) => memberOf(thing, everything)));
    const members = everything.members.filter(({ id }) => named.has(id));
    const chosen =
      readChoice(asked, ({ overview: words }) => memberTitles(words.everyone, members)) ?? EVERYONE;
    const of = chosen === EVERYONE ? '' : chosen;
    const shown = of === '' ? things : things.filter((thing) => memberOf(thing, everything) === of);
    return show(overviewCard(turn.lang, { things: shown, members, of, page }));
  };
  return {
    open: (turn) => overview(turn, 0, ''),
    'overview.show': (turn) => overview(turn, turn.data.page, turn.data.of),
    'overview.filter': (turn) => overview(turn, 0, turn.data.member),
  };
}
