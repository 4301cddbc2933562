import { type Day, dayOf, workingDayFrom } from './calendar.js';
import {
  type ChangeContext,
  type Changed,
  changedTo,
  type ReminderOutcome,
  type Standing,
  undeliveredAfter,
} from './changes.js';
import {
  dayAfterSkip,
  isCoffeeContact,
  refusedReminder,
  withCoffee,
  withNextDay,
  withoutCoffee,
  withoutRefusal,
  withRefusal,
  withRhythm,
  withSkip,
} from './coffee.js';
import type { Member } from './member.js';
import { coffeeReminder } from './reminders/planning.js';
import type { Rhythm } from './rhythm.js';

/** What happens to a place on a manager's list, as far as coffees go. */
export type CoffeeChange =
  /** The manager's, from a card that showed this version. */
  | (FromCard &
      (
        | { readonly what: 'recorded' }
        /** It was said to be had by mistake: back to how it was. */
        | ({ readonly what: 'undone' } & CoffeeBefore)
        /** `planned`: the day that the card showed, which says what skipping it comes to; none on old cards. */
        | { readonly what: 'skipped'; readonly planned: Day | undefined }
        /** To the first working day from `day` on. */
        | { readonly what: 'moved'; readonly day: Day }
        | { readonly what: 'rhythm'; readonly rhythm: Rhythm }
        | { readonly what: 'stopped' }
      ))
  /** The employee's own: they want no fixed coffees (GDPR art. 21), or have nothing against them any more. */
  | { readonly what: 'refused' | 'allowed' }
  /** Whose place it is, by the manager's word: an Entra object id. */
  | { readonly what: 'linked'; readonly account: string }
  /** The manager's other name for the same person. */
  | { readonly what: 'renamed'; readonly name: string }
  /** Two places of one person become this one: it takes over what only the other had. */
  | { readonly what: 'merged'; readonly other: Member }
  | ReminderOutcome;
type FromCard = { readonly version: number };
/** How a coffee was kept before it was recorded. */
export type CoffeeBefore = { readonly lastDay: Day | null; readonly nextDay: Day; readonly coffees: number };

/** What a change comes to. Whether it may still happen is not decided here: see `coffeeStanding`. */
export function changeCoffee(member: Member, change: CoffeeChange, at: ChangeContext): Changed<Member> {
  const { manager, now, slot } = at;
  const today = dayOf(now, slot.zone);
  const planned = (record: Member) => changedTo(record, coffeeReminder(manager, record, slot));
  switch (change.what) {
    case 'refused': {
      const record = withRefusal(member, now);
      return changedTo(record, refusedReminder(manager, record, { now, slot }));
    }
    case 'allowed':
      return changedTo(withoutRefusal(member));
    case 'linked':
      return changedTo({ ...member, person: change.account });
    case 'renamed':
      return changedTo({ ...member, name: change.name });
    case 'merged': {
      const record = withOther(member, change.other);
      return changedTo(record, coffeeReminder(manager, record, slot));
    }
    case 'reminded': {
      const { undeliveredOccasion } = undeliveredAfter(member, change);
      return changedTo({ ...member, undeliveredOccasion });
    }
    case 'stopped':
      return changedTo(withoutCoffee(member));
    default:
  }
  // Nothing is left to change of a coffee that is not kept: it stands as overtaken.
  if (!isCoffeeContact(member)) return changedTo(member);
  switch (change.what) {
    case 'recorded':
      return planned(withCoffee(member, today, slot));
    case 'undone': {
      const { lastDay, nextDay, coffees } = change;
      const record = { ...member, lastDay, nextDay, coffees, version: member.version + 1 };
      // Of a day that has come the reminder has been there already.
      return nextDay > today ? planned(record) : changedTo(record);
    }
    case 'skipped':
      return planned(withSkip(member, today, slot));
    case 'moved':
      return planned(withNextDay(member, workingDayFrom(change.day, slot)));
    case 'rhythm':
      return planned(withRhythm(member, change.rhythm, { today, slot }));
  }
}

export function coffeeStanding(member: Member, change: CoffeeChange, { now, slot }: ChangeContext): Standing {
  const today = dayOf(now, slot.zone);
  switch (change.what) {
    case 'refused':
    case 'allowed': {
      const isRefused = member.coffeeRefusedAt !== null && !isCoffeeContact(member);
      return isRefused === (change.what === 'refused') ? 'done' : 'open';
    }
    case 'linked':
      if (member.person === null) return 'open';
      return member.person === change.account ? 'done' : 'overtaken';
    case 'renamed':
      return member.name === change.name ? 'done' : 'open';
    case 'merged': {
      if (member.person !== null && change.other.person !== null && member.person !== change.other.person)
        return 'overtaken';
      return JSON.stringify(withOther(member, change.other)) === JSON.stringify(member) ? 'done' : 'open';
    }
    case 'reminded':
      // Recorded, moved or stopped meanwhile: nobody waits for that reminder any more.
      if (!change.arrived && member.nextDay !== change.occasion) return 'overtaken';
      return undeliveredAfter(member, change).isSame ? 'done' : 'open';
    default:
  }
  const open = isCoffeeContact(member) && member.version === change.version ? 'open' : 'overtaken';
  switch (change.what) {
    case 'recorded':
      return member.lastDay === today ? 'done' : open;
    case 'undone':
      return member.lastDay === change.lastDay && member.nextDay === change.nextDay ? 'done' : open;
    case 'skipped':
      if (open === 'open' || change.planned === undefined || !isCoffeeContact(member)) return open;
      return member.nextDay === dayAfterSkip(member, { planned: change.planned, today, slot })
        ? 'done'
        : 'overtaken';
    case 'moved':
      if (open === 'open') return open;
      return member.nextDay === workingDayFrom(change.day, slot) ? 'done' : 'overtaken';
    case 'rhythm':
      // Where the next day has passed without a coffee, the rhythm that is chosen again says when the next one is.
      return member.rhythm === change.rhythm && (member.nextDay ?? '') >= today ? 'done' : open;
    case 'stopped':
      return isCoffeeContact(member) ? open : 'done';
  }
}

/**
 * One place of the two. What somebody said against fixed coffees holds for both; a coffee that is kept of one is kept, and
 * where both have one that of the place that stays.
 */
function withOther(member: Member, other: Member): Member {
  const coffeeRefusedAt = member.coffeeRefusedAt ?? other.coffeeRefusedAt;
  const person = member.person ?? other.person;
  const days = [member.lastDay, other.lastDay].filter((day) => day !== null).sort();
  const lastDay = days.at(-1) ?? null;
  const coffees = Math.max(member.coffees, other.coffees);
  const kept = isCoffeeContact(member) ? member : other;
  const isKept = coffeeRefusedAt === null && isCoffeeContact(kept);
  const { rhythm, nextDay } = isKept ? kept : { rhythm: null, nextDay: null };
  const isSame = rhythm === member.rhythm && nextDay === member.nextDay && lastDay === member.lastDay;
  const version = isSame ? member.version : member.version + 1;
  return { ...member, person, coffeeRefusedAt, lastDay, coffees, rhythm, nextDay, version };
}
