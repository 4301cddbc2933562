import { button, type DefaultsTyped } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './defaults.template.json' with { type: 'json' };
import { type HrProblems, hrProblem } from './hr-view.js';

/** A term with what it may be. */
export type TermLimits = {
  readonly name: keyof ReturnType<typeof messagesFor>['hr']['terms'];
  readonly least: number;
  readonly most: number;
};
export type DefaultsData = {
  readonly etag: string;
  readonly typed: DefaultsTyped;
  readonly limits: readonly TermLimits[];
  readonly problems: HrProblems;
  readonly notice: string;
  /** A conflicting write by somebody else: the current values. */
  readonly conflict: DefaultsTyped | null;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** What forms start with, and how long what is kept stays. */
export function defaultsCard(lang: Lang, data: DefaultsData): Card {
  const { hr: words, coffee } = messagesFor(lang);
  const { etag, typed, limits, problems, notice, conflict } = data;
  const wrong = Object.values(problems).some((one) => one !== undefined);
  return fillTemplate(lang, words.defaultsTitle, {
    title: words.defaultsTitle,
    intro: words.defaultsIntro,
    notice,
    alert: wrong ? words.problemsTitle : conflict === null ? '' : words.conflict,
    nows: conflict === null ? [] : nowLines(lang, limits, { typed, now: conflict }),
    coffeeRhythmLabel: words.coffeeRhythmLabel,
    coffeeRhythmChoices: choicesOf(coffee.rhythms),
    coffeeRhythm: typed.coffeeRhythm,
    coffeeRhythmProblem: hrProblem(lang, problems.coffeeRhythm),
    agreementRhythmLabel: words.agreementRhythmLabel,
    agreementRhythmChoices: choicesOf(coffee.rhythms),
    agreementRhythm: typed.agreementRhythm,
    agreementRhythmProblem: hrProblem(lang, problems.agreementRhythm),
    languageLabel: words.languageLabel,
    languageChoices: choicesOf(words.languages),
    language: typed.language,
    languageProblem: hrProblem(lang, problems.language),
    termsTitle: words.termsTitle,
    termsIntro: words.termsIntro,
    terms: limits.map((limit) => termField(lang, limit, typed, problems)),
    buttons: [
      button(lang, 'hr.defaults-save', words.save, { etag }),
      button(lang, 'hr.show', words.back, {}, { withoutInputs: true, secondary: true }),
    ],
  });
}

/** The name of a field of the defaults, and how a value of it is said. */
export function defaultLabel(lang: Lang, field: keyof DefaultsTyped, limits: readonly TermLimits[]): string {
  const { hr: words } = messagesFor(lang);
  const limit = limits.find(({ name }) => name === field);
  if (limit !== undefined)
    return format(lang, words.terms[limit.name], { least: limit.least, most: limit.most });
  return words[`${field as 'coffeeRhythm' | 'agreementRhythm' | 'language'}Label`];
}

export function defaultValue(lang: Lang, field: keyof DefaultsTyped, value: string): string {
  const { hr: words, coffee } = messagesFor(lang);
  const named: Readonly<Record<string, string>> = { ...coffee.rhythms, ...words.languages };
  return field === 'language' || field.endsWith('Rhythm')
    ? (named[value] ?? escapeMarkdown(value))
    : escapeMarkdown(value);
}

function termField(lang: Lang, limit: TermLimits, typed: DefaultsTyped, problems: HrProblems) {
  const { name, least, most } = limit;
  return {
    id: name,
    label: defaultLabel(lang, name, [limit]),
    value: typed[name],
    error: hrProblem(lang, { id: 'term', values: { least, most } }),
    problem: hrProblem(lang, problems[name]),
  };
}

function nowLines(
  lang: Lang,
  limits: readonly TermLimits[],
  { typed, now }: { readonly typed: DefaultsTyped; readonly now: DefaultsTyped },
) {
  const fields = Object.keys(now) as (keyof DefaultsTyped)[];
  return fields
    .filter((field) => now[field] !== typed[field])
    .map((field) => ({
      text: format(lang, messagesFor(lang).hr.nowValid, {
        field: defaultLabel(lang, field, limits),
        value: defaultValue(lang, field, now[field]),
      }),
    }));
}
