import { z } from 'zod';
import { batches, removeRows } from './batches.js';
import { key, keyParts, keysUnder } from './keys.js';
import { readMany } from './many.js';
import { fromRow, type Kept, readableRow, toRow } from './records.js';
import type { Stored, Tables, Write, WriteResult } from './tables.js';

export const RHYTHMS = ['weekly', 'two-weekly', 'four-weekly', 'quarterly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export const memberSchema = z.object({
  id: z.string(),
  /**
   * Under which the audit trail and the employee's export name this place: random, since `id` may hold whose it is. Given
   * at the first change; null until then.
   */
  number: z.string().nullable().default(null),
  /** The name that the manager uses. */
  name: z.string(),
  /** Entra object id; null for somebody whose name was only typed: can be planned for, not shared with. */
  person: z.string().nullable().default(null),
  /** How often a coffee is meant to be; null for whom no coffee is kept. */
  rhythm: z.enum(RHYTHMS).nullable().default(null),
  /** Days of the last coffee and of the next one; nothing of what was said is ever kept. */
  lastDay: z.string().nullable().default(null),
  nextDay: z.string().nullable().default(null),
  /**
   * Since when the employee wants no fixed coffees (instant; GDPR art. 21); null when they did not say so. While it stands
   * nobody puts them on the list again.
   */
  coffeeRefusedAt: z.string().nullable().default(null),
  /** Counts the coffees, so that the opening questions differ from those of the last time. */
  coffees: z.number().int().default(0),
  /** The occasion of the newest reminder of it that did not arrive; null when all is well. */
  undeliveredOccasion: z.string().nullable().optional(),
  /** Goes up with each change: a card knows by it that it is no longer the newest. */
  version: z.number().int().default(0),
});
/** Somebody on a manager's list. */
export type Member = z.infer<typeof memberSchema>;

/** Somebody new on the list, with nothing planned. */
export function newMember(id: string, name: string, person: string | null): Member {
  return memberSchema.parse({ id, name, person });
}

export const OUTCOMES = ['works', 'adjust', 'stop'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const WHO = ['employee', 'manager', 'together', 'hr', 'team'] as const;
export const PRESENT = ['manager', 'employee', 'hr', 'occupational', 'companion', 'other-manager'] as const;
export const SUBJECTS = [
  'tasks',
  'workload',
  'hours',
  'workplace',
  'cooperation',
  'own-control',
  'growth',
  'support',
  'contact',
  'team-message',
] as const;
export const INITIATIVES = ['manager', 'employee'] as const;
/**
 * Why a record may stay although the employee asked for its removal: what the AVG leaves room for (art. 17(1)
 * and (3)). A fixed list, since a reason in one's own words would soon be about health.
 */
export const REASONS_TO_KEEP = ['in-use', 'law', 'dispute', 'agreed'] as const;
export type ReasonToKeep = (typeof REASONS_TO_KEEP)[number];
const removal = z.object({
  /** Instant. What is asked once more after an answer is another request. */
  askedAt: z.string(),
  /** The last day to answer. */
  by: z.string(),
  /** Instant; null while there is no answer. What is removed is gone with its request: the pointer tells of it. */
  answeredAt: z.string().nullable(),
  kept: z.enum(REASONS_TO_KEEP).nullable(),
});
/** The employee's request to remove an agreement, and the answer that it stays. */
export type Removal = z.infer<typeof removal>;

export const MOMENT_REQUESTS = ['remove', 'dates'] as const;
const momentRequest = removal.extend({
  /** Entra object id of who asked: whom the moment is about. */
  employee: z.string(),
  /** To remove the moment, or to give it the dates below; answered without `kept` it was done. */
  what: z.enum(MOMENT_REQUESTS),
  from: z.string().nullable(),
  until: z.string().nullable(),
});
/** The employee's request about a moment (GDPR art. 16 and 17), and the answer. */
export type MomentRequest = z.infer<typeof momentRequest>;

export const momentSchema = z.object({
  id: z.string(),
  member: z.string(),
  /** The manager's own name for the person. */
  memberName: z.string(),
  kind: z.enum(['leave', 'return', 'retirement', 'start', 'anniversary', 'extra']),
  from: z.string(),
  until: z.string().nullable().default(null),
  /** Both want contact during a leave. */
  contact: z.boolean(),
  request: momentRequest.nullable().default(null),
  status: z.enum(['open', 'ended']),
  /** The occasion of the newest reminder of it that did not arrive; null when all is well. */
  undeliveredOccasion: z.string().nullable().optional(),
  createdAt: z.string(),
  changedAt: z.string(),
  version: z.number().int(),
});
/** A moment to pay attention: kind and dates, nothing else. A leave is a leave; what is sensitive is `extra`. */
export type Moment = z.infer<typeof momentSchema>;

const item = z.object({
  id: z.string(),
  who: z.enum(WHO),
  what: z.string(),
  by: z.string(),
  /** How the last evaluation left it; null until the first. */
  outcome: z.enum(OUTCOMES).nullable().default(null),
});
export type Item = z.infer<typeof item>;

/** What an employee can want to be different: the fixed list of the form. */
export const CHANGE_SUBJECTS = ['items', 'days', 'evaluation', 'present', 'talk'] as const;
export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];
const changeRequest = z.object({
  subjects: z.array(z.enum(CHANGE_SUBJECTS)),
  /** In the employee's own words, screened; empty where they added none. */
  note: z.string(),
  /** Instant: which request it is. */
  askedAt: z.string(),
  /** When the manager said that they had discussed it (instant); null while it waits for that. */
  handledAt: z.string().nullable().default(null),
});
/** The employee's request to have an agreement changed (GDPR art. 16). */
export type ChangeRequest = z.infer<typeof changeRequest>;

