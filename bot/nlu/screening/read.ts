import { fold } from '../text/tokens.js';

/** A word of a text, as it is looked up and where it stands. */
export interface Word {
  /** Lower case, no diacritics, no apostrophes, no dots: "I.v.m." is "ivm". */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** The number of its sentence, rising. */
  readonly sentence: number;
  /** Whether it is the first word of its sentence, where a capital says nothing. */
  readonly first: boolean;
  /** "Angstel", as names are written. */
  readonly capital: boolean;
  /** "MS", as abbreviations are written, in a text that is not all in capitals. */
  readonly capitals: boolean;
  /** Only blanks or a hyphen stand between this word and the one before: "burn out", "burn-out". */
  readonly joins: boolean;
}

/** Abbreviations with dots are one word, as is what an apostrophe parts ("foto's"). */
const WORDS = /\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+(?:['’‘`´][\p{L}\p{M}\p{N}]+)*/gu;
/** What an apostrophe adds to an abbreviation or an English pronoun: without it "I'll" would be "ill". */
const ADDED = /^(?:(\p{Lu}{2,})['’‘`´]\p{Ll}+|(\p{L}+)['’‘`´](?:ll|ve|re|d))$/u;
const SENTENCE_ENDS = /[!?;]|\.(?=\s)/;
const JOINS = /^(?:\s+|\s*[-‐‑–/]\s*)$/;
const SHORTEST_SPELLED = 4;

/** The words of a text in their order; "b u r n o u t" is one word. */
export function readWords(text: string): readonly Word[] {
  const shouted = !/\p{Ll}/u.test(text);
  const words: Word[] = [];
  let end = 0;
  let sentence = 0;
  for (const match of text.matchAll(WORDS)) {
    const typed = match[0];
    const between = text.slice(end, match.index);
    const first = words.length === 0 || (SENTENCE_ENDS.test(between) && !isAbbreviation(text, end));
    if (first) sentence += 1;
    end = match.index + typed.length;
    words.push({
      folded: fold(withoutAdded(typed)).replaceAll('.', ''),
      start: match.index,
      end,
      sentence,
      first,
      capital: /^\p{Lu}\P{Lu}+$/u.test(typed),
      capitals: !shouted && /^\p{Lu}{2,}(?:['’]\p{Ll}+)?$/u.test(typed),
      joins: !first && JOINS.test(between),
    });
  }
  return joinSpelled(words);
}

function withoutAdded(typed: string): string {
  const [, abbreviation, pronoun] = ADDED.exec(typed) ?? [];
  return abbreviation ?? pronoun ?? typed;
}

// "I.v.m. de planning" and "b.v. de planning" go on behind their last dot.
function isAbbreviation(text: string, end: number): boolean {
  return /\.\p{L}$/u.test(text.slice(Math.max(0, end - 2), end));
}

function joinSpelled(words: readonly Word[]): readonly Word[] {
  const joined: Word[] = [];
  for (let at = 0; at < words.length; ) {
    let end = at;
    while (end < words.length && isLetter(words[end]) && (end === at || words[end]?.joins)) end += 1;
    const one = words[at];
    const last = words[end - 1];
    if (one === undefined) break;
    if (last !== undefined && end - at >= SHORTEST_SPELLED) {
      const folded = words.slice(at, end).map((word) => word.folded);
      joined.push({ ...one, folded: folded.join(''), end: last.end, capital: false });
      at = end;
    } else {
      joined.push(one);
      at += 1;
    }
  }
  return joined;
}

function isLetter(word: Word | undefined): boolean {
  return word !== undefined && /^\p{L}$/u.test(word.folded);
}
