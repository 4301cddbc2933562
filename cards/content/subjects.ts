import { allMeasures, allPieces, type Deed, findPiece, type Piece, piecesOf, type Shelf } from './pieces.js';
import subjects from './subjects.json' with { type: 'json' };

/** One line to browse by: pieces of a shelf, or a card of its own. */
export type Subject = {
  readonly id: string;
  readonly shelf?: string;
  /** Only pieces of these kinds, where a shelf holds several. */
  readonly kinds?: readonly string[];
  /** Only measures of this theme. */
  readonly theme?: string;
  /** Pieces of other subjects that belong here too, after its own. */
  readonly also?: readonly string[];
  /** Found within the card of this subject, so that the list of all subjects leaves it out. */
  readonly under?: string;
  /** What it opens at once instead of a list. */
  readonly do?: string;
};
export type SubjectGroup = { readonly id: string; readonly subjects: readonly Subject[] };

export const SUBJECT_GROUPS: readonly SubjectGroup[] = subjects;
const all = SUBJECT_GROUPS.flatMap((group) => group.subjects);

/** Null for an id that is not there: an old card may still name it. */
export function findSubject(id: string): Subject | null {
  return all.find((subject) => subject.id === id) ?? null;
}

export function piecesAbout(subject: Subject): readonly Piece[] {
  const others = (subject.also ?? []).flatMap((id) => findPiece(id)?.piece ?? []);
  return [...ownPieces(subject), ...others];
}

function ownPieces(subject: Subject): readonly Piece[] {
  if (subject.shelf === undefined) return [];
  const { theme } = subject;
  if (theme !== undefined) return allMeasures().filter((measure) => measure.theme === theme);
  const onShelf = piecesOf(subject.shelf as Shelf);
  return subject.kinds === undefined
    ? onShelf
    : onShelf.filter(({ kind }) => subject.kinds?.includes(kind) === true);
}

/** Where a piece is found when browsing. Throws RangeError for a piece that is nowhere: a test looks for those. */
export function subjectOf(pieceId: string): Subject {
  const found = all.find((subject) => ownPieces(subject).some(({ id }) => id === pieceId));
  if (found === undefined) throw new RangeError(`piece ${pieceId} is in no subject`);
  return found;
}

export function deedOf(subject: Subject): Deed | null {
  return (subject.do as Deed | undefined) ?? null;
}

/** Pieces that no subject leads to. */
export function unreachablePieces(): readonly string[] {
  const reached = new Set(all.flatMap((subject) => ownPieces(subject).map(({ id }) => id)));
  return allPieces()
    .map(({ id }) => id)
    .filter((id) => !reached.has(id) && findPiece(id) !== null);
}
