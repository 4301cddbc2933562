import { describe, expect, it } from 'vitest';
import { createUnderstanding } from '../../bot/nlu/understand.js';
import english from '../../manifest/en.json' with { type: 'json' };
import manifest from '../../manifest/manifest.json' with { type: 'json' };
import { faultsOf } from '../support/faults.js';

const INTENTS = ['conversation', 'agreement', 'evaluations', 'support', 'privacy', 'menu'];
const TITLES = [
  ['Gesprek beginnen', 'Start the conversation'],
  ['Afspraak vastleggen', 'Record an agreement'],
  ['Mijn evaluaties', 'My evaluations'],
  ['Met iemand praten', 'Talk to someone'],
  ['Wat bewaar je over mij', 'What do you keep about me'],
  ['Help', 'Help'],
] as const;

describe('the commands above the message box', () => {
  const commands = manifest.bots[0]?.commandLists[0]?.commands ?? [];
  const translated: Readonly<Record<string, string>> = english;

  it('stand pairwise in Dutch and English, all starters, and say in both what they bring', () => {
    const pairs = commands.map(({ title }, at) => [title, translated[keyOf(at, 'title')]]);
    expect(pairs).toEqual(TITLES);
    commands.forEach(({ description }, at) => {
      expect(description).toMatch(/\S{3}/);
      expect(translated[keyOf(at, 'description')]).toMatch(/\S{3}/);
      expect(translated[keyOf(at, 'description')]).not.toBe(description);
    });
    expect(commands.map(({ type }) => type)).toEqual(TITLES.map(() => 'prompt'));
  });

  const understand = createUnderstanding();

  it('start a conversation with a whole sentence that is understood when pressed', async () => {
    expect(
      await faultsOf(
        commands.flatMap(({ prompt }, at) => [
          [prompt, INTENTS[at]],
          [translated[keyOf(at, 'prompt')] ?? '', INTENTS[at]],
        ]),
        (prompt, intent) => {
          expect(prompt?.split(' ').length).toBeGreaterThan(4);
          expect(understand(prompt ?? '').intent).toBe(intent);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        TITLES.flatMap(([dutch, inEnglish], at) => [
          [dutch, INTENTS[at]],
          [inEnglish, INTENTS[at]],
        ]),
        (title, intent) => {
          expect(understand(title ?? '').intent).toBe(intent);
        },
      ),
    ).toEqual([]);
  });
});

function keyOf(at: number, field: 'title' | 'description' | 'prompt'): string {
  return `bots[0].commandLists[0].commands[${at}].${field}`;
}
