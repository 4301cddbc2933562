import type { ManagersRecord, ScanLine } from '../../../cards/about/records.card.js';
import type { Agreement } from '../../domain/agreement.js';
import { goesOn } from '../../domain/agreement-rest.js';
import { addDays, dayOf } from '../../domain/calendar.js';
import { hasCoffee } from '../../domain/coffee.js';
import { openErasureRequest } from '../../domain/erasure-request.js';
import type { ManagerRecords } from '../../domain/manager.js';
import type { Member } from '../../domain/member.js';
import type { Moment } from '../../domain/moment.js';
import { openMomentRequest } from '../../domain/moment-request.js';
import { lastDayOf } from '../../domain/reminders/moment-reminders.js';
import type { RetentionPeriods } from '../../domain/retention-periods.js';
import { goesOnDay, type Scan } from '../../domain/scan.js';
import type { EmployeeIndex, Pointer } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { Turn } from '../../turn.js';

/** Everything on record about one person, as it is kept, with whose it is and what was removed when they asked. */
export type OwnRecords = {
  readonly agreements: readonly Of<Agreement>[];
  readonly coffees: readonly (Of<Member> & { readonly since: string | null })[];
  readonly moments: readonly Of<Moment>[];
  /** Places on a list that hold no coffee: a name and whose account it is. */
  readonly places: readonly (Of<Member> & { readonly since: string | null })[];
  readonly removed: readonly RemovedPointer[];
  /** What led to it. */
  readonly pointers: readonly Pointer[];
  /** A record with one of these managers cannot be read, or a scan, and may be about them. */
  readonly unreadable: boolean;
};
/** `managerName` is empty where nothing tells it. */
type Of<Kept> = { readonly manager: string; readonly managerName: string; readonly record: Kept };
type RemovedPointer = Pointer & { readonly removed: NonNullable<Pointer['removed']> };

export type ReadOwnRecords = (who: Pick<Turn, 'tenant' | 'person'>) => Promise<OwnRecords>;

/**
 * Finds everything that is linked to the account of who asks: one query for the pointers, and one for each manager that
 * they lead to, of whom all that names the account counts, whether or not a pointer of its own leads there. What is
 * about somebody else is never among it; agreements come the newest first. Where only a name was typed nothing links it
 * to an account, so it cannot be found.
 */
export function createOwnRecords({
  managers,
  about,
}: {
  readonly managers: Managers;
  readonly about: EmployeeIndex;
}): ReadOwnRecords {
  return async ({ tenant, person }) => {
    const pointers = await about.of(tenant, person);
    const removed = pointers.filter((pointer): pointer is RemovedPointer => pointer.removed !== null);
    const present = pointers.filter((pointer) => pointer.removed === null);
    // Moments may be left with a manager whose agreements were all removed.
    const found = await Promise.all(
      [...new Set(pointers.map(({ manager }) => manager))].map(async (manager) => {
        const everything = await managers.records({ tenant, person: manager });
        const pointed = present.filter((pointer) => pointer.manager === manager);
        return { ...ofManager(manager, everything, pointed, person), everything };
      }),
    );
    const isPointed = ({ manager, record }: Of<Agreement>) =>
      present.some((pointer) => pointer.manager === manager && pointer.agreement === record.id);
    // Its number comes from a client: two managers may have used the same for what is not the same.
    const isSame = (one: Agreement, other: Agreement) =>
      one.id === other.id && one.createdAt === other.createdAt;
    const all = found.flatMap(({ agreements }) => agreements);
    const moments = found.flatMap((one) => one.moments);
    return {
      // While one is handed over it is with both managers: it is the one's to whom the pointer leads.
      agreements: all
        .filter(
          (one) =>
            isPointed(one) || !all.some((other) => isSame(one.record, other.record) && isPointed(other)),
        )
        .sort((one, other) => other.record.createdAt.localeCompare(one.record.createdAt)),
      coffees: found.flatMap(({ coffees }) => coffees),
      moments,
      places: found.flatMap(({ places }) => places),
      // What is to go goes after its pointer says so: until then it is there, and nothing claims that it is not.
      removed: removed.filter(
        (pointer) =>
          ![...all, ...moments].some(
            ({ manager, record }) =>
              manager === pointer.manager && record.id === (pointer.agreement ?? pointer.moment),
          ),
      ),
      pointers,
      unreadable: found.some(({ everything }) => everything.unreadable.length > 0),
    };
  };
}

