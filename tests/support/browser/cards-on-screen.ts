import type { Activity } from '../teams/activities.js';
import { cardsOf } from '../teams/teams-card.js';

/** The card of a message, as text to look for words in. */
export function cardText(message: Activity | undefined): string {
  return message === undefined ? '' : JSON.stringify(cardsOf(message));
}

/** The first heading of a card: what a person sees at once. */
export function headingOf(message: Activity | undefined): string {
  const found = message === undefined ? undefined : findHeading(cardsOf(message));
  return found ?? '';
}

function findHeading(part: unknown): string | undefined {
  if (Array.isArray(part)) {
    for (const one of part) {
      const found = findHeading(one);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof part !== 'object' || part === null) return undefined;
  const element = part as Record<string, unknown>;
  if (element.style === 'heading' && typeof element.text === 'string') return element.text;
  return findHeading(Object.values(element));
}
