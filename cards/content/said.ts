import en from './en/said.json' with { type: 'json' };
import nl from './nl/said.json' with { type: 'json' };
import type { Lang } from './words.js';

const SAID: Readonly<Record<Lang, typeof nl>> = { nl, en };

/** What people type for a kind of moment or a rhythm. Languages differ in how many ways they have for one thing. */
export function sayingsIn(lang: Lang): typeof nl {
  return SAID[lang];
}
