import { describe, expect, it } from 'vitest';
import { privacyPage, TOLD } from '../../../../bot/http/pages/privacy-page.js';
import { STORED_FIELDS } from '../../../../bot/store/stored-fields.js';
import { TABLE_NAMES } from '../../../../bot/store/tables/tables.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';

describe('the privacy statement', () => {
  it('tells of everything that each table can hold, and of nothing else', async () => {
    expect(
      await faultsOf(TABLE_NAMES, (table) => {
        const told = (TOLD[table] ?? []).flatMap(({ of }) => of);
        expect([...new Set(told)].sort()).toEqual(STORED_FIELDS[table]);
        expect(told).toHaveLength(new Set(told).size);
      }),
    ).toEqual([]);
    expect(Object.keys(TOLD).sort()).toEqual([...TABLE_NAMES].sort());
  });

  it('has words in each language for each line, and says the terms that count', async () => {
    expect(
      await faultsOf(LANGS, (lang) => {
        const { tables } = messagesFor(lang).privacy;
        for (const [table, lines] of Object.entries(TOLD)) {
          const words = (tables as Record<string, { title: string; lines: Record<string, string> }>)[table];
          expect(Object.keys(words?.lines ?? {}).sort()).toEqual(lines.map(({ id }) => id).sort());
        }
        const page = privacyPage(lang);
        expect(page).toContain(`<html lang="${lang}">`);
        expect(page).toMatch(/12 (maanden|months)/);
        expect(page).not.toMatch(/undefined|\{count/);
      }),
    ).toEqual([]);
  });
});
