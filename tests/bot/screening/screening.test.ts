import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileContent } from '../../../bot/screening/content.js';
import { createScreening } from '../../../bot/screening/screening.js';
import { createScreen } from '../../../bot/screening.js';
import english from '../../../cards/content/en/screening.json' with { type: 'json' };
import dutch from '../../../cards/content/nl/screening.json' with { type: 'json' };
import sources from '../../../cards/content/sources.json' with { type: 'json' };
import { readTexts } from '../intents/lines.js';

const screening = createScreening();
const screen = createScreen();
const isRefused = (text: string) => screening(text).length > 0;
const linesOf = (file: string) => readTexts(`../screening/${file}.txt`);

/**
 * Each was written before it was looked at; 6 to 8 by somebody who had read the rules. First sight, refused
 * and passed: 99 and 99 of 100, 41 and 59 of 60 (a roundabout way of writing, mended since), 57 and 59 of 60, 77 and
 * 80 of 80. The lines to pass of the next three are mostly work whose subject is health, death or debt, each with
 * newer rules than the one before: 120 and 89 of 120, 98 and 70 of 100, 58 and 41 of 60; nearly all mended since. Of
 * the eighth, half plain work, 37 and 39 of 40. The ninth, by somebody who knew only what is asked of it: 100 and 98
 * of 100, and nothing was mended by it.
 */
const HELD_OUT = [
  'held-out',
  'held-out-2',
  'held-out-3',
  'held-out-4',
  'held-out-5',
  'held-out-6',
  'held-out-7',
  'held-out-8',
  'held-out-9',
] as const;

