import { isWithinEdits, lettersOf, mayBeSlips } from '../text/edit-distance.js';
import { endsOf, fold, tokens, UNSEEN } from '../text/tokens.js';

/** The slots that the word at a place of the text fills, alone or joined with the next one. */
export type WordMatcher = (words: readonly string[], at: number) => ReadonlySet<string>;

const NONE: ReadonlySet<string> = new Set();
const NO_STARTS: readonly Start[] = [];
/** Words shorter than this must be right: one letter makes another word of "leven" or "dood". */
const SHORTEST_FORGIVEN = 6;
/** From this length on two slips are forgiven, below it one. */
const TWO_SLIPS_FROM = 9;
const LONGEST_WORD = 30;
const SHORTEST_JOINED = 6;
/** So many first letters choose which starts of words are tried. */
const HEAD = 4;
/**
 * So much of a text is read: more than Teams lets anybody send in one message (28 KB). Of a longer one, made by hand,
 * the first half of it and the last, since danger may well stand at the end of what was pasted.
 */
const MOST_LETTERS = 30_000;
/** So many different words of a text are forgiven their slips, far more than a text of people has in that length. */
const MOST_FORGIVEN = 1_500;
const SHORTEST_SPELLED = 4;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
};

/** Letters that many keyboards have no key for, and that are no letter with a mark: people type the plain one. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  Ł: 'l',
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  ة: 'ه',
  ى: 'ي',
};

/** A text as danger is looked for. */
export interface DangerText {
  readonly words: readonly string[];
  /** For each word the number of its sentence, rising. */
  readonly sentences: readonly number[];
}

/**
 * The ways to read a text, of which one that shows danger is enough. Mostly that is one; some of what nobody sees
 * parts a word from itself and some stands between two words, so that both are looked at.
 */
export function readDangerTexts(text: string): readonly DangerText[] {
  const most = endsOf(text, MOST_LETTERS);
  const joined = most.replace(UNSEEN, '');
  return (joined === most ? [most] : [joined, most.replace(UNSEEN, ' ')]).map(readDangerText);
}

/** A text with plain letters for those that people leave out: "żyłem" is looked up like "zylem". */
export function plainLetters(text: string): string {
  return text.replace(/[ıłŁßøæةى]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/**
 * Reads a text as danger is looked for: "zelfm**rd" and "z e l f m o o r d" count as one word, "su1cide" has
 * letters for its digits, and a letter held down counts twice at most.
 */
function readDangerText(text: string): DangerText {
  // A few signs stand for many letters each once they are folded.
  const unmasked = endsOf(fold(plainLetters(text)), MOST_LETTERS).replace(
    /(?<=\p{L})[*@#$!_~-]+(?=\p{L})/gu,
    (mask) => (mask === '-' ? ' ' : ''),
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
 * Makes the matcher for the words of one language. `ordinary` words are never taken for a slip of another word; null
 * where no slip is forgiven, for want of knowing the ordinary words of a language.
 * What a word fills is remembered for the length of one text only.
 */
export function createWordMatcher(
  slotsByWord: ReadonlyMap<string, ReadonlySet<string>>,
  ordinary: ReadonlySet<string> | null,
): WordMatcher {
  const starts = byHead(slotsByWord);
  const forgiven = byFirstLetter([...slotsByWord].filter(([word]) => isForgiven(word)).map(meantBy));
  const exactly = (word: string): ReadonlySet<string> => {
    const whole = slotsByWord.get(word) ?? NONE;
    const found = [whole];
    for (let letters = 1; letters <= HEAD; letters += 1) {
      for (const { start, slots } of starts[letters]?.get(word.slice(0, letters)) ?? NO_STARTS) {
        if (word.startsWith(start)) found.push(slots);
      }
    }
    return found.length === 1 ? whole : union(found);
  };
  const nearly = (word: string): ReadonlySet<string> => {
    if (
      ordinary === null ||
      word.length < SHORTEST_FORGIVEN - 1 ||
      word.length > LONGEST_WORD ||
      ordinary.has(word)
    )
      return NONE;
    const letters = lettersOf(word);
    const meant = (forgiven.get(word[0] ?? '') ?? []).filter(
      (one) =>
        mayBeSlips(letters, one.letters, one.mostSlips) && isWithinEdits(word, one.text, one.mostSlips),
    );
    return union(meant.map(({ slots }) => slots));
  };
  const alone = (word: string): ReadonlySet<string> => {
    const exact = exactly(word);
    return exact.size > 0 ? exact : nearly(word);
  };
  const remembered = new WeakMap<readonly string[], Map<string, ReadonlySet<string>>>();

  return (words, at) => {
    const known = remembered.get(words) ?? new Map<string, ReadonlySet<string>>();
    remembered.set(words, known);
    const word = words[at] ?? '';
    const found = known.get(word) ?? (known.size < MOST_FORGIVEN ? alone(word) : exactly(word));
    known.set(word, found);
    const joined = word + (words[at + 1] ?? '');
    if (joined.length < SHORTEST_JOINED || joined.length > LONGEST_WORD || joined === word) return found;
    // Not remembered: two words seldom follow each other twice, and remembering them costs more than looking again.
    const both = exactly(joined);
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

/** A word that is looked for, also where it was typed with a slip. */
interface Meant {
  readonly text: string;
  readonly letters: number;
  readonly mostSlips: number;
  readonly slots: ReadonlySet<string>;
}

function meantBy([written, slots]: readonly [string, ReadonlySet<string>]): Meant {
  const text = written.replace('*', '');
  return { text, letters: lettersOf(text), mostSlips: written.length >= TWO_SLIPS_FROM ? 2 : 1, slots };
}

/** A start of words, and what words that begin so fill. */
interface Start {
  readonly start: string;
  readonly slots: ReadonlySet<string>;
}

/**
 * The starts of words by their first letters, `HEAD` of them or as many as they have: at most places no start begins
 * like the word that stands there, which one look tells. Trying each length of each word took a third of all the time.
 */
function byHead(
  slotsByWord: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (ReadonlyMap<string, readonly Start[]> | undefined)[] {
  const heads: (Map<string, Start[]> | undefined)[] = [];
  for (const [word, slots] of slotsByWord) {
    if (!word.endsWith('*')) continue;
    const start = word.slice(0, -1);
    const letters = Math.min(HEAD, start.length);
    const found = heads[letters] ?? new Map<string, Start[]>();
    heads[letters] = found;
    const head = start.slice(0, letters);
    found.set(head, [...(found.get(head) ?? []), { start, slots }]);
  }
  return heads;
}

// A slip seldom changes the first letter, and asking for it keeps "willen" from being "pillen".
function byFirstLetter(words: readonly Meant[]): ReadonlyMap<string, readonly Meant[]> {
  const found = new Map<string, Meant[]>();
  for (const word of words) {
    const first = word.text[0] ?? '';
    found.set(first, [...(found.get(first) ?? []), word]);
  }
  return found;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const filled = sets.filter((set) => set.size > 0);
  return filled.length < 2 ? (filled[0] ?? NONE) : new Set(filled.flatMap((set) => [...set]));
}
