import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openBrowser } from '../support/browser/browser.js';
import { galleryOf } from './gallery-page.js';
import { type Sample, samples } from './samples.js';

/** What the README and the docs show, by the name of the sample. */
const PICTURES = [['overview-of-a-week', 'overview']] as const;
/** One and a half screens of a phone, in pixels. */
const PHONE = { width: 320, most: 840 };
/** What people meet in a first week, in the states in which they meet it, by the names of the samples. */
const FIRST_WEEK: readonly RegExp[] = [
  /^welcome/,
  /^menu (?:greeting|unknown|of hr)$/,
  /^conversation (?:begin|ask|aids|part)/,
  /^practise/,
  /^piece/,
  /^answer/,
  /^choose/,
  /^subject/,
  /^checklist/,
  /^weighed/,
  /^absence/,
  /^support(?: with own| in grief| asked.*)?$/,
  /^form (?:conversation (?:new|with list)|plan (?:empty|filled))$/,
  /^agreement$/,
  /^list (?:empty|one)$/,
  /^coffee (?:add|add with list|list empty|list one|person|reminder|not delivered)$/,
  /^moment form(?: with list)?$/,
  /^moments (?:empty|one)$/,
  /^settings$/,
  /^overview (?:of a week|one|empty)$/,
  /^digest$/,
  /^evaluate due$/,
  /^landed$/,
  /^shared new$/,
  /^records$/,
  /^privacy$/,
  /^people (?:person|empty)$/,
  /^calendar/,
  /^check/,
  /^choose$/,
];
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
    expect(await tooLong(page, all)).toEqual([]);
    if (pictures !== undefined) {
      for (const [name, file] of PICTURES) {
        await page.locator(`#${name} .card[lang=nl]`).screenshot({ path: join(pictures, `${file}.png`) });
      }
    }
  } finally {
    await browser.close();
  }
  process.stdout.write('gallery: dist/gallery.html\n');
});

/** The cards of a first week that are too long on a phone, each with its height there. */
async function tooLong(page: Page, all: readonly Sample[]): Promise<string[]> {
  await page.setViewportSize({ width: 2 * PHONE.width + 100, height: 900 });
  await page.addStyleTag({
    content: `section { grid-template-columns: ${PHONE.width}px ${PHONE.width}px !important }`,
  });
  const heights = await page
    .locator('.card')
    .evaluateAll((cards) => cards.map((one) => [one.dataset.card, one.getBoundingClientRect().height]));
  const height = new Map(heights as [string, number][]);
  const measured = all.filter(({ name }) => FIRST_WEEK.some((one) => one.test(name)));
  expect(FIRST_WEEK.filter((one) => !all.some(({ name }) => one.test(name)))).toEqual([]);
  return measured
    .map(({ name, lang }) => ({
      card: `${name} (${lang})`,
      px: Math.round(height.get(`${name}|${lang}`) ?? 0),
    }))
    .filter(({ px }) => px === 0 || px > PHONE.most)
    .map(({ card, px }) => `${card}: ${px}`);
}
