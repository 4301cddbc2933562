import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LANGS } from '../../cards/content/words.js';
import { faultsOf } from '../support/faults.js';
import { cardOutline } from './card-outline.js';
import { samples } from './samples.js';

const FOLDER = fileURLToPath(new URL('goldens', import.meta.url));
/** The cards that people meet most, each in the state in which it shows most, by the name of the sample. */
const MAIN_CARDS = {
  welcome: 'welcome new',
  menu: 'menu greeting',
  'guide-begin': 'conversation begin',
  'guide-part-1': 'conversation part prepare',
  checklist: 'checklist empty',
  support: 'support',
  crisis: 'crisis',
  'agreement-form-1': 'form conversation with list',
  'agreement-form-2': 'form plan filled',
  agreement: 'agreement',
  shared: 'shared new',
  evaluate: 'evaluate due',
  digest: 'digest',
  overview: 'overview of a week',
  'coffee-person': 'coffee person',
  'records-about-me': 'records',
  'records-of-coffee': 'records coffee and moments',
  'scan-home': 'scan home',
  'scan-form': 'scan form',
  'scan-open': 'scan open',
  'scan-closed': 'scan closed with all',
  'scan-ask': 'scan ask',
  'scan-answer-1': 'scan answer 1',
  'scan-answer-top': 'scan answer 4 filled in',
  'scan-outcome': 'scan outcome',
  'scan-agenda': 'scan agenda',
  'scan-choose': 'scan meeting choose',
  'scan-ideas': 'scan meeting ideas',
  'scan-agreed': 'scan agreed',
  'scan-evaluate': 'scan evaluate',
} as const;
const all = samples();

/**
 * What stands on each main card and where each of its buttons leads, to be read in a diff: a label on the wrong button
 * passes every check of a card's form. `npx vitest run --config tests/vitest.config.ts tests/cards/goldens -u` writes
 * them anew after a change that is meant.
 */
describe('the main cards', () => {
  it('read as before in each language, and their buttons lead where they led', async () => {
    const cards = Object.entries(MAIN_CARDS).flatMap(([name, sample]) =>
      LANGS.map((lang) => [name, lang, sample] as const),
    );
    expect(
      await faultsOf(cards, async (name, lang, sample) => {
        const found = all.find((one) => one.name === sample && one.lang === lang);
        if (found === undefined) throw new Error(`no sample "${sample}" in ${lang}`);
        await expect(cardOutline(found.card)).toMatchFileSnapshot(`goldens/${name}.${lang}.txt`);
      }),
    ).toEqual([]);
  });

  it('have no golden of a card that is not among them', () => {
    const wanted = Object.keys(MAIN_CARDS).flatMap((name) => LANGS.map((lang) => `${name}.${lang}.txt`));
    expect(readdirSync(FOLDER).filter((name) => !wanted.includes(name))).toEqual([]);
  });
});
