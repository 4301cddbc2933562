import { HELP_LANGS, type HelpLang } from '../../../cards/crisis/danger-kinds.js';
import { tokens } from '../text/tokens.js';
import { type Candidate, createCandidates } from './candidates.js';
import { conceptLexicon } from './concepts.js';
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
  readonly candidates: readonly (Candidate & { readonly lang: HelpLang })[];
  /** What there is to judge it by; none for a text in a language of which nothing was learned. */
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
    const best = Math.max(...scores);
    const lang = best === 0 ? null : (langs[scores.indexOf(best)]?.lang ?? null);
    const mostJudged = Math.max(...scores.filter((_, at) => JUDGED_LANGS.includes(HELP_LANGS[at] ?? 'nl')));
    const isJudged = best - mostJudged < CLEARLY;
    return {
      words: text.words.length,
      lang,
      candidates,
      terms: () => (isJudged && isLatin(text) ? termsOf(text, candidates, concepts) : []),
    };
  };
}

const NO_SLOTS: FilledSlots = new Map();
/** A saying tells a language more than a usual word does, which others may have too; a letter of its own, most. */
const SAYING_TELLS = 1.5;
const LETTER_TELLS = 2;
/** So far ahead a language must be for what was learned of Dutch and English to say nothing of its texts. */
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

/** In another script there is nothing of what was learned. */
function isLatin({ words }: DangerText): boolean {
  return words.some((word) => /[a-z]/.test(word));
}
