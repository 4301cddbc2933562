import { describe, expect, it } from 'vitest';
import { createPractise } from '../../../../bot/features/practise/practise.handler.js';
import { compare } from '../../../../bot/features/practise/practise.rules.js';
import { SITUATIONS } from '../../../../cards/actions.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { aPress } from '../../../support/sample-turns.js';

const practise = createPractise();

describe('a sentence of one’s own', () => {
  it('is compared with what the advice asks', async () => {
    expect(
      await faultsOf(
        [
          [
            'Ik zag dat je je tas al om had. Hoe is dat voor jou?',
            'nl',
            { seen: true, open: true, cause: false },
          ],
          [
            'Het viel me op dat je stil was. Wat heb je nodig?',
            'nl',
            { seen: true, open: true, cause: false },
          ],
          ['Heb je soms een burn-out?', 'nl', { seen: false, open: false, cause: true }],
          ['Waarom ben je zo moe?', 'nl', { seen: false, open: false, cause: true }],
          ['Rustig maar', 'nl', { seen: false, open: false, cause: false }],
          ["I've noticed you left early. How are you?", 'en', { seen: true, open: true, cause: false }],
          ['Is it something at home?', 'en', { seen: false, open: false, cause: true }],
          ['What does your GP say?', 'en', { seen: false, open: true, cause: true }],
        ] as const,
        (text, lang, expected) => {
          expect(compare(text, lang)).toEqual(expected);
        },
      ),
    ).toEqual([]);
  });

  it('comes back with what is wrong when it is empty or too long', async () => {
    for (const own of ['', ' \n ', 'x'.repeat(301)]) {
      const reply = await practise['practise.say'](
        aPress('practise.say', { situation: 'cries', round: 0, own }),
      );
      expect(JSON.stringify(reply)).toContain('"color":"Attention"');
    }
  });
});

describe('a talk that is practised', () => {
  it('leads from every situation to its end, in both languages, whatever is chosen, and shows a line again for no choice', async () => {
    for (const lang of LANGS)
      for (const situation of SITUATIONS) {
        const rounds = messagesFor(lang).practise.situations.find(({ id }) => id === situation)?.rounds ?? [];
        expect(rounds.length, situation).toBeGreaterThanOrEqual(2);
        for (const [round, { choices, does, says }] of rounds.entries()) {
          expect(`${does}${says}`, `${situation} ${round}`).not.toBe('');
          for (const choice of choices.keys()) {
            const reply = await practise['practise.choose'](
              aPress('practise.choose', { situation, round, choice, lang }, { lang }),
            );
            const card = JSON.stringify(reply);
            expect(card).toContain(JSON.stringify(choices[choice]?.effect).slice(1, -1));
            expect(card.includes('"practise.open"')).toBe(true);
          }
        }
      }
    const reply = await practise['practise.choose'](
      aPress('practise.choose', { situation: 'angry', round: 9, choice: 9 }),
    );
    expect(reply.kind).toBe('card');
  });
});
