import { describe, expect, it } from 'vitest';
import { INTENTS } from '../../bot/nlu/intents/intent.js';
import { readChoice, readChoices, readSwitch } from '../../cards/choices.js';
import { LANGS, type Messages } from '../../cards/content/words.js';
import { chooseCard } from '../../cards/knowledge/choose.card.js';
import { faultsOf } from '../support/faults.js';

const rhythms = ({ coffee }: Messages) => coffee.rhythms;
const withComma = () => ({ one: 'Een', both: 'Een, en twee', two: 'Twee' });

describe('a choice', () => {
  it('is its id, its words in either language, or none', async () => {
    expect(
      await faultsOf(
        [
          ['weekly', 'weekly'],
          ['Elke week', 'weekly'],
          [' elke Week ', 'weekly'],
          ['Every week', 'weekly'],
          ['Elk kwartaal', 'quarterly'],
          ['', null],
          ['Elke dag', null],
          ['week', null],
          ['__proto__', null],
          ['constructor', null],
        ],
        (typed, id) => {
          expect(readChoice(typed, rhythms)).toBe(id);
        },
      ),
    ).toEqual([]);
  });

  it('of several are their ids or words, those that there are, also with a comma in a title', async () => {
    expect(
      await faultsOf(
        [
          ['', []],
          ['weekly,quarterly', ['weekly', 'quarterly']],
          ['Elke week, Every quarter', ['weekly', 'quarterly']],
          ['weekly,weekly', ['weekly']],
          ['weekly,sometimes', null],
          ['weekly,', null],
        ],
        (typed, ids) => {
          expect(readChoices(typed, rhythms)).toEqual(ids);
        },
      ),
    ).toEqual([]);
    expect(readChoices('Een, en twee,Een', withComma)).toEqual(['one', 'both']);
    expect(readChoices('Een,Twee', withComma)).toEqual(['one', 'two']);
  });

  it('of a switch is on, off or not there', () => {
    expect(['yes', 'true', 'no', 'false', '', 'perhaps'].map(readSwitch)).toEqual([
      true,
      true,
      false,
      false,
      null,
      null,
    ]);
  });
});

describe('a choice among what a text may have meant', () => {
  it('names each of them in each language, and leaves out what has no name', async () => {
    expect(
      await faultsOf(LANGS, (lang) => {
        const meant = INTENTS.map((intent) => ({ intent }));
        expect(JSON.stringify(chooseCard(lang, meant))).not.toMatch(/\$\{|undefined/);
      }),
    ).toEqual([]);
  });
});
