import { type Button, button, type CostsTyped } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './form.template.json' with { type: 'json' };

type Field = { label: string; value: string; missing: string; problem: string };
type Name = keyof CostsTyped;
const fillTemplate = template<
  { title: string; intro: string; buttons: Button[]; source: string } & Record<Name, Field>
>(json);

/** Asks for four numbers; `wrong` names the fields that came back because they are none. */
export function costsFormCard(lang: Lang, filled: CostsTyped, wrong: readonly Name[]): Card {
  const { costsSum: words, menu } = messagesFor(lang);
  const field = (name: Name): Field => ({
    label: words[`${name}Label`],
    value: filled[name],
    missing: words[`${name}Wrong`],
    problem: wrong.includes(name) ? words[`${name}Wrong`] : '',
  });
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: words.intro,
    employees: field('employees'),
    percentage: field('percentage'),
    dayCost: field('dayCost'),
    burnouts: field('burnouts'),
    buttons: [
      button(lang, 'costs.sum', words.show, {}),
      button(lang, 'menu.show', menu.menu, {}, { withoutInputs: true, secondary: true }),
    ],
    source: sourceLine(lang, 'abn.costs'),
  });
}
