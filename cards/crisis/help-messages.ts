import ar from '../content/ar/crisis.json' with { type: 'json' };
import bg from '../content/bg/crisis.json' with { type: 'json' };
import de from '../content/de/crisis.json' with { type: 'json' };
import en from '../content/en/crisis.json' with { type: 'json' };
import es from '../content/es/crisis.json' with { type: 'json' };
import fr from '../content/fr/crisis.json' with { type: 'json' };
import nl from '../content/nl/crisis.json' with { type: 'json' };
import pl from '../content/pl/crisis.json' with { type: 'json' };
import pt from '../content/pt/crisis.json' with { type: 'json' };
import ro from '../content/ro/crisis.json' with { type: 'json' };
import ru from '../content/ru/crisis.json' with { type: 'json' };
import tr from '../content/tr/crisis.json' with { type: 'json' };
import uk from '../content/uk/crisis.json' with { type: 'json' };
import type { Lang } from '../content/words.js';
import type { HelpLang } from './danger-kinds.js';

/** What is said about help: the same in every language, but for the two that have a source beside it. */
export type HelpMessages = typeof de;

const MESSAGES: Readonly<Record<HelpLang, HelpMessages>> = {
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

export function helpMessagesFor(lang: HelpLang): HelpMessages {
  return MESSAGES[lang];
}

/** The language in which the rest of the bot is spoken with somebody: English to who reads neither of its two. */
export function restOfBotIn(lang: HelpLang): Lang {
  return lang === 'nl' ? 'nl' : 'en';
}
