import { button, type MomentTyped } from '../actions.js';
import { type Problems, problemsLine } from '../agreement/problems.js';
import { OFF, ON } from '../choices.js';
import { MOMENT_KINDS, MOMENT_PLANS, type MomentKind } from '../content/moment-kinds.js';
import { type Lang, type Messages, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { type WhoView, whoFields } from '../who/who-fields.js';
import json from './form.template.json' with { type: 'json' };

/** Fields of a form that came back, each with the id of the words that say what is wrong. */
export type MomentProblems = Readonly<
  Partial<
    Record<'kind' | 'from' | 'until' | 'contact', 'kindWrong' | 'fromWrong' | 'untilWrong' | 'contactWrong'>
  >
>;
export type MomentFormData = {
  /** Chosen when the form opens: saving is idempotent. */
  readonly id: string;
  readonly typed: MomentTyped;
  /** Everybody on the manager's list, and the ids of those among whom it is unclear who is meant. */
  readonly people: readonly WhoView[];
  readonly asked: readonly string[];
  readonly problems: MomentProblems;
  /** What is wrong with whom it is about. */
  readonly whoProblems: Problems;
  /** The id of what was saved with this form before and differs from what is in it; empty when nothing was. */
  readonly saved?: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** Asks for a person, a kind and the dates: there is no field for why. */
export function momentFormCard(lang: Lang, data: MomentFormData): Card {
  const { moments: words } = messagesFor(lang);
  const { id, typed, people, asked, problems, whoProblems, saved = '' } = data;
  const text = (field: keyof MomentProblems): string => {
    const problem = problems[field];
    return problem === undefined ? '' : words[problem];
  };
  const wrong = Object.keys(problems).length > 0;
  const kind = MOMENT_KINDS.find((one) => one === typed.kind);
  const plan = kind === undefined ? null : MOMENT_PLANS[kind];
  return fillTemplate(lang, words.formTitle, {
    title: words.formTitle,
    problems: saved !== '' ? words.otherSaved : wrong ? words.problems : problemsLine(lang, whoProblems),
    intro: words.formIntro,
    kindLabel: words.kindLabel,
    kinds: Object.entries(kindTitles(messagesFor(lang))).map(([value, title]) => ({ title, value })),
    kind: typed.kind,
    kindMissing: words.kindWrong,
    kindProblem: text('kind'),
    who: whoFields(lang, { typed, people, asked, problems: whoProblems, why: words.personWhy }),
    fromLabel: words.fromLabel,
    from: typed.from,
    fromMissing: words.fromWrong,
    fromProblem: text('from'),
    // What a kind that is known has no use for is not asked; one that is chosen instead asks for it, with all that is typed.
    hasUntil: plan?.until !== 'none' || problems.until !== undefined,
    hasContact: plan === null || typed.kind === 'leave' || problems.contact !== undefined,
    untilLabel: words.untilLabel,
    until: typed.until,
    untilProblem: text('until'),
    contactLabel: words.contactLabel,
    contact: typed.contact === '' ? OFF : typed.contact,
    contactProblem: text('contact'),
    on: ON,
    off: OFF,
    buttons: [
      button(lang, 'moments.save', words.save, { id }),
      ...(saved === ''
        ? []
        : [
            button(lang, 'moments.show', words.viewSaved, { id: saved, nudges: [] }, { withoutInputs: true }),
          ]),
      button(lang, 'moments.list', words.back, { page: 0 }, { withoutInputs: true }),
    ],
    sensitive: words.sensitive,
  });
}

/** The kinds as the form has them to choose from. */
export function kindTitles({ moments: words }: Messages): Readonly<Record<MomentKind, string>> {
  const titles = MOMENT_KINDS.map((kind) => [kind, `${words.kinds[kind]} (${words.kindHints[kind]})`]);
  return Object.fromEntries(titles) as Record<MomentKind, string>;
}
