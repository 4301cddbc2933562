import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnTables, openOwnTables } from '../support/azure/temporary-tables.js';
import { MUCH_LATER } from '../support/sample-records.js';
import { agreementFacts } from './agreement-facts.js';
import { meaningOf, putRows, type StoredRow, storedRows } from './stored-rows.js';

const ROWS = storedRows('0.1.0');
const MEANING = meaningOf('0.1.0');

describe('rows that version 0.1.0 wrote', () => {
  let own: OwnTables;
  beforeAll(async () => {
    own = await openOwnTables();
    await putRows(own.prefix, ROWS);
  });
  afterAll(() => own.drop());

  it('are all read as agreements, people on lists and moments, alone as together, but for what is damaged', async () => {
    const found = { agreements: [] as unknown[], members: [] as unknown[], moments: [] as unknown[] };
    const unreadable: unknown[] = [];
    for await (const { manager, everything } of own.stores.managers.all()) {
      const { tenant, person } = manager;
      found.agreements.push(...everything.agreements.map((record) => agreementFacts(manager, record)));
      found.members.push(
        ...everything.members.map(({ person: account, ...record }) => ({
          ...record,
          tenant,
          account,
          manager: person,
        })),
      );
      found.moments.push(...everything.moments.map((record) => ({ ...record, tenant, manager: person })));
      unreadable.push(...everything.unreadable.map((id) => ({ tenant, person, id })));
    }
    const { agreements, members, moments } = MEANING;
    expect(ROWS.managers).toHaveLength(
      agreements.length + members.length + moments.length + MEANING.unreadable.length,
    );
    expect(found.agreements).toEqual(agreements);
    expect(found.members).toMatchObject(members);
    expect(found.moments).toMatchObject(moments);
    expect(unreadable).toEqual(MEANING.unreadable);
    for (const { tenant, manager, id, ...meant } of MEANING.agreements) {
      const found = await own.stores.managers.agreement({ tenant, person: manager }, id);
      expect(found && agreementFacts({ tenant, person: manager }, found.record)).toMatchObject(meant);
    }
  });

  it('tell of people what they chose, and who cannot be reached since when and why', async () => {
    const found: unknown[] = [];
    for await (const { reference, unreachableSince: since, ...person } of own.stores.people.all()) {
      const unreachable = since === null ? null : { since, why: person.unreachableWhy };
      found.push({ ...person, address: reference !== null, unreachable });
    }
    expect(found).toHaveLength(ROWS.people.length);
    expect(found).toMatchObject(MEANING.people);
    for (const row of ROWS.people.filter((one) => one.reference !== undefined)) {
      const kept = await own.stores.people.get(String(row.tenant), String(row.person));
      expect(kept?.record.reference).toMatchObject(opened(row.reference) as object);
    }
  });

  it('are all reminders that are planned or wait, but for the one that is damaged', async () => {
    const found: unknown[] = [];
    let unreadable = 0;
    for await (const { reminder } of own.stores.reminders.all()) {
      if (reminder === null) unreadable += 1;
      else found.push(reminder);
    }
    const readable = ROWS.reminders.filter((row) => row.subject !== undefined);
    expect(unreadable).toBe(1);
    expect(found).toMatchObject(readable.map(withoutKeys));
    expect(MEANING.reminders).toHaveLength(found.length);
    expect(found).toMatchObject(
      MEANING.reminders.map(({ place: _place, then: _then, at: _at, ...meant }) => meant),
    );
    const waiting: unknown[] = [];
    for await (const { reminder } of own.stores.reminders.waiting()) waiting.push(reminder);
    expect(waiting).toHaveLength(MEANING.reminders.filter(({ place }) => place === 'waiting').length);
  });

  it('lead employees to what is about them, and tell what was removed', async () => {
    const found: unknown[] = [];
    for await (const { tenant, employee, pointer } of own.stores.about.all()) {
      const { manager, agreement, member, since, managerName, removed } = pointer;
      found.push({ tenant, employee, manager, agreement, member, since, managerName, removed });
    }
    const meant = ROWS.about.map((row) => {
      const [tenant, employee] = row.PartitionKey.split('|');
      const { manager, agreement = null, member = null, since, managerName = null, removed = null } = row;
      return { tenant, employee, manager, agreement, member, since, managerName, removed: opened(removed) };
    });
    expect(found).toEqual(meant);
  });

  it('prove what was sent, item by item', async () => {
    const people = new Set(ROWS.nudges.map(({ PartitionKey }) => PartitionKey));
    for (const partition of people) {
      const [tenant = '', person = ''] = partition.split('|');
      const sent = await own.stores.deliveries.sentTo(tenant, person);
      const meant = ROWS.nudges
        .filter(({ PartitionKey }) => PartitionKey === partition)
        .flatMap(({ items, sentAt }) => (opened(items) as string[]).map((item) => [item, sentAt]));
      expect(Object.fromEntries(sent)).toEqual(Object.fromEntries(meant));
    }
  });

  it('hold what HR filled in, and the months that were counted', async () => {
    for (const meant of MEANING.organisations) {
      const { record } = await own.stores.organisations.get(meant.tenant);
      expect(record).toMatchObject(meant);
    }
    const months: unknown[] = [];
    for await (const { record } of own.stores.figures.all()) months.push(record);
    const counted = ROWS.organisation.filter((row) => row.month !== undefined);
    expect(months).toMatchObject(
      counted.map((row) =>
        Object.fromEntries(Object.entries(withoutKeys(row)).map(([name, value]) => [name, opened(value)])),
      ),
    );
  });

  it('say who did what to which record, and how every instance is doing', async () => {
    const records = new Set(ROWS.audit.map((row) => `${row.PartitionKey.split('|')[0]} ${row.record}`));
    let entries = 0;
    for (const one of records) {
      const [tenant = '', record = ''] = one.split(' ');
      const found = await own.stores.audit.of(tenant, record);
      const meant = ROWS.audit.filter(
        (row) => row.record === record && row.PartitionKey.startsWith(`${tenant}|`),
      );
      expect(found).toMatchObject(meant.map(withoutKeys));
      entries += found.length;
    }
    expect(entries).toBe(ROWS.audit.length);
    const health = await own.stores.health.of('reminders', MUCH_LATER);
    const sum = (name: string) => ROWS.health.reduce((total, row) => total + Number(row[name]), 0);
    expect(health).toMatchObject({ gaveUp: sum('gaveUp'), setAside: sum('setAside') });
    expect(health?.last.at).toBe('2026-11-27T16:06:00.000Z');
  });
});

function withoutKeys({ PartitionKey: _partition, RowKey: _row, ...properties }: StoredRow) {
  return properties;
}

/** JSON text as what it says; anything else as it is. */
function opened(value: unknown): unknown {
  return typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value;
}
