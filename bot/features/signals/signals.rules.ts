import type { Ticks } from '../../../cards/actions.js';
import { readChoice, readChoices } from '../../../cards/choices.js';
import type { Lang, Messages } from '../../../cards/content/words.js';
import { signalsIn } from '../../../cards/signals/checklist.card.js';
import { SIGNAL_GROUPS, type SignalGroup } from '../../../cards/signals/groups.js';
import type { Weight } from '../../../cards/signals/weighed.card.js';

type Side = 'mind' | 'body' | 'work' | 'habits' | 'contact';

/**
 * Groups of different guides that look at the same side of a person count as one side. The first signs are of
 * several sides, each in its place in the list: the same thing ticked twice must not look like breadth.
 */
const SIDES: Readonly<Record<SignalGroup, Side | readonly Side[]>> = {
  'signals-first': ['body', 'mind', 'body', 'mind', 'mind', 'mind', 'mind', 'contact'],
  'signals-psychic': 'mind',
  'signals-stress-feeling': 'mind',
  'signals-stress-thinking': 'mind',
  'signals-physical': 'body',
  'signals-stress-body': 'body',
  'signals-functioning': 'work',
  // Withdrawing, quarrels and short answers are what others meet: the same side as wanting no contact.
  'signals-stress-behaviour': 'contact',
  'signals-stress-habits': 'habits',
  'signals-lonely': 'contact',
};
const LONG = ['weeks', 'months'];
/** From how many signals their sum says something: one is none, and two may be chance. */
const SUM_FROM = 3;

/** What was ticked, by place; a group in which nothing is ticked is empty. Null where something is no tick. */
export function readTicks(ticked: Ticks): Ticks | null {
  const groups = SIGNAL_GROUPS.map(
    (group) => [group, readChoices(ticked[group], placeTitles(group))] as const,
  );
  const since = ticked.since === '' ? '' : readChoice(ticked.since, ({ checklist }) => checklist.since);
  const changed =
    ticked.changed === '' ? '' : readChoice(ticked.changed, ({ checklist }) => checklist.changed);
  if (since === null || changed === null || groups.some(([, places]) => places === null)) return null;
  const read = Object.fromEntries(groups.map(([group, places]) => [group, (places ?? []).join(',')]));
  return { ...(read as Record<SignalGroup, string>), since, changed };
}

function placeTitles(group: SignalGroup) {
  return (_words: Messages, lang: Lang): Readonly<Record<string, string>> =>
    Object.fromEntries(signalsIn(lang, group).entries());
}

/**
 * What ticks say together: breadth over several sides weighs more than number, one signal is none. No score and no
 * conclusion about the person. Source: HAN, Blijven werken met psychische klachten, handle 1.
 */
export function weigh(ticks: Ticks): Weight {
  const sides = SIGNAL_GROUPS.flatMap((group) => placesIn(ticks[group]).map((place) => sideOf(group, place)));
  return {
    breadth: breadthOf(sides.length, new Set(sides).size),
    long: LONG.includes(ticks.since),
    changed: ticks.changed === 'yes' ? true : ticks.changed === 'no' ? false : null,
  };
}

function breadthOf(total: number, sides: number): Weight['breadth'] {
  if (total === 0) return 'none';
  if (total === 1) return 'one';
  return sides >= 2 && total >= SUM_FROM ? 'spread' : 'few';
}

function sideOf(group: SignalGroup, place: number): Side {
  const side = SIDES[group];
  return typeof side === 'string' ? side : (side[place] ?? 'mind');
}

function placesIn(ticked: string): readonly number[] {
  const places = ticked.split(',').filter((place) => /^\d{1,2}$/.test(place));
  return [...new Set(places)].map(Number);
}
