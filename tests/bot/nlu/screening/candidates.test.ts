import { describe, expect, it } from 'vitest';
import english from '../../../../bot/nlu/content/en/screening.json' with { type: 'json' };
import dutch from '../../../../bot/nlu/content/nl/screening.json' with { type: 'json' };
import { createReader } from '../../../../bot/nlu/screening/candidates.js';
import { compileContent } from '../../../../bot/nlu/screening/rules.js';
import sources from '../../../../cards/content/sources.json' with { type: 'json' };
import { faultsOf } from '../../../support/faults.js';

const read = createReader([compileContent('nl', dutch), compileContent('en', english)]);

/** Each candidate in a text as its group and its words as they were typed. */
function found(text: string): readonly string[] {
  const { words, candidates } = read(text);
  return candidates.map(
    ({ first, last, group }) => `${group}: ${text.slice(words[first]?.start, words[last]?.end)}`,
  );
}

const wordsIn = (text: string) => found(text).map((one) => one.slice(one.indexOf(' ') + 1));

describe('what may be about health or private life', () => {
  it('recognises a word with its slip, its blanks and hyphens, inflected, or in a compound', async () => {
    expect(
      await faultsOf(
        [
          ['depresie', 'illness'],
          ['depressiee', 'illness'],
          ['epielpsie', 'illness'],
          ['psygoloog', 'carers'],
          ['fysiotherapuet', 'carers'],
          ['antidepresiva', 'treatment'],
          ['zwangerschp', 'pregnancy'],
          ['begravenis', 'private'],
          ['verdreitig', 'mood'],
          ['psycologist', 'carers'],
          ['anxeity', 'mood'],
        ],
        (word, group) => {
          expect(found(`Vrijdag ${word} besproken`)).toEqual([`${group}: ${word}`]);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          'burnoutklachten',
          'slaapproblemen',
          'rugpijn',
          'knieoperatie',
          'griepperiode',
          'depresieklachten',
          'rouwverwerking',
          'angstklachten',
          'kankerbehandeling',
          'traumaverwerking',
          'winterdepressie',
          'spierpijnklachten',
          'burn-outklachten',
        ],
        (word) => {
          expect(wordsIn(`rekening houden met ${word}`)).toEqual([word]);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          'burn out',
          'burn-out',
          'burn - out',
          'b u r n o u t',
          'slaap problemen',
          'hart aanval',
          'post-traumatisch',
          'ex-man',
          'IVF-traject',
        ],
        (words) => {
          expect(wordsIn(`even niets, ${words} achter de rug`)).toContain(words);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          'zieke',
          'depressies',
          'psychologe',
          'medicijnen',
          'zwangere',
          'verdrietige',
          'migraines',
          'grieving',
        ],
        (word) => {
          expect(wordsIn(`iets met ${word} erbij`)).toEqual([word]);
        },
      ),
    ).toEqual([]);
  });

  it('is found in both languages at once, one thing where words share a place, without what an apostrophe adds', () => {
    expect(found('Sanne heeft a broken arm en griep')).toEqual(['illness: broken arm', 'illness: griep']);
    expect(found('Zij is zwanger, haar moeder is ziek')).toEqual([
      'pregnancy: is zwanger',
      'private: haar moeder is ziek',
    ]);
    expect(wordsIn("I'll start on Monday, she’ll follow, we'd like that")).toEqual([]);
    expect(wordsIn("I'm ill")).toEqual(['ill']);
    expect(wordsIn("at her mother's")).toEqual(["mother's"]);
  });

  it('needs capitals where small letters are another word', () => {
    expect(wordsIn('Thuiswerken vanwege MS')).toContain('MS');
    expect(wordsIn('Reactietijd onder 200 ms houden')).toEqual([]);
    expect(wordsIn("Lijstjes helpen, hij is een ADD'er")).not.toEqual([]);
  });

  it('passes names that look like a word, and nothing said', async () => {
    expect(
      await faultsOf(
        [
          'Sanne',
          'Jan de Boos',
          'Marieke Pijn',
          'Piet van der Ziek',
          'Angstel',
          'Noa Dokter',
          'Tom Gay',
          'Pepijn',
          'Marit Pijnenburg',
          'Sedat Kaya',
          'Mevrouw De Zieck',
          'overleg met dhr. Van der Kanker',
          'Dhr. Pijn',
          'remmen laten keuren bij Van Pijnen',
          'Łukasz Żak',
        ],
        (name) => {
          expect(wordsIn(name)).toEqual([]);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        ['', ' ', '\n', '.', '?!', '\u{1F600}\u{1F44D}', '12', '---', '\u{D800}', '<b>', '\u{0}'],
        (text) => {
          expect(found(text)).toEqual([]);
        },
      ),
    ).toEqual([]);
  });
});

describe('the words of screening', () => {
  it('have the same groups in both languages, each with why and a source, one group for each, and no other set', async () => {
    expect(Object.keys(english.groups)).toEqual(Object.keys(dutch.groups));
    for (const group of [...Object.values(dutch.groups), ...Object.values(english.groups)]) {
      expect(group.about).not.toBe('');
      expect(Object.keys(sources)).toContain(group.source);
    }
    expect(
      await faultsOf(
        [
          ['nl', dutch],
          ['en', english],
        ] as const,
        (_lang, content) => {
          const ofGroups = Object.values(content.groups).flatMap(({ words }) => split(words));
          const all = [...ofGroups, ...split(content.ordinary.words)];
          expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
        },
      ),
    ).toEqual([]);
    const sayings = [{ about: '', gap: 0, say: ['<nobody> ziek'] }];
    const absence = { ...dutch.groups.absence, sayings };
    const content = { ...dutch, groups: { ...dutch.groups, absence } };
    expect(() => compileContent('nl', content)).toThrow('<nobody>');
  });
});

function split(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}
