import { HELP_LANGS, type HelpLang } from '../../../cards/crisis/danger-kinds.js';
import { tokens } from '../text/tokens.js';
import { type Candidate, createCandidates } from './candidates.js';
import { conceptLexicon, OTHER_LANGS, type OtherLang, otherConceptLexicon } from './concepts.js';
import { DANGER_CONTENT, JUDGED_LANGS, ordinaryWords } from './danger-content.js';
import { type Terms, termsOf } from './judge.js';
import { compile } from './sayings.js';
import { createWordFinder, type DangerText, type FilledSlots, plainLetters } from './words.js';

/** What a text has that may show danger. */
export interface DangerReading {
  /** How many words it has. */
  readonly words: number;
  /** The language that most of its usual words are of; null where it has none. */
  readonly lang: HelpLang | null;
  /** Whether it is of a language but Dutch and English, of which far less was learned. */
  readonly isOther: boolean;
  readonly candidates: readonly (Candidate & { readonly lang: HelpLang })[];
  /** What there is to judge it by; none for a text in a script of which nothing was learned. */
  readonly terms: () => readonly Terms[];
}

/** Reads the words of all languages once and returns the function that reads a text by them. */
export function createDangerReader(): (text: DangerText) => DangerReading {
  const ordinary = ordinaryWords();
  const langs = HELP_LANGS.map((lang) => {
    const content = DANGER_CONTENT[lang];
    const compiled = compile(content);
    const known = JUDGED_LANGS.includes(lang) ? new Set([...ordinary, ...content.noTypos]) : null;
    const lexicon = { slotsByWord: compiled.words, ordinary: known };
    return {
      lang,
      lexicon,
      find: createCandidates(compiled),
      usual: new Set(tokens(plainLetters(content.usual.join(' ')))),
    };
  });
  const slotsIn = createWordFinder([conceptLexicon(ordinary), ...langs.map(({ lexicon }) => lexicon)]);
  const meaningsIn = createWordFinder(OTHER_LANGS.map(otherConceptLexicon));
  return (text) => {
    const [concepts = NO_SLOTS, ...filled] = slotsIn(text.words);
    const counted = text.words.slice(0, MOST_COUNTED);
    const counts = langs.map(({ usual }) => counted.filter((word) => usual.has(word)).length);
    const most = Math.max(...counts);
    // Languages share words that mean something else: their sayings count where the text may be of that language.
    const candidates = langs.flatMap(({ lang, find }, at) =>
      JUDGED_LANGS.includes(lang) || 2 * (counts[at] ?? 0) >= most
        ? find(text, filled[at] ?? NO_SLOTS).map((found) => ({ ...found, lang }))
        : [],
    );
    const scores = langs.map(
      ({ lang }, at) =>
        (counts[at] ?? 0) +
        (candidates.some((one) => one.lang === lang) ? SAYING_TELLS : 0) +
        (counted.some((word) => LETTERS_OF[lang]?.test(word)) ? LETTER_TELLS : 0),
    );
    // Most texts are Dutch or English by their usual words alone, and need no look at the words of eleven languages more.
    const mayBeOther = !isLatin(text) || mayBeOf(scores);
    const meant = mayBeOther ? meaningsIn(text.words) : [];
    const known = meant.map((slots) => countedIn(slots) * MEANING_TELLS);
    const other = mayBeOther
      ? otherLangOf(scores, known, countedIn(concepts) * MEANING_TELLS, isLatin(text))
      : null;
    const best = Math.max(...scores);
    const lang = other ?? (best === 0 ? null : (langs[scores.indexOf(best)]?.lang ?? null));
    const meanings = other === null ? concepts : (meant[OTHER_LANGS.indexOf(other)] ?? NO_SLOTS);
    const said = candidates.filter((one) => !isExcused(one, candidates, other));
    return {
      words: text.words.length,
      lang,
      isOther: other !== null,
      candidates: said,
      terms: () =>
        other === null && !isLatin(text)
          ? []
          : termsOf(text, { candidates: said, concepts: meanings, lang: other }),
    };
  };
}

type Said = DangerReading['candidates'][number];

/**
 * Whether the text's own language knows the words of a saying as an everyday one. Akin languages share sayings of danger,
 * not what excuses them: "mi jefe me va a matar si llego tarde" would be a threat in Portuguese.
 */
function isExcused(one: Said, all: readonly Said[], lang: OtherLang | null): boolean {
  if (lang === null || one.lang === lang) return false;
  const own = all.filter((other) => other.lang === lang && other.kind !== 'support');
  return own.some(({ step, first, last }) => step === 'none' && first <= one.last && one.first <= last);
}

/**
 * The language of a text that is of none of the two that the bot speaks: by its usual words, the letters that only it
 * has, and between those that have as many by the words that are known of it. Null where it is one of the two, or may be.
 */
function otherLangOf(
  scores: readonly number[],
  known: readonly number[],
  knownOfJudged: number,
  latin: boolean,
): OtherLang | null {
  const { judged, others } = ofLangs(scores);
  const clearly = Math.max(...others) - judged >= CLEARLY;
  const unlike = judged === 0 && Math.max(...known) - knownOfJudged >= CLEARLY * MEANING_TELLS;
  if (latin && !clearly && !unlike) return null;
  const sums = others.map((score, at) => score + (known[at] ?? 0));
  const most = Math.max(...sums);
  return most === 0 ? null : (OTHER_LANGS[sums.indexOf(most)] ?? null);
}

function mayBeOf(scores: readonly number[]): boolean {
  const { judged, others } = ofLangs(scores);
  return judged === 0 || Math.max(...others) - judged >= CLEARLY;
}

function ofLangs(scores: readonly number[]): { readonly judged: number; readonly others: readonly number[] } {
  return {
    judged: Math.max(...scores.slice(0, JUDGED_LANGS.length)),
    others: scores.slice(JUDGED_LANGS.length),
  };
}

function countedIn(slots: FilledSlots): number {
  let words = 0;
  for (const at of slots.keys()) if (at < MOST_COUNTED) words += 1;
  return words;
}

const NO_SLOTS: FilledSlots = new Map();
/** A saying tells a language more than a usual word does, which others may have too; a letter of its own, most. */
const SAYING_TELLS = 1.5;
const LETTER_TELLS = 2;
/** A word that is known of a language tells less: others may have it too. */
const MEANING_TELLS = 0.3;
/** So far ahead a language must be for its texts not to be judged as Dutch or English. */
const CLEARLY = 2;
/** Letters that no other language of the same script has. */
const LETTERS_OF: Partial<Readonly<Record<HelpLang, RegExp>>> = {
  uk: /[ієґ]/,
  ru: /[ыэ]/,
  bg: /ъ/,
  ar: /[ء-ي]/,
};
/** So many words tell the language of a text. */
const MOST_COUNTED = 60;

function isLatin({ words }: DangerText): boolean {
  return words.some((word) => /[a-z]/.test(word));
}
