import { addDays, type Day, dayOf, weekdayOf } from '../../bot/domain/calendar.js';
import { isNews, type ReminderKind } from '../../bot/domain/reminder-kinds.js';
import { scanTaskOf } from '../../bot/domain/reminders/scan-reminders.js';
import { type Item, readItem, type SentItems } from '../../bot/store/deliveries.js';
import type { DueReminder } from '../../bot/store/reminders.js';
import { MONTHLY_KINDS } from '../../cards/content/monthly-kinds.js';
import type { Message } from './compose.js';

/** What nobody agreed on with anybody: it may wait without breaking a promise. */
const SOFT: readonly ReminderKind[] = ['coffee', 'moment', 'contacts-unchecked', ...MONTHLY_KINDS];
/** What is deferred on a full day, too: it may as well come on the next. */
const DEFERRABLE: readonly ReminderKind[] = ['coffee', 'contacts-unchecked', ...MONTHLY_KINDS];
/** So many things of a day that were agreed on or have their day leave no room for coffee. */
const FULL_DAY = 4;
/** Digests in a week, unless something agreed is due. */
const MOST_A_WEEK = 3;

/**
 * So much news reaches somebody in a day from one person, or of one kind about one record: what others write themselves
 * stands in it, and must not be a way to pester a colleague in the bot's name. The rest comes on the next days.
 */
const MOST_NEWS_OF_ONE = 3;
/** So many agreements are shown to one person in a day, from whomever. */
const MOST_SHARED = 10;
const SHARED: readonly ReminderKind[] = ['agreement-shared', 'agreement-moved'];

/** The news beyond what somebody gets in a day, after what was sent to them already; the oldest goes first. */
export function overCap(
  messages: readonly Message[],
  sent: SentItems,
  { today, zone }: { readonly today: Day; readonly zone: string },
): ReadonlySet<Message> {
  const counts = new Map<string, number>();
  const countOf = (name: string) => counts.get(name) ?? 0;
  const count = (item: Item) => {
    for (const { name } of capsOf(item)) counts.set(name, countOf(name) + 1);
  };
  for (const [id, sentAt] of sent) {
    const item = readItem(id);
    if (item !== null && isNews(item.kind) && dayOf(sentAt, zone) === today) count(item);
  }
  const over = new Set<Message>();
  for (const message of messages) {
    const [row] = message.kind === 'news' ? message.rows : [];
    if (row === undefined) continue;
    if (capsOf(row.reminder).some(({ name, most }) => countOf(name) >= most)) over.add(message);
    else count(row.reminder);
  }
  return over;
}

function capsOf({
  kind,
  manager,
  subject,
}: Item): readonly { readonly name: string; readonly most: number }[] {
  // However many scans somebody starts: of one person so much in a day.
  if (kind === 'scan-news') return [{ name: `${kind}|${manager}`, most: MOST_NEWS_OF_ONE }];
  if (!SHARED.includes(kind)) return [{ name: `${kind}|${manager}|${subject}`, most: MOST_NEWS_OF_ONE }];
  return [
    { name: `shared|${manager}`, most: MOST_NEWS_OF_ONE },
    { name: 'shared', most: MOST_SHARED },
  ];
}

export function isSoft({ reminder }: DueReminder): boolean {
  // To look back was agreed on with a team; to answer is voluntary, and to ask again an idea.
  if (reminder.kind === 'scan-due') return scanTaskOf(reminder.occasion) !== 'evaluation';
  return SOFT.includes(reminder.kind);
}

/** The coffees and monthly thoughts that are deferred, because evaluations and moments fill the day: they come on the next. */
export function deferredToday(rows: readonly DueReminder[]): readonly DueReminder[] {
  const tasks = rows.filter(({ reminder }) => !isNews(reminder.kind));
  const deferrable = tasks.filter(({ reminder }) => DEFERRABLE.includes(reminder.kind));
  return tasks.length - deferrable.length < FULL_DAY ? [] : deferrable;
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
