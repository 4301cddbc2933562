import { byFirstSlot } from '../text/slots.js';
import type { Compiled, DangerSaying, EverydaySaying, Saying, SayingKind, SayingStep } from './sayings.js';
import type { DangerText, FilledSlots } from './words.js';

/** How many words before an everyday saying can still take its innocence away ("after the meeting I end it"). */
const WORDS_BEFORE = 3;

/** What a saying that stands in a text shows, and where: numbers of words, both included. */
export interface Candidate {
  readonly kind: SayingKind;
  readonly step: SayingStep;
  readonly first: number;
  readonly last: number;
}

/** For each slot of a saying, where in the text it is said; a slot is a word, a prefix or a group of words. */
type Places = ReadonlyMap<string, readonly number[]>;

/** The sayings of a language by what each begins with: of the many only those that a text can hold are tried. */
type BySlot<One> = ReadonlyMap<string, readonly One[]>;

/**
 * Makes the function that finds the sayings of one language in a text, by the slots that its words fill.
 * Everyday sayings are taken out first, so that what remains must still be dangerous by itself: "dood van het lachen,
 * maar ik wil niet meer leven" is. Our own code, for no library is known to do this in Dutch, and it must be open to
 * reading.
 */
export function createCandidates({
  danger,
  everyday,
}: Pick<Compiled, 'danger' | 'everyday'>): (text: DangerText, filled: FilledSlots) => readonly Candidate[] {
  const dangerous = byFirstSlot(danger);
  const innocent = byFirstSlot(everyday);
  return (text, filled) => candidatesIn(text, dangerous, innocent, filled);
}

function possible<One>(sayings: BySlot<One>, places: Places): readonly One[] {
  return [...places.keys()].flatMap((slot) => sayings.get(slot) ?? []);
}

function candidatesIn(
  text: DangerText,
  danger: BySlot<DangerSaying>,
  everyday: BySlot<EverydaySaying>,
  filled: FilledSlots,
): readonly Candidate[] {
  const { words } = text;
  if (filled.size === 0) return [];
  const places = placesOf(filled);
  const suspect = possible(danger, places).filter(
    (saying) => firstPath(saying, places, words.length, new Set()) !== null,
  );
  if (suspect.length === 0) return [];
  const innocent = innocentWords(text, possible(everyday, places), places);
  return suspect.flatMap((saying) => {
    const path = firstPath(saying, places, words.length, innocent);
    // That it is said in an everyday way is evidence against it.
    const said = path ?? firstPath(saying, places, words.length, new Set()) ?? [0];
    const first = said[0] ?? 0;
    const step = path === null ? 'none' : saying.step;
    return [{ kind: saying.kind, step, first, last: said.at(-1) ?? first }];
  });
}

function placesOf(filled: FilledSlots): Places {
  const places = new Map<string, number[]>();
  for (const [at, slots] of filled) {
    for (const slot of slots) {
      const list = places.get(slot);
      if (list === undefined) places.set(slot, [at]);
      else list.push(at);
    }
  }
  return places;
}

function innocentWords(
  text: DangerText,
  everyday: readonly EverydaySaying[],
  places: Places,
): ReadonlySet<number> {
  const innocent = new Set<number>();
  for (const saying of everyday) {
    for (const start of starts(saying, places, text.words.length)) {
      const path = pathFrom(saying, start, places, text.words.length, new Set());
      if (!path || isSpoilt(text, path, saying)) continue;
      for (const at of path) innocent.add(at);
    }
  }
  return innocent;
}

// An everyday saying excuses nothing beyond its own sentence; danger may well run over several.
function isSpoilt(
  { words, sentences }: DangerText,
  path: readonly number[],
  saying: EverydaySaying,
): boolean {
  const first = path[0] ?? 0;
  const last = path.at(-1) ?? first;
  if (sentences[first] !== sentences[last]) return true;
  const from = Math.max(0, first - WORDS_BEFORE);
  return words.slice(from, last + WORDS_BEFORE + 1).some((word) => saying.unless.has(word));
}

function firstPath(saying: Saying, places: Places, length: number, taken: ReadonlySet<number>) {
  for (const start of starts(saying, places, length)) {
    const path = pathFrom(saying, start, places, length, taken);
    if (path) return path;
  }
  return null;
}

function starts(saying: Saying, places: Places, length: number): readonly number[] {
  if (saying.slots.some((slot) => !places.has(slot))) return [];
  const found = places.get(saying.slots[0] ?? '') ?? [];
  if (saying.atStart) return found.includes(0) ? [0] : [];
  return saying.atEnd ? found.filter((at) => at + saying.slots.length <= length) : found;
}

/** The places of the slots in their order, with at most `gap` other words between two of them; null if none. */
function pathFrom(
  saying: Saying,
  start: number,
  places: Places,
  length: number,
  taken: ReadonlySet<number>,
): readonly number[] | null {
  if (taken.has(start)) return null;
  let paths: readonly (readonly number[])[] = [[start]];
  for (const slot of saying.slots.slice(1)) {
    const next = new Map<number, readonly number[]>();
    const found = places.get(slot) ?? [];
    for (const path of paths) {
      const last = path.at(-1) ?? 0;
      for (let at = last + 1; at <= last + 1 + saying.gap; at++) {
        if (!taken.has(at) && !next.has(at) && includesSorted(found, at)) next.set(at, [...path, at]);
      }
    }
    if (next.size === 0) return null;
    paths = [...next.values()];
  }
  return paths.find((path) => !saying.atEnd || path.at(-1) === length - 1) ?? null;
}

function includesSorted(numbers: readonly number[], wanted: number): boolean {
  let low = 0;
  let high = numbers.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = numbers[middle] ?? 0;
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
