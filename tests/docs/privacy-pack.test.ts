import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../bot/config.js';
import { DEFAULT_RETENTION } from '../../bot/domain/retention-periods.js';
import { STORED_FIELDS } from '../../bot/store/stored-fields.js';
import { TABLE_NAMES } from '../../bot/store/tables/tables.js';
import { contact } from '../../cards/content/contacts.js';
import { messagesFor } from '../../cards/content/words.js';
import { PURPOSES, SETTINGS_FOR_PEOPLE } from '../../infra/privacy-pack/purposes.js';
import { REGISTER, withRegister } from '../../infra/privacy-pack/register.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const register = read(REGISTER);

describe('the papers for works council and privacy', () => {
  it('have a record of processing that is as the code has it', () => {
    expect(register, 'npm run register').toBe(withRegister(register));
  });

  it('name each table with all that it holds, each retention period and each setting', () => {
    const fields = TABLE_NAMES.flatMap((table) => STORED_FIELDS[table]);
    const named = [...TABLE_NAMES, ...fields, ...Object.keys(DEFAULT_RETENTION), ...SETTING_NAMES];
    expect(named.filter((name) => !register.includes(`\`${name}\``))).toEqual([]);
  });

  it('say of each something that was written for it', () => {
    const said = [
      ...Object.values(PURPOSES).flatMap((purpose) => Object.values(purpose)),
      ...Object.values(SETTINGS_FOR_PEOPLE),
    ];
    expect(said.filter((text) => text.trim() === '')).toEqual([]);
  });

  it('are all led to from their first page', () => {
    const first = read('docs/nl/README.md');
    const pages = readdirSync(join(ROOT, 'docs/nl')).filter((name) => name !== 'README.md');
    expect(pages.filter((name) => !first.includes(`](${name})`))).toEqual([]);
  });

  it('tell staff what Teams keeps in the words of the app, with the number to call', () => {
    const letter = read('docs/nl/brief-aan-medewerkers.md');
    const { teams } = messagesFor('nl');
    expect(letter).toContain(teams.bot);
    expect(letter).toContain(teams.chat.split('. ')[0]);
    expect(letter).toContain(contact('luisterlijn').phone);
  });
});
