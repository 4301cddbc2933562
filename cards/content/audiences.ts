import type { Shelf } from './pieces.js';

/** Who may ask: who leads somebody, who asks about themselves, who works beside somebody, who is HR. */
export const AUDIENCES = ['manager', 'employee', 'colleague', 'hr'] as const;
export type Audience = (typeof AUDIENCES)[number];

const OF_ONE_LED: readonly Audience[] = ['manager', 'hr'];
/** For whom the pieces of each shelf are written: of one whom one leads, of oneself, or of what is the same for all. */
const SHELF_AUDIENCE: Readonly<Record<Shelf, readonly Audience[]>> = {
  talk: OF_ONE_LED,
  aids: OF_ONE_LED,
  signals: OF_ONE_LED,
  handles: AUDIENCES,
  dilemmas: OF_ONE_LED,
  adjustments: OF_ONE_LED,
  absence: ['manager', 'employee', 'hr'],
  rights: AUDIENCES,
  organisation: AUDIENCES,
  loneliness: AUDIENCES,
  costs: AUDIENCES,
  models: AUDIENCES,
  'self-care': AUDIENCES,
  team: AUDIENCES,
  measures: AUDIENCES,
  approach: AUDIENCES,
  employee: ['employee'],
  reading: AUDIENCES,
};
/** Beside what its shelf is for. */
const PIECE_AUDIENCE: Readonly<Record<string, readonly Audience[]>> = {
  'employee-colleague': ['colleague'],
  'leave-kinds': AUDIENCES,
  'leave-flexible': AUDIENCES,
};

/** For whom a piece of a shelf is written. */
export function audienceOfPiece(id: string, shelf: Shelf): readonly Audience[] {
  return PIECE_AUDIENCE[id] ?? SHELF_AUDIENCE[shelf];
}
