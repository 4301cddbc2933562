import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGS } from '../../cards/content/words.js';
import { wcagFaults } from '../support/browser/axe.js';
import { openBrowser, type TestBrowser } from '../support/browser/browser.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';

const PAGES = ['/', '/privacy', '/terms'].flatMap((path) => LANGS.map((lang) => `${path}?lang=${lang}`));
/** What a page of 1280 shows at 400 percent (WCAG 1.4.10), and a phone. */
const NARROW = { width: 320, height: 640 };

describe('the pages of the bot, for everybody', () => {
  let house: House;
  let browser: TestBrowser;
  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it.each(['light', 'dark'] as const)('meet WCAG 2.1 AA as far as axe can tell, %s', async (colorScheme) => {
    const page = await browser.newPage();
    await page.emulateMedia({ colorScheme });
    expect(
      await faultsOf(PAGES, async (path) => {
        await page.goto(`${house.url}${path}`);
        expect(await wcagFaults(page)).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('need no scrolling to the side on a narrow screen, also with letters of twice the size', async () => {
    const page = await browser.newPage();
    await page.setViewportSize(NARROW);
    expect(
      await faultsOf(PAGES, async (path) => {
        await page.goto(`${house.url}${path}`);
        const widthAt = (size: string) =>
          page.evaluate((percent) => {
            document.documentElement.style.fontSize = percent;
            return document.documentElement.scrollWidth;
          }, size);
        expect(await widthAt('100%')).toBeLessThanOrEqual(NARROW.width);
        expect(await widthAt('200%')).toBeLessThanOrEqual(NARROW.width);
      }),
    ).toEqual([]);
  });

  it('are walked through with the keyboard alone, and show where one is', async () => {
    const page = await browser.newPage();
    expect(
      await faultsOf(PAGES, async (path) => {
        await page.goto(`${house.url}${path}`);
        const links = await page.locator('a').count();
        const reached: string[] = [];
        for (let at = 0; at < links; at += 1) {
          await page.keyboard.press('Tab');
          const [text, outline] = await page.evaluate(() => {
            const { textContent } = document.activeElement ?? { textContent: '' };
            const style = document.activeElement === null ? null : getComputedStyle(document.activeElement);
            return [textContent ?? '', style?.outlineStyle ?? 'none'];
          });
          expect(outline).not.toBe('none');
          reached.push(text);
        }
        expect(reached).toEqual(await page.locator('a').allTextContents());
      }),
    ).toEqual([]);
  });
});
