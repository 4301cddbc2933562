import {
  type At,
  addDays,
  addRhythm,
  DAYS_IN_A_YEAR,
  type Day,
  type Instant,
  isDay,
  newsMoment,
  type Slot,
  workingDayFrom,
} from './calendar.js';
import type { Manager } from './manager.js';
import type { Member } from './member.js';
import { type NewReminder, newReminder, type Reminder } from './reminder.js';
import type { Rhythm } from './rhythm.js';

/** Somebody on the coffee list: with a rhythm and a next day. */
export type CoffeeContact = Member & { readonly rhythm: Rhythm; readonly nextDay: Day };

const FIRST_WITHIN_DAYS = 14;

/** Whether a place is on the coffee list. */
export function isCoffeeContact(member: Member): member is CoffeeContact {
  return member.rhythm !== null && member.nextDay !== null;
}

/** Whether anything of coffees is kept of a place: that it is on the coffee list, or when the last one was. */
export function hasCoffee({ rhythm, lastDay, nextDay }: Member): boolean {
  return rhythm !== null || lastDay !== null || nextDay !== null;
}

/** Who is on the coffee list, longest unseen first: with whom there was never a coffee comes before all others. */
export function coffeeList(members: readonly Member[]): readonly CoffeeContact[] {
  const unseen = ({ lastDay, nextDay }: CoffeeContact) => `${lastDay ?? ''}|${nextDay}`;
  return members.filter(isCoffeeContact).sort((one, other) => unseen(one).localeCompare(unseen(other)));
}

/** Somebody on the coffee list from now on, or in another rhythm: the first coffee is at most a fortnight from now. */
export function withRhythm(
  member: Member,
  rhythm: Rhythm,
  { today, slot }: { readonly today: Day; readonly slot: Slot },
): CoffeeContact {
  const from = member.lastDay ?? today;
  const next = addRhythm(from, rhythm);
  const soon = addDays(today, FIRST_WITHIN_DAYS);
  const wanted = member.lastDay === null && next > soon ? soon : next;
  const nextDay = workingDayFrom(wanted > today ? wanted : addDays(today, 1), slot);
  return { ...member, rhythm, nextDay, version: member.version + 1 };
}

/** The person's day and slot, who is on the list already, and over how many days a first coffee may be spread. */
export type FirstDays = {
  readonly today: Day;
  readonly slot: Slot;
  readonly list: readonly Member[];
  readonly over: number;
};

/**
 * The same for somebody with whom there was no coffee yet, on the quietest of the last days up to the one that the
 * rhythm says: people who are put on the list together do not all come on one day.
 */
export function withFirstDay(
  member: Member,
  rhythm: Rhythm,
  { today, slot, list, over }: FirstDays,
): CoffeeContact {
  const contact = withRhythm(member, rhythm, { today, slot });
  if (member.lastDay !== null) return contact;
  const busy = (day: Day) => list.filter(({ nextDay }) => nextDay === day).length;
  const quietest = workingDaysUpTo(contact.nextDay, { today, slot, most: over }).reduce((one, other) =>
    busy(other) < busy(one) ? other : one,
  );
  return { ...contact, nextDay: quietest };
}

/** The last so many working days up to `day`, the latest first; `day` alone where there are no others after today. */
function workingDaysUpTo(
  day: Day,
  { today, slot, most }: { readonly today: Day; readonly slot: Slot; readonly most: number },
): readonly Day[] {
  const days: Day[] = [day];
  for (let one = addDays(day, -1); days.length < most && one > today; one = addDays(one, -1)) {
    if (workingDayFrom(one, slot) === one) days.push(one);
  }
  return days;
}

/** Somebody on the coffee list in this rhythm; as they are where they are on it so. */
export function onCoffeeList(member: Member, rhythm: Rhythm, days: FirstDays): CoffeeContact {
  if (!isCoffeeContact(member)) return withFirstDay(member, rhythm, days);
  return member.rhythm === rhythm
    ? member
    : withRhythm(member, rhythm, { today: days.today, slot: days.slot });
}

/** After a coffee today: the next is one rhythm away. A second one on the same day changes nothing. */
export function withCoffee(contact: CoffeeContact, today: Day, slot: Slot): CoffeeContact {
  if (contact.lastDay === today) return contact;
  const nextDay = workingDayFrom(addRhythm(today, contact.rhythm), slot);
  return { ...contact, lastDay: today, nextDay, coffees: contact.coffees + 1, version: contact.version + 1 };
}

/** Not this time: the next is one rhythm after the day that was planned, and never in the past. */
export function withSkip(contact: CoffeeContact, today: Day, slot: Slot): CoffeeContact {
  return withNextDay(contact, dayAfterSkip(contact, { planned: contact.nextDay, today, slot }));
}

/** The next day after the one of `planned` is skipped. */
export function dayAfterSkip(
  { rhythm }: CoffeeContact,
  { planned, today, slot }: { readonly planned: Day; readonly today: Day; readonly slot: Slot },
): Day {
  return workingDayFrom(addRhythm(planned > today ? planned : today, rhythm), slot);
}

export function withNextDay(contact: CoffeeContact, day: Day): CoffeeContact {
  return { ...contact, nextDay: day, version: contact.version + 1 };
}

/** Off the coffee list; days that were kept for it go with it. */
export function withoutCoffee(member: Member): Member {
  return { ...member, rhythm: null, lastDay: null, nextDay: null, version: member.version + 1 };
}

/** Whether a day may be the next one: from tomorrow on, within a year. */
export function mayBeNextDay(day: string, today: Day): boolean {
  return isDay(day) && day > today && day <= addDays(today, DAYS_IN_A_YEAR);
}

/**
 * Off the list by the employee's own word (GDPR art. 21), which is honoured at once: nothing of a chat over coffee
 * outweighs it. It stays so until they take it back.
 */
export function withRefusal(member: Member, now: Instant): Member {
  return { ...withoutCoffee(member), coffeeRefusedAt: now };
}

/** The employee has nothing against coffees any more; the manager may put them on the list again. */
export function withoutRefusal(member: Member): Member {
  return { ...member, coffeeRefusedAt: null, version: member.version + 1 };
}

/** Tells the manager, without blame, that an employee wants no fixed coffees; null for who did not say so. */
export function refusedReminder(
  manager: Manager,
  { id, coffeeRefusedAt }: Member,
  { now, slot }: At,
): NewReminder | null {
  if (coffeeRefusedAt === null) return null;
  return newReminder({
    kind: 'coffee-refused',
    manager,
    person: manager.person,
    subject: id,
    occasion: coffeeRefusedAt,
    due: newsMoment(now, slot),
  });
}

/** Whether that is news still: not taken back meanwhile. */
export function refusalStillWanted(
  { occasion }: Pick<Reminder, 'occasion'>,
  member: Member | null,
): member is Member {
  return member?.coffeeRefusedAt === occasion;
}
