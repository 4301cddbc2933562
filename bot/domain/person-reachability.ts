import { addDays, type Day, dayOf, type Instant, type Slot, slotOn, workingDayFrom } from './calendar.js';
import { isReachable, newPerson, type Person, type Reference, sameReference } from './person.js';

/** What shows that somebody is there. */
export type Evidence = {
  /** When it happened by Teams' clock, not when it arrived: Teams delivers events late and out of order. */
  readonly occurredAt: Instant;
  /** The personal chat it came from; null where it came from another kind of chat, which is no address. */
  readonly reference: Reference | null;
  /** What Teams says of their language; null when it says nothing of use. */
  readonly locale: Person['locale'];
  /** Whether the app was installed just then, which a removal of before says nothing about. */
  readonly installed: boolean;
};

/**
 * The person as they are after showing that they are there: they can be written to again, at the newest address. The
 * very same object when there is nothing to write. Evidence from before they removed the app proves nothing.
 */
export function whenPresent(person: Person, evidence: Evidence): Person {
  if (person.removedAt !== null && evidence.occurredAt < person.removedAt) return person;
  const back = !isReachable(person);
  const record: Person = {
    ...person,
    ...(evidence.reference === null ? {} : addressed(person, evidence.reference)),
    locale: evidence.locale ?? person.locale,
    installedAt:
      back || evidence.installed ? later(person.installedAt, evidence.occurredAt) : person.installedAt,
    removedAt: null,
    refusedSince: null,
    refusedWhy: null,
    unreachableSince: null,
    unreachableWhy: null,
  };
  return sameRecord(person, record) ? person : record;
}

/**
 * The person as they are after removing the app; the very same object when there is nothing to write. What is about
 * themselves alone goes at once: choices, addresses. That they are away stays, so that others see it; what they agreed
 * on with somebody is not theirs alone. A removal from before the newest installation is an event that came late.
 */
export function whenRemoved(
  person: Person,
  { occurredAt, now }: { readonly occurredAt: Instant; readonly now: Instant },
): Person {
  const { installedAt, removedAt } = person;
  if (removedAt !== null || (installedAt !== null && occurredAt < installedAt)) return person;
  return {
    ...newPerson(person.tenant, person.person),
    removedAt: occurredAt,
    unreachableSince: person.unreachableSince ?? now,
    unreachableWhy: 'uninstalled',
  };
}

/**
 * The person as they are after Teams refused a message to them, 403 or 404, at every address that is known; the very
 * same object when there is nothing to write. One refusal is no state of theirs: Teams has been seen to answer so by
 * mistake, and for a day when an administrator changed a policy. They count as unreachable after the second day.
 */
export function whenRefused(
  person: Person,
  { why, now, zone }: { readonly why: string; readonly now: Instant; readonly zone: string },
): Person {
  const { refusedSince, unreachableSince } = person;
  if (unreachableSince !== null) {
    return person.unreachableWhy === why ? person : { ...person, unreachableWhy: why };
  }
  // One that lies ahead was noted by a clock that has been set back since.
  if (refusedSince === null || refusedSince > now) return { ...person, refusedSince: now, refusedWhy: why };
  if (dayOf(refusedSince, zone) === dayOf(now, zone)) {
    return person.refusedWhy === why ? person : { ...person, refusedWhy: why };
  }
  return { ...person, refusedWhy: why, unreachableSince: now, unreachableWhy: why };
}

/**
 * The person as they are after a message arrived at one of their addresses: reachable, and there; the very same
 * object when there is nothing to write, which is nearly always.
 */
export function whenDelivered(person: Person, reference: Reference): Person {
  // Removed while the message was on its way: the address went with that.
  if (person.removedAt !== null) return person;
  const record: Person = {
    ...person,
    reference,
    formerReference: null,
    refusedSince: null,
    refusedWhy: null,
    unreachableSince: null,
    unreachableWhy: null,
  };
  return sameRecord(person, record) ? person : record;
}

/** For so long whoever cannot be reached is tried again each working day; after that once a week. */
const DAILY_FOR_DAYS = 14;
const DAYS_IN_A_WEEK = 7;
/** More weeks than any retention period of people who cannot be reached. */
const MOST_WEEKS = 60;

/**
 * When to try again somebody who cannot be reached since an instant, the first time after `today`. The weekly days are
 * counted from that instant and not from today: whoever works it out, on whichever day, comes to the same.
 */
export function nextRetry(unreachableSince: Instant, today: Day, slot: Slot): Instant {
  const noted = dayOf(unreachableSince, slot.zone);
  const since = noted < today ? noted : today;
  const next = workingDayFrom(addDays(today, 1), slot);
  const dailyUntil = addDays(since, DAILY_FOR_DAYS);
  if (next <= dailyUntil) return slotOn(next, slot);
  const weekly = Array.from({ length: MOST_WEEKS }, (_, week) =>
    workingDayFrom(addDays(dailyUntil, (week + 1) * DAYS_IN_A_WEEK), slot),
  );
  return slotOn(weekly.find((day) => day > today) ?? next, slot);
}

/**
 * The newest address, with the one before it kept until something has been delivered to the newest: Teams names
 * service addresses of other regions at times, and one of those must not cost a reminder.
 */
function addressed(person: Person, reference: Reference): Pick<Person, 'reference' | 'formerReference'> {
  const { reference: current, formerReference: former } = person;
  if (sameReference(current, reference)) return { reference: current, formerReference: former };
  // Back at what was known to work: what came between was never proven.
  if (sameReference(former, reference)) return { reference, formerReference: null };
  return { reference, formerReference: former ?? current };
}

function later(one: Instant | null, other: Instant): Instant {
  return one !== null && one > other ? one : other;
}

function sameRecord(one: Person, other: Person): boolean {
  return (Object.keys(other) as (keyof Person)[]).every((name) =>
    name === 'reference' || name === 'formerReference'
      ? sameAddress(one[name], other[name])
      : one[name] === other[name],
  );
}

function sameAddress(one: Reference | null, other: Reference | null): boolean {
  return other === null ? one === null : sameReference(one, other);
}
