import { readFileSync } from 'node:fs';
import { TableClient, type TransactionAction } from '@azure/data-tables';
import { inject } from 'vitest';
import type { ReminderKind } from '../../bot/domain/reminder-kinds.js';
import type { Tables } from '../../bot/store/tables/tables.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Person } from '../support/teams/teams.js';
import type { Refusal } from '../support/teams/teams-mailbox.js';

/** The versions whose rows are kept. */
export type StoredVersion = '0.1.0';
/** A row as the table service gives it, by the service's own names. */
export type StoredRow = { readonly PartitionKey: string; readonly RowKey: string } & Readonly<
  Record<string, string | number | boolean>
>;
export const STORED_TABLES = [
  'people',
  'managers',
  'about',
  'reminders',
  'nudges',
  'organisation',
  'audit',
  'health',
] as const;
export type StoredTables = Readonly<Record<(typeof STORED_TABLES)[number], readonly StoredRow[]>>;

/** What the rows meant to the version that wrote them. Ids are Entra object ids, instants UTC. */
export type Meaning = {
  /** The instant at which the rows were taken. */
  readonly at: string;
  readonly zone: string;
  readonly hrAdmins: readonly string[];
  readonly agreements: readonly AgreementMeaning[];
  readonly members: readonly MemberMeaning[];
  readonly moments: readonly MomentMeaning[];
  /** Agreements that are damaged on purpose. */
  readonly unreadable: readonly { readonly tenant: string; readonly person: string; readonly id: string }[];
  readonly people: readonly PersonMeaning[];
  readonly organisations: readonly OrganisationMeaning[];
  /** What stood open for each manager. */
  readonly overview: readonly {
    readonly tenant: string;
    readonly manager: string;
    readonly open: readonly { readonly kind: string; readonly id: string; readonly day: string }[];
  }[];
  readonly reminders: readonly ReminderMeaning[];
  /** Identities of reminders, `place|kind|tenant|person|manager|subject|occasion`, and of pointers. */
  readonly night: {
    readonly mended: readonly string[];
    readonly dropped: readonly string[];
    readonly pointed: readonly string[];
  };
  /** What retention took away, by the instant of the run: `tenant|manager|kind|id`, or `tenant|person|person`. */
  readonly gone: Readonly<Record<string, readonly string[]>>;
  /** The months as they were counted in the first night of December. */
  readonly figures: readonly { readonly tenant: string; readonly month: string; readonly closed: boolean }[];
};
export type AgreementMeaning = {
  readonly tenant: string;
  readonly manager: string;
  readonly id: string;
  readonly employee: string | null;
  readonly name: string;
  readonly managerName: string;
  readonly formerManager: string | null;
  readonly member: string;
  readonly conversation: {
    readonly day: string;
    readonly present: readonly string[];
    readonly subjects: readonly string[];
  };
  readonly agreed: readonly {
    readonly id: string;
    readonly who: string;
    readonly what: string;
    readonly by: string;
    readonly outcome: string | null;
  }[];
  readonly evaluation: {
    readonly next: string;
    readonly rhythm: string;
    readonly initiative: string;
    readonly snoozedUntil: string | null;
  };
  readonly held: readonly {
    readonly day: string;
    readonly planned: string | null;
    readonly outcomes: Readonly<Record<string, string>>;
  }[];
  readonly landed: boolean;
  readonly answer: string;
  readonly answeredAt: string | null;
  /** What the employee wants to be different, and their own words in full. */
  readonly change: { readonly about: readonly string[]; readonly note: string } | null;
  readonly removal: {
    readonly askedAt: string;
    readonly by: string;
    readonly answeredAt: string | null;
    readonly kept: string | null;
  } | null;
  readonly undelivered: { readonly kind: string; readonly why: string } | null;
  readonly status: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly version: number;
};
export type MemberMeaning = {
  readonly tenant: string;
  readonly manager: string;
  readonly account: string | null;
  readonly id: string;
  readonly name: string;
  readonly rhythm: string | null;
  readonly lastDay: string | null;
  readonly nextDay: string | null;
  readonly coffees: number;
  readonly version: number;
};
export type MomentMeaning = {
  readonly tenant: string;
  readonly manager: string;
  readonly id: string;
  readonly member: string;
  readonly memberName: string;
  readonly kind: string;
  readonly from: string;
  readonly until: string | null;
  readonly contact: boolean;
  readonly status: string;
};
export type PersonMeaning = {
  readonly tenant: string;
  readonly person: string;
  readonly language: string | null;
  readonly locale: string | null;
  readonly zone: string | null;
  readonly time: string | null;
  readonly days: readonly number[] | null;
  readonly pausedUntil: string | null;
  readonly off: readonly string[] | null;
  readonly monthly: readonly string[] | null;
  readonly address: boolean;
  readonly unreachable: { readonly since: string; readonly why: string } | null;
};
export type OrganisationMeaning = {
  readonly tenant: string;
  readonly contacts: readonly { readonly id: string; readonly name: string; readonly checked: string }[];
  readonly managers: string;
  readonly listed: readonly string[];
};
export type ReminderMeaning = {
  readonly place: 'due' | 'waiting';
  readonly kind: ReminderKind;
  readonly tenant: string;
  readonly person: string;
  readonly manager: string;
  readonly subject: string;
  readonly occasion: string;
  readonly round: number;
  /** What came of it while nobody did anything: sent `at` an instant, dropped, or waiting for an absent person. */
  readonly then: 'sent' | 'dropped' | 'waiting';
  readonly at?: string;
};