const undelivered = z.object({
  /** The kind of reminder; a kind that is no longer sent can still be read. */
  kind: z.string(),
  /** The code of the failure: an HTTP status, or a word of ours. */
  why: z.string(),
  /** Its retries are exhausted: it is not tried again. */
  givenUp: z.literal(true).optional(),
});
/** A reminder that did not arrive, as the maker of the record sees it. */
export type Undelivered = z.infer<typeof undelivered>;

export const agreementSchema = z.object({
  id: z.string(),
  member: z.string(),
  /** The manager's own name for the employee, so that one read shows the agreement. */
  memberName: z.string(),
  managerName: z.string(),
  /** Whose it was before, by name: it came with a handover that the employee was last told of; null when it did not. */
  movedFrom: z.string().nullable().default(null),
  /** Entra object id of the employee; null when there is none to share with. */
  employee: z.string().nullable().default(null),
  conversationDay: z.string(),
  present: z.array(z.enum(PRESENT)),
  subjects: z.array(z.enum(SUBJECTS)),
  items: z.array(item),
  initiative: z.enum(INITIATIVES),
  rhythm: z.enum(RHYTHMS),
  /** The day of the next evaluation. */
  nextDay: z.string(),
  /** Reminders of that evaluation before this instant were snoozed away. */
  remindFrom: z.string().nullable().default(null),
  /** When the last reminder for `nextDay` was planned for: where its row lies. */
  remindAt: z.string(),
  evaluations: z.array(
    z.object({
      day: z.string(),
      /** The day that was agreed on for it. */
      planned: z.string().optional(),
      outcomes: z.record(z.string(), z.enum(OUTCOMES)),
    }),
  ),
  /** The manager was asked whether it is still needed; null when they were not. Days. */
  resting: z
    .object({
      /** Since when nobody had come back to it: of another stretch it says nothing. */
      since: z.string(),
      askedOn: z.string(),
    })
    .nullable()
    .default(null),
  /** Whether the question how the conversation landed was dealt with. */
  landed: z.boolean(),
  /** The day on which that question was put off; null when it was not. */
  landedFrom: z.string().nullable().default(null),
  answer: z.enum(['not-shared', 'on-its-way', 'waiting', 'shared', 'confirmed', 'change-asked']),
  answeredAt: z.string().nullable().default(null),
  changeAsked: changeRequest.nullable().default(null),
  removal: removal.nullable().default(null),
  /** Which reminder did not reach whom it was for; null when all is well. */
  undelivered: undelivered.nullable().default(null),
  status: z.enum(['open', 'closed']),
  createdAt: z.string(),
  changedAt: z.string(),
  /** Goes up with each change: a card knows by it that it is no longer the newest. */
  version: z.number().int(),
});
/** What the AVG allows on record of a conversation: never what was said. Days are the manager's, instants UTC. */
export type Agreement = z.infer<typeof agreementSchema>;

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
const agreementRowSchema = z.preprocess(unpackAgreement, agreementSchema);

/** Whose records: one manager within one tenant, by Entra object id. */
export type Manager = { readonly tenant: string; readonly person: string };
/** What a reminder can be about. */
export type SubjectKind = 'agreement' | 'member' | 'moment';
/** Some of what a manager keeps; each manager is asked for once. */
export type Wanted = {
  readonly manager: Manager;
  readonly subjects: readonly { readonly kind: SubjectKind; readonly id: string }[];
};
/** What was read of it: each as reading it alone brings it, or throws as that does. */
export type Several = {
  agreement(manager: Manager, id: string): Kept<Agreement> | null;
  member(manager: Manager, id: string): Kept<Member> | null;
  moment(manager: Manager, id: string): Kept<Moment> | null;
};
export type Everything = {
  readonly members: readonly Member[];
  readonly agreements: readonly Agreement[];
  readonly moments: readonly Moment[];
  /** Ids of records of any kind that are there and cannot be read: one of them must not hide the others. */
  readonly unreadable: readonly string[];
};

