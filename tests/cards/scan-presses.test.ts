import { describe, expect, it } from 'vitest';
import { stripMarkdown, withoutEscapes } from '../../cards/plain.js';
import { type CardPart, partsOf } from '../support/teams/teams-card.js';
import { samples } from './samples.js';

const SCAN = samples().filter(({ name }) => name.startsWith('scan ') && !name.includes(' in the '));

/** What stands within a press that is no button. */
function textsIn(part: CardPart): readonly string[] {
  return partsOf({ ...part, type: 'AdaptiveCard', selectAction: undefined }).flatMap(({ type, text }) =>
    type === 'TextBlock' ? [String(text)] : [],
  );
}

describe('a press on a card of a team scan that is no button', () => {
  const presses = SCAN.flatMap(({ name, lang, card }) =>
    partsOf(card).flatMap((part) => {
      const press = part.selectAction as { title?: unknown } | undefined;
      return press === undefined ? [] : [{ name, lang, title: String(press.title), texts: textsIn(part) }];
    }),
  );

  it('hides nothing from a screen reader, which says its title in the place of what is in it', () => {
    expect(presses.length).toBeGreaterThan(100);
    const hidden = presses.filter(({ title, texts }) =>
      texts.some((text) => !title.includes(stripMarkdown(withoutEscapes(text)))),
    );
    expect(hidden).toEqual([]);
  });
});
