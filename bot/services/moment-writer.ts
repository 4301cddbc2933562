import type { ChangeContext, Changed } from '../domain/changes.js';
import type { Manager } from '../domain/manager.js';
import type { Member } from '../domain/member.js';
import type { Moment } from '../domain/moment.js';
import { changeMoment, type MomentChange, momentStanding } from '../domain/moment-changes.js';
import { momentRemovedReminder, openMomentRequest } from '../domain/moment-request.js';
import { CodedError } from '../errors.js';
import type { EmployeeIndex } from '../store/employee-index.js';
import type { Managers } from '../store/managers.js';
import type { Reminders } from '../store/reminders.js';
import type { Versioned } from '../store/tables/row-mapping.js';
import { MOST_TRIES, tryToWrite, unlessContended, type Written } from './record-writer.js';

export type MomentWriterDeps = { readonly managers: Managers; readonly reminders: Reminders };

/** Code of what is thrown when a moment was written by others at each try. */
const CONTENDED = 'moment-contended';

/** The one way to change a moment that is on record, see `tryToWrite`. Throws CodedError `moment-contended`. */
export async function writeMoment(
  deps: MomentWriterDeps,
  {
    found,
    change,
    at,
  }: { readonly found: Versioned<Moment>; readonly change: MomentChange; readonly at: ChangeContext },
): Promise<Written<Moment>> {
  return unlessContended(await tryToWriteMoment(deps, { found, change, at }), CONTENDED);
}

/** The same for whoever has nobody to tell when others write it at each try. */
export function tryToWriteMoment(
  { managers, reminders }: MomentWriterDeps,
  {
    found,
    change,
    at,
  }: { readonly found: Versioned<Moment>; readonly change: MomentChange; readonly at: ChangeContext },
) {
  const { id } = found.record;
  const place = {
    reminders,
    read: () => managers.moment(at.manager, id),
    write: (record: Moment, etag: string) => managers.changeMoment(at.manager, record, etag),
  };
  return tryToWrite(place, found, (record) => {
    const standing = momentStanding(record, change, at);
    return standing === 'open' ? changeMoment(record, change, at) : standing;
  });
}

/**
 * The one way to record a moment: its reminders, then the record with the place of whom it is about. Saved twice, the
 * first stays: the same press came again, or one from a screen that lagged. What comes back is what is there.
 */
export async function recordMoment(
  { managers, reminders }: MomentWriterDeps,
  { record, plan }: Changed<Moment>,
  { who, manager }: { readonly who: Member; readonly manager: Manager },
): Promise<Moment> {
  await reminders.planAll(plan);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if ((await managers.addMoment(manager, who, record)) === 'ok') return record;
    const found = await managers.moment(manager, record.id);
    if (found !== null) return found.record;
    // Not there either: it was the place of whom it is about that was written at that moment.
  }
  throw contended('a place was written by others at each of several tries to save a moment with it');
}

/** `done`: it is gone. `overtaken`: it is no longer what was seen, and stays. */
export type Removed = { readonly kind: 'done' } | { readonly kind: 'overtaken'; readonly record: Moment };
type RemoverDeps = MomentWriterDeps & { readonly about: EmployeeIndex };
/** By the name that the employee knows them by: the record cannot say it any more. */
type NamedManager = Manager & { readonly name: string };

/**
 * Removes a moment as its manager saw it in that version. What is gone already is removed: a press may come twice.
 * Reminders that are left are dropped when they come due. Whoever asked something of it and waits for an answer is told
 * that it is gone.
 */
export async function removeMoment(
  deps: RemoverDeps,
  {
    manager,
    moment: { id, version },
    at,
  }: {
    readonly manager: NamedManager;
    readonly moment: Pick<Moment, 'id' | 'version'>;
    readonly at: ChangeContext;
  },
): Promise<Removed> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await deps.managers.moment(manager, id);
    if (found === null) return { kind: 'done' };
    const { record, etag } = found;
    if (record.version !== version) return { kind: 'overtaken', record };
    const request = openMomentRequest(record);
    if (request !== null)
      return removeMomentOnRequest(deps, { manager, found, askedAt: request.askedAt, at });
    if ((await deps.managers.removeMoment(manager, id, etag)) === 'ok') return { kind: 'done' };
  }
  throw contended('a moment was written by others at each of several tries to remove it');
}

/**
 * Removes a moment of which whom it is about asked something at `askedAt`: that it goes, or what cannot be wrong any more
 * when it is gone. Their pointer says so before the record goes: pressing again after a crash completes it, and the
 * message about it is sent only when the record is gone.
 */
export async function removeMomentOnRequest(
  { managers, reminders, about }: RemoverDeps,
  {
    manager,
    found,
    askedAt,
    at: { now, slot },
  }: {
    readonly manager: NamedManager;
    readonly found: Versioned<Moment>;
    readonly askedAt: string;
    readonly at: Pick<ChangeContext, 'now' | 'slot'>;
  },
): Promise<Removed> {
  let kept = found;
  let told: string | null = null;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { record } = kept;
    const request = openMomentRequest(record);
    const pointer = { manager: manager.person, moment: record.id, since: record.createdAt };
    if (request === null || request.askedAt !== askedAt) {
      if (told !== null)
        await about.takeBackRemoved(manager.tenant, told, { manager: manager.person, moment: record.id });
      return { kind: 'overtaken', record };
    }
    await reminders.plan(momentRemovedReminder(manager, { ...record, request }, { now, slot }));
    const removed = { askedAt, at: now, managerName: manager.name };
    await about.index(manager.tenant, request.employee, { ...pointer, removed });
    told = request.employee;
    if ((await managers.removeMoment(manager, record.id, kept.etag)) === 'ok') return { kind: 'done' };
    const newest = await managers.moment(manager, record.id);
    if (newest === null) return { kind: 'done' };
    kept = newest;
  }
  throw contended('a moment was written by others at each of several tries to remove it');
}

function contended(message: string): CodedError {
  return new CodedError(CONTENDED, message);
}
