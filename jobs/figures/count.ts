import type { Agreement } from '../../bot/domain/agreement.js';
import { addDays, dayOf } from '../../bot/domain/calendar.js';
import type { Manager } from '../../bot/domain/manager.js';
import type { Member } from '../../bot/domain/member.js';
import { FIGURES, type Figure, STEP, type Tallies, type Tally } from '../../bot/store/figures.js';

/** An evaluation is on time until so many days after the day that was agreed on. */
const DAYS_OF_GRACE = 3;

/** Something of one month with one person, so many times. */
export type Happening = {
  readonly month: string;
  readonly figure: Figure;
  /** Entra object id. */
  readonly manager: string;
  /** One for each person: the Entra object id, or whose list it is and the id there for who was only typed. */
  readonly who: string;
  /** Whether `who` is known in Entra. */
  readonly known: boolean;
  readonly name: string;
  readonly times: number;
};

/**
 * What there is to count of an agreement, each thing in the month in which it was put on record: a month that is over
 * can get nothing more.
 */
export function happeningsOf(
  { person: manager }: Manager,
  agreement: Agreement,
  zone: string,
): readonly Happening[] {
  const { createdAt, items, evaluations } = agreement;
  const who = whoOf({
    manager,
    member: agreement.member,
    person: agreement.employee,
    name: agreement.memberName,
  });
  const made = monthOf(dayOf(createdAt, zone));
  return [
    { ...who, month: made, figure: 'conversations', times: 1 },
    { ...who, month: made, figure: 'agreements', times: items.length },
    ...evaluations.flatMap(({ day, planned }): Happening[] => {
      const held: Happening = { ...who, month: monthOf(day), figure: 'held', times: 1 };
      const onTime = planned !== undefined && day <= addDays(planned, DAYS_OF_GRACE);
      return [held, { ...held, figure: onTime ? 'onTime' : 'late' }];
    }),
  ];
}

/** The last coffee with somebody: only that day is kept, so the months before cannot be counted any more. */
export function coffeesOf({ person: manager }: Manager, member: Member): readonly Happening[] {
  if (member.lastDay === null) return [];
  const who = whoOf({ manager, member: member.id, person: member.person, name: member.name });
  return [{ ...who, month: monthOf(member.lastDay), figure: 'coffees', times: 1 }];
}

/** What happened in one month of one tenant, in numbers. */
export function tallied(happenings: readonly Happening[]): Tallies {
  const shares = Object.fromEntries(
    FIGURES.map((figure) => [figure, sharesOf(happenings.filter((one) => one.figure === figure))]),
  ) as Record<Figure, Map<string, Share>>;
  const { held, onTime, late } = shares;
  // What is late is what remains of what was held, also of somebody who counts for no more.
  for (const who of late.keys()) if (bounded(held.get(who)) === bounded(onTime.get(who))) late.delete(who);
  const tallies = Object.fromEntries(
    FIGURES.map((figure) => [figure, tallyOf([...shares[figure].values()])]),
  ) as Record<Figure, Tally>;
  return { ...tallies, late: { ...tallies.late, count: tallies.held.count - tallies.onTime.count } };
}

/** The month of a day, `YYYY-MM`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** What one person has to do with one number. */
type Share = {
  readonly known: boolean;
  readonly name: string;
  readonly managers: Set<string>;
  times: number;
};

function sharesOf(happenings: readonly Happening[]): Map<string, Share> {
  const shares = new Map<string, Share>();
  for (const { who, known, name, manager, times } of happenings) {
    const share = shares.get(who) ?? { known, name, managers: new Set(), times: 0 };
    share.managers.add(manager);
    share.times += times;
    shares.set(who, share);
  }
  return shares;
}

function bounded(share: Share | undefined): number {
  return Math.min(share?.times ?? 0, STEP);
}

/**
 * Somebody whose name was only typed may be anybody of that name: to be sure of how many people there are at least,
 * all of a name count as one.
 */
function tallyOf(shares: readonly Share[]): Tally {
  const known = shares.filter((share) => share.known);
  const names = new Set(known.map(({ name }) => name));
  const typed = new Set(
    shares.filter((share) => !share.known && !names.has(share.name)).map(({ name }) => name),
  );
  return {
    count: shares.reduce((sum, share) => sum + bounded(share), 0),
    managers: new Set(shares.flatMap(({ managers }) => [...managers])).size,
    people: known.length + typed.size,
  };
}

function whoOf({
  manager,
  member,
  person,
  name,
}: {
  readonly manager: string;
  readonly member: string;
  readonly person: string | null;
  readonly name: string;
}) {
  return {
    manager,
    who: person ?? `${manager}|${member}`,
    known: person !== null,
    name: name.trim().toLowerCase(),
  };
}
