/** The languages that the bot understands. */
export type Lang = 'nl' | 'en';

/** Lower case, no diacritics, no apostrophes: "Eén collega's" becomes "een collegas". */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’‘`´]/g, '');
}

/** The folded words of a text in their order; everything that is not a letter or a digit divides. */
export function tokens(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
