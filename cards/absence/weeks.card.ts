import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay, shortDay } from '../dates.js';
import { type Fold, fold } from '../fold.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './weeks.template.json' with { type: 'json' };

type Shown = { week: string; color: string; days: string; what: string; who: string };
/** So many steps stand on the card, from the one that comes next; the others fold out. */
const AT_ONCE = 3;
/** The id of the element that is collapsed at first, in the template. */
const REST = 'rest';
const fillTemplate = template<{
  title: string;
  note: string;
  steps: Shown[];
  rest: Shown[];
  buttons: (Button | Fold)[];
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
  const all = words.steps.map((step) => shownStep(lang, step, steps, { next, today }));
  const at = words.steps.findIndex(({ id }) => id === next);
  // After the last step of the law the last ones are what one looks back at.
  const first = at === -1 ? Math.max(0, all.length - 2) : at;
  return fillTemplate(lang, title, {
    title,
    note: words.note,
    steps: all.slice(first, first + AT_ONCE),
    rest: [...all.slice(0, first), ...all.slice(first + AT_ONCE)],
    buttons: [
      fold(words.allSteps, REST),
      button(lang, 'absence.open', words.again, {}),
      button(lang, 'knowledge.subject', knowledge.subjects.absence.name, { subject: 'absence' }),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    source: sourceLine(lang, 'law.poortwachter'),
  });
}

type Step = ReturnType<typeof messagesFor>['absenceWeeks']['steps'][number];

function shownStep(
  lang: Lang,
  step: Step,
  steps: readonly DatedStep[],
  { next, today }: { readonly next: string | undefined; readonly today: string },
): Shown {
  const { absenceWeeks: words } = messagesFor(lang);
  const dated = steps.find(({ id }) => id === step.id);
  if (dated === undefined) throw new RangeError(`no days for step ${step.id}`);
  return {
    week: format(lang, words.week, { n: weeksOf(step) }),
    color: step.id === next ? 'Accent' : 'Default',
    days: daysOf(lang, step.when, dated, today),
    what: step.what,
    who: step.who,
  };
}

/** "6", or "50–52" where a step takes several weeks. */
export function weeksOf({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? `${from}` : `${from}–${to}`;
}

/** How the days of a step are said: most are last days, some a span. */
function daysOf(lang: Lang, when: string, { from, until }: DatedStep, today: string): string {
  const { absenceWeeks: words } = messagesFor(lang);
  const said = until < today ? words.passed : words.upcoming;
  const how = when in said ? (when as keyof typeof said) : 'on';
  const date = shortDay(lang, until);
  return format(lang, said[how], { date, from: shortDay(lang, from), until: shortDay(lang, until) });
}
