import type { Lang } from '../../../cards/content/words.js';

/** What the advice of the guides asks of a sentence, and whether it is there. It is compared with nothing else. */
export type Compared = {
  /** It says what one saw or heard oneself. */
  readonly seen: boolean;
  /** It asks something that cannot be answered with yes or no. */
  readonly open: boolean;
  /** It asks for a cause, or names one: health, treatment, home. */
  readonly cause: boolean;
};

/** Words at their beginning: what is read here is short, and each pattern is linear in its length. */
const SEEN: Readonly<Record<Lang, RegExp>> = {
  nl: /\b(?:ik (?:zie|zag|hoor|hoorde|merk|merkte)|zie ik|zag ik|hoorde ik|merkte? ik|(?:het )?val(?:t|len)? (?:me|mij) op|viel (?:me|mij) op)\b/iu,
  en: /\b(?:i (?:see|saw|hear|heard|notice|noticed|can see|could see)|i’ve (?:seen|noticed|heard)|i have (?:seen|noticed|heard))\b/iu,
};
const OPEN: Readonly<Record<Lang, RegExp>> = {
  nl: /\b(?:hoe|wat|wie|welke|welk|wanneer|waar|waarmee|waarin|waarover)\b[^?]*\?/iu,
  en: /\b(?:how|what|who|which|when|where)\b[^?]*\?/iu,
};
const CAUSE: Readonly<Record<Lang, RegExp>> = {
  nl: /\b(?:waarom|waardoor|hoe komt (?:het|dat)|waar (?:komt|ligt) (?:het|dat)|door thuis|thuis|ziek|ziekte|klachten|burn-?out|depressie\w*|somber|stress|overspannen|dokter|huisarts|psycholoog|behandeling|medicijn\w*|pillen|relatie|scheiding|zwanger)\b/iu,
  en: /\b(?:why|because of|caused|at home|ill|illness|sick|symptoms?|burn-?out|depress\w*|stress\w*|doctor|gp|therapist|treatment|medication|pills|relationship|divorce|pregnant)\b/iu,
};

/** Compares a sentence of one's own with what the advice asks. Pure: what was typed goes no further than the card. */
export function compare(text: string, lang: Lang): Compared {
  const plain = text.replaceAll("'", '’');
  return { seen: SEEN[lang].test(plain), open: OPEN[lang].test(plain), cause: CAUSE[lang].test(plain) };
}
