import type { CoffeeUndo } from '../../../cards/coffee/coffee-view.js';
import { coffeeListCard } from '../../../cards/coffee/list.card.js';
import { coffeeList } from '../../domain/coffee.js';
import type { Member } from '../../domain/member.js';
import { type Reply, show } from '../../reply.js';
import { type Turn, todayOf, type ZoneDeps } from '../../turn.js';

/** The coffee list on a page of it, with what just happened above it, and how to undo that where it can be. */
export async function listOf(
  deps: ZoneDeps,
  turn: Turn,
  {
    members,
    page,
    notice,
    undo = null,
  }: {
    readonly members: readonly Member[];
    readonly page: number;
    readonly notice: string;
    readonly undo?: CoffeeUndo | null;
  },
): Promise<Reply> {
  const today = await todayOf(deps, turn);
  return show(coffeeListCard(turn.lang, { people: coffeeList(members), page, today, notice, undo }));
}