describe('screening', () => {
  it('has at least 150 lines to refuse and 150 to pass', () => {
    expect(linesOf('refuse').length).toBeGreaterThanOrEqual(150);
    expect(linesOf('pass').length).toBeGreaterThanOrEqual(150);
  });

  it('refuses every line of refuse.txt', () => {
    expect(linesOf('refuse').filter((text) => !isRefused(text))).toEqual([]);
  });

  it('passes every line of pass.txt', () => {
    expect(linesOf('pass').filter(isRefused)).toEqual([]);
  });

  it.each(HELD_OUT)('refuses at least 95 of 100 lines of refuse-%s.txt', (set) => {
    const lines = linesOf(`refuse-${set}`);
    expect(lines.filter(isRefused).length / lines.length).toBeGreaterThanOrEqual(0.95);
  });

  it.each(HELD_OUT)('passes at least 97 of 100 lines of pass-%s.txt', (set) => {
    const lines = linesOf(`pass-${set}`);
    expect(lines.filter((text) => !isRefused(text)).length / lines.length).toBeGreaterThanOrEqual(0.97);
  });

  it('refuses health behind ordinary work, and before it', () => {
    const work = linesOf('pass');
    const missed = linesOf('refuse').flatMap((text, at) => {
      const ordinary = work[(at * 7) % work.length] ?? '';
      return [`${ordinary}. ${text}`, `${text}. ${ordinary}`].filter((both) => !isRefused(both));
    });
    expect(missed).toEqual([]);
  });

  it('refuses whatever the capitals, marks, blanks and diacritics', () => {
    const changes: readonly ((text: string) => string)[] = [
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => `${text}!!!`,
      (text) => text.replaceAll(' ', '   '),
      (text) => text.replaceAll(' ', '\n'),
      (text) => text.replaceAll('e', 'é'),
      (text) => `\u{1F600} ${text} \u{1F469}\u{200D}\u{1F4BB}`,
    ];
    const missed = linesOf('refuse').flatMap((text) => changes.map((change) => change(text)));
    expect(missed.filter((text) => !isRefused(text))).toEqual([]);
  });

  it('gives the words as they were typed, by their group, in the order of the text', () => {
    expect(screening('Vanwege een Burn-Out en haar  Slaap problemen minder uren')).toEqual([
      { group: 'illness', words: ['Burn-Out', 'Slaap problemen'] },
    ]);
    expect(screening('Zij is zwanger, haar moeder is ziek')).toEqual([
      { group: 'pregnancy', words: ['is zwanger'] },
      { group: 'private', words: ['haar moeder is ziek'] },
    ]);
    expect(screen('Zij is zwanger, haar moeder is ziek')).toEqual(['is zwanger', 'haar moeder is ziek']);
  });

  it('gives a word that stands there twice once', () => {
    expect(screen('griep, en nog eens griep')).toEqual(['griep']);
  });

  it.each([
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
  ])('recognises "%s" with its slip', (word, group) => {
    expect(screening(`Vrijdag ${word} besproken`).map((finding) => finding.group)).toEqual([group]);
  });

  it.each([
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
  ])('recognises the compound "%s"', (word) => {
    expect(screen(`rekening houden met ${word}`)).toEqual([word]);
  });

  it.each([
    'burn out',
    'burn-out',
    'burn - out',
    'b u r n o u t',
    'slaap problemen',
    'hart aanval',
    'post-traumatisch',
    'ex-man',
    'IVF-traject',
  ])('recognises "%s" with its blanks and hyphens', (words) => {
    expect(isRefused(`even rustig aan, ${words} achter de rug`)).toBe(true);
  });

  it.each([
    'zieke',
    'depressies',
    'psychologe',
    'medicijnen',
    'zwangere',
    'verdrietige',
    'migraines',
    'grieving',
  ])('recognises the inflected "%s"', (word) => {
    expect(screen(`iets met ${word} erbij`)).toEqual([word]);
  });

  it('reads both languages in one text', () => {
    expect(screen('Sanne heeft a broken arm en griep')).toEqual(['broken arm', 'griep']);
  });

  it.each([
    ['op advies van de bedrijfsarts minder uren', 'overleg met de bedrijfsarts over de werkplek'],
    ['moet naar het ziekenhuis', 'afspraak bij klant het ziekenhuis'],
    ['haar behandeling begint in mei', 'de behandeling van bezwaarschriften begint in mei'],
    ['haar klachten nemen toe', 'de klachten van klanten nemen toe'],
    ['hij gaat scheiden', 'afval scheiden in de kantine'],
    ['haar moeder verhuist', 'de moedermaatschappij verhuist'],
    ['zij is overbelast', 'de server is overbelast'],
    ['zij heeft kanker', 'het rapport over kanker nakijken'],
    ['hij heeft schulden', 'klanten met schulden doorverwijzen'],
    ['in de overgang en veel last', 'de overgang naar het nieuwe systeem'],
    ['ze is ziek', 'ziek melden bij de planner'],
    ['zij neemt haar medicijnen in', 'medicijnen uitdelen op afdeling 4'],
    ['he is under treatment', 'treatment of waste water'],
    ['the doctor says no', 'talk with the company doctor about the desk'],
    ['hij is depressief', 'de presidenten'],
    ['she is in debt', 'technical debt first'],
    ['plant haar operatie in mei', 'plant de operaties van de orthopedie'],
    ['volgt een zwangerschapscursus', 'geeft de zwangerschapscursus'],
    ['schrijft minder door artrose', 'schrijft behandelplannen'],
    ['ligt op de intensive care', 'draait diensten op de intensive care'],
    ['vervangt Lies, zij is ziek', 'vervangt een zieke collega'],
    ['her surgery is in May', 'plans surgeries in May'],
  ])('refuses what is about somebody, "%s", and passes the work itself, "%s"', (person, work) => {
    expect(isRefused(person)).toBe(true);
    expect(screen(work)).toEqual([]);
  });

  it('lets the work excuse its own words only', () => {
    expect(screen('Hoofdpijn en rugpijn')).toEqual(['Hoofdpijn', 'rugpijn']);
    expect(screen('Rapport over diabetes en hiv')).toEqual([]);
    expect(screen('Rapport over diabetes en zijn hiv')).toEqual(['hiv']);
    expect(screen('Rapport over burn-out')).toEqual([]);
    expect(screen('Rapport over burn-out, zelf ook burn-out')).toEqual(['burn-out']);
    expect(isRefused('Eigen onderzoek naar kanker loopt')).toBe(true);
    expect(isRefused('Klanten bellen, ziek')).toBe(true);
    expect(isRefused('Back pain: order a new chair')).toBe(true);
  });

  it.each(['thuis vanwege De Griep', 'mw. is ziek', 'Mevrouw De Boer heeft kanker'])(
    'takes no illness for a name: %s',
    (text) => {
      expect(isRefused(text)).toBe(true);
    },
  );

  it('takes what an apostrophe adds for no part of the word', () => {
    expect(screen("I'll start on Monday, she’ll follow, we'd like that")).toEqual([]);
    expect(screen("I'm ill")).toEqual(['ill']);
    expect(screen("at her mother's")).toEqual(["mother's"]);
  });

  it('needs capitals where small letters are another word', () => {
    expect(isRefused('Thuiswerken vanwege MS')).toBe(true);
    expect(isRefused('Reactietijd onder 200 ms houden')).toBe(false);
    expect(isRefused("Lijstjes helpen, hij is een ADD'er")).toBe(true);
  });

  it.each([
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
    'Dokter Schaepmanplein',
    'Łukasz Żak',
  ])('passes the name %s', (name) => {
    expect(screen(name)).toEqual([]);
  });

  it.each(['', ' ', '\n', '.', '?!', '\u{1F600}\u{1F44D}', '12', '---', '\u{D800}', '<b>', '\u{0}'])(
    'passes nothing said: %j',
    (text) => {
      expect(screening(text)).toEqual([]);
    },
  );

  it('finds the one word at the end of 10,000 characters, and takes no long time for it', () => {
    const work = linesOf('pass').join('. ').repeat(3).slice(0, 10_000);
    const began = performance.now();
    expect(screen(`${work}. Vanwege haar depressie`)).toEqual(['depressie']);
    for (const word of ['zijn ', 'a', 'ziek ', 'haar kind ', 'a b ', '-', 'depresi']) {
      screening(word.repeat(10_000 / word.length));
    }
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('never throws, and gives words that stand in the text', () => {
    const words = fc.constantFrom(
      'haar',
      'burn',
      '-',
      'out',
      'ziek',
      '.',
      'klant',
      'met',
      'de',
      'é',
      "'",
      '\u{1F600}',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const found = screening(text).flatMap((finding) => finding.words);
        expect(found.filter((word) => word === '' || !text.includes(word))).toEqual([]);
        expect(screening(text)).toEqual(screening(text));
      }),
    );
  });
});

