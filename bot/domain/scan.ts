import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  addDays,
  addWorkingDays,
  DAYS_IN_A_YEAR,
  type Day,
  dayOf,
  plus,
  type Slot,
  workingDayFrom,
} from './calendar.js';
import { LEAST_ANSWERS, outcomeOf, outcomeSchema } from './scan-outcome.js';
import type { Tally } from './scan-tally.js';

/** More people than this are several teams, and their box would outgrow its row. */
export const MOST_ASKED = 250;
/** A scan stays open for ten working days unless its maker chose another day. */
const USUAL_WORKING_DAYS = 10;
const MOST_DAYS_OPEN = 60;
/** Who has not answered is reminded so many working days before the end. */
const REMIND_BEFORE = 2;
/** The same team may be asked again after half a year. */
const AGAIN_AFTER_MONTHS = 6;
/** A closed scan is kept for so long. */
const KEPT_MONTHS = 24;
/** More at the same time is a questionnaire of its own, and pesters people. */
export const MOST_OPEN = 5;

const MEASURE_OUTCOMES = ['works', 'adjust', 'stop'] as const;
const measureSchema = z.object({
  id: z.string(),
  what: z.string(),
  who: z.string(),
  /** The day by which it is done; null when none was named. */
  by: z.string().nullable(),
  outcome: z.enum(MEASURE_OUTCOMES).nullable().default(null),
});
/** What a team agreed on, and how it worked the last time that they looked back. */
export type TeamMeasure = z.infer<typeof measureSchema>;
export type MeasureOutcome = (typeof MEASURE_OUTCOMES)[number];

/** `few`: fewer than five people answered. `unreadable`: the box could not be opened any more. */
const DROPPED_WHY = ['few', 'unreadable'] as const;

export const scanSchema = z.object({
  tenant: z.string(),
  /** Its code too: what the people of a team type. */
  id: z.string(),
  /** The id that its form had, by which the same press that comes again finds it. */
  form: z.string(),
  /** Who started it, Entra object id, and the name that people know. */
  manager: z.string(),
  managerName: z.string(),
  name: z.string(),
  /** Who may answer: Entra object ids in the order of the alphabet. */
  asked: z.array(z.string()),
  /** The last day to answer. */
  lastDay: z.string(),
  /** `dropped`: closed with too few answers. */
  status: z.enum(['open', 'closed', 'dropped']),
  outcome: outcomeSchema.nullable().default(null),
  /** The scan of half a year ago that this one repeats. */
  before: z.string().nullable().default(null),
  measures: z.array(measureSchema).default([]),
  /** When the team looks back on its measures; null when there is nothing to look back on. */
  nextDay: z.string().nullable().default(null),
  startedAt: z.string(),
  closedAt: z.string().nullable().default(null),
  /** Whoever closed it by hand saw how it ended; after the night its maker has yet to hear. */
  closedBy: z.enum(['hand', 'night']).nullable().default(null),
  /** Why there is no outcome; null where there is one, and of a scan that was dropped before this was kept. */
  droppedWhy: z.enum(DROPPED_WHY).nullable().default(null),
  changedAt: z.string(),
  version: z.number().int(),
});
/** A scan as everybody who was asked may know it. Nobody's answer is in it, nor whether somebody has answered. */
export type Scan = z.infer<typeof scanSchema>;

export const scanEntrySchema = z.object({
  id: z.string(),
  name: z.string(),
  lastDay: z.string(),
  status: z.enum(['open', 'closed', 'dropped']),
  nextDay: z.string().nullable().default(null),
});
/** What a manager's own list has of a scan: enough to find it and to see what is open. */
export type ScanEntry = z.infer<typeof scanEntrySchema>;

