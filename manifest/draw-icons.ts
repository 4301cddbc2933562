import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';

const ICONS = [
  { name: 'color', size: 192 },
  { name: 'color32', size: 32 },
  { name: 'outline', size: 32 },
] as const;

// The package reads this while it loads and then also unpacks the libraries that a bare machine lacks.
process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
const { default: chromium } = await import('@sparticuz/chromium');

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-background-networking'],
});
try {
  for (const icon of ICONS) {
    const svg = await readFile(join('manifest', `${icon.name}.svg`), 'utf8');
    const target = join('manifest', `${icon.name}.png`);
    await writeFile(target, await draw(browser, svg, icon.size));
    console.log(`${target}, ${icon.size} x ${icon.size}`);
  }
} finally {
  await browser.close();
}

async function draw(browser: Browser, svg: string, size: number): Promise<Uint8Array> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}
