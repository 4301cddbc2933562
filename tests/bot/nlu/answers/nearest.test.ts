import { describe, expect, it } from 'vitest';
import { choiceOf } from '../../../../bot/nlu/understand.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { nearestCard, otherwiseCard } from '../../../../cards/knowledge/choose.card.js';
import { faultsOf } from '../../../support/faults.js';
import { understand } from '../learned.js';

describe('a worry that no answer is near to', () => {
  it('gets what comes nearest, and is told that it is no more than that', async () => {
    expect(
      await faultsOf(
        [
          ['mijn buurman op kantoor maakt de hele dag geluidjes'],
          ['de airco staat altijd te koud en daar krijg ik ruzie over met het halve kantoor'],
        ],
        (text) => {
          const understood = understand(text);
          expect(understood.landing).toBeNull();
          expect(choiceOf(understood).length).toBeGreaterThan(1);
          expect(understood.isFar).toBe(true);
        },
      ),
    ).toEqual([]);
  });

  it('is not made of what the bot is not for', async () => {
    expect(
      await faultsOf(
        [
          ['wat is de hoofdstad van frankrijk'],
          ['wat is het weer morgen in amsterdam'],
          ['wat eten we vanavond'],
        ],
        (text) => {
          const { intent, also, landing } = understand(text);
          expect({ intent, also, landing }).toEqual({ intent: 'unknown', also: [], landing: null });
        },
      ),
    ).toEqual([]);
  });

  it('leads from none of these to other words and to somebody to talk to', () => {
    for (const lang of LANGS) {
      const { knowledge, menu } = messagesFor(lang);
      const nearest = JSON.stringify(nearestCard(lang, [{ answer: 'grief' }, { answer: 'debt' }]));
      expect(nearest).toContain(knowledge.nearestTitle);
      expect(nearest).toContain('knowledge.otherwise');
      const otherwise = JSON.stringify(otherwiseCard(lang));
      expect(otherwise).toContain('support.show');
      expect(otherwise).toContain(menu.support);
    }
  });
});
