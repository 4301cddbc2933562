import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createStateOfHealth, type HealthNeeds } from '../../bot/state-of-health.js';
import type { Tick } from '../../bot/store/health.js';
import { openStores } from '../../bot/store/stores.js';
import { openTables } from '../../bot/store/tables.js';
import { ownPrefix } from '../support/azurite.js';
import { type OwnTables, openOwnTables } from '../support/own-tables.js';
import { aNewReminder, EMPLOYEE, MANAGER, TENANT } from '../support/records.js';

const STARTED = '2027-01-12T08:00:00.000Z';
const LATER = '2027-01-12T09:00:00.000Z';

let own: OwnTables;
let now: string;
beforeEach(async () => {
  own = await openOwnTables();
  now = LATER;
});
afterEach(() => own.drop());

function healthWith(changes: Partial<HealthNeeds> = {}) {
  return createStateOfHealth({
    tables: own.tables,
    stores: own.stores,
    reminders: true,
    now: () => new Date(now),
    startedAt: () => Date.parse(STARTED),
    ...changes,
  });
}

function tick(instance: string, at: string, changes: Partial<Tick> = {}): Promise<void> {
  const counts = { due: 3, sent: 2, deferred: 1, failed: 0, gaveUp: 0, setAside: 0 };
  return own.stores.health.record('reminders', instance, { at, ...counts, oldestOverdue: null, ...changes });
}

/** Lets one reminder wait for each of these people, by the id of its subject. */
async function letWait(...waiting: readonly (readonly [person: string, subject: string])[]): Promise<void> {
  const { reminders } = own.stores;
  await reminders.planAll(waiting.map(([person, subject]) => aNewReminder({ person, subject })));
  for await (const row of reminders.due(LATER)) if (row.reminder !== null) await reminders.waitAll([row]);
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the state of health', () => {
  it('says that all is well, and how the last tick went', async () => {
    await tick('one', '2027-01-12T08:59:00.000Z');
    expect(await healthWith()()).toEqual({
      ready: true,
      tables: true,
      reminders: true,
      ticking: true,
      last: {
        ...{ at: '2027-01-12T08:59:00.000Z', due: 3, sent: 2, deferred: 1, failed: 0 },
        ...{ gaveUp: 0, setAside: 0, oldestOverdue: null },
      },
      waiting: { reminders: 0, people: 0 },
      gaveUp: 0,
      setAside: 0,
    });
  });

  it('counts the reminders that wait, and for how many people', async () => {
    await letWait([MANAGER, 'one'], [MANAGER, 'two'], [EMPLOYEE, 'three']);
    expect((await healthWith()()).waiting).toEqual({ reminders: 3, people: 2 });
  });

  it('counts a waiting reminder that cannot be read, and nobody for it', async () => {
    await letWait([MANAGER, 'one'], [EMPLOYEE, 'two']);
    const rows = own.tables.table('reminders');
    for await (const { stored, reminder } of own.stores.reminders.waiting())
      if (reminder?.subject === 'two') await rows.upsert({ ...stored.row, kind: 'of the future' });
    expect((await healthWith()()).waiting).toEqual({ reminders: 2, people: 1 });
  });

  it('adds up what all instances gave up and set aside, and knows the oldest that is overdue', async () => {
    await tick('one', '2027-01-12T08:58:00.000Z', { gaveUp: 2, setAside: 1 });
    await tick('two', '2027-01-12T08:59:00.000Z', { gaveUp: 3, oldestOverdue: STARTED });
    const state = await healthWith()();
    expect(state).toMatchObject({ gaveUp: 5, setAside: 1 });
    expect(state.last).toMatchObject({ at: '2027-01-12T08:59:00.000Z', oldestOverdue: STARTED });
  });

  it('counts who waits once a minute, however often it is asked', async () => {
    const health = healthWith();
    const cost = async () => {
      const before = own.tables.requests();
      await health();
      return own.tables.requests() - before;
    };
    expect([await cost(), await cost(), await cost()]).toEqual([3, 2, 2]);
    await letWait([MANAGER, 'one']);
    expect((await health()).waiting).toEqual({ reminders: 0, people: 0 });
    now = '2027-01-12T09:01:00.000Z';
    expect((await health()).waiting).toEqual({ reminders: 1, people: 1 });
  });

  it('holds no id and no name', async () => {
    await letWait([MANAGER, 'one'], [EMPLOYEE, 'two']);
    await tick('instance-of-this-machine', '2027-01-12T08:59:00.000Z', { oldestOverdue: STARTED });
    const said = JSON.stringify(await healthWith()());
    for (const secret of [TENANT, MANAGER, EMPLOYEE, 'instance-of-this-machine', 'one', 'Mila', 'Sanne'])
      expect(said).not.toContain(secret);
  });
});

describe('the state of health: whether to send traffic', () => {
  it.each<[string, boolean, string, string | null]>([
    ['right after the start', true, STARTED, null],
    ['until three minutes after it, without a tick', true, '2027-01-12T08:02:59.999Z', null],
    ['no more after that', false, '2027-01-12T08:03:00.000Z', null],
    ['for three minutes after a tick', true, LATER, '2027-01-12T08:57:00.001Z'],
    ['no more when no tick came since', false, LATER, '2027-01-12T08:57:00.000Z'],
    ['right after a start, though the last tick was long ago', true, STARTED, '2027-01-11T08:00:00.000Z'],
  ])('%s: %s', async (_case, ready, instant, ticked) => {
    if (ticked !== null) await tick('one', ticked);
    now = instant;
    expect(await healthWith()()).toMatchObject({ ready, ticking: ready, tables: true });
  });

  it('is ready without a tick where reminders are off', async () => {
    expect(await healthWith({ reminders: false })()).toMatchObject({ ready: true, reminders: false });
  });

  it('is not ready while the tables are away, says so within ten seconds and counts nothing', async () => {
    const connectionString = inject('azurite').replace(/:\d+\//, `:${await closedPort()}/`);
    const tables = openTables({ connectionString }, ownPrefix());
    now = STARTED;
    const started = performance.now();
    const state = await healthWith({ tables, stores: openStores(tables), reminders: false })();
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(state).toMatchObject({ ready: false, tables: false, last: null, waiting: null });
  });

  it('is not ready, and throws nothing, when the tables go away between two questions', async () => {
    const waiting = (): never => {
      throw new Error('secret of the tables');
    };
    const stores = { ...own.stores, reminders: { ...own.stores.reminders, waiting } };
    const state = await healthWith({ stores })();
    expect(state).toMatchObject({ ready: false, tables: false, waiting: null });
    expect(JSON.stringify(state)).not.toContain('secret');
  });
});
