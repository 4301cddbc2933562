import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './form.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  intro: string;
  label: string;
  day: string;
  min: string;
  max: string;
  missing: string;
  problem: string;
  buttons: Button[];
  source: string;
}>(json);

export type AbsenceFormData = {
  /** As typed. */
  readonly day: string;
  readonly wrong: boolean;
  /** The first and the last day that make sense. */
  readonly from: string;
  readonly until: string;
};

/** Asks for the first day of an absence, to work out the weeks of the law. The day is kept nowhere. */
export function absenceFormCard(lang: Lang, { day, wrong, from, until }: AbsenceFormData): Card {
  const { absenceWeeks: words, knowledge, menu } = messagesFor(lang);
  return fillTemplate(lang, words.title, {
    title: words.title,
    intro: words.intro,
    label: words.dayLabel,
    day,
    min: from,
    max: until,
    missing: words.dayMissing,
    problem: wrong ? words.dayWrong : '',
    buttons: [
      button(lang, 'absence.weeks', words.show, {}),
      button(
        lang,
        'knowledge.subject',
        knowledge.subjects.absence.name,
        { subject: 'absence' },
        { withoutInputs: true },
      ),
      button(lang, 'menu.show', menu.menu, {}, { withoutInputs: true, secondary: true }),
    ],
    source: sourceLine(lang, 'law.poortwachter'),
  });
}
