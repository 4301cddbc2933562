import type { Lang } from './content/words.js';

/** A block of a document. Texts are unescaped: whatever writes the file escapes them for its format. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** A label and its value, on one line. */
  | { readonly kind: 'fact'; readonly title: string; readonly value: string }
  | { readonly kind: 'item'; readonly text: string };

/** A document in one language, independent of the file format that it is written in. */
export type Document = {
  readonly lang: Lang;
  readonly title: string;
  readonly blocks: readonly Block[];
};

/** A heading below the title of the document. */
export function heading(of: string): Block {
  return { kind: 'heading', level: 2, text: of };
}

export function text(of: string): Block {
  return { kind: 'text', text: of };
}

export function item(of: string): Block {
  return { kind: 'item', text: of };
}
