import { MOST_PRIMARY_ACTIONS, primaryActionsIn } from '../action-sets.js';
import { type Button, button } from '../actions.js';
import { type Card, template } from '../render.js';
import { helpData } from './crisis.card.js';
import type { DangerKind, HelpLang } from './danger-kinds.js';
import { directed } from './direction.js';
import { helpMessagesFor, restOfBotIn } from './help-messages.js';
import json from './maybe.template.json' with { type: 'json' };

const fillTemplate = template<{ line: string; buttons: readonly Button[] }>(json);

/** One calm line for who may be in danger: with whom they can talk of it. */
export function maybeLine(lang: HelpLang, kind: DangerKind): string {
  return helpMessagesFor(lang).maybe[kind];
}

/** That line with a button to the card of help, as a card of its own. */
export function maybeCard(lang: HelpLang, kind: DangerKind): Card {
  const messages = helpMessagesFor(lang);
  const line = maybeLine(lang, kind);
  const card = fillTemplate(lang, line, {
    line,
    buttons: [
      button(restOfBotIn(lang), 'crisis.show', messages.showHelp, { ...helpData(lang, kind), beside: true }),
    ],
  });
  return directed(card, messages);
}

/** The answer that was asked for, under that line. */
export function withMaybeLine(card: Card, lang: HelpLang, kind: DangerKind): Card {
  const { body, fallbackText } = maybeCard(lang, kind);
  return {
    ...card,
    fallbackText: `${fallbackText} ${card.fallbackText}`,
    body: [...body, ...withRoom(card.body)],
  };
}

/** Makes room for the one button of the line: the last primary action becomes secondary where there are as many as may be. */
function withRoom(body: Card['body']): Card['body'] {
  const actions = primaryActionsIn(body);
  const last = actions.at(-1);
  return last === undefined || actions.length < MOST_PRIMARY_ACTIONS
    ? body
    : body.map((part) => replaced(part, last, { ...last, mode: 'secondary' }));
}

function replaced(part: unknown, one: unknown, other: unknown): unknown {
  if (part === one) return other;
  if (Array.isArray(part)) return part.map((inner) => replaced(inner, one, other));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, replaced(inner, one, other)]));
}
