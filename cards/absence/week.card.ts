import { type Button, button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './week.template.json' with { type: 'json' };
import { weeksOf } from './weeks.card.js';

type Row = { week: string; what: string; who: string };
const fillTemplate = template<{
  title: string;
  none: string;
  rows: Row[];
  buttons: Button[];
  source: string;
}>(json);

/** What the law asks in one week of an absence, and what came before it and comes after it. */
export function weekCard(lang: Lang, week: number): Card {
  const { absenceWeeks: words, knowledge, menu } = messagesFor(lang);
  const title = format(lang, words.weekTitle, { n: week });
  const now = words.steps.filter(({ from, to }) => from <= week && week <= to);
  const before = words.steps.findLast(({ to }) => to < week);
  const next = words.steps.find(({ from }) => from > week);
  const row = (text: string, step: (typeof words.steps)[number]): Row => ({
    week: format(lang, text, { n: weeksOf(step) }),
    what: step.what,
    who: step.who,
  });
  const none = next === undefined ? words.weekAfter : words.weekNone;
  const first = now[0]?.what ?? none;
  return fillTemplate(lang, `${title}: ${first}`, {
    title,
    none: now.length === 0 ? none : '',
    rows: [
      ...now.map((step) => row(words.weekNow, step)),
      ...(now.length > 0 || before === undefined ? [] : [row(words.weekBefore, before)]),
      ...(next === undefined ? [] : [row(words.weekNext, next)]),
    ],
    buttons: [
      ...(next === undefined
        ? []
        : [button(lang, 'absence.week', format(lang, words.weekGo, { n: next.from }), { week: next.from })]),
      button(lang, 'absence.open', knowledge.deeds['absence-weeks'], {}),
      button(lang, 'knowledge.piece', words.allSteps, { piece: 'absence-poortwachter' }),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    source: sourceLine(lang, 'law.poortwachter'),
  });
}
