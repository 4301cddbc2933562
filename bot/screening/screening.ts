import english from '../../cards/content/en/screening.json' with { type: 'json' };
import dutch from '../../cards/content/nl/screening.json' with { type: 'json' };
import type { Lang } from '../intents/tokens.js';
import { ANY, compileContent, type Rules, type Saying, type ScreeningContent } from './content.js';
import { createDictionary, type Dictionary } from './dictionary.js';
import { readWords, type Word } from './read.js';

/** Why a text may not be kept: the words of one group, as they were typed and in their order. */
export interface Finding {
  readonly words: readonly string[];
  readonly group: string;
}

/** Where something stands in the words of a text, both ends included. */
type Place = { readonly first: number; readonly last: number };
type Hit = Place & { readonly group: string };
/** For each slot that the text fills, where. */
type Places = ReadonlyMap<string, readonly Place[]>;

const CONTENT: Readonly<Record<Lang, ScreeningContent>> = { nl: dutch, en: english };
/** How many words before a harmless saying can still take its innocence away. */
const WORDS_BEFORE = 3;
const PARTICLES: ReadonlySet<string> = new Set('de den der het t te ten ter van von la el al'.split(' '));
const AND: ReadonlySet<string> = new Set('en of and or'.split(' '));
const FIRMS: ReadonlySet<string> = new Set('at bij client customer firma klant leverancier'.split(' '));
const TITLES: ReadonlySet<string> = new Set(
  'dhr heer meneer mevr mevrouw mijnheer miss mr mrs ms mw'.split(' '),
);

/**
 * Reads the rules of both languages once and returns the function that looks for health and private life in a
 * text. It is pure and remembers nothing. Both languages are looked for whatever the language of the card, since
 * people mix them. Harmless sayings are taken out first; what remains must be harmless by itself.
 */
export function createScreening(content = CONTENT): (text: string) => readonly Finding[] {
  const rules = [compileContent('nl', content.nl), compileContent('en', content.en)];
  const groups = new Set(rules.flatMap((one) => one.groups));
  const names = new Set(rules.flatMap((one) => [...one.names]));
  const dictionary = createDictionary(rules);
  const sayings = byFirstSlot(rules.flatMap((one) => one.sayings));
  const passes = byFirstSlot(rules.flatMap((one) => one.passes));
  return (text) => {
    const words = readWords(text);
    const places = placesOf(words, dictionary, groups, names);
    if (places.size === 0) return [];
    const free = excused(words, passes, places);
    const isFree = ({ first, last }: Place): boolean => free.has(first) || free.has(last);
    const single = [...groups].flatMap((group) =>
      (places.get(group) ?? []).filter((place) => !isFree(place)).map((place) => ({ ...place, group })),
    );
    const said = matches(words, sayings, places, free);
    return findingsOf(text, words, [...single, ...said]);
  };
}

function byFirstSlot(sayings: Rules['sayings']): ReadonlyMap<string, readonly Saying[]> {
  const found = new Map<string, Saying[]>();
  for (const saying of sayings) {
    const slot = saying.slots[0] ?? '';
    const list = found.get(slot);
    if (list === undefined) found.set(slot, [saying]);
    else list.push(saying);
  }
  return found;
}

function placesOf(
  words: readonly Word[],
  dictionary: Dictionary,
  groups: ReadonlySet<string>,
  names: ReadonlySet<string>,
): Places {
  const places = new Map<string, Place[]>();
  const put = (slot: string, place: Place): void => {
    const list = places.get(slot);
    if (list === undefined) places.set(slot, [place]);
    else list.push(place);
  };
  words.forEach((word, at) => {
    const next = words[at + 1];
    const found = isSurname(words, at, names) ? [] : dictionary.one(word);
    const both = next?.joins ? dictionary.joined(word, next) : [];
    for (const slot of new Set(found)) put(slot, { first: at, last: at });
    for (const slot of new Set(both)) put(slot, { first: at, last: at + 1 });
    if (found.some((slot) => groups.has(slot))) put(ANY, { first: at, last: at });
    if (both.some((slot) => groups.has(slot))) put(ANY, { first: at, last: at + 1 });
  });
  return places;
}

// "Jan de Boos" and "Anna Pijn" are people; a first name may be any word, a particle stands between. Behind
// "Mevrouw de" and "klant Van" any word with a capital is a name, and the dot of "mw." ends no sentence.
function isSurname(words: readonly Word[], at: number, names: ReadonlySet<string>): boolean {
  const word = words[at];
  if (!word?.capital) return false;
  let before = at - 1;
  while (PARTICLES.has(words[before]?.folded ?? '')) before -= 1;
  const given = words[before];
  const particle = words[before + 1];
  if (particle?.capital && !particle.first && before < at - 1 && FIRMS.has(given?.folded ?? '')) return true;
  if (given !== undefined && TITLES.has(given.folded)) return before < at - 1 || names.has(word.folded);
  return !word.first && names.has(word.folded) && given?.sentence === word.sentence && given.capital;
}

