import { absenceFormCard } from '../../../cards/absence/form.card.js';
import { weekCard } from '../../../cards/absence/week.card.js';
import { weeksCard } from '../../../cards/absence/weeks.card.js';
import type { Lang } from '../../../cards/content/words.js';
import { messagesFor } from '../../../cards/content/words.js';
import type { Day } from '../../domain/calendar.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { Turn } from '../../turn.js';
import { datedSteps, daysThatMakeSense, makesSense } from './absence.rules.js';

export type Absence = VerbHandlers<'absence.open' | 'absence.week' | 'absence.weeks'>;

/**
 * The weeks of the law from a first day. There is no store: the day is worked with and gone. `today` is the person's own
 * day, and never rejects: an outage of the tables is no reason to keep the law from anybody.
 */
export function createAbsence(today: (turn: Turn) => Promise<Day>): Absence {
  const form = (lang: Lang, now: Day, day: string, wrong: boolean): Reply =>
    show(absenceFormCard(lang, { day, wrong, ...daysThatMakeSense(now) }));
  return {
    'absence.open': async (turn) => form(turn.lang, await today(turn), '', false),
    'absence.week': async ({ lang, data }) => show(weekCard(lang, data.week)),
    'absence.weeks': async (turn) => {
      const { lang, data } = turn;
      const now = await today(turn);
      if (!makesSense(data.day, now)) return form(lang, now, data.day, true);
      const steps = datedSteps(messagesFor(lang).absenceWeeks.steps, data.day);
      return show(weeksCard(lang, { day: data.day, today: now, steps }));
    },
  };
}
