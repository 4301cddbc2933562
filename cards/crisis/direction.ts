import type { Card } from '../render.js';
import type { HelpMessages } from './help-messages.js';

/** Sets `rtl` for right-to-left languages, on each container, since containers do not inherit it from the card. */
export function directed(card: Card, { dir }: Pick<HelpMessages, 'dir'>): Card {
  return dir === 'rtl' ? { ...card, body: card.body.map(rightToLeft) } : card;
}

function rightToLeft(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(rightToLeft);
  if (typeof part !== 'object' || part === null) return part;
  const inner = Object.fromEntries(Object.entries(part).map(([name, one]) => [name, rightToLeft(one)]));
  return inner.type === 'Container' ? { ...inner, rtl: true } : inner;
}