export function storedRows(version: StoredVersion): StoredTables {
  return Object.fromEntries(
    STORED_TABLES.map((table) => [table, read(version, table)]),
  ) as unknown as StoredTables;
}

export function meaningOf(version: StoredVersion): Meaning {
  return read(version, 'meaning') as Meaning;
}

function read(version: StoredVersion, name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${version}/${name}.json`, import.meta.url), 'utf8'));
}

/** Replaces the contents of the tables with these rows, without the code under test, which is to read them. */
export async function putRows(prefix: string, tables: StoredTables): Promise<void> {
  for (const name of STORED_TABLES) {
    const client = TableClient.fromConnectionString(inject('azurite'), prefix + name, {
      allowInsecureConnection: true,
    });
    const writes: { readonly partition: string; readonly action: TransactionAction }[] = [];
    const wanted = new Set(tables[name].map(({ PartitionKey, RowKey }) => `${PartitionKey} ${RowKey}`));
    for await (const { partitionKey = '', rowKey = '' } of client.listEntities()) {
      if (!wanted.has(`${partitionKey} ${rowKey}`))
        writes.push({ partition: partitionKey, action: ['delete', { partitionKey, rowKey }] });
    }
    for (const { PartitionKey: partitionKey, RowKey: rowKey, ...properties } of tables[name]) {
      const row = { partitionKey, rowKey, ...properties };
      writes.push({ partition: partitionKey, action: ['upsert', row, 'Replace'] });
    }
    for (const partition of new Set(writes.map((write) => write.partition))) {
      const actions = writes.filter((write) => write.partition === partition).map(({ action }) => action);
      for (let at = 0; at < actions.length; at += 100) {
        await client.submitTransaction(actions.slice(at, at + 100));
      }
    }
  }
}

/** The same in tables in memory. */
async function putRowsInMemory(tables: Tables, stored: StoredTables): Promise<void> {
  for (const name of STORED_TABLES) {
    const table = tables.table(name);
    const wanted = new Set(stored[name].map(({ PartitionKey, RowKey }) => `${PartitionKey} ${RowKey}`));
    for await (const { row } of table.query({})) {
      if (!wanted.has(`${row.partitionKey} ${row.rowKey}`)) await table.remove(row.partitionKey, row.rowKey);
    }
    for (const { PartitionKey: partitionKey, RowKey: rowKey, ...properties } of stored[name])
      await table.upsert({ ...properties, partitionKey, rowKey });
  }
}

/** Today's bot with the rows of a version in its tables, at the instant at which they were taken. */
export type StoredHouse = {
  readonly house: House;
  readonly meaning: Meaning;
  readonly rows: StoredTables;
  /** The person with this Entra object id; throws when there is none. */
  person(id: string): Person;
  /** Puts all rows and the clock back. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

/**
 * In tables in memory, since it goes through hundreds of cards and half a year of ticks; that the rows are read as the
 * service gives them is for `reading.test.ts`, which has them from it.
 */
export async function openStoredHouse(version: StoredVersion): Promise<StoredHouse> {
  const rows = storedRows(version);
  const meaning = meaningOf(version);
  const tenants = [...new Set(meaning.people.map(({ tenant }) => tenant))].join();
  const house = await openHouse({
    inMemory: true,
    now: meaning.at,
    hrAdmins: meaning.hrAdmins.join(),
    allowedTenants: () => tenants,
    // Half a year of messages passes in seconds.
    limits: 'off',
  });
  const people = new Map<string, Person>();
  for (const { objectId, ...options } of whoIsThere(meaning)) {
    people.set(objectId, house.teams.person({ objectId, ...options }));
  }
  for (const { person, unreachable } of meaning.people) {
    const refusal = /^403 (\w+)$/.exec(unreachable?.why ?? '')?.[1];
    if (refusal !== undefined) people.get(person)?.isRefusedBy(refusal as Refusal);
  }
  const reset = async () => {
    house.setNow(meaning.at);
    const here = { ...rows, people: rows.people.map((row) => addressedTo(people, row)) };
    await putRowsInMemory(house.bot.tables, here);
  };
  await reset();
  return {
    house,
    meaning,
    rows,
    reset,
    person(id) {
      const found = people.get(id);
      if (found === undefined) throw new Error(`nobody is ${id}`);
      return found;
    },
    close: () => house.close(),
  };
}

/** Everybody with a row, and the employees without one, who never installed the bot. */
function whoIsThere({ people, agreements }: Meaning) {
  const nameOf = (id: string) =>
    agreements.find(({ manager }) => manager === id)?.managerName ??
    agreements.find(({ employee }) => employee === id)?.name ??
    'Somebody';
  const known = people.map(({ tenant, person, address, locale }) => ({
    tenant,
    objectId: person,
    name: nameOf(person),
    locale: locale === 'en' ? 'en-GB' : 'nl-NL',
    installed: address,
  }));
  const unknown = agreements.flatMap(({ tenant, employee }) =>
    employee === null || known.some(({ objectId }) => objectId === employee)
      ? []
      : [{ tenant, objectId: employee, name: nameOf(employee), locale: 'nl-NL', installed: false }],
  );
  return [...known, ...unknown];
}

/** A person's row with the address that the stand-in has for them: its port and ids differ in each run. */
function addressedTo(people: ReadonlyMap<string, Person>, row: StoredRow): StoredRow {
  const person = people.get(String(row.person));
  if (person === undefined || typeof row.reference !== 'string') return row;
  const { serviceUrl, conversationId: conversation, userId: user } = person;
  const reference = { ...(JSON.parse(row.reference) as object), serviceUrl, conversation, user };
  return { ...row, reference: JSON.stringify(reference) };
}
