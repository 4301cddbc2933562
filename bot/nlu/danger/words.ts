import { isWithinEdits, lettersOf, mayBeSlips } from '../text/edit-distance.js';
import { endsOf, fold, tokens, UNSEEN } from '../text/tokens.js';

/** For each word of a text the slots that it fills, alone or joined with the next one; nothing for most words. */
export type FilledSlots = ReadonlyMap<number, ReadonlySet<string>>;
/** The words that one language, or one list, looks for. */
export interface Lexicon {
  readonly slotsByWord: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * Words that are never taken for a slip of another; null where no slip is forgiven, for want of knowing the ordinary
   * words of a language.
   */
  readonly ordinary: ReadonlySet<string> | null;
}

const NO_HITS: readonly Hit[] = [];
const NO_MEANT: readonly Meant[] = [];
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
/** For so many unusual words of a text it is asked what they may be a slip of: more than a text of people has. */
const MOST_FORGIVEN = 400;
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
 * Makes the function that finds, for each of the lexicons, which words of a text fill a slot. All lexicons lie in one
 * index: a look for each of thirteen languages took most of the time of a long text, and hardly any word is in one.
 */
export function createWordFinder(
  lexicons: readonly Lexicon[],
): (words: readonly string[]) => readonly FilledSlots[] {
  const index = indexOf(lexicons);
  const forgiving = lexicons.flatMap(({ slotsByWord, ordinary }, lexicon) =>
    ordinary === null ? [] : [{ lexicon, ordinary, meant: meantByStart(slotsByWord) }],
  );
  const nearly = (word: string, exact: readonly Hit[]): readonly Hit[] => {
    const letters = lettersOf(word);
    const start = startOf(word, word.length);
    let hits = exact;
    for (const { lexicon, ordinary, meant } of forgiving) {
      if (ordinary.has(word) || exact.some((hit) => hit.lexicon === lexicon)) continue;
      for (const one of meant.get(start) ?? NO_MEANT) {
        if (!mayBeSlips(letters, one.letters, one.mostSlips)) continue;
        if (isWithinEdits(word, one.text, one.mostSlips)) hits = [...hits, { lexicon, slots: one.slots }];
      }
    }
    return hits;
  };
  const mayBeSlip = (word: string): boolean =>
    word.length >= SHORTEST_FORGIVEN - 1 &&
    word.length <= LONGEST_WORD &&
    !forgiving.every(({ ordinary }) => ordinary.has(word));

  return (words) => {
    const known = new Map<string, readonly Hit[]>();
    let forgiven = 0;
    const filled = lexicons.map(() => new Map<number, ReadonlySet<string>>());
    const fill = (at: number, { lexicon, slots }: Hit): void => {
      const found = filled[lexicon];
      const before = found?.get(at);
      found?.set(at, before === undefined ? slots : new Set([...before, ...slots]));
    };
    words.forEach((word, at) => {
      let hits = known.get(word);
      if (hits === undefined) {
        const exact = exactly(word, index);
        hits = exact;
        if (forgiven < MOST_FORGIVEN && mayBeSlip(word)) {
          forgiven += 1;
          hits = nearly(word, exact);
        }
        known.set(word, hits);
      }
      for (const hit of hits) fill(at, hit);
      const next = words[at + 1] ?? '';
      const letters = word.length + next.length;
      if (next === '' || letters < SHORTEST_JOINED || letters > LONGEST_WORD) return;
      // Not remembered: two words seldom follow each other twice, and remembering them costs more than looking again.
      for (const hit of exactly(word + next, index)) fill(at, hit);
    });
    return filled;
  };
}

/** That a word fills slots of a lexicon, by its place in the list. */
interface Hit {
  readonly lexicon: number;
  readonly slots: ReadonlySet<string>;
}

/** A start of words, and what words that begin so fill. */
interface Start extends Hit {
  readonly start: string;
}

/**
 * Whole words, and the starts of words by their first letters, `HEAD` of them or as many as they have: at most places no
 * start begins like the word that stands there, which one look tells.
 */
interface Index {
  readonly whole: ReadonlyMap<string, readonly Hit[]>;
  readonly starts: readonly ReadonlyMap<string, readonly Start[]>[];
}

function indexOf(lexicons: readonly Lexicon[]): Index {
  const whole = new Map<string, Hit[]>();
  const starts = Array.from({ length: HEAD + 1 }, () => new Map<string, Start[]>());
  lexicons.forEach(({ slotsByWord }, lexicon) => {
    for (const [word, slots] of slotsByWord) {
      if (word.endsWith('*')) {
        const start = word.slice(0, -1);
        const head = start.slice(0, HEAD);
        addTo(starts[head.length] ?? new Map(), head, { start, lexicon, slots });
      }
      addTo(whole, word, { lexicon, slots });
    }
  });
  return { whole, starts };
}

function exactly(word: string, { whole, starts }: Index): readonly Hit[] {
  let hits: Hit[] | null = null;
  const same = whole.get(word) ?? NO_HITS;
  for (let letters = 1; letters <= HEAD && letters <= word.length; letters += 1) {
    const head = starts[letters];
    if (head === undefined || head.size === 0) continue;
    for (const one of head.get(word.slice(0, letters)) ?? NO_STARTS) {
      if (!word.startsWith(one.start)) continue;
      hits ??= [...same];
      hits.push(one);
    }
  }
  return hits ?? same;
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

/**
 * What a word may be a slip of, by its first letter and its length. A slip seldom changes the first letter, and asking
 * for it keeps "willen" from being "pillen".
 */
function meantByStart(
  slotsByWord: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, readonly Meant[]> {
  const found = new Map<string, Meant[]>();
  for (const [word, slots] of slotsByWord) {
    if (!isForgiven(word)) continue;
    const meant = meantBy([word, slots]);
    const { text, mostSlips } = meant;
    for (let length = text.length - mostSlips; length <= text.length + mostSlips; length += 1) {
      addTo(found, startOf(text, length), meant);
    }
  }
  return found;
}

function startOf(word: string, length: number): string {
  return `${word[0] ?? ''}${length}`;
}

function addTo<One>(lists: Map<string, One[]>, name: string, one: One): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [one]);
  else list.push(one);
}
