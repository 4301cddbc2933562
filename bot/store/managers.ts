import { z } from 'zod';
import { type Agreement, agreementSchema, CHANGE_SUBJECTS, type Undelivered } from '../domain/agreement.js';
import type { Manager, ManagerRecords } from '../domain/manager.js';
import { type Member, memberSchema } from '../domain/member.js';
import { type Moment, momentSchema } from '../domain/moment.js';
import type { SubjectKind } from '../domain/reminder-kinds.js';
import { type ScanEntry, scanEntrySchema } from '../domain/scan.js';
import { batches, removeRows } from './tables/batches.js';
import { key, keyParts, keysUnder } from './tables/keys.js';
import type { Row } from './tables/limits.js';
import { readMany } from './tables/read-many.js';
import { fromRow, readableRow, toRow, type Versioned } from './tables/row-mapping.js';
import type { StoredRow, Write } from './tables/rows.js';
import type { Table, Tables, WriteResult } from './tables/tables.js';

const MOMENT_JSON = ['request'];

const JSON_PROPERTIES = [
  'present',
  'subjects',
  'items',
  'evaluations',
  'changeAsked',
  'removal',
  'resting',
  'undelivered',
];

/** An agreement as it lies in a row, also in one that an earlier version wrote. */
export const agreementRowSchema = z.preprocess(unpackAgreement, agreementSchema.loose());

/** Some of what a manager keeps; each manager is asked for once. */
export type Wanted = {
  readonly manager: Manager;
  readonly subjects: readonly { readonly kind: SubjectKind; readonly id: string }[];
};

/** What was read of it: each as reading it alone brings it, or throws as that does. */
export type ReadRecords = {
  agreement(manager: Manager, id: string): Versioned<Agreement> | null;
  member(manager: Manager, id: string): Versioned<Member> | null;
  moment(manager: Manager, id: string): Versioned<Moment> | null;
};

/** All that one manager keeps, each with the etag to write it back under; what cannot be read is not among it. */
export type VersionedRecords = {
  readonly members: readonly Versioned<Member>[];
  readonly agreements: readonly Versioned<Agreement>[];
  readonly moments: readonly Versioned<Moment>[];
};

export type Managers = {
  /** All that one manager keeps, in one query. */
  records(manager: Manager): Promise<ManagerRecords>;
  versioned(manager: Manager): Promise<VersionedRecords>;
  /**
   * Writes records of one manager together: in transactions of a hundred, each all or nothing. `conflict` or `gone` when
   * one was written or removed meanwhile: look again.
   */
  rearrange(manager: Manager, changes: VersionedRecords): Promise<WriteResult>;
  /**
   * Takes a place off the list to which nothing belongs any more, as it was read. `conflict` when it was written since:
   * no transaction deletes under an etag, and what an employee said of the place at that moment would go with it.
   */
  takeOff(manager: Manager, place: Versioned<Member>): Promise<WriteResult>;
  agreement(manager: Manager, id: string): Promise<Versioned<Agreement> | null>;
  /** Much of many managers in few requests. */
  several(wanted: readonly Wanted[]): Promise<ReadRecords>;
  /** All that everybody keeps, manager by manager: for the night, never for a turn. */
  all(): AsyncIterable<{ readonly manager: Manager; readonly everything: ManagerRecords }>;
  member(manager: Manager, id: string): Promise<Versioned<Member> | null>;
  /** Everybody on the list, each with the etag to write it back under. */
  members(manager: Manager): Promise<readonly Versioned<Member>[]>;
  /**
   * Adds and changes any number of people: in transactions of a hundred, each all or nothing. `conflict` or `gone` when
   * somebody who is to be added is there already, or was changed or removed meanwhile: look again, and write what is left.
   */
  saveMembers(
    manager: Manager,
    people: { readonly add: readonly Member[]; readonly change: readonly Versioned<Member>[] },
  ): Promise<WriteResult>;
  /** Several at once; who is there already is overwritten. */
  putMembers(manager: Manager, records: readonly Member[]): Promise<WriteResult>;
  changeMember(manager: Manager, record: Member, etag: string): Promise<WriteResult>;
  moment(manager: Manager, id: string): Promise<Versioned<Moment> | null>;
  /** The member and the moment together; `conflict` when the moment is there already. */
  addMoment(manager: Manager, who: Member, record: Moment): Promise<WriteResult>;
  changeMoment(manager: Manager, record: Moment, etag: string): Promise<WriteResult>;
  removeMoment(manager: Manager, id: string, etag?: string): Promise<WriteResult>;
  /**
   * Removes a name that nothing needs: no coffee, agreement or moment, and nothing of the place itself that is to stay.
   * `conflict` when something does by now.
   */
  removeMember(manager: Manager, id: string, mustStay: (place: Member) => boolean): Promise<WriteResult>;
  /** The member and the agreement together; `conflict` when the agreement is there already. */
  addAgreement(manager: Manager, who: Member, record: Agreement): Promise<WriteResult>;
  changeAgreement(manager: Manager, record: Agreement, etag: string): Promise<WriteResult>;
  removeAgreement(manager: Manager, id: string, etag?: string): Promise<WriteResult>;
  /** A team scan as it stands on the manager's list: it follows from the scan, so writing it twice is once. */
  putScan(manager: Manager, entry: ScanEntry): Promise<void>;
  /** One that is gone already is no trouble. */
  removeScan(manager: Manager, id: string): Promise<void>;
  /** Removes people and moments by their ids; one that is gone already is no trouble. */
  removeKept(manager: Manager, members: readonly string[], moments: readonly string[]): Promise<void>;
};

