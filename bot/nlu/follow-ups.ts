import type { Lang } from '../../cards/content/words.js';
import english from './content/en/follow-ups.json' with { type: 'json' };
import dutch from './content/nl/follow-ups.json' with { type: 'json' };
import { isWithinEdits } from './text/edit-distance.js';
import { tokens } from './text/tokens.js';

/** What a text asks that means nothing without what came before it. */
export type FollowUpKind = Exclude<keyof typeof dutch, 'part'>;
export type FollowUp =
  | { readonly kind: FollowUpKind; readonly lang: Lang }
  /** A part of the guide by its number, from 1 on: it needs nothing before it. */
  | { readonly kind: 'part'; readonly number: number; readonly lang: Lang };

const ALL: Readonly<Record<Lang, Readonly<Record<FollowUpKind | 'part', readonly string[]>>>> = {
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

/** Reads a follow-up: pure, and only when the whole text is one. Null for everything that can be understood alone. */
export function createFollowUps(): (text: string) => FollowUp | null {
  const kinds = (Object.keys(dutch) as (FollowUpKind | 'part')[]).filter((kind) => kind !== 'part');
  const known = new Map<string, FollowUp>();
  for (const lang of ['en', 'nl'] as const)
    for (const kind of kinds as FollowUpKind[])
      for (const phrase of ALL[lang][kind]) known.set(tokens(phrase).join(' '), { kind, lang });
  const phrases = [...known.keys()];

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
    const near = phrases.find(
      (phrase) => phrase.length >= LETTERS_TO_FORGIVE && isWithinEdits(phrase, said, most),
    );
    return near === undefined ? null : (known.get(near) ?? null);
  };
}

function partIn(words: readonly string[]): FollowUp | null {
  const [name = '', number = '', ...rest] = words;
  const lang = (['nl', 'en'] as const).find((one) => ALL[one].part.includes(name));
  if (lang === undefined || rest.length > 0 || !/^[1-9]$/.test(number)) return null;
  return { kind: 'part', number: Number(number), lang };
}
