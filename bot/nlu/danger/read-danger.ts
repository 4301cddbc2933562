import { HELP_LANGS, type HelpLang } from '../../../cards/crisis/danger-kinds.js';
import { type Candidate, createCandidates } from './candidates.js';
import { createConcepts } from './concepts.js';
import { DANGER_CONTENT, JUDGED_LANGS, ordinaryWords } from './danger-content.js';
import { type Terms, termsOf } from './judge.js';
import { compile } from './sayings.js';
import { createWordMatcher, type DangerText } from './words.js';

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
  const concepts = createConcepts(ordinary);
  const langs = HELP_LANGS.flatMap((lang) => {
    const content = DANGER_CONTENT[lang];
    if (content === undefined) return [];
    const compiled = compile(content);
    const known = JUDGED_LANGS.includes(lang) ? new Set([...ordinary, ...content.noTypos]) : null;
    const find = createCandidates(compiled, createWordMatcher(compiled.words, known));
    return [{ lang, find, usual: new Set(content.usual) }];
  });
  return (text) => {
    const lang = mostUsual(text, langs);
    const candidates = langs.flatMap((one) => one.find(text).map((found) => ({ ...found, lang: one.lang })));
    const isJudged = lang === null || JUDGED_LANGS.includes(lang);
    return {
      words: text.words.length,
      lang,
      candidates,
      terms: () => (isJudged ? termsOf(text, candidates, concepts) : []),
    };
  };
}

/** So many words tell the language of a text. */
const MOST_COUNTED = 60;

function mostUsual(
  { words }: DangerText,
  langs: readonly { readonly lang: HelpLang; readonly usual: ReadonlySet<string> }[],
): HelpLang | null {
  const counted = words.slice(0, MOST_COUNTED);
  const counts = langs.map(({ lang, usual }) => ({
    lang,
    count: counted.filter((word) => usual.has(word)).length,
  }));
  const most = counts.reduce((best, one) => (one.count > best.count ? one : best));
  return most.count === 0 ? null : most.lang;
}
