import type { Lang } from '../../../cards/content/words.js';
import english from '../content/en/intents.json' with { type: 'json' };
import dutch from '../content/nl/intents.json' with { type: 'json' };

/** A person that can be named: a name of one or more words. */
export type Named = { readonly name: string };

const EXAMPLES: Readonly<Record<Lang, Readonly<Record<string, readonly string[]>>>> = {
  nl: dutch,
  en: english,
};
/** Stop list: capitalised in the middle of a sentence, and no name. Of both languages, since people mix them. */
const NO_NAMES = new Set(
  (
    'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus ' +
    'september oktober november december monday tuesday wednesday thursday friday saturday sunday january february ' +
    'march may june july august october i teams outlook excel word kopje koffie coffee hr arbo uwv avg poortwachter ' +
    'kerst pasen pinksteren hemelvaart koningsdag christmas easter dutch english nederlands engels'
  ).split(' '),
);
/** Parts of a name that have no capital of their own. */
const PARTICLES = 'van|von|de|den|der|het|ter|ten|te|la|le|el|al|bin|ben|da|di|dos|du';
const ONE_NAME = String.raw`\p{Lu}[\p{Ll}\p{M}]+(?:[-’'][\p{L}\p{M}]+)*`;
const WHOLE_NAME = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}'’-])${ONE_NAME}(?:(?: (?:${PARTICLES}|['’][tns]))* ${ONE_NAME})*(?![\p{L}\p{M}\p{N}])`,
  'gu',
);

/**
 * Who of some people a text names, by first name or whole name, in capitals or not; a first name that two share brings
 * both. A first name that is a word of its own ("Wil", "Elke") counts where it is written as a name.
 */
export function namedIn<Person extends Named>(
  text: string,
  people: readonly Person[],
  lang: Lang,
): readonly Person[] {
  const words = new Set(wordsOf(text));
  const whole = ` ${wordsOf(text).join(' ')} `;
  const ordinary = ordinaryWords(lang);
  const asNames = new Set(wordsOf(namesIn(text, ordinary).join(' ')));
  return people.filter(({ name }) => {
    const parts = wordsOf(name);
    const [first = ''] = parts;
    if (parts.length > 1 && whole.includes(` ${parts.join(' ')} `)) return true;
    return first.length > 1 && (ordinary.has(first) ? asNames : words).has(first);
  });
}

/**
 * The first name in a text, as it is typed: words with a capital that are no words of the language; empty if there is
 * none. At the beginning of a sentence a capital says nothing: there a word that the examples know is no name.
 */
export function nameSaid(text: string, lang: Lang): string {
  const ordinary = ordinaryWords(lang);
  return namesIn(text, ordinary)[0] ?? nameWithoutCapital(text, ordinary);
}

/** Where a name stands that is typed without its capital: whoever the sentence begins with, or whom something is with. */
const WITHOUT_CAPITAL: readonly RegExp[] = [
  /^\s*(\p{Ll}[\p{L}\p{M}’'-]{2,})\s+(?:gaat|komt|begint|start|vertrekt|goes|comes|starts|returns|retires|leaves|is going)(?!\p{L})/u,
  /(?<!\p{L})(?:met|with)\s+(\p{Ll}[\p{L}\p{M}’'-]{2,})(?!\p{L})/u,
];
/** What stands there, too, and is nobody's name. */
const NOT_THERE = new Set(
  (
    'verlof vakantie pensioen zwangerschapsverlof ouderschapsverlof zorgverlof ziekteverlof sabbatical team collega collegas ' +
    'medewerker medewerkers iemand niemand iedereen elkaar mijn onze hem haar hen hun jou jullie mij ons hij zij mensen ' +
    'leave holiday someone somebody nobody everyone each colleague employee people them him her you your our this that'
  ).split(' '),
);

/** People type names without a capital in a chat. What is found stands in a form to be looked at, with its capital. */
function nameWithoutCapital(text: string, ordinary: ReadonlySet<string>): string {
  for (const pattern of WITHOUT_CAPITAL) {
    const word = pattern.exec(text)?.[1] ?? '';
    if (word === '' || ordinary.has(word) || NOT_THERE.has(word) || NO_NAMES.has(word)) continue;
    return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
  }
  return '';
}

function namesIn(text: string, ordinary: ReadonlySet<string>): readonly string[] {
  return [...text.matchAll(WHOLE_NAME)].flatMap(({ 0: found, index }) => {
    const begins = /(?:^|[.!?:]\s*)["“‘'(]*$/u.test(text.slice(0, index));
    const kept = found
      .split(' ')
      // "Kan Anna" begins a question and then names somebody; "Koffie Teams" names nobody.
      .filter(
        (word, at) =>
          !NO_NAMES.has(word.toLowerCase()) && !(begins && at === 0 && ordinary.has(word.toLowerCase())),
      );
    const name = kept.join(' ').replace(new RegExp(`^(?:(?:${PARTICLES}) )+`, 'u'), '');
    return name === '' ? [] : [name];
  });
}

/** Words that the examples have without a capital. Worked out when asked for: few turns do. */
function ordinaryWords(lang: Lang): ReadonlySet<string> {
  const phrases = Object.values(EXAMPLES[lang]).flat();
  return new Set(
    phrases.flatMap((phrase) => phrase.match(/(?<![\p{L}'’-])\p{Ll}[\p{L}\p{M}]*(?![\p{L}'’-])/gu) ?? []),
  );
}

/** Which of some ids a text names by one of its sayings; null when by none. The longest saying wins. */
export function saidOf<Id extends string>(
  text: string,
  sayings: Readonly<Record<Id, readonly string[]>>,
): Id | null {
  const whole = ` ${wordsOf(text).join(' ')} `;
  const all = (Object.entries(sayings) as [Id, readonly string[]][])
    .flatMap(([id, phrases]) => phrases.map((phrase) => ({ id, phrase })))
    .sort((one, other) => other.phrase.length - one.phrase.length);
  return all.find(({ phrase }) => whole.includes(` ${phrase} `))?.id ?? null;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];
}
