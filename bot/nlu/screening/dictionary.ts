import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import type { Lang } from '../../../cards/content/words.js';
import { bitsIn, isWithinEdits, lettersOf, mayBeSlips } from '../text/edit-distance.js';
import { fold } from '../text/tokens.js';
import type { Word } from './read.js';
import type { Compound, Entry, Rules } from './rules.js';

/** Which groups and which slots of sayings a word stands for. */
export interface Dictionary {
  /** What one word stands for. */
  readonly one: (word: Word) => readonly string[];
  /** What two words stand for when they are one: "burn out". */
  readonly joined: (one: Word, next: Word) => readonly string[];
}

/** A word to be found misspelt too. */
interface Fuzzy {
  readonly text: string;
  readonly letters: number;
  readonly slots: readonly string[];
  /** Whether whatever may follow it. */
  readonly isStart: boolean;
}

const STEMMERS = { nl: dutch, en: english } as const;
const NONE: readonly string[] = [];
/** What Dutch puts between the parts of a compound. */
const LINKS = ['', 's', 'e', 'n', 'en'] as const;
const SHORTEST_STEMMED = 4;
/** How many letters inflection leaves alone: "zoon" and "zonen". */
const LETTERS_KEPT = 2;
const SHORTEST_IN_COMPOUND = 4;
const SHORTEST_FIRST = 3;
const SHORTEST_LAST = 4;
/** Shorter words must be right: one letter makes another word of them. */
const SHORTEST_FORGIVEN = 7;
const TWO_EDITS_FROM = 13;
/** A name is spared unless it is as long as this and so hardly another word. */
const LONGEST_NAME_SPARED = 7;
/** In two words a shorter beginning or end is a coincidence: "dit is" is no "*itis". */
const SHORTEST_AFFIX_JOINED = 5;
const SHORTEST_FIRST_JOINED = 4;
/** "Hoofdpijn en" is no "hoofdpijnen". */
const LETTERS_OVER = 2;
const LONGEST_WORD = 40;

/** Makes the dictionary of all rules together. A look-up leaves no trace of the word. */
export function createDictionary(rules: readonly Rules[]): Dictionary {
  const entries = rules.flatMap((one) => one.entries);
  const exact = new Map<string, string[]>();
  const capitals = new Map<string, string[]>();
  const starts = new Map<string, string[]>();
  const ends = new Map<string, string[]>();
  const bending = new Map<string, string[]>();
  for (const { text, slot, bends } of entries) {
    if (bends) add(bending, text, slot);
    if (text.endsWith('*')) add(starts, text.slice(0, -1), slot);
    else if (text.startsWith('*')) add(ends, text.slice(1), slot);
    else if (isCapitals(text)) add(capitals, fold(text), slot);
    else add(exact, text, slot);
  }
  const ordinary = affixes(rules.flatMap((one) => one.ordinary));
  const parts = new Set(rules.flatMap((one) => one.parts));
  const compounds = rules.flatMap((one) => one.compounds);
  const fuzzy = byFirstLetter([...bending].map(([text, slots]) => fuzzyOf(text, slots)));
  const groups = new Set(rules.flatMap((one) => one.groups));

  // In two words it must reach over the blank, as "burnout*" does in "burn-outklachten".
  const affixed = (word: string, startsOver = 0, endsOver = 0): readonly string[] => [
    ...atStart(starts, word, startsOver),
    ...atEnd(ends, word, endsOver),
  ];
  const inflections = [createStems('nl', entries), createStems('en', entries)];
  const stemmed = (word: string): readonly string[] =>
    word.length < SHORTEST_STEMMED ? NONE : inflections.flatMap((stems) => stems(word));
  const compounded = (word: string): readonly string[] => {
    for (let at = SHORTEST_IN_COMPOUND; at < word.length; at++) {
      if (!parts.has(word.slice(at))) continue;
      const left = word.slice(0, at);
      const found = leftOf(left);
      if (found.length > 0) return found;
      // A compound in a compound: "spierpijn" in "spierpijnklachten".
      const within = together(left, compounds);
      if (within.length > 0) return within;
    }
    return NONE;
  };
  const leftOf = (left: string): readonly string[] => {
    const link = LINKS.find(
      (end) => left.endsWith(end) && bending.has(left.slice(0, left.length - end.length)),
    );
    const word = link === undefined ? '' : left.slice(0, left.length - link.length);
    return word.length < SHORTEST_IN_COMPOUND ? NONE : (bending.get(word) ?? NONE);
  };
  const forgiven = (word: string): readonly string[] => {
    if (word.length < SHORTEST_FORGIVEN - 1) return NONE;
    const letters = lettersOf(word);
    const candidates = fuzzy.get(word[0] ?? '') ?? [];
    return candidates.find((one) => isNear(word, letters, one, parts))?.slots ?? NONE;
  };

  return {
    one: (word) => {
      const folded = word.folded.slice(0, LONGEST_WORD);
      const written = exact.get(folded) ?? NONE;
      const asWritten = word.capitals ? [...written, ...(capitals.get(folded) ?? NONE)] : written;
      if (asWritten.some((slot) => groups.has(slot))) return asWritten;
      const ending = affixed(folded);
      if (isOrdinary(folded, ordinary)) return [...asWritten, ...ending.filter((slot) => !groups.has(slot))];
      const longer = [...ending, ...together(folded, compounds)];
      if (longer.length > 0) return [...asWritten, ...longer];
      if (word.capital && !word.first && folded.length <= LONGEST_NAME_SPARED) return asWritten;
      const inflected = stemmed(folded);
      if (inflected.length > 0) return [...asWritten, ...inflected];
      if (asWritten.length > 0) return asWritten;
      const compound = compounded(folded);
      return compound.length > 0 ? compound : forgiven(folded);
    },
    joined: (one, next) => {
      const folded = one.folded + next.folded;
      if (folded.length > LONGEST_WORD || isOrdinary(folded, ordinary)) return NONE;
      const startsOver = startOver(one.folded.length, next.folded.length);
      const endsOver = Math.max(one.folded.length, next.folded.length, SHORTEST_AFFIX_JOINED);
      const parted = compounds.filter(({ first, last }) => first.has(one.folded) && last.has(next.folded));
      const found = exact.get(folded) ?? NONE;
      return [...found, ...affixed(folded, startsOver, endsOver), ...parted.map(({ slot }) => slot)];
    },
  };
}

