import { type Button, button, type MeasureSearch } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './finder.template.json' with { type: 'json' };

/** The choice that stands for all of them. */
export const ANY = 'any';

const fillTemplate = template<{
  title: string;
  intro: string;
  unread: string;
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

/** The choices of one field, with the one that stands for all. */
export function anyOr<Id extends string>(
  lang: Lang,
  titles: Readonly<Record<Id, string>>,
): Readonly<Record<Id | typeof ANY, string>> {
  return { [ANY]: messagesFor(lang).finder.any, ...titles } as Readonly<Record<Id | typeof ANY, string>>;
}

/** Asks what measures to look for, by theme, level and what they do with energy, freely combined; `unread`: what was chosen before was not understood. */
export function finderCard(lang: Lang, search: MeasureSearch, unread = false): Card {
  const { finder, menu } = messagesFor(lang);
  return fillTemplate(lang, finder.title, {
    title: finder.title,
    intro: finder.intro,
    unread: unread ? finder.unread : '',
    themeLabel: finder.themeLabel,
    themes: choicesOf(anyOr(lang, finder.themes)),
    theme: search.theme || ANY,
    levelLabel: finder.levelLabel,
    levels: choicesOf(anyOr(lang, finder.levels)),
    level: search.level || ANY,
    effectLabel: finder.effectLabel,
    effects: choicesOf(anyOr(lang, finder.effects)),
    effect: search.effect || ANY,
    note: finder.note,
    buttons: [
      button(lang, 'measures.find', finder.find, { page: 0 }),
      button(lang, 'menu.show', menu.menu, {}, { withoutInputs: true, secondary: true }),
    ],
    source: sourceLine(lang, 'kracht.measures'),
  });
}
