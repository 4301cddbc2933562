import { HELP_LANGS, type HelpLang } from '../../../cards/crisis/danger-kinds.js';
import ar from '../content/ar/danger-concepts.json' with { type: 'json' };
import bg from '../content/bg/danger-concepts.json' with { type: 'json' };
import content from '../content/danger-concepts.json' with { type: 'json' };
import de from '../content/de/danger-concepts.json' with { type: 'json' };
import es from '../content/es/danger-concepts.json' with { type: 'json' };
import fr from '../content/fr/danger-concepts.json' with { type: 'json' };
import pl from '../content/pl/danger-concepts.json' with { type: 'json' };
import pt from '../content/pt/danger-concepts.json' with { type: 'json' };
import ro from '../content/ro/danger-concepts.json' with { type: 'json' };
import ru from '../content/ru/danger-concepts.json' with { type: 'json' };
import tr from '../content/tr/danger-concepts.json' with { type: 'json' };
import uk from '../content/uk/danger-concepts.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';
import { slotsByWord } from './sayings.js';
import type { Lexicon } from './words.js';

type Concepts = Readonly<Record<string, readonly string[]>>;
/** A language of the workforce in which the bot speaks of help only. */
export type OtherLang = Exclude<HelpLang, 'nl' | 'en'>;
export const OTHER_LANGS = HELP_LANGS.filter((lang): lang is OtherLang => lang !== 'nl' && lang !== 'en');

/** The words of the languages but Dutch and English, by the concept that they stand for. */
export const OTHER_CONCEPTS: Readonly<Record<OtherLang, Concepts>> = {
  de: de.concepts,
  fr: fr.concepts,
  es: es.concepts,
  pt: pt.concepts,
  pl: pl.concepts,
  uk: uk.concepts,
  ru: ru.concepts,
  ro: ro.concepts,
  bg: bg.concepts,
  tr: tr.concepts,
  ar: ar.concepts,
};

/** What Arabic writes in one with the word behind it: the article, and, with, to. */
const WRITTEN_WITH: Partial<Readonly<Record<HelpLang, readonly string[]>>> = {
  ar: ['', 'ال', 'و', 'ب', 'ل', 'ف', 'وال', 'بال', 'لل'],
};

/**
 * The words of Dutch and English that stand for a concept, typos forgiven. `ordinary`: words that are never a slip of
 * another.
 */
export function conceptLexicon(ordinary: ReadonlySet<string>): Lexicon {
  const words = wordsOf(content.concepts);
  return { slotsByWord: words, ordinary: new Set([...ordinary, ...tokens([...words.keys()].join(' '))]) };
}

/** The words of another language that stand for a concept. No slip is forgiven, for want of its ordinary words. */
export function otherConceptLexicon(lang: OtherLang): Lexicon {
  const before = WRITTEN_WITH[lang] ?? [''];
  const concepts = Object.entries(OTHER_CONCEPTS[lang]).map(
    ([name, words]) => [name, words.flatMap((word) => before.map((start) => start + word))] as const,
  );
  return { slotsByWord: wordsOf(Object.fromEntries(concepts)), ordinary: null };
}

function wordsOf(concepts: Concepts): Lexicon['slotsByWord'] {
  const slots = Object.keys(concepts).map((name) => `<${name}>`);
  return slotsByWord([{ slots }], concepts);
}
