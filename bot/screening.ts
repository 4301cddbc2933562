/**
 * Looks for words about health or private life in text that would go on record (AVG article 9; Autoriteit
 * Persoonsgegevens, "De zieke werknemer"). Gives the words that it found, none when the text may be kept. Every
 * free field passes through one of these before anything is written.
 */
export type Screen = (text: string) => readonly string[];

/** Lets everything pass: the warning beside each field is what stands between a person and a slip so far. */
export const screenNothing: Screen = () => [];
