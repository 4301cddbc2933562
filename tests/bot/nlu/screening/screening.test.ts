import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import english from '../../../../bot/nlu/content/en/screening-lines.json' with { type: 'json' };
import dutch from '../../../../bot/nlu/content/nl/screening-lines.json' with { type: 'json' };
import { createScreen } from '../../../../bot/nlu/screening/field-screening.js';
import { createScreening } from '../../../../bot/nlu/screening/screening.js';
import { faultsOf } from '../../../support/faults.js';
import { readTexts } from '../lines.js';

const screening = createScreening();
const screen = createScreen();
const isRefused = (text: string) => screening(text).length > 0;
const heldOut = (file: string) => readTexts(`screening/${file}.txt`);
/** Of lines that were learned from, some of each kind. */
const some = (lines: readonly string[], each: number) => lines.filter((_, at) => at % each === 0);
const REFUSED = some([...dutch.refused, ...english.refused], 20).filter(isRefused);
const KEPT = some([...dutch.kept, ...english.kept], 20).filter((text) => !isRefused(text));

/**
 * Nothing was learned from these, each by somebody who knew only what is asked of the screen. The method and where
 * its bound lies were chosen by the first three; of the last two it refused 198 of 200 and passed 197 at first sight.
 */
const HELD_OUT = ['1', '2', '3', '4', '5'] as const;

describe('screening', () => {
  it('refuses at least 95 of 100 lines of each refuse-held-out file', async () => {
    expect(
      await faultsOf(HELD_OUT, (set) => {
        const lines = heldOut(`refuse-held-out-${set}`);
        expect(lines.filter(isRefused).length / lines.length).toBeGreaterThanOrEqual(0.95);
      }),
    ).toEqual([]);
  });

  it('passes at least 95 of 100 lines of each pass-held-out file, and 97 of all', async () => {
    expect(
      await faultsOf(HELD_OUT, (set) => {
        const lines = heldOut(`pass-held-out-${set}`);
        expect(lines.filter((text) => !isRefused(text)).length / lines.length).toBeGreaterThanOrEqual(0.95);
      }),
    ).toEqual([]);
    const lines = HELD_OUT.flatMap((set) => heldOut(`pass-held-out-${set}`));
    expect(lines.filter((text) => !isRefused(text)).length / lines.length).toBeGreaterThanOrEqual(0.97);
  });

  it('learned nothing from what it is measured on', () => {
    const learned = new Set([dutch, english].flatMap(({ kept, refused }) => [...kept, ...refused]));
    const measured = HELD_OUT.flatMap((set) => [
      ...heldOut(`refuse-held-out-${set}`),
      ...heldOut(`pass-held-out-${set}`),
    ]);
    expect(measured.filter((text) => learned.has(text))).toEqual([]);
  });

  it('passes what is about the work', async () => {
    expect(
      await faultsOf(
        [
          'Leidinggevende neemt contact op met de arbodienst',
          'rustige werkplek',
          'geen avonddiensten',
          'Ziekmelding gaat via het gewone nummer',
          'behandeling van bezwaarschriften',
          'Depot Angstel',
          'Dokter Schaepmanplein',
          'Werkt thuis op maandag en woensdag',
          'Dagelijks kort overleg om 9.00 uur',
          'Quiet place to work',
          'No evening shifts until March',
        ],
        (text) => {
          expect(screen(text)).toEqual([]);
        },
      ),
    ).toEqual([]);
  });

  it('refuses health behind ordinary work, and before it', () => {
    const missed = REFUSED.flatMap((text, at) => {
      const ordinary = KEPT[(at * 7) % KEPT.length] ?? '';
      return [`${ordinary}. ${text}`, `${text}. ${ordinary}`].filter((both) => !isRefused(both));
    });
    expect(missed).toEqual([]);
  });

  it('comes to the same whatever the capitals, marks, blanks and diacritics', () => {
    const changes: readonly ((text: string) => string)[] = [
      (text) => text.toLowerCase(),
      (text) => `${text}!!!`,
      (text) => text.replaceAll(' ', '   '),
      (text) => text.replaceAll(' ', '\n'),
      (text) => text.replaceAll('e', 'é'),
      (text) => `\u{1F600} ${text} \u{1F469}\u{200D}\u{1F4BB}`,
    ];
    const missed = REFUSED.flatMap((text) => changes.map((change) => change(text))).filter(
      (text) => !isRefused(text),
    );
    // An abbreviation in small letters may be another word: MS and 200 ms.
    expect(missed.filter((text) => text !== text.toLowerCase())).toEqual([]);
    expect(missed.length).toBeLessThan(REFUSED.length / 50);
  });

  it('gives the words as they were typed, by their group, in the order of the text, each once', () => {
    expect(screening('Vanwege een Burn-Out en haar  Slaap problemen minder uren')).toEqual([
      { group: 'illness', words: ['Burn-Out', 'Slaap problemen'] },
    ]);
    expect(screening('Zij is zwanger, haar moeder is ziek')).toEqual([
      { group: 'pregnancy', words: ['is zwanger'] },
      { group: 'private', words: ['haar moeder is ziek'] },
    ]);
    expect(screen('Zij is zwanger, haar moeder is ziek')).toEqual(['is zwanger', 'haar moeder is ziek']);
    expect(screen('ze heeft griep, en nog eens griep')).toEqual(['griep']);
  });

  it('refuses what is about somebody, and passes the work itself', async () => {
    expect(
      await faultsOf(
        [
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
          ['schrijft minder door artrose', 'schrijft de folder over artrose'],
          ['ligt op de intensive care', 'draait diensten op de intensive care'],
          ['vervangt Lies, zij is ziek', 'vervangt een zieke collega'],
          ['her surgery is in May', 'plans the surgeries of ward 3'],
        ],
        (person, work) => {
          expect(isRefused(person)).toBe(true);
          expect(screen(work)).toEqual([]);
        },
      ),
    ).toEqual([]);
  });

  it('takes no illness for a name', async () => {
    expect(
      await faultsOf(['thuis vanwege De Griep', 'mw. is ziek', 'Mevrouw De Boer heeft kanker'], (text) => {
        expect(isRefused(text)).toBe(true);
      }),
    ).toEqual([]);
  });

  it('finds the one word at the end of 10,000 characters, and comes to an end with whatever is said again and again', () => {
    const work = KEPT.join('. ').repeat(3).slice(0, 10_000);
    expect(screen(`${work}. Vanwege haar depressie`)).toEqual(['depressie']);
    for (const word of ['zijn ', 'a', 'ziek ', 'haar kind ', 'a b ', '-', 'depresi']) {
      screening(word.repeat(10_000 / word.length));
    }
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

describe('the screen', () => {
  it('finds a word in spite of what nobody sees in it', async () => {
    expect(
      await faultsOf(['mi\u00adgraine', 'mi\u200bgraine', 'mi\u200dgraine', '\u202emigraine'], (text) => {
        expect(createScreen()(text)).toEqual(['migraine']);
      }),
    ).toEqual([]);
  });
});
