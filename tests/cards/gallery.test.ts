import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openBrowser } from '../support/browser/browser.js';
import { galleryOf } from './gallery-page.js';
import { samples } from './samples.js';

/** What the README and the docs show, by the name of the sample. */
const PICTURES = [['overview-of-a-week', 'overview']] as const;
/** Set to keep these pictures. */
const pictures = process.env.PICTURES;
const FILE = fileURLToPath(new URL('../../dist/gallery.html', import.meta.url));

it('writes all cards in all states and both languages into one file that shows them', async () => {
  const all = samples();
  mkdirSync(fileURLToPath(new URL('../../dist', import.meta.url)), { recursive: true });
  const html = galleryOf(all);
  writeFileSync(FILE, html);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent(html);
    await page.waitForSelector('body[data-done]');
    expect(await page.locator('.card .ac-adaptiveCard').count()).toBe(all.length);
    expect(await page.locator('.card [role=heading]').count()).toBe(all.length);
    if (pictures !== undefined) {
      for (const [name, file] of PICTURES) {
        await page.locator(`#${name} .card[lang=nl]`).screenshot({ path: join(pictures, `${file}.png`) });
      }
    }
  } finally {
    await browser.close();
  }
  process.stdout.write('gallery: dist/gallery.html\n');
}, 60_000);
