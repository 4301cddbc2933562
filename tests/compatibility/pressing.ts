import { presses } from '../security/two-organisations.js';
import type { Card, Person } from '../support/teams/teams.js';
import { buttonsOf, CARD_TYPE } from '../support/teams/teams-card.js';
import { fillIn, type Inputs } from '../support/teams/teams-inputs.js';

/** Presses a button by hand; the card that takes its place. Throws when the bot answers with none. */
export async function press(person: Person, verb: string, data: object = {}): Promise<Card> {
  const { body } = await presses(person, verb, data);
  const { type, value } = (body ?? {}) as { readonly type?: string; readonly value?: unknown };
  if (type !== CARD_TYPE) throw new Error(`no card answers ${verb}: ${JSON.stringify(body)}`);
  return value as Card;
}

/** Presses the button with this verb on a card, with what is filled in there; throws when there is none. */
export async function pressOn(person: Person, card: Card, verb: string, inputs: Inputs = {}): Promise<Card> {
  const button = buttonsOf(card).find(({ action }) => action.verb === verb);
  if (button === undefined) throw new Error(`no button ${verb} on ${wordsOn(card)}`);
  const { action, cards } = button;
  const filled = action.associatedInputs === 'none' ? {} : fillIn(cards, inputs);
  return press(person, verb, { ...(action.data as object), ...filled });
}

/** What the buttons with a verb carry; of every button without one. */
export function payloadsOn(card: Card, verb?: string): readonly Readonly<Record<string, unknown>>[] {
  return buttonsOf(card)
    .filter(({ action }) => verb === undefined || action.verb === verb)
    .map(({ action }) => (action.data ?? {}) as Record<string, unknown>);
}

/** All that stands on a card, as text to look for words in, without what Markdown puts before a character. */
export function wordsOn(card: Card): string {
  return JSON.stringify(card).replaceAll('\\', '');
}

/** Every page of a card that has them, from the first to the last. */
export async function pagesOf(open: (page: number) => Promise<Card>, verb: string): Promise<readonly Card[]> {
  const pages: Card[] = [];
  for (let page = 0; page < 100; page += 1) {
    const card = await open(page);
    pages.push(card);
    if (!payloadsOn(card, verb).some((data) => data.page === page + 1)) return pages;
  }
  throw new Error(`${verb} has no last page`);
}