function ofManager(
  manager: string,
  everything: ManagerRecords,
  pointers: readonly Pointer[],
  person: string,
): Pick<OwnRecords, 'agreements' | 'coffees' | 'moments' | 'places'> {
  const agreements = everything.agreements.filter(({ employee }) => employee === person);
  const onList = everything.members.filter((member) => member.person === person);
  const moments = everything.moments.filter(({ member }) => onList.some(({ id }) => id === member));
  const managerName =
    agreements[0]?.managerName ?? pointers.find((pointer) => pointer.managerName !== null)?.managerName ?? '';
  const of = <Kept>(record: Kept): Of<Kept> => ({ manager, managerName, record });
  const since = (record: Member) => ({
    ...of(record),
    since: pointers.find(({ member }) => member === record.id)?.since ?? null,
  });
  return {
    agreements: agreements.map((record) => ({ manager, managerName: record.managerName, record })),
    coffees: onList.filter(hasCoffee).map(since),
    moments: moments.map(of),
    places: onList.filter((member) => !hasCoffee(member)).map(since),
  };
}

/**
 * The same for a card, on which a place on a list is only shown where nothing else tells that the manager has them on
 * it.
 */
export function forCard(own: OwnRecords): OwnRecords {
  const told = new Set([...own.agreements, ...own.coffees, ...own.moments].map(({ manager }) => manager));
  // Whoever said that they want no coffee must be able to take that back.
  const isShown = ({ manager, record }: Of<Member>) => !told.has(manager) || record.coffeeRefusedAt !== null;
  return { ...own, places: own.places.filter(isShown) };
}

/** Team scans that somebody was asked for, the newest first; of one that they started they know. */
export function scanViewsOf(scans: readonly Scan[], person: string, zone: string): readonly ScanLine[] {
  return scans
    .filter(({ manager }) => manager !== person)
    .sort((one, other) => other.startedAt.localeCompare(one.startedAt))
    .map((scan): ScanLine => {
      const { id, name, managerName, lastDay, status, startedAt } = scan;
      const days = { since: dayOf(startedAt, zone), lastDay, goes: goesOnDay(scan, zone) };
      return { kind: 'scan', id, name, managerName, status, ...days };
    });
}

/** What one record is to whom it is about, and the record as it is kept. */
export type ShownRecord = { readonly view: ManagersRecord; readonly kept: object };

/** All of it as a card shows it, with the day on which each goes by itself; days are those of `zone`. */
export function shownOf(
  { agreements, coffees, moments, places, removed }: OwnRecords,
  terms: RetentionPeriods,
  zone: string,
): readonly ShownRecord[] {
  return [
    ...agreements.map(({ manager, managerName, record }): ShownRecord => {
      const { id, createdAt } = record;
      const removalBy = openErasureRequest(record)?.by ?? null;
      const since = dayOf(createdAt, zone);
      const until = goesOn(record, terms, zone);
      const view = { kind: 'agreement', id, manager, managerName, since, until, removalBy } as const;
      return { view, kept: record };
    }),
    ...coffees.map(({ manager, managerName, record, since }): ShownRecord => {
      const { id, number, name, rhythm, lastDay, nextDay } = record;
      const from = since === null ? null : dayOf(since, zone);
      const days = { since: from, rhythm, lastDay, nextDay };
      return { view: { kind: 'coffee', id, manager, number, name, managerName, ...days }, kept: record };
    }),
    ...moments.map(({ manager, managerName, record }): ShownRecord => {
      const passed = record.status === 'open' ? lastDayOf(record) : dayOf(record.changedAt, zone);
      const view = {
        kind: 'moment',
        id: record.id,
        name: record.memberName,
        manager,
        managerName,
        requestBy: openMomentRequest(record)?.by ?? null,
        since: dayOf(record.createdAt, zone),
        moment: record.kind,
        from: record.from,
        until: record.until,
        goes: addDays(passed, terms.passedMomentDays),
      } as const;
      return { view, kept: record };
    }),
    ...places.map(({ manager, managerName, record, since }): ShownRecord => {
      const from = since === null ? null : dayOf(since, zone);
      const { id, number, name } = record;
      const refused = record.coffeeRefusedAt !== null;
      const view = { kind: 'place', id, manager, number, managerName, name, since: from, refused } as const;
      return { view, kept: record };
    }),
    ...removed.map((pointer): ShownRecord => {
      const { agreement, moment, since, removed: was } = pointer;
      const view = {
        kind: 'removed',
        id: agreement ?? moment ?? '',
        of: agreement === null ? 'moment' : 'agreement',
        managerName: was.managerName,
        since: dayOf(since, zone),
        removedOn: dayOf(was.at, zone),
      } as const;
      return { view, kept: keptOfRemoved(pointer) };
    }),
  ];
}

/** That something was removed, as it is kept: without what it was. */
export function keptOfRemoved({ since, removed }: OwnRecords['removed'][number]): object {
  return { since, ...removed };
}

/** The same without the records themselves. */
export function viewsOf(own: OwnRecords, terms: RetentionPeriods, zone: string): readonly ManagersRecord[] {
  return shownOf(own, terms, zone).map(({ view }) => view);
}
