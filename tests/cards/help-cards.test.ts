import { describe, expect, it } from 'vitest';
import { CONTACTS } from '../../cards/content/contacts.js';
import { leavesOf } from '../../cards/content/content-check.js';
import { crisisCard, HELP_TOPICS } from '../../cards/crisis/crisis.card.js';
import { DANGER_KINDS, HELP_LANGS } from '../../cards/crisis/danger-kinds.js';
import { bringsHelp } from '../../cards/crisis/help.js';
import { helpMessagesFor } from '../../cards/crisis/help-messages.js';
import { maybeCard } from '../../cards/crisis/maybe.js';
import { faultsOf } from '../support/faults.js';

const NUMBERS = /0[89]00-\d{4}|088 0767 000|113\.nl|findahelpline\.com|\b11[23]\b/g;
const numbersIn = (text: string) => [...text.matchAll(NUMBERS)].map(([number]) => number).sort();

describe('help in the languages of the workforce', () => {
  it('says the same everywhere, with the same numbers in the same lines', () => {
    const dutch = leavesOf(helpMessagesFor('nl')).filter(({ path }) => !/source/.test(path));
    for (const lang of HELP_LANGS) {
      const there = leavesOf(helpMessagesFor(lang)).filter(({ path }) => !/source/.test(path));
      expect(there.map(({ path }) => path)).toEqual(dutch.map(({ path }) => path));
      expect(there.filter(({ text }) => text.trim() === '')).toEqual([]);
      expect(there.map(({ text, path }) => [path, numbersIn(text)])).toEqual(
        dutch.map(({ text, path }) => [path, numbersIn(text)]),
      );
    }
  });

  it('has whole cards in each language: filled in, small, one heading, numbers that can be pressed', async () => {
    expect(
      await faultsOf(HELP_LANGS, (lang) => {
        for (const topic of HELP_TOPICS) {
          const card = crisisCard(lang, topic);
          const json = JSON.stringify(card);
          expect(card.lang).toBe(lang);
          expect(json).not.toMatch(/\$\{|undefined|\[object/);
          expect(json.match(/"style":"heading"/g)).toHaveLength(1);
          expect(json.length).toBeLessThan(12_000);
          expect(bringsHelp(json)).toBe(true);
          expect(json).toContain('tel:112');
          if (lang !== 'nl' && lang !== 'en')
            expect(json).toContain(JSON.stringify(helpMessagesFor(lang).restIsDutchAndEnglish).slice(1, -1));
        }
      }),
    ).toEqual([]);
  });

  it('reads from right to left in Arabic alone, in each container, with the mark before each number', () => {
    for (const lang of HELP_LANGS) {
      const all = [
        ...HELP_TOPICS.map((topic) => crisisCard(lang, topic)),
        ...DANGER_KINDS.map((kind) => maybeCard(lang, kind)),
      ];
      for (const card of all) {
        const json = JSON.stringify(card);
        const containers = json.match(/"type":"Container"/g)?.length ?? 0;
        expect(json.match(/"rtl":true/g) ?? []).toHaveLength(lang === 'ar' ? containers : 0);
      }
    }
    for (const topic of HELP_TOPICS) {
      const titles = [...JSON.stringify(crisisCard('ar', topic)).matchAll(/"title":"([^"]*0800[^"]*)"/g)];
      for (const [, title] of titles) expect(title).toMatch(/\u200e0800-/);
    }
  });

  it('has a source for every number, and the day on which it was read, or none where nobody is known to have', () => {
    const shown = HELP_TOPICS.flatMap((topic) => [
      ...JSON.stringify(crisisCard('nl', topic)).matchAll(/"url":"(tel:\d+)"/g),
    ]).map(([, tel]) => tel);
    const known = CONTACTS.filter(({ tel }) => tel !== null && shown.includes(tel));
    expect([...new Set(shown)].sort()).toEqual([...known.map(({ tel }) => tel), 'tel:08000113'].sort());
    for (const { source, checked } of known) {
      expect(source).toMatch(/^https:/);
      expect(checked === null || /^\d{4}-\d\d-\d\d$/.test(checked)).toBe(true);
    }
  });
});