export function openManagers(tables: Tables): Managers {
  const table = tables.table('managers');
  return {
    records: (manager) => readRecords(table, manager),
    versioned: (manager) => readVersioned(table, manager),
    rearrange: (manager, changes) => rearrange(table, manager, changes),
    all: () => readAll(table),
    async agreement(manager, id) {
      const found = await table.get(partition(manager), key('agreement', id));
      return found === null ? null : fromRow(agreementRowSchema, JSON_PROPERTIES, found);
    },
    several: (wanted) => readSeveral(table, wanted),
    async member(manager, id) {
      const found = await table.get(partition(manager), key('member', id));
      return found === null ? null : fromRow(memberSchema, [], found);
    },
    members: (manager) => readMembers(table, manager),
    saveMembers: (manager, people) => saveMembers(table, manager, people),
    putMembers: (manager, records) =>
      table.transact(records.map((record): Write => ({ do: 'upsert', row: memberRow(manager, record) }))),
    changeMember: (manager, record, etag) => table.replace(memberRow(manager, record), etag),
    async moment(manager, id) {
      const found = await table.get(partition(manager), key('moment', id));
      return found === null ? null : fromRow(momentSchema, MOMENT_JSON, found);
    },
    // What is kept of coffees with somebody stays.
    addMoment: (manager, who, record) =>
      table.transact([
        { do: 'fill', row: nameRow(manager, who) },
        { do: 'insert', row: momentRow(manager, record) },
      ]),
    changeMoment: (manager, record, etag) => table.replace(momentRow(manager, record), etag),
    removeMoment: (manager, id, etag) => table.remove(partition(manager), key('moment', id), etag),
    takeOff: (manager, { record, etag }) => table.remove(partition(manager), key('member', record.id), etag),
    removeMember: (manager, id, mustStay) => removeMember(table, manager, id, mustStay),
    addAgreement: (manager, who, record) =>
      table.transact([
        { do: 'fill', row: nameRow(manager, who) },
        { do: 'insert', row: agreementRow(manager, record) },
      ]),
    changeAgreement: (manager, record, etag) => table.replace(agreementRow(manager, record), etag),
    removeAgreement: (manager, id, etag) => table.remove(partition(manager), key('agreement', id), etag),
    async putScan(manager, entry) {
      await table.upsert(toRow(partition(manager), key('scan', entry.id), entry));
    },
    async removeScan(manager, id) {
      // One that is gone already is as good.
      void (await table.remove(partition(manager), key('scan', id)));
    },
    async removeKept(manager, members, moments) {
      const rowKeys = [...members.map((id) => key('member', id)), ...moments.map((id) => key('moment', id))];
      await removeRows(
        table,
        rowKeys.map((rowKey) => ({ row: { partitionKey: partition(manager), rowKey }, etag: '*' })),
      );
    },
  };
}

function partition({ tenant, person }: Manager): string {
  return key(tenant, person);
}

function memberRow(manager: Manager, record: Member) {
  return toRow(partition(manager), key('member', record.id), record);
}

/** The place with its name alone: what else is kept of it stays as it is. */
function nameRow(manager: Manager, { id, name, person }: Member) {
  return toRow(partition(manager), key('member', id), { id, name, person });
}

function momentRow(manager: Manager, record: Moment) {
  return toRow(partition(manager), key('moment', record.id), record);
}

