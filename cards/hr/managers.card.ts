import { button, type MayRecordTyped } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { type HrProblems, hrProblem } from './hr-view.js';
import json from './managers.template.json' with { type: 'json' };

export type ManagersData = {
  readonly etag: string;
  readonly typed: MayRecordTyped;
  readonly problems: HrProblems;
  readonly notice: string;
  /** A conflicting write by somebody else: the current values. */
  readonly conflict: { readonly managers: 'everyone' | 'listed'; readonly listed: number } | null;
  /** Whether Entra's word on who has people reporting to them counts, too. */
  readonly reportsCount: boolean;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** Who may record things about people: everybody, or who is on a list of people from Teams. */
export function managersCard(lang: Lang, data: ManagersData): Card {
  const { hr: words } = messagesFor(lang);
  const { etag, typed, problems, notice, conflict, reportsCount } = data;
  const wrong = Object.values(problems).some((one) => one !== undefined);
  return fillTemplate(lang, words.managersTitle, {
    title: words.managersTitle,
    intro: words.managersIntro,
    reports: reportsCount ? words.reportsLine : '',
    notice,
    alert: wrong ? words.problemsTitle : conflict === null ? '' : words.conflict,
    now:
      conflict === null
        ? ''
        : format(lang, words.managersLine, { who: conflict.managers, count: conflict.listed }),
    managersLabel: words.managersLabel,
    managersChoices: choicesOf(words.managersChoices),
    managers: typed.managers,
    managersProblem: hrProblem(lang, problems.managers),
    listedLabel: words.listedLabel,
    listedHint: words.listedHint,
    listed: typed.listed,
    listedProblem: hrProblem(lang, problems.listed),
    listedWhy: words.listedWhy,
    buttons: [
      button(lang, 'hr.managers-save', words.save, { etag }),
      button(lang, 'hr.show', words.back, {}, { withoutInputs: true, secondary: true }),
    ],
  });
}
