import type { Agreement } from '../../bot/domain/agreement.js';
import { addDays, dayOf, plus } from '../../bot/domain/calendar.js';
import type { ManagerRecords } from '../../bot/domain/manager.js';
import type { Member } from '../../bot/domain/member.js';
import type { Moment } from '../../bot/domain/moment.js';
import type { Person } from '../../bot/domain/person.js';
import { lastDayOf } from '../../bot/domain/reminders/moment-reminders.js';
import type { RetentionPeriods } from '../../bot/domain/retention-periods.js';

/** Days count in UTC here: a term of months is not a matter of hours. */
const ZONE = 'UTC';

/** From which day on nothing may be kept that has the term behind it. */
function closedBefore(now: string, { closedAgreementMonths }: RetentionPeriods): string {
  return plus(dayOf(now, ZONE), { months: -closedAgreementMonths });
}

/** A closed agreement after its term. An open one never is: it closes first, told to both. */
export function isExpiredAgreement(
  { status, changedAt }: Agreement,
  terms: RetentionPeriods,
  now: string,
): boolean {
  return status === 'closed' && dayOf(changedAt, ZONE) <= closedBefore(now, terms);
}

/** A moment whose last nudge, or whose end before that, lies a term behind. */
export function isExpiredMoment(
  moment: Moment,
  { passedMomentDays }: RetentionPeriods,
  now: string,
): boolean {
  const passed = moment.status === 'open' ? lastDayOf(moment) : dayOf(moment.changedAt, ZONE);
  return addDays(passed, passedMomentDays) <= dayOf(now, ZONE);
}

/**
 * Names on a list that nothing needs any more: no coffee, no agreement and no moment, and no wish of theirs to have no
 * coffee, which is kept as long as an agreement that is closed: without it the manager would put them on the list again.
 */
export function needlessMembers(
  { members, agreements, moments }: Pick<ManagerRecords, 'members' | 'agreements' | 'moments'>,
  terms: RetentionPeriods,
  now: string,
): readonly Member[] {
  const needed = new Set([...agreements, ...moments].map(({ member }) => member));
  return members.filter((one) => one.rhythm === null && !needed.has(one.id) && !isWish(one, terms, now));
}

/** Whether somebody said that they want no fixed coffees, and not so long ago that it has its term behind it. */
export function isWish({ coffeeRefusedAt }: Member, terms: RetentionPeriods, now: string): boolean {
  return coffeeRefusedAt !== null && dayOf(coffeeRefusedAt, ZONE) > closedBefore(now, terms);
}

/** Somebody who could not be reached for so long that what waits for them is of no use any more. */
export function isForgotten(
  { unreachableSince }: Pick<Person, 'unreachableSince'>,
  { unreachableDays }: RetentionPeriods,
  now: string,
): boolean {
  return (
    unreachableSince !== null && addDays(dayOf(unreachableSince, ZONE), unreachableDays) <= dayOf(now, ZONE)
  );
}
