import type { Lang } from './content/words.js';

/** A part of a document. Texts are as people wrote them: what makes the file escapes them. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Something with its name before it, on a line of its own. */
  | { readonly kind: 'fact'; readonly title: string; readonly value: string }
  | { readonly kind: 'item'; readonly text: string };

/** Something to read from top to bottom, in one language, whatever file it becomes. */
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
