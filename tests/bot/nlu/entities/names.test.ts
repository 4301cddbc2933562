import { describe, expect, it } from 'vitest';
import { namedIn, nameSaid, saidOf } from '../../../../bot/nlu/entities/names.js';
import { sayingsIn } from '../../../../cards/content/said.js';
import { faultsOf } from '../../../support/faults.js';

const PEOPLE = [{ name: 'Anouk Bakker' }, { name: 'Jan' }, { name: 'Jan Smit' }, { name: 'Sanne' }];
/** First names that are words as well. */
const WORDS_TOO = [{ name: 'Wil' }, { name: 'Elke' }, { name: 'Do van Dijk' }];

describe('names in a text', () => {
  it('are matched by first name or whole name', async () => {
    expect(
      await faultsOf(
        [
          ['ik heb net koffie gedronken met Anouk', ['Anouk Bakker']],
          ['koffie met jan gehad', ['Jan', 'Jan Smit']],
          ['koffie met sanne', ['Sanne']],
          ['SANNE komt terug', ['Sanne']],
          ['januari is druk', []],
        ],
        (text, names) => {
          expect(namedIn(text, PEOPLE, 'nl').map(({ name }) => name)).toEqual(names);
        },
      ),
    ).toEqual([]);
  });

  it('that are words too are named where they are written as names', async () => {
    expect(
      await faultsOf(
        [
          ['wil ik elke week koffie', []],
          ['Elke week koffie met het team', []],
          ['Wil ik koffie met Jan', []],
          ['zo wil ik het, en do en di ook', []],
          ['koffie met Wil', ['Wil']],
          ['met Elke elke week koffie', ['Elke']],
          ['koffie met do van dijk', ['Do van Dijk']],
        ],
        (text, names) => {
          expect(namedIn(text, WORDS_TOO, 'nl').map(({ name }) => name)).toEqual(names);
        },
      ),
    ).toEqual([]);
  });

  it('of somebody new are found in both languages', async () => {
    expect(
      await faultsOf(
        [
          ['herinner me elke drie weken aan Lotte', 'Lotte'],
          ['Karin gaat op 1 maart met verlof', 'Karin'],
          ['Joris gaat 1 mei met pensioen', 'Joris'],
          ['koffie met Jan de Vries elke week', 'Jan de Vries'],
          ['elke maand aan Maria van den Berg denken', 'Maria van den Berg'],
          ['Kan ik elke week koffie met Bram drinken?', 'Bram'],
          ['Jan-Willem begint maandag', 'Jan-Willem'],
          ['koffie met Zoë in Januari', 'Zoë'],
          ['koffie met iemand', ''],
          ['Koffie elke week', ''],
          ['Elke week koffie met het team', ''],
          ['Kan ik elke twee weken koffie plannen', ''],
          ['Ik wil koffie. Met het team, elke week', ''],
          ['Hoe vaak koffie met HR?', ''],
          ['Verlof vanaf Maandag', ''],
          ['Kopje Koffie elke week', ''],
          ['MIJN TEAM ELKE WEEK', ''],
          ['Wanneer gaat het team met verlof', ''],
        ],
        (text, name) => {
          expect(nameSaid(text, 'nl')).toBe(name);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          ['Remind me of Lotte every three weeks', 'Lotte'],
          ['Tom starts on 1 March', 'Tom'],
          ['Coffee every week', ''],
          ['Can I plan coffee every two weeks', ''],
          ['Every week with the team, from March on', ''],
          ['Could Ann join us on Monday', 'Ann'],
          ['Leave from March 1', ''],
          ['Coffee with Peter van Houten weekly', 'Peter van Houten'],
        ],
        (text, name) => {
          expect(nameSaid(text, 'en')).toBe(name);
        },
      ),
    ).toEqual([]);
  });

  it('stand beside a rhythm', async () => {
    expect(
      await faultsOf(
        [
          ['herinner me elke drie weken aan Lotte', 'four-weekly'],
          ['elke week koffie met Jan', 'weekly'],
          ['elke twee weken koffie', 'two-weekly'],
          ['elke drie maanden', 'quarterly'],
          ['koffie', null],
        ],
        (text, rhythm) => {
          expect(saidOf(text, sayingsIn('nl').rhythms)).toBe(rhythm);
        },
      ),
    ).toEqual([]);
  });
});

describe('a name without its capital', () => {
  it('is found where a name stands, comes with its capital, and is nothing that only stands where a name could', () => {
    const found = [
      ['fatima gaat met zwangerschapsverlof van 1 maart tot 15 juni', 'Fatima'],
      ['leg vast met anouk van vorige week', 'Anouk'],
      ['koffie met sanne', 'Sanne'],
    ].filter(([text = '', name]) => nameSaid(text, 'nl') !== name);
    expect(found).toEqual([]);
    const texts = [
      'ik ga met vakantie',
      'met wie kan ik praten',
      'mijn medewerker gaat met verlof',
      'iemand komt terug',
      'elke week koffie met het team',
    ];
    expect(texts.filter((text) => nameSaid(text, 'nl') !== '')).toEqual([]);
  });
});
