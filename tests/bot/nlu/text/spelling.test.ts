import { describe, expect, it } from 'vitest';
import { createSpelling } from '../../../../bot/nlu/text/spelling.js';

const mend = createSpelling(new Set(['evaluatie', 'moment', 'werkaanpass', 'gesprek', 'leidraad']));

describe('mend', () => {
  it.each([
    ['evaluatie', ['evaluatie']],
    ['evaluatiemoment', ['evaluatie', 'moment']],
    ['gespreksleidraad', ['gesprek', 'leidraad']],
    ['werkaanpas', ['werkaanpass']],
    ['evaluaite', ['evaluatie']],
    ['fiets', ['fiets']],
    ['belastingaangifte', ['belastingaangifte']],
  ])('turns %s into %j', (word, meant) => {
    expect(mend(word)).toEqual(meant);
  });
});
