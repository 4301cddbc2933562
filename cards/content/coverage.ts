import { PARTS } from '../actions.js';
import { CONTACTS } from './contacts.js';
import coverage from './coverage.json' with { type: 'json' };
import { allPieces } from './pieces.js';

/** Something that a guide asks or tells, with where it is, or else why it is left out. */
export type Ask = {
  readonly what: string;
  /** How many there are of it in the guide, one unless told. */
  readonly count?: number;
  /** Ids of pieces; `part:`, `contact:` and `card:` for parts of the conversation, contacts and cards of their own. */
  /** What its entries are called in the pieces, where a list is kept whole. */
  readonly kind?: string;
  readonly in?: readonly string[];
  readonly left?: string;
};
export type GuideSection = {
  readonly guide: string;
  /** As the guide calls it. */
  readonly section: string;
  readonly asks: readonly Ask[];
};
export type Covered = { readonly guide: string; readonly asked: number; readonly there: number };

export const COVERAGE: readonly GuideSection[] = coverage;
/** Cards of their own that do what a guide asks. */
const CARDS = ['check', 'costs', 'absence-weeks', 'practise'] as const;

/** How much of each guide there is, in the order of the file. */
export function countCovered(): readonly Covered[] {
  const guides = [...new Set(COVERAGE.map(({ guide }) => guide))];
  return guides.map((guide) => {
    const asks = COVERAGE.filter((section) => section.guide === guide).flatMap((section) => section.asks);
    const sum = (some: readonly Ask[]) => some.reduce((all, { count = 1 }) => all + count, 0);
    return { guide, asked: sum(asks), there: sum(asks.filter(({ left }) => left === undefined)) };
  });
}

/** What is left out, each as a line with the reason. */
export function leftOut(): readonly string[] {
  return COVERAGE.flatMap(({ guide, section, asks }) =>
    asks.flatMap(({ what, left }) => (left === undefined ? [] : [`${guide}, ${section}: ${what}: ${left}`])),
  );
}

/** Everything that is wrong with the account itself: what it names must be there. */
export function problemsOfCoverage(): readonly string[] {
  const there = new Set([
    ...allPieces().map(({ id }) => id),
    ...PARTS.map((part) => `part:${part}`),
    ...CONTACTS.map(({ id }) => `contact:${id}`),
    ...CARDS.map((card) => `card:${card}`),
  ]);
  return COVERAGE.flatMap(({ guide, section, asks }) => {
    const at = (what: string) => `${guide}, ${section}: ${what}`;
    return asks.flatMap(({ what, in: where = [], left }) => [
      ...where.filter((id) => !there.has(id)).map((id) => `${at(what)}: names ${id}, which is not there`),
      ...(where.length > 0 === (left === undefined) ? [] : [`${at(what)}: is either there or left out`]),
    ]);
  });
}
