import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.1, levels A and AA: the rules of axe that go by it. */
const WCAG_21_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/**
 * What axe finds against WCAG 2.1 AA in a page: the rule, and the first places that break it. `except` names rules that are
 * not looked at. The
 * engine goes in as text, past the page's own policy, which lets no script load.
 */
export async function wcagFaults(page: Page, except: readonly string[] = []): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    async ([tags, left]) => {
      const { axe: engine } = window as unknown as { axe: typeof axe };
      const { violations } = await engine.run('html', {
        runOnly: { type: 'tag', values: [...tags] },
        rules: Object.fromEntries(left.map((rule) => [rule, { enabled: false }])),
        resultTypes: ['violations'],
      });
      return violations.map(({ id, nodes }) => {
        const places = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
        return `${id} (${nodes.length}): ${places.join(' | ')}`;
      });
    },
    [WCAG_21_AA, except] as const,
  );
}
