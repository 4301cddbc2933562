import { slips } from './slips.js';
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
const SHORTEST_SPELLED = 4;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
};

/** A text as danger is looked for. */
export interface DangerText {
  readonly words: readonly string[];
  /** For each word the number of its sentence, rising. */
  readonly sentences: readonly number[];
}

/**
 * Reads a text as danger is looked for: "zelfm**rd" and "z e l f m o o r d" count as one word, "su1cide" has
 * letters for its digits, and a letter held down counts twice at most.
 */
export function readDangerText(text: string): DangerText {
  const unmasked = fold(text).replace(/(?<=\p{L})[*@#$!_~-]+(?=\p{L})/gu, (mask) =>
    mask === '-' ? ' ' : '',
  );
  const words: string[] = [];
  const sentences: number[] = [];
  unmasked.split(/[.!?;\n]+/).forEach((sentence, at) => {
    for (const word of tokens(sentence)) {
      words.push(plain(word));
      sentences.push(at);
    }
  });
  return joinSpelled(words, sentences);
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

function joinSpelled(words: readonly string[], sentences: readonly number[]): DangerText {
  const joined: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < words.length; ) {
    let end = at;
    while (end < words.length && /^\p{L}$/u.test(words[end] ?? '')) end += 1;
    const isSpelled = end - at >= SHORTEST_SPELLED;
    joined.push(isSpelled ? words.slice(at, end).join('') : (words[at] ?? ''));
    places.push(sentences[at] ?? 0);
    at = isSpelled ? end : at + 1;
  }
  return { words: joined, sentences: places };
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

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const filled = sets.filter((set) => set.size > 0);
  return filled.length < 2 ? (filled[0] ?? NONE) : new Set(filled.flatMap((set) => [...set]));
}
