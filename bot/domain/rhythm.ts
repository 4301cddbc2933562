export const RHYTHMS = ['weekly', 'two-weekly', 'four-weekly', 'quarterly'] as const;

export type Rhythm = (typeof RHYTHMS)[number];

/** What may come after an evaluation of an agreement: the next in a rhythm, or `once`: none, unless one is chosen then. */
export const AGREEMENT_RHYTHMS = [...RHYTHMS, 'once'] as const;
