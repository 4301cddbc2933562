import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDanger } from '../../../bot/nlu/danger/danger.js';
import { createScreen } from '../../../bot/nlu/screening/field-screening.js';
import { checkName } from '../../../bot/services/form-validation.js';
import { oneLine } from '../../../cards/plain.js';
import { faultsOf } from '../../support/faults.js';

const linesOf = (file: string) =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n');
/** Names as people have them, many of which are words for something else. */
const NAMES = linesOf('names.txt');
/** What somebody might write in a field for a name, and may not be kept. */
const NO_NAMES = linesOf('no-names.txt');

const screen = createScreen();
const judgeDanger = createDanger();
const inDanger = (text: string) => judgeDanger(text).step === 'sure';
const problemOf = (text: string) => checkName(oneLine(text), screen)?.id ?? null;

describe('a field for a name', () => {
  it('takes every name, also one that is a word for illness, belief or grief, and none for a cry for help', () => {
    expect(NAMES.length).toBeGreaterThan(300);
    expect(NAMES.filter((name) => problemOf(name) !== null)).toEqual([]);
    expect(NAMES.filter(inDanger)).toEqual([]);
  });

  it('refuses what tells of health or private life, or is long, and shows which words do not belong there', () => {
    expect(NO_NAMES.length).toBeGreaterThan(120);
    expect(NO_NAMES.filter((text) => problemOf(text) === null)).toEqual([]);
    expect(checkName('Sanne (burn-out)', screen)).toEqual({
      id: 'nameScreened',
      values: { words: 'burn-out' },
    });
    expect(checkName('Karin Depressief', screen)).toEqual({
      id: 'nameScreened',
      values: { words: 'Depressief' },
    });
    expect(problemOf('x'.repeat(61))).toBe('nameLong');
  });

  it('takes a name that tells people apart by their work', async () => {
    expect(
      await faultsOf(
        [
          ['Jan (IT)'],
          ['Jan van de balie'],
          ['Jan (team Noord)'],
          ['Anouk (stagiaire)'],
          ['piet jansen'],
          ['Jan 2'],
          ['Jean DUPONT'],
        ],
        (text) => {
          expect(problemOf(text)).toBeNull();
        },
      ),
    ).toEqual([]);
  });

  it('takes for no name what is none', async () => {
    expect(
      await faultsOf(
        [
          ['0612345678'],
          ['jan@voorbeeld.nl'],
          ['https://voorbeeld.nl/jan'],
          ['www.voorbeeld.nl'],
          ['Bel Jan even!'],
          ['Wie is dit?'],
          ['Jan: overleggen'],
          ['Hij komt maandag. Dan praten we.'],
          ['een twee drie vier vijf zes zeven acht negen'],
          ['12-34'],
          ['…'],
          ['👩‍💻'],
        ],
        (text) => {
          expect(problemOf(text)).toBe('notAName');
        },
      ),
    ).toEqual([]);
  });
});