export type Managers = {
  /** All that one manager keeps, in one query. */
  everything(manager: Manager): Promise<Everything>;
  agreement(manager: Manager, id: string): Promise<Kept<Agreement> | null>;
  /** Much of many managers in few requests. */
  several(wanted: readonly Wanted[]): Promise<Several>;
  /** All that everybody keeps, manager by manager: for the night, never for a turn. */
  everybody(): AsyncIterable<{ readonly manager: Manager; readonly everything: Everything }>;
  member(manager: Manager, id: string): Promise<Kept<Member> | null>;
  /** Everybody on the list, each with the etag to write it back under. */
  members(manager: Manager): Promise<readonly Kept<Member>[]>;
  /**
   * Adds and changes any number of people: in transactions of a hundred, each all or nothing. `conflict` or `gone` when
   * somebody who is to be added is there already, or was changed or removed meanwhile: look again, and write what is left.
   */
  saveMembers(
    manager: Manager,
    people: { readonly add: readonly Member[]; readonly change: readonly Kept<Member>[] },
  ): Promise<WriteResult>;
  /** Several at once; who is there already is overwritten. */
  putMembers(manager: Manager, records: readonly Member[]): Promise<WriteResult>;
  changeMember(manager: Manager, record: Member, etag: string): Promise<WriteResult>;
  moment(manager: Manager, id: string): Promise<Kept<Moment> | null>;
  /** The member and the moment together; `conflict` when the moment is there already. */
  addMoment(manager: Manager, who: Member, record: Moment): Promise<WriteResult>;
  changeMoment(manager: Manager, record: Moment, etag: string): Promise<WriteResult>;
  removeMoment(manager: Manager, id: string, etag?: string): Promise<WriteResult>;
  /** Removes a name that nothing needs: no coffee, agreement or moment. `conflict` when something does by now. */
  removeMember(manager: Manager, id: string): Promise<WriteResult>;
  /** The member and the agreement together; `conflict` when the agreement is there already. */
  addAgreement(manager: Manager, who: Member, record: Agreement): Promise<WriteResult>;
  changeAgreement(manager: Manager, record: Agreement, etag: string): Promise<WriteResult>;
  removeAgreement(manager: Manager, id: string, etag?: string): Promise<WriteResult>;
  /** Removes people and moments by their ids; one that is gone already is no trouble. */
  removeKept(manager: Manager, members: readonly string[], moments: readonly string[]): Promise<void>;
};

