import { type Button, button, type Draft, MOST_ITEMS } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './form-plan.template.json' with { type: 'json' };
import { itemFields } from './item-fields.js';
import { type Problems, problemsLine, problemText } from './problems.js';

export type PlanFormData = {
  readonly draft: Draft;
  readonly problems: Problems;
  /** The id of what was saved with this form before and differs from what is in it; empty when nothing was. */
  readonly saved: string;
  readonly today: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** Step 2: one to five agreements, and when and by whom they are looked back on. */
export function planFormCard(lang: Lang, data: PlanFormData): Card {
  const words = messagesFor(lang).agreement;
  const { draft, problems, today } = data;
  const named = (text: string) => format(lang, text, { name: stripMarkdown(draft.name) });
  const notice = data.saved === '' ? '' : words.otherSaved;
  const summary = `${words.title}. ${words.step2}`;
  return fillTemplate(lang, notice === '' ? summary : `${notice} ${summary}`, {
    notice,
    step: words.step2,
    title: format(lang, words.viewTitle, { name: escapeMarkdown(draft.name) }),
    aim: words.step2Aim,
    problems: problemsLine(lang, problems),
    warning: words.warning,
    items: itemFields(lang, { items: draft.items, name: draft.name, problems }),
    evaluationTitle: words.evaluationTitle,
    initiativeLabel: words.initiativeLabel,
    initiativeChoices: choicesOf({
      manager: words.initiative.manager,
      employee: named(words.initiative.employee),
    }),
    initiative: draft.initiative,
    initiativeProblem: problemText(lang, problems.initiative),
    nextLabel: words.next,
    next: draft.next,
    dayMin: today,
    dayError: words.problem.dayPast,
    nextProblem: problemText(lang, problems.next),
    rhythmLabel: words.rhythmLabel,
    rhythmChoices: choicesOf(words.rhythm),
    rhythm: draft.rhythm,
    rhythmProblem: problemText(lang, problems.rhythm),
    buttons: waysOn(lang, draft, data.saved),
  });
}

function waysOn(lang: Lang, filled: Draft, saved: string): Button[] {
  const words = messagesFor(lang).agreement;
  // The inputs of this step come back by themselves: the buttons carry the other step only, to keep the card small.
  const items = filled.items.map(() => ({ what: '', who: '', from: '', by: '' }));
  const draft: Draft = { ...filled, items, initiative: '', next: '', rhythm: '' };
  const buttons = [button(lang, 'agreement.save', words.save, { draft })];
  if (items.length < MOST_ITEMS) buttons.push(button(lang, 'agreement.more', words.more, { draft }));
  buttons.push(button(lang, 'agreement.people', words.back, { draft }));
  if (saved !== '') {
    buttons.push(button(lang, 'agreement.show', words.viewSaved, { id: saved }, { withoutInputs: true }));
  }
  return buttons;
}
