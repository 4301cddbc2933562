import { z } from 'zod';
import {
  type At,
  addDays,
  addWorkingDays,
  type Day,
  dayOf,
  type Instant,
  newsMoment,
  type Slot,
} from './calendar.js';
import type { NewReminder } from './reminder.js';
import type { ReminderKind } from './reminder-kinds.js';

const HANDOVER_STATES = ['waiting', 'confirmed', 'objected', 'underway', 'stopped', 'done'] as const;

export const handoverSchema = z.object({
  tenant: z.string(),
  /** Which request: random. */
  id: z.string(),
  /** Whose records, Entra object id, and their name as it stands on them; empty where they have none. */
  leaver: z.string(),
  leaverName: z.string(),
  what: z.enum(['move', 'delete']),
  /** Who goes on, Entra object id, and by which name employees know them; null and empty where all is deleted. */
  successor: z.string().nullable().default(null),
  successorName: z.string().default(''),
  /** Who of HR asked for it, and when (instant). */
  askedBy: z.string(),
  askedAt: z.string(),
  /** Somebody else of HR who said that it is right, which makes up for the term. */
  confirmedBy: z.string().nullable().default(null),
  state: z.enum(HANDOVER_STATES),
  /** Since when it is in this state (instant). */
  stateAt: z.string(),
  /** Done, but for what is about somebody of HR who asked or confirmed. */
  leftOwn: z.boolean().default(false),
});

/**
 * What HR asked for a manager who leaves: nothing of it is done before the leaver could object, or somebody else of HR
 * confirmed it. `waiting` and `confirmed` are carried out at night, `objected` waits for people, `underway` is taken up
 * until it is done and cannot be stopped any more, the rest is over.
 */
export type Handover = z.infer<typeof handoverSchema>;

/** So many working days the leaver has to object, from when they were told. */
const OBJECT_WITHIN_WORKING_DAYS = 5;
/** Where they can be reached and were not told all the same, it is carried out after so many, or it never would be. */
const UNTOLD_WORKING_DAYS = 10;
/** What is over stays for HR to look back at; an objection that nobody acts on is over after so many days. */
const KEPT_DAYS = { over: 30, objected: 90 } as const;

/** Whether the leaver was told: when (instant), or that they cannot be reached at all. */
export type Told = { readonly sentAt: Instant | null; readonly reachable: boolean };

/** What HR asks for, as it starts. */
export function askedFor(
  what: Pick<
    Handover,
    'tenant' | 'id' | 'leaver' | 'leaverName' | 'what' | 'successor' | 'successorName' | 'askedBy'
  >,
  now: Instant,
): Handover {
  return { ...what, askedAt: now, confirmedBy: null, state: 'waiting', stateAt: now, leftOwn: false };
}

/** Whether something is still to come of it. */
export function isPending({ state }: Pick<Handover, 'state'>): boolean {
  return state !== 'stopped' && state !== 'done';
}

/** Whether two requests ask for the same, whoever asked. */
export function isSameRequest(one: Handover, other: Handover): boolean {
  return (
    one.what === other.what && one.successor === other.successor && one.successorName === other.successorName
  );
}

/** Why somebody of HR cannot confirm it; null when they can. Nobody confirms what they asked for or what they get. */
export function whyNotConfirm(
  { state, askedBy, leaver, successor }: Handover,
  by: string,
): 'over' | 'asked-it' | 'about-you' | null {
  if (state !== 'waiting' && state !== 'objected') return 'over';
  if (by === askedBy) return 'asked-it';
  return by === leaver || by === successor ? 'about-you' : null;
}

/** Why somebody of HR cannot stop it; null when they can. Whom it is about objects instead. */
export function whyNotStop(handover: Handover, by: string): 'over' | 'about-you' | null {
  if (!isPending(handover) || handover.state === 'underway') return 'over';
  return by === handover.leaver ? 'about-you' : null;
}

export function confirmed(handover: Handover, by: string, now: Instant): Handover {
  return { ...handover, state: 'confirmed', stateAt: now, confirmedBy: by };
}

export function stopped(handover: Handover, now: Instant): Handover {
  return { ...handover, state: 'stopped', stateAt: now };
}

/** An objection takes a confirmation back: somebody else of HR looks at it anew. */
export function objected(handover: Handover, now: Instant): Handover {
  return { ...handover, state: 'objected', stateAt: now, confirmedBy: null };
}

