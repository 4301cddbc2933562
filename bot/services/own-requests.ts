import { defaultSlot, type Slot } from '../domain/calendar.js';
import { isCoffeeContact, refusedReminder, withoutRefusal, withRefusal } from '../domain/coffee.js';
import type { ReasonToKeep } from '../domain/erasure-record.js';
import type { Manager } from '../domain/manager.js';
import type { Member } from '../domain/member.js';
import type { Moment, MomentRequest } from '../domain/moment.js';
import {
  type AskedMoment,
  momentAnsweredReminder,
  momentRemovedReminder,
  openMomentRequest,
  withDatesAsked,
  withReason,
} from '../domain/moment-request.js';
import type { NewReminder } from '../domain/reminder.js';
import { momentReminders } from '../domain/reminders/moment-reminders.js';
import { CodedError } from '../errors.js';
import type { EmployeeIndex } from '../store/employee-index.js';
import type { Managers } from '../store/managers.js';
import type { Reminders } from '../store/reminders.js';
import type { Versioned } from '../store/tables/row-mapping.js';

export type OwnRequestDeps = {
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly reminders: Reminders;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};
/** `done`: the record is as it was wanted, by this press or the same before. `overtaken`: something else came first. */
export type Written<Record> =
  | { readonly kind: 'done' | 'overtaken'; readonly record: Record }
  | { readonly kind: 'gone' };

/** Who writes the record at the same time is the other of the two, or a press that came twice: more in a row is neither. */
export const MOST_TRIES = 5;
/** Code of what is thrown when a moment was written by others at each try. */
export const MOMENT_CONTENDED = 'moment-contended';

/** What a change makes of a moment, with what follows from it; or that it is done already, or cannot be done any more. */
export type MomentStep = (
  moment: Moment,
) => { readonly record: Moment; readonly plan: readonly NewReminder[] } | 'done' | 'overtaken';

/** Changes a moment on behalf of whom it is about, or answers them: what follows first, then the record under its etag. */
export async function writeMoment(
  { managers, reminders }: Pick<OwnRequestDeps, 'managers' | 'reminders'>,
  manager: Manager,
  found: Versioned<Moment>,
  step: MomentStep,
): Promise<Written<Moment>> {
  let kept = found;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const next = step(kept.record);
    if (next === 'done' || next === 'overtaken') return { kind: next, record: kept.record };
    await reminders.planAll(next.plan);
    if ((await managers.changeMoment(manager, next.record, kept.etag)) === 'ok') {
      return { kind: 'done', record: next.record };
    }
    const newest = await managers.moment(manager, kept.record.id);
    if (newest === null) return { kind: 'gone' };
    kept = newest;
  }
  throw new CodedError(MOMENT_CONTENDED, 'a moment was written by others at each of several tries');
}

/**
 * Removes a moment of which whom it is about asked something at `askedAt`: that it goes, or what cannot be wrong any more
 * when it is gone. Their pointer says so before the record goes: pressing again after a crash completes it, and the
 * message about it is sent only when the record is gone.
 */
export async function removeMomentOnRequest(
  { managers, reminders, about }: Omit<OwnRequestDeps, 'zone'>,
  manager: Manager & { readonly name: string },
  found: Versioned<Moment>,
  askedAt: string,
  { now, slot }: At,
): Promise<{ readonly kind: 'done' } | { readonly kind: 'overtaken'; readonly record: Moment }> {
  let kept = found;
  let told: string | null = null;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { record } = kept;
    const request = openMomentRequest(record);
    const pointer = { manager: manager.person, moment: record.id, since: record.createdAt };
    if (request === null || request.askedAt !== askedAt) {
      if (told !== null) await about.takeBackRemoved(manager.tenant, told, manager.person, record.id);
      return { kind: 'overtaken', record };
    }
    const asked: AskedMoment = { ...record, request };
    await reminders.plan(momentRemovedReminder(manager, asked, now, slot));
    const removed = { askedAt, at: now, managerName: manager.name };
    await about.index(manager.tenant, request.employee, { ...pointer, removed });
    told = request.employee;
    if ((await managers.removeMoment(manager, record.id, kept.etag)) === 'ok') return { kind: 'done' };
    const newest = await managers.moment(manager, record.id);
    if (newest === null) return { kind: 'done' };
    kept = newest;
  }
  throw new CodedError(
    MOMENT_CONTENDED,
    'a moment was written by others at each of several tries to remove it',
  );
}

