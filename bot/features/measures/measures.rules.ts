import type { MeasureSearch } from '../../../cards/actions.js';
import { readChoice } from '../../../cards/choices.js';
import type { Measure } from '../../../cards/content/pieces.js';
import type { Messages } from '../../../cards/content/words.js';
import { ANY, anyOr } from '../../../cards/measures/finder.card.js';

/** What was chosen, by id; a field that was left open stands for all. Null where something is no choice. */
export function readSearch(typed: MeasureSearch): MeasureSearch | null {
  const read = <Id extends string>(
    field: string,
    titles: (words: Messages) => Readonly<Record<Id, string>>,
  ) => (field.trim() === '' ? ANY : readChoice(field, (words, lang) => anyOr(lang, titles(words))));
  const theme = read(typed.theme, ({ finder }) => finder.themes);
  const level = read(typed.level, ({ finder }) => finder.levels);
  const effect = read(typed.effect, ({ finder }) => finder.effects);
  return theme === null || level === null || effect === null ? null : { theme, level, effect };
}

/**
 * The measures that fit what was chosen, in the guide's order; what is not chosen fits all, and an unknown choice
 * of an old card counts as none. Never by group of people: the guide does not tie its measures to them.
 * Source: A&O fonds Gemeenten, Mentale kracht op maat.
 */
export function measuresFor(all: readonly Measure[], search: MeasureSearch): readonly Measure[] {
  const fits = (chosen: string, has: readonly string[], known: ReadonlySet<string>): boolean =>
    !known.has(chosen) || has.includes(chosen);
  const themes = new Set(all.map(({ theme }) => theme));
  const levels = new Set(all.flatMap(({ level }) => level));
  const effects = new Set(all.flatMap(({ effect }) => effect));
  return all.filter(
    ({ theme, level, effect }) =>
      fits(search.theme, [theme], themes) &&
      fits(search.level, level, levels) &&
      fits(search.effect, effect, effects),
  );
}
