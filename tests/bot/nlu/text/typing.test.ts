import { describe, expect, it } from 'vitest';
import { createTyping } from '../../../../bot/nlu/text/typing.js';

const WORDS = ['vragen', 'vaak', 'weigeren', 'thuiswerken', 'bedrijfsarts', 'schreeuwt', 'gesprek', 'nacht'];
const typed = createTyping(new Set(WORDS));

describe('a word typed in haste', () => {
  it('is the word that was meant, and stays as it is where it is known, short, long, or like nothing', () => {
    const slips = { vragne: 'vragen', vaka: 'vaak', wijgeren: 'weigeren', thuiswerkne: 'thuiswerken' };
    const others = { bedrijsarts: 'bedrijfsarts', schreewt: 'schreeuwt', gesprekk: 'gesprek', nagt: 'nacht' };
    for (const [slip, meant] of Object.entries({ ...slips, ...others })) expect(typed(slip)).toBe(meant);
    for (const word of [...WORDS, 'ik', 'fiets', 'x1y2z3', 'a'.repeat(1_000), ''])
      expect(typed(word)).toBe(word);
  });
});
