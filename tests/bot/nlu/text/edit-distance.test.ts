import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithinEdits, lettersOf, mayBeSlips } from '../../../../bot/nlu/text/edit-distance.js';

const SEED = 20_270_112;
const aWord = fc.string({ unit: fc.constantFrom(...'abcdé'), maxLength: 9 });

/** The same, by its definition: every way to get from one word to the other, the shortest of all. */
function distance(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const [first, second] = one;
  const ways = [
    distance(one.slice(1), other) + 1,
    distance(one, other.slice(1)) + 1,
    distance(one.slice(1), other.slice(1)) + (first === other[0] ? 0 : 1),
  ];
  const swapped = second !== undefined && first === other[1] && second === other[0];
  return Math.min(...ways, swapped ? distance(one.slice(2), other.slice(2)) + 1 : Number.POSITIVE_INFINITY);
}

describe('slips', () => {
  it('are counted as their definition says', () => {
    const short = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 5 });
    fc.assert(
      fc.property(short, short, fc.integer({ min: 1, max: 2 }), (one, other, most) => {
        expect(isWithinEdits(one, other, most)).toBe(distance(one, other) <= most);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it('are never ruled out by the letters of words that are so few apart', () => {
    fc.assert(
      fc.property(aWord, fc.array(fc.tuple(fc.nat(9), aWord), { maxLength: 2 }), (word, changes) => {
        let other = word;
        for (const [at, letters] of changes) {
          // A letter more, other, or less.
          other = other.slice(0, at) + letters.slice(0, 1) + other.slice(at + (letters.length % 2));
        }
        for (const most of [1, 2]) {
          if (isWithinEdits(word, other, most))
            expect(mayBeSlips(lettersOf(word), lettersOf(other), most)).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });
});
