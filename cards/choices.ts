export type Choice = { readonly title: string; readonly value: string };

/** The choices of a fixed list, in the order of its words: `{ id: words }` becomes title and value. */
export function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, title]) => ({ title, value }));
}
