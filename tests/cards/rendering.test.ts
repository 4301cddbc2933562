import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser/browser.js';
import { samples } from './samples.js';
import { withoutTeamsAdditions } from './teams-additions.js';

const require = createRequire(import.meta.url);

describe('every card, rendered by the adaptivecards library in a real browser', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('parses, validates and renders without one validation event, and shows its heading', async () => {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><title>cards</title>');
    await page.addScriptTag({
      content: readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8'),
    });
    const seen = await page.evaluate(renderAll, JSON.stringify(plainSamples()));
    const events = seen.flatMap(({ name, events: all }) => all.map((event) => `${name}: ${event}`));
    expect(events.join('\n')).toBe('');
    expect(seen.filter(({ heading }) => heading.trim() === '')).toEqual([]);
    expect(seen).toHaveLength(samples().length);
  });
});

function plainSamples() {
  return samples().map((sample) => ({ ...sample, card: withoutTeamsAdditions(sample.card) }));
}

type Rendered = { name: string; events: string[]; heading: string };

/** Runs in the page. */
function renderAll(json: string): Rendered[] {
  // biome-ignore lint/suspicious/noExplicitAny: the library's own global, which has no types in the page
  const { AdaptiveCard, CardElement, HostConfig, SerializationContext, Versions } = (globalThis as any)
    .AdaptiveCards;
  const cards = JSON.parse(json) as { name: string; lang: string; card: unknown }[];
  return cards.map(({ name, lang, card }) => {
    // The library checks `lang` with one global pattern that remembers where it stopped in the card before.
    CardElement.langProperty.regEx.lastIndex = 0;
    const context = new SerializationContext(Versions.v1_5);
    const parsed = new AdaptiveCard();
    // Teams shows six buttons; the library's own default is five.
    parsed.hostConfig = new HostConfig({ actions: { maxActions: 6 } });
    parsed.parse(card, context);
    const events: string[] = Array.from(
      { length: context.eventCount },
      (_, at) => context.getEventAt(at).message,
    );
    for (const event of parsed.validateProperties().validationEvents) events.push(event.message);
    const element: HTMLElement | undefined = parsed.render();
    if (element === undefined) events.push('not rendered');
    else document.body.append(element);
    return {
      name: `${lang} ${name}`,
      events,
      heading: element?.querySelector('[role=heading]')?.textContent ?? '',
    };
  });
}
