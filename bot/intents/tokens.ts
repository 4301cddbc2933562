/** The languages that the bot understands. */
export type Lang = 'nl' | 'en';

const PLAIN = /^[\x20-\x7e]*$/;

/** Lower case, no diacritics, no apostrophes: "Eén collega's" becomes "een collegas". */
export function fold(text: string): string {
  const letters = PLAIN.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '');
  return letters.toLowerCase().replace(/['’‘`´]/g, '');
}

/** The folded words of a text in their order; everything that is not a letter or a digit divides. */
export function tokens(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
