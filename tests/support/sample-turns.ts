import type { Reply } from '../../bot/reply.js';
import type { Press, Turn } from '../../bot/turn.js';
import { ACTIONS, type Payload, type Verb } from '../../cards/actions.js';
import type { Card } from '../../cards/render.js';
import { aReference, EMPLOYEE, MANAGER, TENANT } from './sample-records.js';
import { buttonsOf, inputsOf, partsOf } from './teams/teams-card.js';

/** Something that Mila does on Tuesday 12 January 2027, at ten in the morning. */
export function aTurn(overrides: Partial<Turn> = {}): Turn {
  return {
    tenant: TENANT,
    person: MANAGER,
    name: 'Mila de Wit',
    said: { kind: 'text', text: '' },
    lang: 'nl',
    locale: null,
    now: '2027-01-12T09:00:00.000Z',
    occurredAt: overrides.now ?? '2027-01-12T09:00:00.000Z',
    reference: aReference(),
    ...overrides,
  };
}

/** A press of hers on a card, with what she filled in, as the router hands it on. */
export function aPress<V extends Verb>(
  verb: V,
  data: Readonly<Record<string, unknown>>,
  overrides: Partial<Turn> = {},
): Press<V> {
  const payload = ACTIONS[verb].payload.parse({ lang: 'nl', ...data }) as Payload<V>;
  return { ...aTurn({ said: { kind: 'press', verb, data }, ...overrides }), data: payload };
}

/** Who Sanne is, for a turn of hers. */
export const SANNE_ACTS = {
  person: EMPLOYEE,
  name: 'Sanne Bakker',
  reference: aReference({ conversation: 'a:2', user: '29:2' }),
} as const;

/** The card that somebody gets. */
export function cardOf(reply: Reply): Card {
  if (reply.kind !== 'card') throw new Error(`no card but ${JSON.stringify(reply)}`);
  return reply.card;
}

export function titleOf(reply: Reply): unknown {
  return partsOf(cardOf(reply)).find((part) => part.style === 'heading')?.text;
}

/** Every text on a card, in reading order. */
export function textsOf(reply: Reply): unknown[] {
  return partsOf(cardOf(reply)).flatMap(({ text }) => (text === undefined ? [] : [text]));
}

/** What stands in the fields of a card, by their ids. */
export function filledIn(reply: Reply): Record<string, unknown> {
  return Object.fromEntries(inputsOf([cardOf(reply)]).map(({ id, value }) => [id, value]));
}

/** What the buttons of a card do, in reading order. */
export function verbsOf(reply: Reply): unknown[] {
  return buttonsOf(cardOf(reply)).map(({ action }) => action.verb);
}

/** What a button of a card carries with it. */
export function dataOf(reply: Reply, verb: Verb): Record<string, unknown> {
  const found = buttonsOf(cardOf(reply)).find(({ action }) => action.verb === verb);
  if (found === undefined) throw new Error(`no button ${verb}`);
  return found.action.data as Record<string, unknown>;
}

/** The values of what one can choose in a field of a card. */
export function choicesIn(reply: Reply, input: string): unknown[] {
  const found = inputsOf([cardOf(reply)]).find(({ id }) => id === input);
  return ((found?.choices ?? []) as { readonly value: unknown }[]).map(({ value }) => value);
}
