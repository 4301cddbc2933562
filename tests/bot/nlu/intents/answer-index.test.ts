import { describe, expect, it } from 'vitest';
import english from '../../../../bot/nlu/content/en/answers-index-learned.json' with { type: 'json' };
import dutch from '../../../../bot/nlu/content/nl/answers-index-learned.json' with { type: 'json' };
import { openAnswerIndex } from '../../../../bot/nlu/intents/answer-index.js';
import { learnAnswersIndex } from '../../../../bot/nlu/intents/learn-answers-index.js';
import { LANGS } from '../../../../cards/content/words.js';

const LEARNED = { nl: dutch, en: english } as const;
const ASKED = {
  'sick-holiday': ['mag ik op vakantie als ik ziek ben', 'vakantie tijdens ziekte'],
};

describe('what the questions are found by', () => {
  it('is worked out of this content; if not, run `npm run learn`', () => {
    for (const lang of LANGS) {
      const { about: _, ...stored } = LEARNED[lang];
      expect([lang, stored]).toEqual([lang, learnAnswersIndex(lang)]);
    }
  });

  it('tells what a text asks for that is an example word for word, and of no other', () => {
    const { keys, placeOfExample } = openAnswerIndex(learnAnswersIndex('nl', ASKED));
    const found = (text: string) => keys[placeOfExample(text) ?? -1] ?? null;
    expect(found('vakantie tijdens ziekte')).toBe('sick-holiday');
    for (const text of ['vakantie tijdens ziekten', 'vakantie', '', 'x'.repeat(5_000)])
      expect(found(text)).toBe(null);
  });

  it('is nearest to what has the terms, and near to nothing by a term that none has', () => {
    const { keys, fits, rarity } = openAnswerIndex(learnAnswersIndex('nl', ASKED));
    const near = fits(new Map([['vakantie', 1]]));
    expect(keys[near.indexOf(Math.max(...near))]).toBe('sick-holiday');
    expect(Math.max(...fits(new Map([['xqzw', 1]])))).toBe(0);
    expect(rarity('xqzw')).toBeGreaterThan(rarity('vakantie'));
  });
});