/** Written before anything is moved: an objection that came first wins, one that comes later is told that it is late. */
export function takenUp(handover: Handover, now: Instant): Handover {
  return { ...handover, state: 'underway', stateAt: now };
}

/** Whether the leaver can still keep it from being done. */
export function canObject({ state }: Handover): boolean {
  return state === 'waiting' || state === 'confirmed';
}

export function carriedOut(handover: Handover, leftOwn: boolean, now: Instant): Handover {
  return { ...handover, state: 'done', stateAt: now, leftOwn };
}

/** The last day on which the leaver can object; it is carried out in the night after it. */
export function lastDayToObject({ askedAt }: Pick<Handover, 'askedAt'>, told: Told, slot: Slot): Day {
  const untold = told.sentAt === null && told.reachable;
  const from = dayOf(told.sentAt ?? askedAt, slot.zone);
  return untold ? addWorkingDays(from, UNTOLD_WORKING_DAYS, slot) : lastDayOf(from, slot);
}

function lastDayOf(toldOn: Day, slot: Slot): Day {
  return addWorkingDays(toldOn, OBJECT_WITHIN_WORKING_DAYS, slot);
}

/**
 * Whether it may be carried out now: it was taken up before, the days to object passed, or somebody else of HR confirmed it, and then at least
 * not before the leaver was told where they can be.
 */
export function isReady(handover: Handover, told: Told, { now, slot }: At): boolean {
  const { state } = handover;
  if (state === 'underway') return true;
  if (state === 'confirmed' && (told.sentAt !== null || !told.reachable)) return true;
  return canObject(handover) && dayOf(now, slot.zone) > lastDayToObject(handover, told, slot);
}

/** Those of HR who act in it: what is about them is left alone. */
export function actingIn({ askedBy, confirmedBy }: Handover): readonly string[] {
  return confirmedBy === null ? [askedBy] : [askedBy, confirmedBy];
}

/** Whether it is over for so long that HR needs it no more. Days count in UTC: a term is not a matter of hours. */
export function isForgettable({ state, stateAt }: Handover, now: Instant): boolean {
  if (state === 'waiting' || state === 'confirmed' || state === 'underway') return false;
  const days = state === 'objected' ? KEPT_DAYS.objected : KEPT_DAYS.over;
  return addDays(dayOf(stateAt, 'UTC'), days) <= dayOf(now, 'UTC');
}

/**
 * What cards tell of it, by the days of `slot`. The term counts from `toldOn`; from the day of the request while it is
 * not known when the leaver is told, which is the earliest that there is.
 */
export function viewOf(handover: Handover, slot: Slot, toldOn?: Day) {
  const { id, leaver, leaverName, what, successorName, state, leftOwn, askedAt, stateAt } = handover;
  return {
    ...{ id, leaver, leaverName, what, successorName, state, leftOwn },
    askedOn: dayOf(askedAt, slot.zone),
    until: lastDayOf(toldOn ?? dayOf(askedAt, slot.zone), slot),
    stateOn: dayOf(stateAt, slot.zone),
  };
}

export const HANDOVER_KINDS = [
  'handover-announced',
  'handover-to-confirm',
  'handover-objected',
  'handover-ended',
] as const;
export type HandoverKind = (typeof HANDOVER_KINDS)[number];

export function isOfHandover(kind: ReminderKind): kind is HandoverKind {
  return HANDOVER_KINDS.some((one) => one === kind);
}

/** News of a request to somebody: planned twice it is one, and it fits only the request and the state that it is of. */
export function handoverReminder(
  kind: HandoverKind,
  { to, handover: { tenant, id, leaver } }: { readonly to: string; readonly handover: Handover },
  { now, slot }: { readonly now: Instant; readonly slot: Slot },
): NewReminder {
  const due = newsMoment(now, slot);
  return { kind, tenant, person: to, manager: leaver, subject: leaver, occasion: id, due, round: 0 };
}

/** Whether such news still fits: the same request, in a state that it tells of. */
export function handoverStillWanted(
  { kind, occasion }: { readonly kind: HandoverKind; readonly occasion: string },
  handover: Handover | null,
): handover is Handover {
  if (handover === null || handover.id !== occasion) return false;
  switch (kind) {
    case 'handover-announced':
      return canObject(handover);
    case 'handover-to-confirm':
      return handover.state === 'waiting';
    case 'handover-objected':
      return handover.state === 'objected';
    case 'handover-ended':
      return !isPending(handover);
  }
}