export function openManagers(tables: Tables): Managers {
  const table = tables.table('managers');
  const partition = (manager: Manager) => key(manager.tenant, manager.person);
  const memberRow = (manager: Manager, record: Member) =>
    toRow(partition(manager), key('member', record.id), record);
  const nameRow = (manager: Manager, { id, name, person }: Member) =>
    toRow(partition(manager), key('member', id), { id, name, person });
  const momentRow = (manager: Manager, record: Moment) =>
    toRow(partition(manager), key('moment', record.id), record);
  const agreementRow = (manager: Manager, record: Agreement) =>
    toRow(partition(manager), key('agreement', record.id), record);
  const readSeveral = async (wanted: readonly Wanted[]): Promise<Stored[]> => {
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
  };
  const everything = async (manager: Manager): Promise<Everything> => {
    const rows: Stored[] = [];
    for await (const stored of table.query({ partition: partition(manager) })) rows.push(stored);
    return everythingIn(rows);
  };
  return {
    everything,
    async *everybody() {
      let rows: Stored[] = [];
      for await (const stored of table.query({})) {
        if (rows.length > 0 && rows[0]?.row.partitionKey !== stored.row.partitionKey) {
          yield { manager: managerIn(rows), everything: everythingIn(rows) };
          rows = [];
        }
        rows.push(stored);
      }
      if (rows.length > 0) yield { manager: managerIn(rows), everything: everythingIn(rows) };
    },
    async agreement(manager, id) {
      const found = await table.get(partition(manager), key('agreement', id));
      return found === null ? null : fromRow(agreementRowSchema, JSON_PROPERTIES, found);
    },
    async several(wanted) {
      const tenants = new Map<string, Wanted[]>();
      for (const one of wanted) {
        const found = tenants.get(one.manager.tenant) ?? [];
        tenants.set(one.manager.tenant, [...found, one]);
      }
      // Tenant by tenant: between those wanted in two of them lie all others of both.
      const rows = (await Promise.all([...tenants.values()].map(readSeveral))).flat();
      const byKey = new Map(
        rows.map((stored) => [`${stored.row.partitionKey} ${stored.row.rowKey}`, stored]),
      );
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
    },
    async member(manager, id) {
      const found = await table.get(partition(manager), key('member', id));
      return found === null ? null : fromRow(memberSchema, [], found);
    },
    async members(manager) {
      const { from, to } = keysUnder('member');
      const found: Kept<Member>[] = [];
      for await (const stored of table.query({
        partition: partition(manager),
        rowFrom: from,
        rowBefore: to,
      })) {
        const record = readableRow(memberSchema, [], stored);
        if (record !== null) found.push({ record, etag: stored.etag });
      }
      return found;
    },
    async saveMembers(manager, { add, change }) {
      const writes: Write[] = [
        ...add.map((record): Write => ({ do: 'insert', row: memberRow(manager, record) })),
        ...change.map(
          ({ record, etag }): Write => ({ do: 'replace', row: memberRow(manager, record), etag }),
        ),
      ];
      for (const batch of batches(writes, ({ row }) => row)) {
        const result = await table.transact(batch);
        if (result !== 'ok') return result;
      }
      return 'ok';
    },
    putMembers: (manager, records) =>
      table.transact(records.map((record): Write => ({ do: 'upsert', row: memberRow(manager, record) }))),
    changeMember: (manager, record, etag) => table.replace(memberRow(manager, record), etag),
    async moment(manager, id) {
      const found = await table.get(partition(manager), key('moment', id));
      return found === null ? null : fromRow(momentSchema, MOMENT_JSON, found);
    },
    addMoment: (manager, who, record) =>
      table.transact([
        { do: 'fill', row: nameRow(manager, who) },
        { do: 'insert', row: momentRow(manager, record) },
      ]),
    changeMoment: (manager, record, etag) => table.replace(momentRow(manager, record), etag),
    removeMoment: (manager, id, etag) => table.remove(partition(manager), key('moment', id), etag),
    async removeMember(manager, id) {
      const found = await table.get(partition(manager), key('member', id));
      if (found === null) return 'gone';
      // Read after the etag: what needs the name from now on writes its row too, and then the etag is another.
      const { agreements, moments, unreadable } = await everything(manager);
      const needed =
        unreadable.length > 0 ||
        fromRow(memberSchema, [], found).record.rhythm !== null ||
        [...agreements, ...moments].some(({ member }) => member === id);
      return needed ? 'conflict' : table.remove(partition(manager), key('member', id), found.etag);
    },
    addAgreement(manager, who, record) {
      const writes: Write[] = [
        // What is kept of coffees with somebody stays.
        { do: 'fill', row: nameRow(manager, who) },
        { do: 'insert', row: agreementRow(manager, record) },
      ];
      return table.transact(writes);
    },
    changeAgreement: (manager, record, etag) => table.replace(agreementRow(manager, record), etag),
    removeAgreement: (manager, id, etag) => table.remove(partition(manager), key('agreement', id), etag),
    async removeKept(manager, members, moments) {
      const rowKeys = [...members.map((id) => key('member', id)), ...moments.map((id) => key('moment', id))];
      await removeRows(
        table,
        rowKeys.map((rowKey) => ({ row: { partitionKey: partition(manager), rowKey }, etag: '*' })),
      );
    },
  };
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

function managerIn(rows: readonly Stored[]): Manager {
  const [tenant = '', person = ''] = keyParts(rows[0]?.row.partitionKey ?? '');
  return { tenant, person };
}

/** One manager's rows as records. One that cannot be read must not hide the others. */
function everythingIn(rows: readonly Stored[]): Everything {
  const members: Member[] = [];
  const agreements: Agreement[] = [];
  const moments: Moment[] = [];
  const unreadable: string[] = [];
  for (const stored of rows) {
    const [kind, id = ''] = keyParts(stored.row.rowKey);
    const keep = <Record>(found: Record | null, kept: Record[]) =>
      found === null ? unreadable.push(id) : kept.push(found);
    if (kind === 'member') keep(readableRow(memberSchema, [], stored), members);
    if (kind === 'moment') keep(readableRow(momentSchema, MOMENT_JSON, stored), moments);
    if (kind === 'agreement') keep(readableRow(agreementRowSchema, JSON_PROPERTIES, stored), agreements);
  }
  return { members, agreements, moments, unreadable };
}