describe('the words of screening', () => {
  it('have the same groups in both languages, each with why and a source', () => {
    expect(Object.keys(english.groups)).toEqual(Object.keys(dutch.groups));
    for (const group of [...Object.values(dutch.groups), ...Object.values(english.groups)]) {
      expect(group.about).not.toBe('');
      expect(Object.keys(sources)).toContain(group.source);
    }
  });

  it.each([
    ['nl', dutch],
    ['en', english],
  ] as const)('in %s stand in one group each and are not ordinary too', (_lang, content) => {
    const ofGroups = Object.values(content.groups).flatMap(({ words }) => split(words));
    const all = [...ofGroups, ...split(content.ordinary.words)];
    expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
  });

  it('name no set that does not exist', () => {
    const say = ['<nobody> ziek'];
    const content = { ...dutch, passes: [{ about: '', gap: 0, unless: '', say }] };
    expect(() => compileContent('nl', content)).toThrow('<nobody>');
  });
});

function split(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}

describe('the screen', () => {
  it.each(['mi\u00adgraine', 'mi\u200bgraine', 'mi\u200dgraine', '\u202emigraine'])(
    'finds a word in spite of what nobody sees in it: %j',
    (text) => {
      expect(createScreen()(text)).toEqual(['migraine']);
    },
  );
});
