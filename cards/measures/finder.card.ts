import { type Button, button, type MeasureSearch } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { type Lang, wordsIn } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './finder.template.json' with { type: 'json' };

/** The choice that stands for all of them. */
export const ANY = 'any';

const fillTemplate = template<{
  title: string;
  intro: string;
  themeLabel: string;
  themes: Choice[];
  theme: string;
  levelLabel: string;
  levels: Choice[];
  level: string;
  effectLabel: string;
  effects: Choice[];
  effect: string;
  note: string;
  buttons: Button[];
  source: string;
}>(json);

/** Asks what measures to look for, by theme, level and what they do with energy, freely combined. */
export function finderCard(lang: Lang, search: MeasureSearch): Card {
  const { finder, menu } = wordsIn(lang);
  const anyOr = (words: Readonly<Record<string, string>>): Choice[] => [
    { title: finder.any, value: ANY },
    ...choicesOf(words),
  ];
  return fillTemplate(lang, finder.title, {
    title: finder.title,
    intro: finder.intro,
    themeLabel: finder.themeLabel,
    themes: anyOr(finder.themes),
    theme: search.theme || ANY,
    levelLabel: finder.levelLabel,
    levels: anyOr(finder.levels),
    level: search.level || ANY,
    effectLabel: finder.effectLabel,
    effects: anyOr(finder.effects),
    effect: search.effect || ANY,
    note: finder.note,
    buttons: [
      button(lang, 'measures.find', finder.find, { page: 0 }),
      button(lang, 'menu.show', menu.menu, {}, { withoutInputs: true, secondary: true }),
    ],
    source: sourceLine(lang, 'kracht.measures'),
  });
}
