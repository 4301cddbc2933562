import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay, shortDay } from '../dates.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './weeks.template.json' with { type: 'json' };

type Shown = { week: string; color: string; days: string; what: string; who: string };
const fillTemplate = template<{
  title: string;
  note: string;
  steps: Shown[];
  buttons: Button[];
  source: string;
}>(json);

/** A step of the law with its days, `YYYY-MM-DD`; `until` equals `from` for a step of one week. */
export type DatedStep = { readonly id: string; readonly from: string; readonly until: string };
export type WeeksData = {
  readonly day: string;
  readonly today: string;
  readonly steps: readonly DatedStep[];
};

/** The weeks of the law as dates, from the first day of the absence. Nothing of it is kept. */
export function weeksCard(lang: Lang, { day, today, steps }: WeeksData): Card {
  const { absenceWeeks: words, knowledge, menu } = messagesFor(lang);
  const title = format(lang, words.resultTitle, { day: longDay(lang, day) });
  const next = steps.find(({ until }) => until >= today)?.id;
  return fillTemplate(lang, title, {
    title,
    note: words.note,
    steps: words.steps.map((step) => {
      const dated = steps.find(({ id }) => id === step.id);
      if (dated === undefined) throw new RangeError(`no days for step ${step.id}`);
      const span = step.from === step.to ? `${step.from}` : `${step.from}–${step.to}`;
      return {
        week: format(lang, words.week, { n: span }),
        color: step.id === next ? 'Accent' : 'Default',
        days: daysOf(lang, step.when, dated, today),
        what: step.what,
        who: step.who,
      };
    }),
    buttons: [
      button(lang, 'absence.open', words.again, {}),
      button(lang, 'knowledge.subject', knowledge.subjects.absence.name, { subject: 'absence' }),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    source: sourceLine(lang, 'law.poortwachter'),
  });
}

/** How the days of a step are said: most are last days, some a span. */
function daysOf(lang: Lang, when: string, { from, until }: DatedStep, today: string): string {
  const { absenceWeeks: words } = messagesFor(lang);
  const said = until < today ? words.passed : words.upcoming;
  const how = when in said ? (when as keyof typeof said) : 'on';
  const date = shortDay(lang, until);
  return format(lang, said[how], { date, from: shortDay(lang, from), until: shortDay(lang, until) });
}