/** Consonants alone, so that no code is a word. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const CODE_LENGTH = 5;
const CODE = new RegExp(`^[${LETTERS}]{${CODE_LENGTH}}$`);

/** The code that follows from the id of a form: the same each time, another one for each try when one is taken. */
export function scanCode(tenant: string, form: string, attempt: number): string {
  const bytes = createHash('sha256').update(`${tenant}|${form}|${attempt}`).digest();
  return Array.from(bytes.subarray(0, CODE_LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** A code as it was typed, in capitals; null for what is none. */
export function readScanCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  return CODE.test(code) ? code : null;
}

export function entryOf({ id, name, lastDay, status, nextDay }: Scan): ScanEntry {
  return { id, name, lastDay, status, nextDay };
}

/** What there is to do with it: people can still answer, or the team looks back on a day. */
export function isRunning({ status, nextDay }: Pick<Scan, 'status' | 'nextDay'>): boolean {
  return status === 'open' || nextDay !== null;
}

export function usualLastDay(today: Day, slot: Slot): Day {
  return addWorkingDays(today, USUAL_WORKING_DAYS, slot);
}

/** Whether people can answer up to and including a day: from tomorrow on, and no longer than two months. */
export function isLastDay(day: Day, today: Day): boolean {
  return day > today && day <= addDays(today, MOST_DAYS_OPEN);
}

/** The working day on which who has not answered is reminded; null when that is no later than the day it began. */
export function reminderDay(
  { lastDay, startedAt }: Pick<Scan, 'lastDay' | 'startedAt'>,
  slot: Slot,
): Day | null {
  const began = dayOf(startedAt, slot.zone);
  for (let day = addDays(lastDay, -1); day > began; day = addDays(day, -1)) {
    const isWorkingDay = workingDayFrom(day, slot) === day;
    if (isWorkingDay && addWorkingDays(day, REMIND_BEFORE, slot) <= lastDay) return day;
  }
  return null;
}

export type NewScan = Pick<
  Scan,
  'tenant' | 'id' | 'form' | 'manager' | 'managerName' | 'name' | 'asked' | 'lastDay' | 'before'
>;

/** Who starts a scan does not answer it: whoever knows one answer can take it away from the rest. */
export function startScan(what: NewScan, now: string): Scan {
  return {
    ...what,
    asked: askedOf(what.asked, what.manager),
    status: 'open',
    outcome: null,
    measures: [],
    nextDay: null,
    startedAt: now,
    closedAt: null,
    closedBy: null,
    droppedWhy: null,
    changedAt: now,
    version: 1,
  };
}

function askedOf(people: readonly string[], manager: string): string[] {
  return [...new Set(people)].filter((person) => person !== manager).sort();
}

/**
 * Whether somebody may answer. `own`: they started it. `not-asked`: they were not chosen and did not type the code.
 */
export type MayAnswer = 'yes' | 'own' | 'not-asked' | 'over';

export function mayAnswer(scan: Scan, person: string, today: Day): MayAnswer {
  if (person === scan.manager) return 'own';
  if (!scan.asked.includes(person)) return 'not-asked';
  return isOpenOn(scan, today) ? 'yes' : 'over';
}

export function isOpenOn({ status, lastDay }: Pick<Scan, 'status' | 'lastDay'>, today: Day): boolean {
  return status === 'open' && today <= lastDay;
}

/** Whom a scan concerns: who started it, and everybody who was asked. Nobody else may know of it. */
export function concernsPerson({ manager, asked }: Pick<Scan, 'manager' | 'asked'>, person: string): boolean {
  return manager === person || asked.includes(person);
}

/** The scan with somebody added who typed its code; null where they cannot be. */
export function withAsked(
  scan: Scan,
  { person, today, now }: { readonly person: string; readonly today: Day; readonly now: string },
): Scan | null {
  if (person === scan.manager || !isOpenOn(scan, today) || scan.asked.length >= MOST_ASKED) return null;
  return { ...scan, asked: askedOf([...scan.asked, person], scan.manager), changedAt: now };
}

/** The scan with its outcome, or dropped where fewer than five people answered or the answers cannot be read. */
export function closedScan(
  scan: Scan,
  {
    tally,
    now,
    by,
  }: { readonly tally: Tally | null; readonly now: string; readonly by: NonNullable<Scan['closedBy']> },
): Scan {
  const outcome = tally === null ? null : outcomeOf(tally);
  return {
    ...scan,
    status: outcome === null ? 'dropped' : 'closed',
    outcome,
    closedAt: now,
    closedBy: by,
    droppedWhy: outcome !== null ? null : tally === null ? 'unreadable' : 'few',
    changedAt: now,
    version: scan.version + 1,
  };
}

/** Whether too few people were asked for an outcome ever to come of it. */
export function isTooFew(asked: number): boolean {
  return asked < LEAST_ANSWERS;
}

/** The measures that a team agreed on, with the day to look back; in the place of those of before. */
export function withMeasures(
  scan: Scan,
  measures: readonly Pick<TeamMeasure, 'what' | 'who' | 'by'>[],
  { nextDay, now }: { readonly nextDay: Day; readonly now: string },
): Scan {
  const kept = measures.map(
    ({ what, who, by }, at): TeamMeasure => ({
      id: String(at + 1),
      what,
      who,
      by,
      outcome: null,
    }),
  );
  return { ...scan, measures: kept, nextDay, changedAt: now, version: scan.version + 1 };
}

/** How the measures worked, and when to look again; null ends it. Where all of them stop there is no next day. */
export function evaluatedScan(
  scan: Scan,
  outcomes: Readonly<Record<string, MeasureOutcome>>,
  { nextDay, now }: { readonly nextDay: Day | null; readonly now: string },
): Scan {
  const measures = scan.measures.map((one) => ({ ...one, outcome: outcomes[one.id] ?? one.outcome }));
  const goesOn = measures.some(({ outcome }) => outcome !== 'stop');
  return {
    ...scan,
    measures,
    nextDay: goesOn ? nextDay : null,
    changedAt: now,
    version: scan.version + 1,
  };
}

/** The same scan with another manager: what a leaver started and others go on with. */
export function handedOverScan(
  scan: Scan,
  to: { readonly person: string; readonly name: string },
  now: string,
): Scan {
  return {
    ...scan,
    manager: to.person,
    managerName: to.name,
    asked: askedOf(scan.asked, to.person),
    changedAt: now,
    version: scan.version + 1,
  };
}

/** The day on which the same team may be asked again; null while it is open, and where nothing came of it. */
export function againDay({ status, closedAt }: Scan, zone: string): Day | null {
  if (status !== 'closed' || closedAt === null) return null;
  return plus(dayOf(closedAt, zone), { months: AGAIN_AFTER_MONTHS });
}

/** The day on which it goes by itself. One that was never closed goes as if its last day had closed it. */
export function goesOnDay({ closedAt, lastDay }: Pick<Scan, 'closedAt' | 'lastDay'>, zone: string): Day {
  return plus(closedAt === null ? lastDay : dayOf(closedAt, zone), { months: KEPT_MONTHS });
}

/** Whether a day to look back on is one: from tomorrow to a year from now. */
export function isNextDay(day: Day, today: Day): boolean {
  return day > today && day <= addDays(today, DAYS_IN_A_YEAR);
}
