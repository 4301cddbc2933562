import type { Ticks } from '../../../cards/actions.js';
import { SIGNAL_GROUPS, type SignalGroup } from '../../../cards/signals/groups.js';
import type { Weight } from '../../../cards/signals/weighed.card.js';

/** Groups of different guides that look at the same side of a person count as one side. */
const SIDES: Readonly<Record<SignalGroup, string>> = {
  'signals-first': 'first',
  'signals-psychic': 'mind',
  'signals-stress-feeling': 'mind',
  'signals-stress-thinking': 'mind',
  'signals-physical': 'body',
  'signals-stress-body': 'body',
  'signals-functioning': 'work',
  'signals-stress-behaviour': 'behaviour',
  'signals-stress-habits': 'habits',
  'signals-lonely': 'contact',
};
const LONG = ['weeks', 'months'];
/** From how many signals their sum says something: one is none, and two may be chance. */
const SUM_FROM = 3;

/**
 * What ticks say together: breadth over several sides weighs more than number, one signal is none. No score and no
 * conclusion about the person. Source: HAN, Blijven werken met psychische klachten, handle 1.
 */
export function weigh(ticks: Ticks): Weight {
  const ticked = SIGNAL_GROUPS.map((group) => ({ group, count: countOf(ticks[group]) }));
  const total = ticked.reduce((sum, { count }) => sum + count, 0);
  const sides = new Set(ticked.filter(({ count }) => count > 0).map(({ group }) => SIDES[group]));
  return {
    breadth: breadthOf(total, sides.size),
    long: LONG.includes(ticks.since),
    changed: ticks.changed === 'yes' ? true : ticks.changed === 'no' ? false : null,
  };
}

function breadthOf(total: number, sides: number): Weight['breadth'] {
  if (total === 0) return 'none';
  if (total === 1) return 'one';
  return sides >= 2 && total >= SUM_FROM ? 'spread' : 'few';
}

function countOf(ticked: string): number {
  return new Set(ticked.split(',').filter((place) => /^\d{1,2}$/.test(place))).size;
}
