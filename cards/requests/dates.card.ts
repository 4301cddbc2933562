import { button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import type { MomentProblems } from '../moments/form.card.js';
import type { MomentDays } from '../moments/moment-view.js';
import { type Card, template } from '../render.js';
import json from './dates.template.json' with { type: 'json' };
import { type OwnRecord, whereOf } from './own.card.js';

export type AskDatesData = OwnRecord & {
  readonly kind: MomentDays['kind'];
  /** As typed, or as they are recorded. */
  readonly from: string;
  readonly until: string;
  readonly problems: MomentProblems;
  /** The last day to answer, were it asked today. */
  readonly by: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** To the employee: which dates a moment about them should have. Only days, so that nothing else can be told. */
export function askDatesCard(lang: Lang, data: AskDatesData): Card {
  const { requests: words, moments } = messagesFor(lang);
  const { kind, problems } = data;
  const where = whereOf(data);
  return fillTemplate(lang, words.datesTitle, {
    title: words.datesTitle,
    text: format(lang, words.datesText, { by: longDay(lang, data.by) }),
    fromLabel: moments.fromOf[kind],
    from: data.from,
    fromMissing: moments.fromWrong,
    fromProblem: problems.from === undefined ? '' : moments.fromWrong,
    hasUntil: kind === 'leave' || kind === 'extra',
    untilLabel: kind === 'extra' ? moments.untilOf.extra : moments.untilOf.leave,
    until: data.until,
    untilProblem: problems.until === undefined ? '' : moments.untilWrong,
    buttons: [
      button(lang, 'own.send-dates', words.send, where),
      button(lang, 'own.moment', words.cancel, where, { withoutInputs: true }),
    ],
  });
}