// Behind a short word a few letters more are a coincidence: "de president" is no "depresi*".
function startOver(first: number, next: number): number {
  const isLong = first >= SHORTEST_FIRST_JOINED;
  return isLong ? first + LETTERS_OVER : Math.max(first, next, SHORTEST_AFFIX_JOINED);
}

function together(word: string, compounds: readonly Compound[]): readonly string[] {
  for (let at = word.length - SHORTEST_LAST; at >= SHORTEST_FIRST; at--) {
    const last = word.slice(at);
    const possible = compounds.filter((compound) => compound.last.has(last));
    const found = possible.find(({ first }) => first.has(word.slice(0, at)));
    if (found !== undefined) return [found.slot];
  }
  return NONE;
}

/** Finds inflected words by their stems. Words are stemmed when one that begins alike is first asked for. */
function createStems(lang: Lang, entries: readonly Entry[]): (word: string) => readonly string[] {
  const stem = STEMMERS[lang];
  const waiting = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { text } = entry;
    if (!entry.bends || entry.lang !== lang || text.length < SHORTEST_STEMMED || text.includes('*')) continue;
    const start = text.slice(0, LETTERS_KEPT);
    const list = waiting.get(start);
    if (list === undefined) waiting.set(start, [entry]);
    else list.push(entry);
  }
  const stems = new Map<string, string[]>();
  return (word) => {
    const start = word.slice(0, LETTERS_KEPT);
    for (const { text, slot } of waiting.get(start) ?? []) add(stems, stem(text), slot);
    waiting.delete(start);
    return stems.get(stem(word)) ?? NONE;
  };
}

type Affixes = { readonly whole: ReadonlySet<string>; readonly starts: Slots; readonly ends: Slots };
type Slots = ReadonlyMap<string, readonly string[]>;

function affixes(words: readonly string[]): Affixes {
  const trimmed = (list: readonly string[]) => new Map(list.map((word) => [word.replace('*', ''), ['']]));
  return {
    whole: new Set(words),
    starts: trimmed(words.filter((word) => word.endsWith('*'))),
    ends: trimmed(words.filter((word) => word.startsWith('*'))),
  };
}

function isOrdinary(word: string, { whole, starts, ends }: Affixes): boolean {
  return whole.has(word) || atStart(starts, word, 0).length > 0 || atEnd(ends, word, 0).length > 0;
}

function atStart(slots: Slots, word: string, longerThan: number): readonly string[] {
  for (let end = word.length; end > longerThan && end > 1; end--) {
    const found = slots.get(word.slice(0, end));
    if (found !== undefined) return found;
  }
  return NONE;
}

function atEnd(slots: Slots, word: string, longerThan: number): readonly string[] {
  for (let start = 0; word.length - start > longerThan && start < word.length - 1; start++) {
    const found = slots.get(word.slice(start));
    if (found !== undefined) return found;
  }
  return NONE;
}

function add(map: Map<string, string[]>, key: string, slot: string): void {
  const slots = map.get(key);
  if (slots === undefined) map.set(key, [slot]);
  else if (!slots.includes(slot)) slots.push(slot);
}

function isCapitals(text: Entry['text']): boolean {
  return /^\p{Lu}+$/u.test(text);
}

function fuzzyOf(written: string, slots: readonly string[]): Fuzzy {
  const text = written.replace('*', '');
  return { text, letters: lettersOf(text), slots, isStart: written.endsWith('*') };
}

// Misspellings seldom change the first letter, and asking for it keeps "willen" from being "pillen".
function byFirstLetter(words: readonly Fuzzy[]): ReadonlyMap<string, readonly Fuzzy[]> {
  const found = new Map<string, Fuzzy[]>();
  for (const word of words) {
    if (word.text.length < SHORTEST_FORGIVEN) continue;
    const list = found.get(word.text[0] ?? '');
    if (list === undefined) found.set(word.text[0] ?? '', [word]);
    else list.push(word);
  }
  return found;
}

function isNear(
  word: string,
  letters: number,
  { text, letters: wanted, isStart }: Fuzzy,
  parts: ReadonlySet<string>,
): boolean {
  const most = text.length >= TWO_EDITS_FROM ? 2 : 1;
  const isAlike = Math.abs(word.length - text.length) <= most && mayBeSlips(letters, wanted, most);
  if (isAlike && isWithinEdits(word, text, most)) return true;
  if (!isStart || word.length <= text.length + 1 || bitsIn(wanted & ~letters) > 1) return false;
  return [-1, 0, 1].some((more) => {
    const end = text.length + more;
    return parts.has(word.slice(end)) && isWithinEdits(word.slice(0, end), text, 1);
  });
}
