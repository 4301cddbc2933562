/**
 * The characteristics of work that a team scan asks about, in the order of the form, by the ids of their pieces. Stored
 * outcomes and open answers count by place: one that is added goes at the end, none is ever moved.
 * Source: Interventiewijzer mentale gezondheid, the thirteen characteristics and the form in its annex.
 */
export const CHARACTERISTICS = [
  'workload',
  'recovery',
  'clear-roles',
  'emotional-work',
  'work-private',
  'support',
  'autonomy',
  'growth',
  'feedback',
  'meaning',
  'safety',
  'security',
  'fairness',
] as const;
export type Characteristic = (typeof CHARACTERISTICS)[number];

/** The id of the piece that tells of a characteristic. */
export function pieceOf(characteristic: Characteristic): string {
  return `characteristic-${numberOf(characteristic)}-${characteristic}`;
}

/** The id of the piece with what one can do about it. */
export function interventionOf(characteristic: Characteristic): string {
  // The guide names this one after the load that the work puts on people, not after the work.
  const name = characteristic === 'emotional-work' ? 'emotional-load' : characteristic;
  return `intervention-${numberOf(characteristic)}-${name}`;
}

function numberOf(characteristic: Characteristic): string {
  return String(CHARACTERISTICS.indexOf(characteristic) + 1).padStart(2, '0');
}
