import type { Lang } from '../../../cards/content/words.js';
import spoken from '../content/spoken.json' with { type: 'json' };
import { tokens } from './tokens.js';

const WRITTEN: Readonly<Record<Lang, ReadonlyMap<string, readonly string[]>>> = {
  nl: readAs(spoken.nl),
  en: readAs(spoken.en),
};

/** Expands chat abbreviations: "mn mw appt ff" becomes "mijn medewerker appt even". */
export function asWritten(words: readonly string[], lang: Lang): readonly string[] {
  return words.flatMap((word) => WRITTEN[lang].get(word) ?? [word]);
}

function readAs(pairs: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(pairs).flatMap(([short, long]) =>
      tokens(short).map((word) => [word, tokens(long)] as const),
    ),
  );
}
