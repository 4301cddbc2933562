import { type Card, template } from '../render.js';
import type { HelpLang } from './danger-kinds.js';
import { directed } from './direction.js';
import { helpMessagesFor } from './help-messages.js';
import json from './spoken-line.template.json' with { type: 'json' };

const fillTemplate = template<{ line: string }>(json);

/** That the bot speaks Dutch and English, in the language of who wrote in another: the answer is no mistake. */
export function spokenLine(lang: HelpLang): string {
  return helpMessagesFor(lang).restIsDutchAndEnglish;
}

/** An answer under that line. */
export function withSpokenLine(card: Card, lang: HelpLang): Card {
  const line = spokenLine(lang);
  const { body } = directed(fillTemplate(lang, line, { line }), helpMessagesFor(lang));
  return { ...card, fallbackText: `${line} ${card.fallbackText}`, body: [...body, ...card.body] };
}
