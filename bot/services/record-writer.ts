import { defaultSlot, type Instant } from '../domain/calendar.js';
import type { ChangeContext, Changed } from '../domain/changes.js';
import type { Manager } from '../domain/manager.js';
import { slotFor } from '../domain/reminders/planning.js';
import { CodedError, type FaultCode } from '../errors.js';
import type { People } from '../store/people.js';
import type { Reminders } from '../store/reminders.js';
import type { Versioned } from '../store/tables/row-mapping.js';
import type { WriteResult } from '../store/tables/tables.js';

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

/** `done`: the record is as it was wanted, by this act or the same before. `overtaken`: something else came first. */
export type Written<Record> =
  | { readonly kind: 'done' | 'overtaken'; readonly record: Record }
  | { readonly kind: 'gone' };
/** `contended`: it was written by others at each of several tries. */
type Tried<Record> = Written<Record> | { readonly kind: 'contended' };

/** Concurrent writers of a record are its other party, a job, or a repeated press: more conflicts in a row are a fault. */
export const MOST_TRIES = 5;

/** Where one record is read and written, and what is planned beside it. */
export type RecordPlace<Record> = {
  readonly reminders: Pick<Reminders, 'planAll' | 'cancel'>;
  readonly read: () => Promise<Versioned<Record> | null>;
  readonly write: (record: Record, etag: string) => Promise<WriteResult>;
};

/**
 * The one way to change a record that is there: what is planned first, then the record under its etag, then what does not
 * fit any more. A crash leaves reminders that fit nothing, which are dropped when they come due, and never a record
 * without its reminder. Whoever wrote it meanwhile wins: the step is asked again with what is there then. Rejects while
 * the tables are away.
 */
export async function tryToWrite<Record>(
  { reminders, read, write }: RecordPlace<Record>,
  found: Versioned<Record>,
  step: (record: Record) => Changed<Record> | 'done' | 'overtaken',
): Promise<Tried<Record>> {
  let kept = found;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const next = step(kept.record);
    if (typeof next === 'string') return { kind: next, record: kept.record };
    await reminders.planAll(next.plan);
    if ((await write(next.record, kept.etag)) === 'ok') {
      for (const reminder of next.cancel) await reminders.cancel(reminder);
      return { kind: 'done', record: next.record };
    }
    const newest = await read();
    if (newest === null) return { kind: 'gone' };
    kept = newest;
  }
  return { kind: 'contended' };
}

/** What came of it; throws CodedError of that code where others wrote at each try. */
export function unlessContended<Record>(tried: Tried<Record>, code: FaultCode): Written<Record> {
  if (tried.kind !== 'contended') return tried;
  throw new CodedError(code, 'a record was written by others at each of several tries');
}
