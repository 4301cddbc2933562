import { type Parameter, parameter } from './template.js';

/** A parameter that is a text. */
export const textParameter = (description: string): Parameter => ({ type: 'string', description });

/** What every module is given. */
export const PLACE = {
  location: textParameter('The region.'),
  token: textParameter('What makes the names of this environment unique.'),
  tags: { type: 'object', description: 'The tags of every resource.' },
} as const satisfies Record<string, Parameter>;

/** What every resource of a region has. */
export const PLACED = { location: parameter('location'), tags: parameter('tags') };