function agreementRow(manager: Manager, record: Agreement) {
  return toRow(partition(manager), key('agreement', record.id), record);
}

async function readRecords(table: Table, manager: Manager): Promise<ManagerRecords> {
  const rows: StoredRow[] = [];
  for await (const stored of table.query({ partition: partition(manager) })) rows.push(stored);
  return everythingIn(rows);
}

async function readVersioned(table: Table, manager: Manager): Promise<VersionedRecords> {
  const members: Versioned<Member>[] = [];
  const agreements: Versioned<Agreement>[] = [];
  const moments: Versioned<Moment>[] = [];
  for await (const stored of table.query({ partition: partition(manager) })) {
    const [kind] = keyParts(stored.row.rowKey);
    const keep = <Record>(record: Record | null, kept: Versioned<Record>[]) =>
      record !== null && kept.push({ record, etag: stored.etag });
    if (kind === 'member') keep(readableRow(memberSchema, [], stored), members);
    if (kind === 'moment') keep(readableRow(momentSchema, MOMENT_JSON, stored), moments);
    if (kind === 'agreement') keep(readableRow(agreementRowSchema, JSON_PROPERTIES, stored), agreements);
  }
  return { members, agreements, moments };
}

async function* readAll(table: Table) {
  let rows: StoredRow[] = [];
  for await (const stored of table.query({})) {
    if (rows.length > 0 && rows[0]?.row.partitionKey !== stored.row.partitionKey) {
      yield { manager: managerIn(rows), everything: everythingIn(rows) };
      rows = [];
    }
    rows.push(stored);
  }
  if (rows.length > 0) yield { manager: managerIn(rows), everything: everythingIn(rows) };
}

async function readMembers(table: Table, manager: Manager): Promise<readonly Versioned<Member>[]> {
  const { from, to } = keysUnder('member');
  const found: Versioned<Member>[] = [];
  for await (const stored of table.query({ partition: partition(manager), rowFrom: from, rowBefore: to })) {
    const record = readableRow(memberSchema, [], stored);
    if (record !== null) found.push({ record, etag: stored.etag });
  }
  return found;
}

async function saveMembers(
  table: Table,
  manager: Manager,
  { add, change }: Parameters<Managers['saveMembers']>[1],
): Promise<WriteResult> {
  const writes: Write[] = [
    ...add.map((record): Write => ({ do: 'insert', row: memberRow(manager, record) })),
    ...change.map(({ record, etag }): Write => ({ do: 'replace', row: memberRow(manager, record), etag })),
  ];
  return transactAll(table, writes);
}

async function rearrange(
  table: Table,
  manager: Manager,
  { members, agreements, moments }: VersionedRecords,
): Promise<WriteResult> {
  const replace = (row: Row, etag: string): Write => ({ do: 'replace', row, etag });
  return transactAll(table, [
    ...members.map(({ record, etag }) => replace(memberRow(manager, record), etag)),
    ...agreements.map(({ record, etag }) => replace(agreementRow(manager, record), etag)),
    ...moments.map(({ record, etag }) => replace(momentRow(manager, record), etag)),
  ]);
}

/** In transactions of a hundred, each all or nothing; the first that is not `ok` ends it. */
async function transactAll(table: Table, writes: readonly Write[]): Promise<WriteResult> {
  for (const batch of batches(writes, ({ row }) => row)) {
    const result = await table.transact(batch);
    if (result !== 'ok') return result;
  }
  return 'ok';
}

async function removeMember(
  table: Table,
  manager: Manager,
  id: string,
  mustStay: (place: Member) => boolean,
): Promise<WriteResult> {
  const found = await table.get(partition(manager), key('member', id));
  if (found === null) return 'gone';
  // Read after the etag: what needs the name from now on writes its row too, and then the etag is another.
  const { agreements, moments, unreadable } = await readRecords(table, manager);
  const place = fromRow(memberSchema, [], found).record;
  const needed =
    unreadable.length > 0 ||
    place.rhythm !== null ||
    mustStay(place) ||
    [...agreements, ...moments].some(({ member }) => member === id);
  return needed ? 'conflict' : table.remove(partition(manager), key('member', id), found.etag);
}

