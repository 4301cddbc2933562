import { byFirstSlot } from '../text/slots.js';
import { createDictionary, type Dictionary } from './dictionary.js';
import { readWords, type Word } from './read.js';
import type { Rules, Saying } from './rules.js';

/** Where something stands in the words of a text, both ends included. */
export interface Place {
  readonly first: number;
  readonly last: number;
}
/** Words that may be about health or private life, of the group that they belong to. */
export interface Candidate extends Place {
  readonly group: string;
}
/** A text in words, with what in it has to be judged. */
export interface Read {
  readonly words: readonly Word[];
  /** In the order of the text; none shares a word with another. */
  readonly candidates: readonly Candidate[];
  /** For each word the sets of the content that it is in. */
  readonly sets: readonly (readonly string[])[];
}

/** For each slot that the text fills, where. */
type Places = ReadonlyMap<string, readonly Place[]>;

const PARTICLES: ReadonlySet<string> = new Set('de den der het t te ten ter van von la el al'.split(' '));
/** "Van der", "van de la": no name has more. */
const MOST_PARTICLES = 4;
const FIRMS: ReadonlySet<string> = new Set('at bij client customer firma klant leverancier'.split(' '));
const TITLES: ReadonlySet<string> = new Set(
  'dhr heer meneer mevr mevrouw mijnheer miss mr mrs ms mw'.split(' '),
);

/**
 * Reads the rules of all languages together and returns the function that finds what may be about health or private
 * life in a text, whatever its language, since people mix them. It finds far more than is meant so: whether it is,
 * is judged by what stands around it.
 */
export function createReader(rules: readonly Rules[]): (text: string) => Read {
  const groups = new Set(rules.flatMap((one) => one.groups));
  const names = new Set(rules.flatMap((one) => [...one.names]));
  const dictionary = createDictionary(rules);
  const sayings = byFirstSlot(rules.flatMap((one) => one.sayings));
  return (text) => {
    const words = readWords(text);
    const places = placesOf(words, dictionary, names);
    const single = [...groups].flatMap((group) =>
      (places.get(group) ?? []).map((place) => ({ ...place, group })),
    );
    return {
      words,
      candidates: merged([...single, ...said(words, sayings, places)]),
      sets: setsOf(words, places, groups),
    };
  };
}

function placesOf(words: readonly Word[], dictionary: Dictionary, names: ReadonlySet<string>): Places {
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
  });
  return places;
}

// "Jan de Boos" and "Anna Pijn" are people; a first name may be any word, a particle stands between. Behind
// "Mevrouw de" and "klant Van" any word with a capital is a name, and the dot of "mw." ends no sentence.
function isSurname(words: readonly Word[], at: number, names: ReadonlySet<string>): boolean {
  const word = words[at];
  if (!word?.capital) return false;
  let before = at - 1;
  while (at - before <= MOST_PARTICLES && PARTICLES.has(words[before]?.folded ?? '')) before -= 1;
  const given = words[before];
  const particle = words[before + 1];
  if (particle?.capital && !particle.first && before < at - 1 && FIRMS.has(given?.folded ?? '')) return true;
  if (given !== undefined && TITLES.has(given.folded)) return before < at - 1 || names.has(word.folded);
  return !word.first && names.has(word.folded) && given?.sentence === word.sentence && given.capital;
}

function said(
  words: readonly Word[],
  sayings: ReadonlyMap<string, readonly Saying[]>,
  places: Places,
): readonly Candidate[] {
  return [...places].flatMap(([slot, starts]) =>
    (sayings.get(slot) ?? [])
      .filter(({ slots }) => slots.every((one) => places.has(one)))
      .flatMap((saying) =>
        starts.flatMap((start) => {
          const last = endOf(words, saying, start, places);
          return last === null ? [] : [{ first: start.first, last, group: saying.group }];
        }),
      ),
  );
}

/** The last word of a saying that starts there, in the same sentence; null if the rest of it is not there. */
function endOf(words: readonly Word[], saying: Saying, start: Place, places: Places): number | null {
  let { last } = start;
  for (const slot of saying.slots.slice(1)) {
    const next = firstBetween(places.get(slot) ?? [], last + 1, last + 1 + saying.gap);
    if (next === undefined || words[next.last]?.sentence !== words[start.first]?.sentence) return null;
    last = next.last;
  }
  return last;
}

/** The first place that begins from one word up to another; places stand in their order. */
function firstBetween(places: readonly Place[], from: number, to: number): Place | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.first ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const place = places[low];
  return place === undefined || place.first > to ? undefined : place;
}

function setsOf(
  words: readonly Word[],
  places: Places,
  groups: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const sets: string[][] = words.map(() => []);
  for (const [slot, found] of places) {
    if (!slot.includes(':') || groups.has(slot)) continue;
    for (const { first, last } of found) if (first === last) sets[first]?.push(slot);
  }
  return sets;
}

/** In the order of the text; those that share a word are one, of the group of the first. */
function merged(hits: readonly Candidate[]): readonly Candidate[] {
  const ordered = [...hits].sort((one, other) => one.first - other.first || other.last - one.last);
  const apart: Candidate[] = [];
  for (const hit of ordered) {
    const before = apart.at(-1);
    if (before === undefined || hit.first > before.last) apart.push(hit);
    else apart[apart.length - 1] = { ...before, last: Math.max(before.last, hit.last) };
  }
  return apart;
}
