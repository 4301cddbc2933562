import { type Button, button } from '../actions.js';
import { type Choice, choicesOf } from '../choices.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { bare } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './add.template.json' with { type: 'json' };

/** What is wrong with the names that were typed; null when nothing is. */
export type NamesProblem =
  | { readonly id: 'noNames' | 'nameForPerson' | 'notAPerson' }
  | { readonly id: 'nameLong'; readonly name: string; readonly max: number }
  | { readonly id: 'tooMany'; readonly max: number }
  | { readonly id: 'nameScreened'; readonly words: string };

export type CoffeeAddData = {
  readonly names: string;
  readonly person: string;
  readonly rhythm: string;
  readonly problem: NamesProblem | null;
};

const fillTemplate = template<{
  title: string;
  intro: string;
  namesLabel: string;
  names: string;
  namesMissing: string;
  problem: string;
  personLabel: string;
  personHint: string;
  person: string;
  rhythmLabel: string;
  rhythms: Choice[];
  rhythm: string;
  extra: string;
  buttons: Button[];
}>(json);

/** Puts people on the coffee list, several at once. */
export function coffeeAddCard(lang: Lang, { names, person, rhythm, problem }: CoffeeAddData): Card {
  const { coffee: words } = wordsIn(lang);
  return fillTemplate(lang, words.addTitle, {
    title: words.addTitle,
    intro: words.addIntro,
    namesLabel: words.namesLabel,
    names,
    namesMissing: words.noNames,
    problem: problem === null ? '' : problemText(lang, problem),
    personLabel: words.personLabel,
    personHint: words.personHint,
    person,
    rhythmLabel: words.rhythmLabel,
    rhythms: choicesOf(words.rhythms),
    rhythm,
    extra: words.extra,
    buttons: [
      button(lang, 'coffee.save', words.save, {}),
      button(lang, 'coffee.list', words.back, { page: 0 }, { withoutInputs: true }),
    ],
  });
}

function problemText(lang: Lang, problem: NamesProblem): string {
  const { coffee: words } = wordsIn(lang);
  const { id, ...values } = { name: '', max: 0, words: '', ...problem };
  return fill(lang, words[id], { ...values, name: bare(values.name), words: bare(values.words) });
}
