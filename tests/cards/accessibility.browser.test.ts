import { expect, it } from 'vitest';
import { wcagFaults } from '../support/browser/axe.js';
import { openBrowser } from '../support/browser/browser.js';
import { galleryOf } from './gallery-page.js';
import { type Sample, samples } from './samples.js';

/**
 * Wants all that a row says in the name of its press. A row has details too, and who speaks to it says its title: that the
 * titles differ is held by `pressable-names`.
 */
const WHOLE_ROW = 'label-content-name-mismatch';
/** What decides how a part is drawn and what it is called; its words do not. */
const LOOKS = [
  'type',
  'style',
  'color',
  'size',
  'weight',
  'isSubtle',
  'isMultiline',
  'isMultiSelect',
  'isRequired',
];

it.each(['', '#dark'])(
  'has cards with contrast, labels and names for all that can be pressed, in the gallery%s',
  async (theme) => {
    const each = oneOfEachLook(samples());
    expect(each.length).toBeGreaterThan(20);
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`about:blank${theme}`);
      await page.setContent(galleryOf(each));
      await page.waitForSelector('body[data-done]');
      expect(await wcagFaults(page, [WHOLE_ROW])).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);

/** Cards that together have each part, in each look, on each ground, that any card has: axe takes minutes for all. */
function oneOfEachLook(all: readonly Sample[]): readonly Sample[] {
  const seen = new Set<string>();
  return all.filter(({ card }) => {
    const looks = looksIn(card, 'default').filter((look) => !seen.has(look));
    for (const look of looks) seen.add(look);
    return looks.length > 0;
  });
}

function looksIn(part: unknown, ground: string): readonly string[] {
  if (Array.isArray(part)) return part.flatMap((one) => looksIn(one, ground));
  if (typeof part !== 'object' || part === null) return [];
  const element = part as Readonly<Record<string, unknown>>;
  const isGround = ['Container', 'Column', 'ColumnSet', 'TableCell'].includes(String(element.type));
  const own = isGround && typeof element.style === 'string' ? element.style : ground;
  const look = LOOKS.map((name) => String(element[name] ?? '')).join(',');
  const within = Object.entries(element).filter(([name]) => name !== 'data');
  return [
    ...(typeof element.type === 'string'
      ? [`${look} on ${own}${'label' in element ? ', labelled' : ''}`]
      : []),
    ...within.flatMap(([, inner]) => looksIn(inner, own)),
  ];
}
