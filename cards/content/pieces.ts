import moved from './pieces/moved.json' with { type: 'json' };
import { SHELVES } from './shelves.js';
import type { SourceRef } from './sources.js';
import type { Lang } from './words.js';

/** What can be done at once with what a piece says: the card's main button. */
export const DEEDS = [
  'conversation',
  'agreement',
  'signals',
  'check',
  'support',
  'own-people',
  'absence-weeks',
  'costs',
  'measures',
  'settings',
  'privacy',
  'team-scan',
] as const;
export type Deed = (typeof DEEDS)[number];

/** A piece of knowledge, but for its words: one thing that fits one card. */
export type Piece = {
  readonly id: string;
  /** What it is, as it is counted: `dilemma`, `measure`. */
  readonly kind: string;
  readonly source: SourceRef;
  readonly do?: string;
  /** Ids of pieces that help from here. */
  readonly more?: readonly string[];
  /** A drawing that goes with it. */
  readonly picture?: string;
};

/** A measure of the inspiration guide, by what one can look for. */
export type Measure = Piece & {
  readonly theme: string;
  /** `organisation`, `team`, `person`: who can take it. */
  readonly level: readonly string[];
  /** `drain`: takes away what costs energy; `source`: adds what gives it. */
  readonly effect: readonly string[];
};

/** `link`: the id of an address in `links.json` that the row leads to. */
export type PartRow = { readonly name: string; readonly text: string; readonly link?: string | undefined };

/** A stretch of a piece: a title and one of text, list, sentences to say, or rows. */
export type Part = {
  readonly title?: string | undefined;
  /** What the entries are, where they are counted. */
  readonly kind?: string | undefined;
  readonly text?: string | undefined;
  readonly list?: readonly string[] | undefined;
  readonly say?: readonly string[] | undefined;
  readonly rows?: readonly PartRow[] | undefined;
  /** Out of sight until it is asked for; the parts after it too. */
  readonly folded?: boolean | undefined;
};

export type PieceWords = {
  readonly title: string;
  readonly lead: string;
  readonly parts: readonly Part[];
  /** What people type who look for it. */
  readonly asked: readonly string[];
  /** Words, folded, that are about nothing else. */
  readonly topic?: readonly string[] | undefined;
};

export type Shelf = keyof typeof SHELVES;
export const SHELF_IDS = Object.keys(SHELVES) as Shelf[];

const pieces = new Map<string, { readonly piece: Piece; readonly shelf: Shelf }>(
  SHELF_IDS.flatMap((shelf) => piecesOf(shelf).map((piece) => [piece.id, { piece, shelf }] as const)),
);

/** What stands on a shelf, in the order in which it is browsed. */
export function piecesOf(shelf: Shelf): readonly Piece[] {
  return SHELVES[shelf].pieces;
}

export function allMeasures(): readonly Measure[] {
  return SHELVES.measures.pieces;
}

export function allPieces(): readonly Piece[] {
  return SHELF_IDS.flatMap((shelf) => [...piecesOf(shelf)]);
}

/** Pieces that said the same as another, with the one that stays: cards in a chat go on naming them for years. */
export const MOVED: Readonly<Record<string, string>> = moved;

/**
 * A piece by its id, or by one that it had before it was merged. Null for an id that is not there: a card of before a
 * change of content may still name it.
 */
export function findPiece(id: string): { readonly piece: Piece; readonly shelf: Shelf } | null {
  return pieces.get(Object.hasOwn(MOVED, id) ? (MOVED[id] ?? id) : id) ?? null;
}

/** Throws RangeError for a piece without words: the content check finds that before it is served. */
export function pieceWords(lang: Lang, id: string): PieceWords {
  const found = pieces.get(id);
  const shelf: Readonly<Record<string, PieceWords>> = found === undefined ? {} : SHELVES[found.shelf][lang];
  const words = shelf[id];
  if (words === undefined) throw new RangeError(`no words for piece ${id}`);
  return words;
}
