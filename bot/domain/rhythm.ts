export const RHYTHMS = ['weekly', 'two-weekly', 'four-weekly', 'quarterly'] as const;

export type Rhythm = (typeof RHYTHMS)[number];
