/** Words of a name that are written without a capital, in the languages of the workforce. */
const PARTICLES = new Set(
  (
    'van von vom zu zur de den der des het t ter ten te tot s op in onder over uit aan bij la le les el al bin ben ' +
    'ibn bint abu ait ould da das di do dos du del della e y i af av of'
  ).split(' '),
);
/** More is a sentence, or a list. */
const MOST_WORDS = 8;
/** More capitalised words are hardly one person's name. */
const MOST_NAME_WORDS = 5;
/** "Jan 2" is a name among two Jans, a telephone number is none. */
const MOST_DIGITS = 2;

/** Judged in a sentence, where "MS" stands out as an abbreviation. */
const BESIDE = 'met';
const IN_BRACKETS = /[([]([^()[\]]*)[)\]]/gu;
const ADDRESS = /@|:\/\/|\bwww\.|\.(?:nl|com|be|org|net|eu)\b/iu;
/** The full stop of "mevr." or "J.P." ends no sentence. */
const SENTENCE_SIGNS = /[!?;:=<>{}|\\*_#~^%]|\p{Ll}{5,}\.(?:\s|$)/u;

/** Whether a text, already on one line, may be somebody's name at all; what it says is not looked at. */
export function mayBeName(text: string): boolean {
  const digits = text.match(/\p{Nd}/gu) ?? [];
  return (
    /\p{L}/u.test(text) &&
    digits.length <= MOST_DIGITS &&
    !ADDRESS.test(text) &&
    !SENTENCE_SIGNS.test(text) &&
    wordsOf(text).length <= MOST_WORDS
  );
}

/**
 * What of a name is a text to be judged as any other: what stands in brackets, and all of it when it is not written as
 * a name. A word is, with a capital, in a script without capitals, or as a particle: a surname may be any word
 * ("Kerkhof", "Verdriet"). With one other word the whole is a text ("Karin, zwanger", "Jan heeft vrij").
 */
export function textsInName(text: string): readonly string[] {
  const inBrackets = [...text.matchAll(IN_BRACKETS)].map(([, inside = '']) => `${BESIDE} ${inside.trim()}`);
  const outside = text.replace(IN_BRACKETS, ' ');
  const named = wordsOf(outside).filter((word) => !PARTICLES.has(word.replace(/['’‘`´]/gu, '')));
  const mixed = /\p{Ll}/u.test(outside);
  const isName = named.length <= MOST_NAME_WORDS && named.every((word) => isNameWord(word, mixed));
  return isName ? inBrackets : [text, ...inBrackets];
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,/&+]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/**
 * "Anna", "O'Brien", "d'Angelo", "J.P.", "李伟"; not "burn-out" and not "Burn-out". In a text that is not all in capitals
 * a word that is may be an abbreviation ("Jan ADHD").
 */
function isNameWord(word: string, mixed: boolean): boolean {
  const bare = word.replace(/^["“„'’‘.-]+|["”'’.-]+$/gu, '');
  if (/^\p{Nd}+$/u.test(bare)) return true;
  if (mixed && /^\p{Lu}{2,}$/u.test(bare)) return false;
  return bare.split('-').every((part) => /^(?:\p{Ll}{1,2}['’])?[\p{Lu}\p{Lt}\p{Lo}]/u.test(part));
}
