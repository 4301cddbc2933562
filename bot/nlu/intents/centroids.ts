import type { Intent } from './intent.js';
import { createTermIndex } from './term-index.js';
import type { Features } from './text-features.js';

/** How near a text is to an intent: 1 for the nearest, less for the others, absent when they share no word. */
export type Nearness = ReadonlyMap<Intent, number>;

// A profile is as long as its examples are many, so a word may count more often than in ordinary search (k),
// and long profiles must not win by their length (b).
const RANKING = { boost: { stems: 1, meanings: 0.5 }, k: 5, b: 0.8, d: 0.2 } as const;

/**
 * Makes the search of one language. Every intent is one document, made of all its examples, so that a term that
 * many intents share counts little. One document for each example was tried: with a tenth of the examples held
 * out in turn it put 73 of 100 right, one for each intent 80, both together 81 for many times the work. Letter
 * runs and pairs of words stay out of the index: they cost it 1.5 ms a line, and learned.ts has them for 0.05.
 */
export function createCentroids(
  examples: ReadonlyMap<Intent, readonly Features[]>,
): (asked: Features) => Nearness {
  const intents = [...examples.keys()];
  const search = createTermIndex(
    [...examples.values()].map((texts) => ({
      stems: texts.flatMap(({ stems }) => stems),
      meanings: texts.flatMap(({ meanings }) => meanings),
    })),
    RANKING,
  );

  return ({ stems, meanings }) => {
    const found = search([...stems, ...meanings]);
    const best = found[0]?.score ?? 1;
    return new Map(
      found.flatMap(({ at, score }) => {
        const intent = intents[at];
        return intent === undefined ? [] : [[intent, score / best] as const];
      }),
    );
  };
}
