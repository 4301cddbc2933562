import { oneLine } from '../../../cards/plain.js';
import {
  addDays,
  addRhythm,
  DAYS_IN_A_YEAR,
  type Day,
  isDay,
  type Slot,
  workingDayFrom,
} from '../../calendar.js';
import type { Drinker } from '../../planning.js';
import type { Member, Rhythm } from '../../store/managers.js';

/** Who is on the coffee list, longest unseen first: who was never had a coffee with comes before all others. */
export function coffeeList(members: readonly Member[]): readonly Drinker[] {
  const unseen = ({ lastDay, nextDay }: Drinker) => `${lastDay ?? ''}|${nextDay}`;
  return members.filter(isDrinker).sort((one, other) => unseen(one).localeCompare(unseen(other)));
}

export function isDrinker(member: Member): member is Drinker {
  return member.rhythm !== null && member.nextDay !== null;
}

/** Somebody new on the coffee list: the first coffee is due after one rhythm, at most a fortnight from now. */
export function withRhythm(member: Member, rhythm: Rhythm, today: Day, slot: Slot): Drinker {
  const from = member.lastDay ?? today;
  const next = addRhythm(from, rhythm);
  const soon = addDays(today, FIRST_WITHIN_DAYS);
  const wanted = member.lastDay === null && next > soon ? soon : next;
  const nextDay = workingDayFrom(wanted > today ? wanted : addDays(today, 1), slot);
  return { ...member, rhythm, nextDay, version: member.version + 1 };
}

/** After a coffee today: the next is one rhythm away. Pressing twice on one day changes nothing. */
export function had(member: Drinker, today: Day, slot: Slot): Drinker {
  if (member.lastDay === today) return member;
  const nextDay = workingDayFrom(addRhythm(today, member.rhythm), slot);
  return { ...member, lastDay: today, nextDay, coffees: member.coffees + 1, version: member.version + 1 };
}

/** Not this time: the next is one rhythm after the day that was planned, and never in the past. */
export function skipped(member: Drinker, today: Day, slot: Slot): Drinker {
  const from = member.nextDay > today ? member.nextDay : today;
  return onDay(member, workingDayFrom(addRhythm(from, member.rhythm), slot));
}

export function onDay(member: Drinker, day: Day): Drinker {
  return { ...member, nextDay: day, version: member.version + 1 };
}

/** Off the coffee list; days that were kept for it go with it. */
export function stopped(member: Member): Member {
  return { ...member, rhythm: null, lastDay: null, nextDay: null, version: member.version + 1 };
}

/** Whether a day may be the next one: from tomorrow on, within a year. */
export function mayBeNext(day: string, today: Day): boolean {
  return isDay(day) && day > today && day <= addDays(today, DAYS_IN_A_YEAR);
}

/** The names that were typed, one on each line or with commas, each once. */
export function namesIn(typed: string): readonly string[] {
  const seen = new Map<string, string>();
  for (const name of typed.split(/[\n,;]/).map(oneLine)) {
    if (name !== '' && !seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name);
  }
  return [...seen.values()];
}

const FIRST_WITHIN_DAYS = 14;
