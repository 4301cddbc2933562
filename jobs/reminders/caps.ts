import { addDays, type Day, dayOf, weekdayOf } from '../../bot/calendar.js';
import { readItem, type SentItems } from '../../bot/store/nudges.js';
import type { ReminderKind } from '../../bot/store/reminders.js';
import { MONTHLY_KINDS } from '../../cards/content/monthly-kinds.js';
import { isNews } from './compose.js';
import type { DueReminder } from './due.js';

/** What nobody agreed on with anybody: it may wait without breaking a promise. */
const SOFT: readonly ReminderKind[] = ['coffee', 'moment', 'contacts-unchecked', ...MONTHLY_KINDS];
/** What steps back on a full day, too: it may as well come on the next. */
const STEPS_BACK: readonly ReminderKind[] = ['coffee', 'contacts-unchecked', ...MONTHLY_KINDS];
/** So many things of a day that were agreed on or have their day leave no room for coffee. */
const FULL_DAY = 4;
/** Digests in a week, unless something agreed is due. */
const MOST_A_WEEK = 3;

export function isSoft({ reminder }: DueReminder): boolean {
  return SOFT.includes(reminder.kind);
}

/** The coffees and monthly thoughts that step back, because evaluations and moments fill the day: they come on the next. */
export function steppingBack(rows: readonly DueReminder[]): readonly DueReminder[] {
  const tasks = rows.filter(({ reminder }) => !isNews(reminder.kind));
  const mayStepBack = tasks.filter(({ reminder }) => STEPS_BACK.includes(reminder.kind));
  return tasks.length - mayStepBack.length < FULL_DAY ? [] : mayStepBack;
}

/** Whether somebody had as many digests this week, Monday to today, as one gets without a promise behind it. */
export function weekIsFull(sent: SentItems, today: Day, zone: string): boolean {
  const monday = addDays(today, 1 - weekdayOf(today));
  const days = new Set<Day>();
  for (const [id, sentAt] of sent) {
    const item = readItem(id);
    const day = dayOf(sentAt, zone);
    if (item !== null && !isNews(item.kind) && day >= monday && day <= today) days.add(day);
  }
  return days.size >= MOST_A_WEEK;
}
