import { createScreening } from './screening/screening.js';

/**
 * Looks for words about health or private life in text that would go on record (AVG article 9; Autoriteit
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
  return (text) => screening(text.replace(/\p{Cf}/gu, '')).flatMap(({ words }) => words);
}
