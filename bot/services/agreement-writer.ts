import type { Agreement } from '../domain/agreement.js';
import {
  type Change,
  type ChangeContext,
  changeAgreement,
  type NewAgreement,
  newAgreement,
  standingOf,
  wasRecordedAs,
} from '../domain/agreement-changes.js';
import { defaultSlot, type Instant } from '../domain/calendar.js';
import { grantedReminder, openErasureRequest } from '../domain/erasure-request.js';
import type { Manager } from '../domain/manager.js';
import type { Member } from '../domain/member.js';
import { slotFor } from '../domain/reminders/planning.js';
import { CodedError } from '../errors.js';
import type { EmployeeIndex } from '../store/employee-index.js';
import type { Managers } from '../store/managers.js';
import type { People } from '../store/people.js';
import type { Reminders } from '../store/reminders.js';
import type { Versioned } from '../store/tables/row-mapping.js';

/** Whose record it is and when that manager hears from us: what a change needs to know beside the record. */
export async function contextOf(
  { people, zone }: { readonly people: Pick<People, 'get'>; readonly zone: string },
  { tenant, person }: Manager,
  now: Instant,
): Promise<ChangeContext> {
  const found = await people.get(tenant, person);
  return { manager: { tenant, person }, now, slot: slotFor(found?.record ?? null, zone), zone };
}

/**
 * The same for what an employee does: the hours of their manager are not looked up for it, since the reminders job
 * delivers in those whatever was planned.
 */
export function contextForOther(zone: string, { tenant, person }: Manager, now: Instant): ChangeContext {
  return { manager: { tenant, person }, now, slot: defaultSlot(zone), zone };
}

export type WriterDeps = { readonly managers: Managers; readonly reminders: Reminders };

/**
 * `done`: the record is as it was wanted, by this press or by the very same one before. `overtaken`: another change
 * came first, and nothing was changed; the record is the newest. `gone`: there is no such record any more.
 */
export type Written =
  | { readonly kind: 'done' | 'overtaken'; readonly record: Agreement }
  | { readonly kind: 'gone' };

/**
 * A write loses to another write of the same moment, mostly the mark of a reminder that went out, which changes nothing
 * of what was wanted. More than so many in a row is no coincidence.
 */
const MOST_TRIES = 5;
/** The code of the error for a record that others write at each of several tries. */
export const CONTENDED = 'agreement-contended';

/**
 * The one way to change an agreement that is on record: what follows is planned first, then the record is written
 * under its etag, so that a crash leaves reminders that fit nothing and are dropped. A write that loses is compared
 * with what is there then, and made again where it still can be. Rejects while the tables are away.
 */
export async function writeChange(
  { managers, reminders }: WriterDeps,
  found: Versioned<Agreement>,
  change: Change,
  at: ChangeContext,
): Promise<Written> {
  let kept = found;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const standing = standingOf(kept.record, change);
    if (standing !== 'open') return { kind: standing, record: kept.record };
    const { record, plan, cancel } = changeAgreement(kept.record, change, at);
    await reminders.planAll(plan);
    if ((await managers.changeAgreement(at.manager, record, kept.etag)) === 'ok') {
      for (const reminder of cancel) await reminders.cancel(reminder);
      return { kind: 'done', record };
    }
    const newest = await managers.agreement(at.manager, record.id);
    if (newest === null) return { kind: 'gone' };
    kept = newest;
  }
  throw new CodedError(CONTENDED, 'an agreement was written by others at each of several tries');
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
  found: Versioned<Agreement>,
  askedAt: Instant,
  { manager, now, slot }: ChangeContext,
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
      await reminders.plan(grantedReminder(manager, { ...record, employee, removal }, now, slot));
      await about.index(manager.tenant, employee, { ...pointer, removed: { askedAt, at: now, managerName } });
    }
    if ((await managers.removeAgreement(manager, record.id, kept.etag)) === 'ok') return { kind: 'done' };
    const newest = await managers.agreement(manager, record.id);
    if (newest === null) return { kind: 'done' };
    kept = newest;
  }
  throw new CodedError(CONTENDED, 'an agreement was written by others at each of several tries to remove it');
}
