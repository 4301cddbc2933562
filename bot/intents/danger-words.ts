import { fold, tokens } from './tokens.js';

/** The slots that the word at a place of the text fills, alone or joined with the next one. */
export type WordMatcher = (words: readonly string[], at: number) => ReadonlySet<string>;

const NONE: ReadonlySet<string> = new Set();
/** Words shorter than this must be right: one letter makes another word of "leven" or "dood". */
const SHORTEST_FORGIVEN = 6;
/** From this length on two slips are forgiven, below it one. */
const TWO_SLIPS_FROM = 9;
const LONGEST_WORD = 30;
const SHORTEST_JOINED = 6;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
};

/**
 * The words of a text as danger is looked for: "zelfm**rd" and "z e l f m o o r d" count as one word, "su1cide"
 * has letters for its digits, and a letter held down counts twice at most.
 */
export function dangerTokens(text: string): readonly string[] {
  const unmasked = fold(text).replace(/(?<=\p{L})[*@#$!_~-]+(?=\p{L})/gu, (mask) =>
    mask === '-' ? ' ' : '',
  );
  const words = tokens(unmasked).map((word) => plain(word));
  return joinSpelled(words);
}

/**
 * Makes the matcher for the words of one language. `ordinary` words are never taken for a slip of another word.
 * What a word fills is remembered for the length of one text only.
 */
export function createWordMatcher(
  slotsByWord: ReadonlyMap<string, ReadonlySet<string>>,
  ordinary: ReadonlySet<string>,
): WordMatcher {
  const starts = [...slotsByWord.keys()]
    .filter((word) => word.endsWith('*'))
    .map((word) => word.slice(0, -1));
  const forgiven = byFirstLetter([...slotsByWord.keys()].filter((word) => isForgiven(word)));
  const exactly = (word: string): readonly ReadonlySet<string>[] => [
    slotsByWord.get(word) ?? NONE,
    ...starts.filter((start) => word.startsWith(start)).map((start) => slotsByWord.get(`${start}*`) ?? NONE),
  ];
  const nearly = (word: string, mostSlips: number): readonly ReadonlySet<string>[] => {
    if (word.length < SHORTEST_FORGIVEN - 1 || word.length > LONGEST_WORD || ordinary.has(word)) return [];
    return (forgiven.get(word[0] ?? '') ?? [])
      .filter((meant) => slips(word, meant.replace('*', ''), Math.min(mostSlips, allowed(meant))))
      .map((meant) => slotsByWord.get(meant) ?? NONE);
  };
  const alone = (word: string): ReadonlySet<string> => {
    const exact = union(exactly(word));
    return exact.size > 0 ? exact : union(nearly(word, 2));
  };
  const remembered = new WeakMap<readonly string[], Map<string, ReadonlySet<string>>>();

  return (words, at) => {
    const known = remembered.get(words) ?? new Map<string, ReadonlySet<string>>();
    remembered.set(words, known);
    const word = words[at] ?? '';
    const found = known.get(word) ?? alone(word);
    known.set(word, found);
    const joined = word + (words[at + 1] ?? '');
    if (joined.length < SHORTEST_JOINED || joined.length > LONGEST_WORD || joined === word) return found;
    const both = known.get(joined) ?? union(exactly(joined));
    known.set(joined, both);
    return both.size > 0 ? union([found, both]) : found;
  };
}

function plain(word: string): string {
  const letters = /\p{L}/u.test(word)
    ? word.replace(/[013457]/g, (digit) => LOOK_ALIKES[digit] ?? digit)
    : word;
  return letters.replace(/(.)\1{2,}/gu, '$1$1');
}

function joinSpelled(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let spelled: string[] = [];
  const finish = (): void => {
    if (spelled.length >= 4) joined.push(spelled.join(''));
    else joined.push(...spelled);
    spelled = [];
  };
  for (const word of words) {
    if (/^\p{L}$/u.test(word)) spelled.push(word);
    else {
      finish();
      joined.push(word);
    }
  }
  finish();
  return joined;
}

function isForgiven(word: string): boolean {
  return word.replace('*', '').length >= SHORTEST_FORGIVEN;
}

function allowed(meant: string): number {
  return meant.length >= TWO_SLIPS_FROM ? 2 : 1;
}

// A slip seldom changes the first letter, and asking for it keeps "willen" from being "pillen".
function byFirstLetter(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const word of words) found.set(word[0] ?? '', [...(found.get(word[0] ?? '') ?? []), word]);
  return found;
}

/** Whether two words are at most `most` slips apart: a letter more, less, other, or two swapped. */
function slips(one: string, other: string, most: number): boolean {
  if (Math.abs(one.length - other.length) > most) return false;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const changed = (last[column - 1] ?? 0) + (same ? 0 : 1);
      let least = Math.min(changed, (last[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      now.push(least);
    }
    before = last;
    last = now;
  }
  return (last[other.length] ?? 0) <= most;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const filled = sets.filter((set) => set.size > 0);
  return filled.length < 2 ? (filled[0] ?? NONE) : new Set(filled.flatMap((set) => [...set]));
}
