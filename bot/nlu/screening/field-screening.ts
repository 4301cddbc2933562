import { textsInName } from '../../domain/person-name.js';
import noNames from '../content/no-names.json' with { type: 'json' };
import { UNSEEN, withoutMarks } from '../text/tokens.js';
import { createScreening } from './screening.js';

/**
 * Looks for words about health or private life in text that would go on record (GDPR article 9; Autoriteit
 * Persoonsgegevens, "De zieke werknemer"). Gives the words that it found, none when the text may be kept. Every
 * free field passes through one of these before anything is written.
 */
export type Screen = (text: string) => readonly string[];

/** Lets everything pass: for what tests something else than screening. */
export const screenNothing: Screen = () => [];

/** Reads the words and rules of both languages once and makes the screen that every free field passes through. */
export function createScreen(): Screen {
  const screening = createScreening();
  // A soft hyphen or a blank without width, copied along from elsewhere, must not part a word from itself.
  return (text) => screening(text.replace(UNSEEN, '')).flatMap(({ words }) => words);
}

const NO_NAMES = noNames.words.flatMap((words) => words.split(' '));
const WHOLE = new Set(NO_NAMES.filter((word) => !word.startsWith('*')));
const ENDINGS = NO_NAMES.filter((word) => word.startsWith('*')).map((word) => word.slice(1));

/**
 * The same for somebody's name. A name is not read as a sentence, since a surname may be any word ("Kees Verdriet"):
 * only what stands with it is ("Sanne (burn-out)", "Karin, zwanger"), and words that no name is made of.
 */
export function screenName(name: string, screen: Screen): readonly string[] {
  const never = name.split(/[\s,()[\]/]+/u).filter(isNoName);
  return [...new Set([...never, ...textsInName(name).flatMap((text) => screen(text))])];
}

function isNoName(word: string): boolean {
  const folded = withoutMarks(word, 'NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
  return WHOLE.has(folded) || ENDINGS.some((ending) => folded.endsWith(ending));
}
