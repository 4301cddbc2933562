import type { Agreement } from '../domain/agreement.js';
import {
  type Change,
  changeAgreement,
  type NewAgreement,
  newAgreement,
  standingOf,
  wasRecordedAs,
} from '../domain/agreement-changes.js';
import type { Instant } from '../domain/calendar.js';
import type { ChangeContext } from '../domain/changes.js';
import { grantedReminder, openErasureRequest } from '../domain/erasure-request.js';
import type { Manager } from '../domain/manager.js';
import type { Member } from '../domain/member.js';
import { CodedError } from '../errors.js';
import type { EmployeeIndex } from '../store/employee-index.js';
import type { Managers } from '../store/managers.js';
import type { Reminders } from '../store/reminders.js';
import type { Versioned } from '../store/tables/row-mapping.js';
import { MOST_TRIES, tryToWrite, unlessContended, type Written } from './record-writer.js';

export type WriterDeps = { readonly managers: Managers; readonly reminders: Reminders };

/** The code of the error for a record that others write at each of several tries. */
const CONTENDED = 'agreement-contended';

/** The one way to change an agreement that is on record, see `tryToWrite`. Throws CodedError `agreement-contended`. */
export async function writeChange(
  deps: WriterDeps,
  {
    found,
    change,
    at,
  }: { readonly found: Versioned<Agreement>; readonly change: Change; readonly at: ChangeContext },
): Promise<Written<Agreement>> {
  return unlessContended(await tryToChange(deps, { found, change, at }), CONTENDED);
}

/** The same for whoever has nobody to tell when others write it at each try. */
export function tryToChange(
  { managers, reminders }: WriterDeps,
  {
    found,
    change,
    at,
  }: { readonly found: Versioned<Agreement>; readonly change: Change; readonly at: ChangeContext },
) {
  const { id } = found.record;
  const place = {
    reminders,
    read: () => managers.agreement(at.manager, id),
    write: (record: Agreement, etag: string) => managers.changeAgreement(at.manager, record, etag),
  };
  return tryToWrite(place, found, (record) => {
    const standing = standingOf(record, change);
    return standing === 'open' ? changeAgreement(record, change, at) : standing;
  });
}

/** With whom, as the record has them; and their place on the list, as it is written beside the record. */
export type Recording = { readonly facts: NewAgreement; readonly member: Member; readonly place: Member };

/** `other`: under this number something else was recorded before, and nothing was changed. */
export type Recorded = { readonly kind: 'done' | 'other'; readonly record: Agreement };

/**
 * The one way to record an agreement: its reminders, then what leads the employee to it, then the record. A crash leaves
 * a pointer to nothing, which shows nothing and goes at night, and never a record that the employee cannot find; one of
 * an earlier version may have been left without, so that the pointer is written whatever is found.
 */
export async function recordAgreement(
  {
    managers,
    reminders,
    about,
    noteFound,
  }: WriterDeps & {
    readonly about: Pick<EmployeeIndex, 'index'>;
    /** Puts on the audit trail, once, that a record was found that this act had made before. */
    readonly noteFound: (manager: Manager, record: Agreement) => void;
  },
  { facts, member, place }: Recording,
  at: ChangeContext,
): Promise<Recorded> {
  const { record, plan } = newAgreement(facts, member, at);
  const pointTo = async ({ employee, id, createdAt }: Agreement) => {
    if (employee === null) return;
    const { tenant, person } = at.manager;
    await about.index(tenant, employee, { manager: person, agreement: id, since: createdAt });
  };
  await reminders.planAll(plan);
  await pointTo(record);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if ((await managers.addAgreement(at.manager, place, record)) === 'ok') return { kind: 'done', record };
    const found = (await managers.agreement(at.manager, record.id))?.record;
    // Removed again between the two: then it can be recorded.
    if (found === undefined) continue;
    await pointTo(found);
    if (!wasRecordedAs(found, record)) return { kind: 'other', record: found };
    noteFound(at.manager, found);
    return { kind: 'done', record: found };
  }
  throw new CodedError(CONTENDED, 'an agreement was recorded and removed at each of several tries');
}

/** `done`: it is gone, with proof of request and answer. `overtaken`: withdrawn, answered or asked anew meanwhile. */
export type Removed = { readonly kind: 'done' } | { readonly kind: 'overtaken'; readonly record: Agreement };

/**
 * The one way to remove an agreement because the employee asked for it, at `askedAt`. Their pointer says so before the
 * record goes: pressing again after a crash completes it, and the message about it is sent only when the record is
 * gone.
 */
export async function removeOnRequest(
  { managers, reminders, about }: WriterDeps & { readonly about: Pick<EmployeeIndex, 'index'> },
  {
    found,
    askedAt,
    at: { manager, now, slot },
  }: { readonly found: Versioned<Agreement>; readonly askedAt: Instant; readonly at: ChangeContext },
): Promise<Removed> {
  let kept = found;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { record } = kept;
    const { employee, managerName } = record;
    const pointer = { manager: manager.person, agreement: record.id, since: record.createdAt };
    const removal = openErasureRequest(record);
    if (removal === null || removal.askedAt !== askedAt) {
      if (tries > 0 && employee !== null) await about.index(manager.tenant, employee, pointer);
      return { kind: 'overtaken', record };
    }
    if (employee !== null) {
      await reminders.plan(grantedReminder(manager, { ...record, employee, removal }, { now, slot }));
      await about.index(manager.tenant, employee, { ...pointer, removed: { askedAt, at: now, managerName } });
    }
    if ((await managers.removeAgreement(manager, record.id, kept.etag)) === 'ok') return { kind: 'done' };
    const newest = await managers.agreement(manager, record.id);
    if (newest === null) return { kind: 'done' };
    kept = newest;
  }
  throw new CodedError(CONTENDED, 'an agreement was written by others at each of several tries to remove it');
}