function excused(
  words: readonly Word[],
  passes: ReadonlyMap<string, readonly Saying[]>,
  places: Places,
): ReadonlySet<number> {
  const free = new Set<number>();
  const add = ({ first, last }: Place): void => {
    for (let at = first; at <= last; at++) free.add(at);
  };
  for (const { path } of paths(words, passes, places, new Set())) path.forEach(add);
  // "Diabetes en hiv": what excuses a word excuses the one that is joined to it, in the order of the text.
  for (const place of places.get(ANY) ?? []) if (isJoined(words, place.first, free)) add(place);
  return free;
}

function isJoined(words: readonly Word[], at: number, free: ReadonlySet<number>): boolean {
  const isOneClause = words[at]?.clause === words[at - 2]?.clause;
  return isOneClause && AND.has(words[at - 1]?.folded ?? '') && free.has(at - 2);
}

function matches(
  words: readonly Word[],
  sayings: ReadonlyMap<string, readonly Saying[]>,
  places: Places,
  free: ReadonlySet<number>,
): readonly Hit[] {
  return paths(words, sayings, places, free).map(({ path, group }) => ({
    first: path[0]?.first ?? 0,
    last: path.at(-1)?.last ?? 0,
    group,
  }));
}

function paths(
  words: readonly Word[],
  sayings: ReadonlyMap<string, readonly Saying[]>,
  places: Places,
  taken: ReadonlySet<number>,
): readonly { readonly path: readonly Place[]; readonly group: string }[] {
  return [...places].flatMap(([slot, starts]) =>
    (sayings.get(slot) ?? [])
      .filter(({ slots }) => slots.every((one) => places.has(one)))
      .flatMap((saying) =>
        starts.flatMap((start) => {
          const path = pathFrom(words, saying, start, places, taken);
          return path === null ? [] : [{ path, group: saying.group }];
        }),
      ),
  );
}

/** The places of the rest of a saying behind a start, in the same sentence or clause; null if there are none. */
function pathFrom(
  words: readonly Word[],
  saying: Saying,
  start: Place,
  places: Places,
  taken: ReadonlySet<number>,
): readonly Place[] | null {
  const bounds = words[start.first]?.[saying.within];
  const isTaken = ({ first, last }: Place): boolean => taken.has(first) || taken.has(last);
  if (isTaken(start) || isSpoilt(words, start.first, start.last, saying)) return null;
  let path: readonly Place[] = [start];
  for (const slot of saying.slots.slice(1)) {
    const from = path.at(-1)?.last ?? 0;
    const next = firstBetween(places.get(slot) ?? [], from + 1, from + 1 + saying.gap, isTaken);
    if (next === undefined || words[next.last]?.[saying.within] !== bounds) return null;
    path = [...path, next];
  }
  return isSpoilt(words, start.first, path.at(-1)?.last ?? 0, saying) ? null : path;
}

/** The first place that begins from one word up to another and is free; places stand in their order. */
function firstBetween(
  places: readonly Place[],
  from: number,
  to: number,
  isTaken: (place: Place) => boolean,
): Place | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.first ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < places.length; at++) {
    const place = places[at];
    if (place === undefined || place.first > to) return undefined;
    if (!isTaken(place)) return place;
  }
  return undefined;
}

function isSpoilt(words: readonly Word[], first: number, last: number, { unless }: Saying): boolean {
  if (unless.size === 0) return false;
  const sentence = words[first]?.sentence;
  return words
    .slice(Math.max(0, first - WORDS_BEFORE), last + 1)
    .some((word) => word.sentence === sentence && unless.has(word.folded));
}

function findingsOf(text: string, words: readonly Word[], hits: readonly Hit[]): readonly Finding[] {
  const found = new Map<string, string[]>();
  for (const { first, last, group } of merged(hits)) {
    const typed = text.slice(words[first]?.start, words[last]?.end);
    const list = found.get(group) ?? [];
    if (!list.includes(typed)) list.push(typed);
    found.set(group, list);
  }
  return [...found].map(([group, typed]) => ({ group, words: typed }));
}

/** Hits in the order of the text; those that share a word are one, of the group of the first. */
function merged(hits: readonly Hit[]): readonly Hit[] {
  const ordered = [...hits].sort((one, other) => one.first - other.first || other.last - one.last);
  const apart: Hit[] = [];
  for (const hit of ordered) {
    const before = apart.at(-1);
    if (before === undefined || hit.first > before.last) apart.push(hit);
    else apart[apart.length - 1] = { ...before, last: Math.max(before.last, hit.last) };
  }
  return apart;
}
