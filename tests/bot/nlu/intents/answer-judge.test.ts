import { describe, expect, it } from 'vitest';
import english from '../../../../bot/nlu/content/en/answers-learned.json' with { type: 'json' };
import dutch from '../../../../bot/nlu/content/nl/answers-learned.json' with { type: 'json' };
import { createAnswerJudge } from '../../../../bot/nlu/intents/answer-judge.js';
import { fingerprintOf, learnAnswers, questionsOf } from '../../../../bot/nlu/intents/learn-answers.js';
import { tokens } from '../../../../bot/nlu/text/tokens.js';
import { LANGS } from '../../../../cards/content/words.js';

const LEARNED = { nl: dutch, en: english } as const;

const QUESTIONS = [
  ...[
    'mag ik vragen wat iemand heeft',
    'mag ik weten wat er aan de hand is',
    'mag ik vragen naar de ziekte',
  ].map((text) => ({ text, key: 'cause' })),
  ...['mag ik op vakantie als ik ziek ben', 'vakantie tijdens ziekte', 'ziek en toch op vakantie'].map(
    (text) => ({
      text,
      key: 'holiday',
    }),
  ),
  ...['hoe neem ik een zieke op in het rooster', 'rooster bij ziekte', 'wie vult het rooster'].map(
    (text) => ({
      text,
      key: 'piece roster',
    }),
  ),
];

function judged(text: string, learned = learnAnswers(QUESTIONS, 'nl')) {
  const { keys, chances } = createAnswerJudge(learned);
  const found = [...chances(tokens(text))];
  const best = Math.max(...found);
  return { key: keys[found.indexOf(best)], best, sum: found.reduce((sum, one) => sum + one, 0) };
}

describe('what is learned of the questions', () => {
  it('is of the questions of this content; if not, run `npm run learn`', () => {
    for (const lang of LANGS)
      expect([lang, LEARNED[lang].from]).toEqual([lang, fingerprintOf(questionsOf(lang))]);
  });

  it('is the same for the same questions, and tells apart what is asked in other words, and with slips', () => {
    expect(learnAnswers(QUESTIONS, 'nl')).toEqual(learnAnswers(QUESTIONS, 'nl'));
    expect(judged('naar de ziekte vragen, mag dat').key).toBe('cause');
    expect(judged('zomervakantie als zieke').key).toBe('holiday');
    expect(judged('wie maakt het rooser').key).toBe('piece roster');
  });

  it('spreads one whole over all that can be asked, also for nothing and for words that nobody used', () => {
    for (const text of ['mag ik op vakantie', '', 'xqzw', 'vakantie '.repeat(500)]) {
      const { best, sum } = judged(text);
      expect(sum).toBeCloseTo(1, 6);
      expect(best).toBeGreaterThan(0);
    }
  });

  it('is asked of one answer in a language, in the same words', () => {
    for (const lang of LANGS) {
      const seen = new Map<string, string>();
      const answers = questionsOf(lang).filter(({ key }) => !key.startsWith('piece '));
      const twice = answers.filter(({ text, key }) => {
        const said = tokens(text).join(' ');
        const other = seen.get(said);
        seen.set(said, key);
        return other !== undefined && other !== key;
      });
      expect(twice).toEqual([]);
    }
  });
});
