import { absenceFormCard } from '../../../cards/absence/form.card.js';
import { weeksCard } from '../../../cards/absence/weeks.card.js';
import type { Lang } from '../../../cards/content/words.js';
import { wordsIn } from '../../../cards/content/words.js';
import { type Day, dayOf } from '../../calendar.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { datedSteps, daysThatMakeSense, makesSense } from './absence.rules.js';

export type Absence = VerbHandlers<'absence.open' | 'absence.weeks'>;

/** The weeks of the law from a first day. There is no store: the day is worked with and gone. */
export function createAbsence(zone: string): Absence {
  const form = (lang: Lang, today: Day, day: string, wrong: boolean): Reply =>
    show(absenceFormCard(lang, { day, wrong, ...daysThatMakeSense(today) }));
  return {
    'absence.open': async ({ lang, now }) => form(lang, dayOf(now, zone), '', false),
    'absence.weeks': async ({ lang, now, data: { day } }) => {
      const today = dayOf(now, zone);
      if (!makesSense(day, today)) return form(lang, today, day, true);
      const steps = datedSteps(wordsIn(lang).absenceWeeks.steps, day);
      return show(weeksCard(lang, { day, today, steps }));
    },
  };
}
