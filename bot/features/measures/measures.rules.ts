import type { MeasureSearch } from '../../../cards/actions.js';
import type { Measure } from '../../../cards/content/pieces.js';

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
