import { describe, expect, it } from 'vitest';
import { createAnswerSearch } from '../../../bot/nlu/intents/answer-search.js';
import { createAnswering } from '../../../bot/nlu/intents/answering.js';
import { lazy } from '../../../bot/nlu/lazy.js';
import { ANY_QUESTION } from '../../../bot/nlu/nlu.js';
import { createUnderstanding } from '../../../bot/nlu/understand.js';

describe('what is learned before the first words', () => {
  it('is all of each language, and of the other nothing', () => {
    const learned: string[] = [];
    const searchOf = (lang: 'nl' | 'en') =>
      lazy(() => {
        learned.push(lang);
        return createAnswerSearch(lang);
      });
    const understand = createUnderstanding(null, createAnswering({ nl: searchOf('nl'), en: searchOf('en') }));
    expect(learned).toEqual([]);
    understand(ANY_QUESTION.nl);
    expect(learned).toEqual(['nl']);
    understand(ANY_QUESTION.en);
    expect(learned).toEqual(['nl', 'en']);
  });

  it('is not waited for by a greeting, nor by who asks for the menu', () => {
    const never = () => {
      throw new Error('this has to be learned first');
    };
    const [atOnce, understand] = [createUnderstanding(null, never, never), createUnderstanding(null)];
    for (const text of ['menu', 'Hoi!', 'hallo bot', 'help', 'good morning', 'start'])
      expect([text, atOnce(text)]).toEqual([text, understand(text)]);
    expect(() => atOnce('hoe begin ik het gesprek')).toThrow('this has to be learned first');
  });
});
