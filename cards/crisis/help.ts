import { type Lang, messagesFor } from '../content/words.js';
import type { Card } from '../render.js';
import { restOfBotIn } from './help-messages.js';

/** As contacts and words have them: a number to press, or the one that stands in a sentence. */
const NUMBERS = /tel:11[23]\b|\b0800-0113\b/;

/** Whether something that is shown, a text or the JSON of a card, brings the numbers for when it is urgent. */
export function bringsHelp(shown: string): boolean {
  return NUMBERS.test(shown);
}

/** What went wrong, and whom to call all the same: whoever asked may have asked for help. */
export function withHelp(lang: Lang, text: string): string {
  return `${text} ${messagesFor(lang).notice.help}`;
}

/** What to say in the place of a card that Teams does not take. */
export function inPlainWords({ lang, fallbackText }: Card, isHelp: boolean): string {
  const { help, notShown } = messagesFor(restOfBotIn(lang)).notice;
  return isHelp ? `${fallbackText}\n\n${help}` : `${fallbackText}\n\n${notShown} ${help}`;
}
