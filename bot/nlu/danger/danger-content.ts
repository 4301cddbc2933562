import type { HelpLang } from '../../../cards/crisis/danger-kinds.js';
import englishDanger from '../content/en/danger.json' with { type: 'json' };
import englishPhrases from '../content/en/intents.json' with { type: 'json' };
import dutchDanger from '../content/nl/danger.json' with { type: 'json' };
import dutchPhrases from '../content/nl/intents.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';
import type { DangerContent } from './sayings.js';

/** The words that show danger, by language. */
export const DANGER_CONTENT: Partial<Readonly<Record<HelpLang, DangerContent>>> = {
  nl: dutchDanger,
  en: englishDanger,
};

/** The languages of which enough ordinary words are known to forgive slips, and of which there are lines to learn from. */
export const JUDGED_LANGS: readonly HelpLang[] = ['nl', 'en'];

/** Words that people use of other things: never a slip of a word of danger. */
export function ordinaryWords(): ReadonlySet<string> {
  const phrases = [dutchPhrases, englishPhrases].flatMap((byIntent) => Object.values(byIntent).flat());
  return new Set(tokens(phrases.join(' ')));
}