async function readSeveral(table: Table, wanted: readonly Wanted[]): Promise<ReadRecords> {
  const tenants = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const found = tenants.get(one.manager.tenant) ?? [];
    tenants.set(one.manager.tenant, [...found, one]);
  }
  // Tenant by tenant: between those wanted in two of them lie all others of both.
  const read = [...tenants.values()].map((some) => readOfTenant(table, some));
  const rows = (await Promise.all(read)).flat();
  const byKey = new Map(rows.map((stored) => [`${stored.row.partitionKey} ${stored.row.rowKey}`, stored]));
  const rowOf = (manager: Manager, kind: SubjectKind, id: string) =>
    byKey.get(`${partition(manager)} ${key(kind, id)}`);
  return {
    agreement(manager, id) {
      const found = rowOf(manager, 'agreement', id);
      return found === undefined ? null : fromRow(agreementRowSchema, JSON_PROPERTIES, found);
    },
    member(manager, id) {
      const found = rowOf(manager, 'member', id);
      return found === undefined ? null : fromRow(memberSchema, [], found);
    },
    moment(manager, id) {
      const found = rowOf(manager, 'moment', id);
      return found === undefined ? null : fromRow(momentSchema, MOMENT_JSON, found);
    },
  };
}

async function readOfTenant(table: Table, wanted: readonly Wanted[]): Promise<StoredRow[]> {
  const rowKeys = new Map(
    wanted.map(({ manager, subjects }) => [
      partition(manager),
      subjects.map(({ kind, id }) => key(kind, id)),
    ]),
  );
  const kinds = wanted.flatMap(({ subjects }) => subjects.map(({ kind }) => kind)).sort();
  const rows = {
    rowFrom: keysUnder(kinds[0] ?? '').from,
    rowBefore: keysUnder(kinds[kinds.length - 1] ?? '').to,
  };
  const read = await readMany([...rowKeys.keys()], {
    range: (partitionFrom, partitionTo, most) => table.query({ partitionFrom, partitionTo, ...rows, most }),
    keyOf: ({ row }) => row.partitionKey,
    async *one(partitionKey) {
      const [rowKey = '', ...others] = rowKeys.get(partitionKey) ?? [];
      if (others.length > 0) {
        yield* table.query({ partition: partitionKey, ...rows });
      } else {
        const found = await table.get(partitionKey, rowKey);
        if (found !== null) yield found;
      }
    },
  });
  return [...read.values()].flat();
}

/**
 * Earlier versions packed two values into one text: `ids|note`, `kind:code`. A note may hold bars of its own and a
 * code colons: only the first one parts them.
 */
function unpackAgreement(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const { changeAsked, undelivered, answeredAt, changedAt } = row as Readonly<Record<string, unknown>>;
  return {
    ...row,
    ...(typeof changeAsked === 'string'
      ? { changeAsked: unpackedRequest(changeAsked, answeredAt ?? changedAt) }
      : {}),
    ...(typeof undelivered === 'string' ? { undelivered: unpackedFailure(undelivered) } : {}),
  };
}

function unpackedRequest(packed: string, askedAt: unknown): unknown {
  const [ids, note] = partedAt(packed, '|');
  const subjects = ids.split(',').filter((id) => CHANGE_SUBJECTS.some((one) => one === id));
  return { subjects, note, askedAt, handledAt: null };
}

function unpackedFailure(packed: string): Undelivered {
  const [kind, why] = partedAt(packed, ':');
  return { kind, why };
}

/** What stands before and after the first mark; all of it before where there is none. */
function partedAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

function managerIn(rows: readonly StoredRow[]): Manager {
  const [tenant = '', person = ''] = keyParts(rows[0]?.row.partitionKey ?? '');
  return { tenant, person };
}

/** One manager's rows as records. One that cannot be read must not hide the others. */
function everythingIn(rows: readonly StoredRow[]): ManagerRecords {
  const members: Member[] = [];
  const agreements: Agreement[] = [];
  const moments: Moment[] = [];
  const scans: ScanEntry[] = [];
  const unreadable: string[] = [];
  for (const stored of rows) {
    const [kind, id = ''] = keyParts(stored.row.rowKey);
    const keep = <Record>(found: Record | null, kept: Record[]) =>
      found === null ? unreadable.push(id) : kept.push(found);
    if (kind === 'member') keep(readableRow(memberSchema, [], stored), members);
    if (kind === 'moment') keep(readableRow(momentSchema, MOMENT_JSON, stored), moments);
    if (kind === 'scan') keep(readableRow(scanEntrySchema, [], stored), scans);
    if (kind === 'agreement') keep(readableRow(agreementRowSchema, JSON_PROPERTIES, stored), agreements);
  }
  return { members, agreements, moments, scans, unreadable };
}
