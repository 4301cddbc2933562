import { type Button, button, type MomentTyped } from '../actions.js';
import type { Choice } from '../choices.js';
import { MOMENT_KINDS } from '../content/moment-kinds.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { bare } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './form.template.json' with { type: 'json' };

/** Fields of a form that came back, each with the id of the words that say what is wrong. */
export type MomentProblems = Readonly<
  Partial<
    Record<
      'kind' | 'name' | 'from' | 'until',
      'kindWrong' | 'noName' | 'nameLong' | 'nameScreened' | 'fromWrong' | 'untilWrong'
    >
  >
>;
export type MomentFormData = {
  /** Chosen when the form opens, so that saving twice makes one. */
  readonly id: string;
  readonly typed: MomentTyped;
  readonly problems: MomentProblems;
  /** The words for which the name is refused, with commas. */
  readonly refused?: string;
};

const fillTemplate = template<Record<string, string | Choice[] | Button[]>>(json);

/** Asks for a person, a kind and the dates: there is no field for why. */
export function momentFormCard(lang: Lang, { id, typed, problems, refused = '' }: MomentFormData): Card {
  const { moments: words } = wordsIn(lang);
  const text = (field: keyof MomentProblems): string => {
    const problem = problems[field];
    return problem === undefined ? '' : fill(lang, words[problem], { words: bare(refused) });
  };
  return fillTemplate(lang, words.formTitle, {
    title: words.formTitle,
    problems: Object.keys(problems).length === 0 ? '' : words.problems,
    intro: words.formIntro,
    kindLabel: words.kindLabel,
    kinds: MOMENT_KINDS.map((kind) => ({
      title: `${words.kinds[kind]} (${words.kindHints[kind]})`,
      value: kind,
    })),
    kind: typed.kind,
    kindMissing: words.kindWrong,
    kindProblem: text('kind'),
    nameLabel: words.nameLabel,
    name: typed.name,
    nameMissing: words.noName,
    nameProblem: text('name'),
    fromLabel: words.fromLabel,
    from: typed.from,
    fromMissing: words.fromWrong,
    fromProblem: text('from'),
    untilLabel: words.untilLabel,
    until: typed.until,
    untilProblem: text('until'),
    contactTitle: words.kinds.leave,
    contactChoices: [{ title: words.contactLabel, value: 'yes' }],
    contact: typed.contact,
    buttons: [
      button(lang, 'moments.save', words.save, { id }),
      button(lang, 'moments.list', words.back, { page: 0 }, { withoutInputs: true }),
    ],
    sensitive: words.sensitive,
  });
}
