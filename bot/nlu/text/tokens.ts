/**
 * What nobody sees: a soft hyphen copied along from a document, blanks without width, fillers that count as letters,
 * control characters that are no blanks.
 */
export const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]|(?!\s)\p{Cc}/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/** Two Arabic ligatures that NFKD expands to whole phrases: a text of them would grow up to eighteenfold and say nothing. */
const SENTENCES = /[\ufdfa\ufdfb]/g;

/** Lower case, no diacritics, no apostrophes: "Eén collega's" becomes "een collegas". */
export function fold(text: string): string {
  const letters = PLAIN.test(text) ? text : withoutMarks(text.replace(SENTENCES, ' '), 'NFKD');
  return letters.toLowerCase().replace(/['’‘`´]/g, '');
}

/** The folded words of a text in their order; everything that is not a letter or a digit divides. */
export function tokens(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * A text without diacritics. Marks that stand by themselves go first: normalizing puts those of one letter in order,
 * which takes the square of their number, and there is no end to how many somebody can type.
 */
export function withoutMarks(text: string, form: 'NFD' | 'NFKD'): string {
  return text.replace(/\p{M}/gu, '').normalize(form).replace(/\p{M}/gu, '');
}

/** The first and the last half of `most` letters, on two lines; a text that is no longer than that as it is. */
export function endsOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.ceil(most / 2);
  return `${text.slice(0, half)}\n${text.slice(-half)}`;
}
