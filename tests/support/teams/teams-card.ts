import type { Activity } from './activities.js';

export type Card = { readonly type: 'AdaptiveCard'; readonly [field: string]: unknown };
/** An element, action or input of a card. */
export type CardPart = { readonly type: string; readonly [field: string]: unknown };

/** A button, and the cards around it from the outside in: what is filled in on those goes with a press. */
export interface Button {
  readonly action: CardPart;
  readonly cards: readonly Card[];
}

/** A title or a verb, or both when a card has more buttons by one name; `nth` counts from 0. */
export type ButtonQuery =
  | string
  | { readonly title?: string; readonly verb?: string; readonly data?: object; readonly nth?: number };

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
/** An answer to a press that leaves the card as it is, and is a line of text. */
export const MESSAGE_TYPE = 'application/vnd.microsoft.activity.message';

/** Parts that nobody sees (payloads) or sees only instead of the part itself (fallbacks). */
const UNSEEN = new Set([
  'fallback',
  'data',
  'choices.data',
  'refresh',
  'authentication',
  'metadata',
  'msteams',
]);

export function cardsOf(message: Activity): Card[] {
  return (message.attachments ?? [])
    .filter(({ contentType }) => contentType === CARD_TYPE)
    .map(({ content }) => content as Card);
}

/** Everything with a type in a card in reading order, without what only opens with an Action.ShowCard. */
export function partsOf(card: Card): CardPart[] {
  const parts: CardPart[] = [];
  const visit = (value: unknown, key?: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, key);
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return;
    const part = asPart(value, key);
    if (part && part !== card) parts.push(part);
    if (part?.type === 'Action.ShowCard') return;
    for (const [field, inner] of Object.entries(value)) if (!UNSEEN.has(field)) visit(inner, field);
  };
  visit(card);
  return parts;
}

/** A card and every card that its buttons open, from the outside in. */
export function nestedCards(card: Card, around: readonly Card[] = []): (readonly Card[])[] {
  const path = [...around, card];
  const inner = partsOf(card).filter(({ type, card: opened }) => type === 'Action.ShowCard' && opened);
  return [path, ...inner.flatMap((action) => nestedCards(action.card as Card, path))];
}

export function buttonsOf(card: Card): Button[] {
  return nestedCards(card).flatMap((cards) =>
    partsOf(cards.at(-1) as Card)
      .filter(({ type }) => type.startsWith('Action.'))
      .map((action) => ({ action, cards })),
  );
}

export function inputsOf(cards: readonly Card[]): CardPart[] {
  return cards.flatMap((card) => partsOf(card).filter(({ type }) => type.startsWith('Input.')));
}

/** The one button that answers to the query; throws with all titles when there is none, or more than one. */
export function findButton(message: Activity, query: ButtonQuery): Button {
  const buttons = cardsOf(message).flatMap(buttonsOf);
  const found = buttons.filter(({ action }) => answersTo(action, query));
  const nth = typeof query === 'string' ? undefined : query.nth;
  const button = found[nth ?? 0];
  if (button && (found.length === 1 || nth !== undefined)) return button;
  const titles = buttons.map(({ action }) => describeButton(action)).join(', ');
  const asked = JSON.stringify(query);
  if (found.length > 1)
    throw new Error(`${found.length} buttons answer to ${asked}; say which by verb, data or nth: ${titles}`);
  throw new Error(`no button answers to ${asked}; the card has: ${titles || 'no buttons at all'}`);
}

export function describeButton(action: CardPart): string {
  const verb = action.verb === undefined ? '' : ` (${action.verb})`;
  return `"${action.title ?? action.tooltip ?? action.type}"${verb}`;
}

function answersTo(action: CardPart, query: ButtonQuery): boolean {
  if (typeof query === 'string') return action.title === query || action.verb === query;
  const data = (action.data ?? {}) as Record<string, unknown>;
  return (
    (query.title === undefined || action.title === query.title) &&
    (query.verb === undefined || action.verb === query.verb) &&
    Object.entries(query.data ?? {}).every(([field, value]) => same(data[field], value))
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** An image in an ImageSet may leave its type out. */
function asPart(value: object, key: string | undefined): CardPart | undefined {
  if ('type' in value && typeof value.type === 'string') return value as CardPart;
  return key === 'images' ? { ...value, type: 'Image' } : undefined;
}
