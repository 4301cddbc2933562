import type { Lang } from '../../cards/content/words.js';
import english from './content/en/follow-ups.json' with { type: 'json' };
import dutch from './content/nl/follow-ups.json' with { type: 'json' };
import { createNearSearch } from './text/edit-distance.js';
import { tokens } from './text/tokens.js';

/** What a text asks that means nothing without what came before it. */
export type FollowUpKind = Exclude<keyof typeof dutch, Naming>;
/** What names a part of the guide: its word, its number as a word, and what people put around it. */
type Naming = (typeof NAMING)[number];
export type FollowUp =
  | { readonly kind: FollowUpKind; readonly lang: Lang }
  /** A part of the guide by its number, whether there is such a part or not: it needs nothing before it. */
  | { readonly kind: 'part'; readonly number: number; readonly lang: Lang };

const NAMING = ['part', 'numbers', 'around'] as const;

const ALL: Readonly<Record<Lang, Readonly<Record<FollowUpKind | Naming, readonly string[]>>>> = {
  nl: dutch,
  en: english,
};
/** A longer text says what it means by itself. */
const MOST_WORDS = 9;
/** Shorter words have neighbours that mean something else ("ja", "na"). */
const LETTERS_TO_FORGIVE = 6;
const MOST_LETTERS = 80;
/** What people put before and after what they ask, and what changes nothing. */
const FILLERS = new Set([
  'oh',
  'o',
  'ok',
  'oke',
  'hmm',
  'eh',
  'aub',
  'alsjeblieft',
  'please',
  'maar',
  'but',
  'hoor',
]);

/** Makes the reader of follow-ups. It is pure; null for a text that is not a follow-up as a whole. */
export function createFollowUps(): (text: string) => FollowUp | null {
  const kinds = (Object.keys(dutch) as (FollowUpKind | Naming)[]).filter(isKind);
  const known = new Map<string, FollowUp>();
  for (const lang of ['en', 'nl'] as const)
    for (const kind of kinds)
      for (const phrase of ALL[lang][kind]) known.set(tokens(phrase).join(' '), { kind, lang });
  const nearest = createNearSearch([...known.keys()].filter((phrase) => phrase.length >= LETTERS_TO_FORGIVE));

  return (text) => {
    if (text.length > MOST_LETTERS) return null;
    const words = tokens(text);
    if (words.length === 0 || words.length > MOST_WORDS) return null;
    const said = words.join(' ');
    const found = known.get(said) ?? known.get(words.filter((word) => !FILLERS.has(word)).join(' '));
    if (found !== undefined) return found;
    const part = partIn(words);
    if (part !== null) return part;
    if (said.length < LETTERS_TO_FORGIVE) return null;
    const most = said.length < 2 * LETTERS_TO_FORGIVE ? 1 : 2;
    const near = nearest(said, most);
    return near === null ? null : (known.get(near) ?? null);
  };
}

function isKind(name: FollowUpKind | Naming): name is FollowUpKind {
  return !(NAMING as readonly string[]).includes(name);
}

/** "Deel 4", "ga naar stap vier", "part 9 of the guide". A number that no part has is one all the same. */
function partIn(words: readonly string[]): FollowUp | null {
  for (const lang of ['nl', 'en'] as const) {
    const { part, numbers, around } = ALL[lang];
    const [name = '', said = '', ...rest] = words.filter((word) => !around.includes(word));
    if (rest.length > 0 || !part.includes(name)) continue;
    const number = /^\d{1,2}$/.test(said) ? Number(said) : numbers.indexOf(said) + 1;
    if (number > 0) return { kind: 'part', number, lang };
  }
  return null;
}
