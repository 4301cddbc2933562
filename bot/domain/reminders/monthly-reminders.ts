import { MONTHLY_KINDS, type MonthlyKind } from '../../../cards/content/monthly-kinds.js';
import { type Day, dayOf, type Instant, plus, type Slot, slotOn } from '../calendar.js';
import type { Person } from '../person.js';
import type { NewReminder } from '../reminder.js';

/** Every month has so many days. */
const SHORTEST_MONTH = 28;
/** So far apart in a month are the two that somebody may get. */
const HALF_A_MONTH = 14;

/**
 * The next of everything that somebody wants to hear once a month. Each person has a day of the month of their own,
 * by their id: were it the same for all, a million messages would leave in one morning.
 */
export function monthlyReminders(
  { tenant, person, monthly }: Pick<Person, 'tenant' | 'person' | 'monthly'>,
  slot: Slot,
  now: Instant,
): NewReminder[] {
  return (monthly ?? []).map((kind) => {
    const thisMonth = dayOf(now, slot.zone).slice(0, 7);
    const nextMonth = plus(`${thisMonth}-01`, { months: 1 }).slice(0, 7);
    const dueIn = (month: string) => slotOn(dayIn(month, kind, person), slot);
    const month = dueIn(thisMonth) > now ? thisMonth : nextMonth;
    const due = dueIn(month);
    return { kind, tenant, person, manager: person, subject: kind, occasion: month, due, round: 0 };
  });
}

export function isMonthly(kind: string): kind is MonthlyKind {
  return MONTHLY_KINDS.some((one) => one === kind);
}

function dayIn(month: string, kind: MonthlyKind, person: string): Day {
  const of = [...person].reduce(
    (sum, digit) => sum + digit.charCodeAt(0),
    MONTHLY_KINDS.indexOf(kind) * HALF_A_MONTH,
  );
  return `${month}-${String((of % SHORTEST_MONTH) + 1).padStart(2, '0')}`;
}