type At = { readonly now: string; readonly slot: Slot };

/** Gives a moment the dates that were asked for at `askedAt`, with its reminders, and tells whom it is about. */
export function answerWithDates(
  deps: Pick<OwnRequestDeps, 'managers' | 'reminders'>,
  manager: Manager,
  found: Versioned<Moment>,
  askedAt: string,
  { now, slot }: At,
): Promise<Written<Moment>> {
  return writeMoment(deps, manager, found, (moment) => {
    const asked = askedAs(moment, askedAt, 'dates');
    if (asked === null) return wasAnswered(moment, askedAt, null) ? 'done' : 'overtaken';
    const record = withDatesAsked(asked, now);
    return {
      record,
      plan: [...momentReminders(manager, record, slot, now), ...newsOf(manager, record, { now, slot })],
    };
  });
}

/** Leaves a moment as it is although something else was asked at `askedAt`, and tells whom it is about why. */
export function answerWithReason(
  deps: Pick<OwnRequestDeps, 'managers' | 'reminders'>,
  manager: Manager,
  found: Versioned<Moment>,
  { askedAt, kept }: { readonly askedAt: string; readonly kept: ReasonToKeep },
  { now, slot }: At,
): Promise<Written<Moment>> {
  return writeMoment(deps, manager, found, (moment) => {
    const asked = askedAs(moment, askedAt, null);
    if (asked === null) return wasAnswered(moment, askedAt, kept) ? 'done' : 'overtaken';
    const record = withReason(asked, kept, now);
    return { record, plan: newsOf(manager, record, { now, slot }) };
  });
}

function newsOf(manager: Manager, record: Moment, { now, slot }: At): readonly NewReminder[] {
  const news = momentAnsweredReminder(manager, record, now, slot);
  return news === null ? [] : [news];
}

/** The moment with the open request of that instant, for that; null where there is none. */
function askedAs(moment: Moment, askedAt: string, what: MomentRequest['what'] | null): AskedMoment | null {
  const request = openMomentRequest(moment);
  if (request === null || request.askedAt !== askedAt || (what !== null && request.what !== what))
    return null;
  return { ...moment, request };
}

/** Whether the request of that instant got that very answer: pressed twice it is one. */
function wasAnswered({ request }: Moment, askedAt: string, kept: ReasonToKeep | null): boolean {
  return request?.askedAt === askedAt && request.answeredAt !== null && request.kept === kept;
}

/** Takes an employee off a coffee list by their own word, or lets the manager put them on it again. */
export async function setCoffeeRefusal(
  { managers, reminders, zone }: Omit<OwnRequestDeps, 'about'>,
  manager: Manager,
  found: Versioned<Member>,
  refused: boolean,
  now: string,
): Promise<Written<Member>> {
  let kept = found;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { record, etag } = kept;
    const isRefused = record.coffeeRefusedAt !== null && !isCoffeeContact(record);
    if (isRefused === refused) return { kind: 'done', record };
    const changed = refused ? withRefusal(record, now) : withoutRefusal(record);
    const news = refusedReminder(manager, changed, now, defaultSlot(zone));
    if (news !== null) await reminders.plan(news);
    if ((await managers.changeMember(manager, changed, etag)) === 'ok')
      return { kind: 'done', record: changed };
    const newest = await managers.member(manager, record.id);
    if (newest === null) return { kind: 'gone' };
    kept = newest;
  }
  throw new CodedError('member-contended', 'a place was written by others at each of several tries');
}
