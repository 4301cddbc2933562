import type { HelpLang } from '../../../cards/crisis/danger-kinds.js';
import ar from '../content/ar/danger.json' with { type: 'json' };
import bg from '../content/bg/danger.json' with { type: 'json' };
import de from '../content/de/danger.json' with { type: 'json' };
import en from '../content/en/danger.json' with { type: 'json' };
import englishPhrases from '../content/en/intents.json' with { type: 'json' };
import es from '../content/es/danger.json' with { type: 'json' };
import fr from '../content/fr/danger.json' with { type: 'json' };
import nl from '../content/nl/danger.json' with { type: 'json' };
import dutchPhrases from '../content/nl/intents.json' with { type: 'json' };
import pl from '../content/pl/danger.json' with { type: 'json' };
import pt from '../content/pt/danger.json' with { type: 'json' };
import ro from '../content/ro/danger.json' with { type: 'json' };
import ru from '../content/ru/danger.json' with { type: 'json' };
import tr from '../content/tr/danger.json' with { type: 'json' };
import uk from '../content/uk/danger.json' with { type: 'json' };
import { tokens } from '../text/tokens.js';
import type { DangerContent } from './sayings.js';

/** The words that show danger, by language. */
export const DANGER_CONTENT: Readonly<Record<HelpLang, DangerContent>> = {
  nl,
  en,
  de,
  fr,
  es,
  pt,
  pl,
  uk,
  ru,
  ro,
  bg,
  tr,
  ar,
};

/** The languages of which enough ordinary words are known to forgive slips, and of which there are lines to learn from. */
export const JUDGED_LANGS: readonly HelpLang[] = ['nl', 'en'];

/** Words that people use of other things: never a slip of a word of danger. */
export function ordinaryWords(): ReadonlySet<string> {
  const phrases = [dutchPhrases, englishPhrases].flatMap((byIntent) => Object.values(byIntent).flat());
  return new Set(tokens(phrases.join(' ')));
}
