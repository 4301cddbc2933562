import { MOMENT_PLANS, type TipPlan } from '../../../cards/content/moment-kinds.js';
import { type At, type Day, plus, slotOn } from '../calendar.js';
import type { Manager } from '../manager.js';
import type { Moment } from '../moment.js';
import type { NewReminder } from '../reminder.js';

/** A tip of a moment on its day. */
export type MomentTip = { readonly id: string; readonly day: Day };

/** No moment has more: a guard for an extra attention of years. */
const MOST_BETWEEN = 60;

/** Every tip of a moment with its day, in order; those that have passed among them. */
export function tipsOf({ kind, from, until, contact }: Moment): readonly MomentTip[] {
  return MOMENT_PLANS[kind].nudges
    .filter((tip) => tip.ifContact !== true || contact)
    .flatMap((tip) => daysOf(tip, from, until).map((day) => ({ id: tip.id, day })))
    .sort((one, other) => one.day.localeCompare(other.day));
}

/** The last day that a moment is of use: that of its last tip, or its own. */
export function lastDayOf(moment: Moment): Day {
  return tipsOf(moment).at(-1)?.day ?? moment.until ?? moment.from;
}

function daysOf(tip: TipPlan, from: Day, until: Day | null): readonly Day[] {
  const { days = 0, weeks = 0, months = 0 } = tip;
  if (tip.of === 'from') return [plus(from, { days, weeks, months })];
  if (until === null) return [];
  if (tip.of === 'until') return [plus(until, { days, weeks, months })];
  const found: Day[] = [];
  for (let times = 1; times <= MOST_BETWEEN; times += 1) {
    // Counted from the first day each time, so that short months do not wear the day down.
    const day = plus(from, { days: days * times, weeks: weeks * times, months: months * times });
    if (day >= until) break;
    found.push(day);
  }
  return found;
}

/**
 * Reminders of a moment that are still to come after an instant. A pause puts off what would come during it, and does not
 * bring back what lies before it.
 */
export function momentReminders(manager: Manager, moment: Moment, { slot, now }: At): NewReminder[] {
  if (moment.status !== 'open') return [];
  const unpaused = { ...slot, notBefore: null };
  return tipsOf(moment)
    .filter(({ day }) => slotOn(day, unpaused) > now)
    .map(
      ({ id, day }): NewReminder => ({
        kind: 'moment',
        tenant: manager.tenant,
        person: manager.person,
        manager: manager.person,
        subject: moment.id,
        occasion: occasionOf({ id, day }),
        due: slotOn(day, slot),
        round: 0,
      }),
    );
}

export function occasionOf({ id, day }: MomentTip): string {
  return `${id}|${day}`;
}

/** The tip that a reminder was about, or null when the moment was moved, ended or deleted meanwhile. */
export function wantedTip(occasion: string, moment: Moment | null): MomentTip | null {
  if (moment === null || moment.status !== 'open') return null;
  return tipsOf(moment).find((tip) => occasionOf(tip) === occasion) ?? null;
}

/** A moment as a card shows it: with the day of its next tip, null when none is left. */
export function momentViewOf(moment: Moment, today: Day): Moment & { readonly nextDay: Day | null } {
  return { ...moment, nextDay: tipsOf(moment).find(({ day }) => day >= today)?.day ?? null };
}

/** The tip that fits today best: the last that has come, or the first that will. */
export function currentTips(moment: Moment, today: Day): readonly string[] {
  const tips = tipsOf(moment);
  const current = tips.filter(({ day }) => day <= today).at(-1) ?? tips[0];
  return current === undefined ? [] : [current.id];
}
