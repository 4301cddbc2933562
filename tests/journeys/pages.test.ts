import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORED_FIELDS } from '../../bot/store/stored-fields.js';
import { openBrowser } from '../support/browser/browser.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';

describe('the pages that the app links to', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('are there in the language that is asked for', async () => {
    expect(
      await faultsOf(
        [
          ['/', {}, 'Kopje Koffie'],
          ['/?lang=en', {}, 'Kopje Koffie'],
          ['/privacy', {}, 'Privacyverklaring van Kopje Koffie'],
          ['/privacy?lang=en', {}, 'Privacy statement of Kopje Koffie'],
          ['/privacy', { 'accept-language': 'en-GB,en;q=0.9' }, 'Privacy statement of Kopje Koffie'],
          ['/privacy', { 'accept-language': 'de-DE' }, 'Privacyverklaring van Kopje Koffie'],
          ['/terms', {}, 'Gebruiksvoorwaarden van Kopje Koffie'],
          ['/terms?lang=en', {}, 'Terms of use of Kopje Koffie'],
        ],
        async (path, headers, title) => {
          const response = await fetch(`${house.url}${path}`, { headers });
          expect(response.status).toBe(200);
          expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
          expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
          expect(await response.text()).toContain(`<h1>${title}</h1>`);
        },
      ),
    ).toEqual([]);
  });

  it('show as they are meant to under their own policy', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const refused: string[] = [];
      page.on('console', (message) => refused.push(message.text()));
      await page.goto(`${house.url}/privacy`);
      expect(await page.evaluate(() => getComputedStyle(document.body).maxWidth)).toBe('704px');
      expect(refused).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('name whatever stands in the tables after a day of work', async () => {
    const mila = house.teams.person({ name: 'Mila de Wit' });
    await mila.install();
    const asked = await mila.says('Karin gaat op 1 maart met verlof');
    const typed = { kind: 'leave', name: 'Karin', from: '2027-03-01', until: '2027-06-21' };
    await mila.press(asked.messages[0]!, 'moments.save', typed);
    await mila.says('instellingen');
    const tables = await house.dump();
    expect(Object.keys(tables).length).toBeGreaterThan(2);
    for (const [table, rows] of Object.entries(tables)) {
      const named = STORED_FIELDS[table as keyof typeof STORED_FIELDS].map((name) => name.split('.')[0]);
      for (const row of rows as Record<string, unknown>[]) {
        const own = Object.keys(row).filter((name) => !/^(partitionKey|rowKey|etag|timestamp)$/i.test(name));
        expect(named).toEqual(
          expect.arrayContaining(
            own.filter((name) => !/odata|^PartitionKey$|^RowKey$|^Timestamp$/.test(name)),
          ),
        );
      }
    }
  });
});
