import { describe, expect, inject, it } from 'vitest';
import { createHealth, type HealthDeps } from '../../../bot/services/health-check.js';
import type { Tick } from '../../../bot/store/health.js';
import { openStores } from '../../../bot/store/stores.js';
import { openTables } from '../../../bot/store/tables/tables.js';
import { settlePort } from '../../../infra/local/ports.js';
import { ownPrefix } from '../../support/azure/azurite.js';
import { type OwnTables, openMemoryOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { setUpEach } from '../../support/set-up.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = '2027-01-12T09:00:00.000Z';

let own: OwnTables;
let now: string;
/** Milliseconds that only go up; the process has been there for an hour. */
let monotonicNow: number;
const afresh = setUpEach(
  async () => {
    own = openMemoryOwnTables();
    now = NOW;
    monotonicNow = HOUR_MS;
  },
  () => own.drop(),
);

function healthWith(changes: Partial<HealthDeps> = {}) {
  return createHealth({
    tables: own.tables,
    stores: own.stores,
    version: '0.2.0',
    reminders: true,
    end: null,
    now: () => new Date(now),
    monotonicNow: () => monotonicNow,
    startedAt: () => 0,
    recordedAt: () => null,
    ...changes,
  });
}

function tick(instance: string, ranAt: string, changes: Partial<Tick> = {}): Promise<void> {
  const counts = {
    due: 3,
    sent: 2,
    deferred: 1,
    failed: 0,
    gaveUp: 0,
    setAside: 0,
    skipped: [],
  };
  const last = { at: ranAt, ranAt, ...counts, oldestOverdue: null, ...changes };
  return own.stores.health.record('reminders', instance, last);
}

const ago = (ms: number) => new Date(Date.parse(NOW) - ms).toISOString();
const isReady = async (changes?: Partial<HealthDeps>) => (await healthWith(changes).ready()).ready;

describe('the state of health', () => {
  it('says when the secret or certificate ends, as soon as that is near', async () => {
    const soon = { what: 'certificate', day: '2027-02-01' } as const;
    const far = { what: 'secret', day: '2027-06-01' } as const;
    expect(await healthWith({ end: soon }).state()).toMatchObject({ ends: soon });
    expect(await healthWith({ end: far }).state()).toMatchObject({ ends: null });
  });

  it('says that all is well, and how the last tick went, with no id and no name', async () => {
    await tick('one', ago(MINUTE_MS), { oldestOverdue: ago(HOUR_MS) });
    expect(await healthWith().state()).toEqual({
      ends: null,
      version: '0.2.0',
      tables: true,
      reminders: true,
      ticking: true,
      last: {
        ...{ at: ago(MINUTE_MS), ranAt: ago(MINUTE_MS), due: 3, sent: 2, deferred: 1, failed: 0 },
        ...{ gaveUp: 0, setAside: 0, skipped: [], oldestOverdue: ago(HOUR_MS) },
      },
      gaveUp: 0,
      setAside: 0,
    });
    await afresh();
    await tick('instance-of-this-machine', ago(MINUTE_MS));
    expect(JSON.stringify(await healthWith().state())).not.toContain('instance-of-this-machine');
  });

  it('adds up what all instances gave up and set aside, and knows the oldest that is overdue', async () => {
    await tick('one', ago(2 * MINUTE_MS), { gaveUp: 2, setAside: 1 });
    await tick('two', ago(MINUTE_MS), { gaveUp: 3, oldestOverdue: ago(HOUR_MS) });
    const state = await healthWith().state();
    expect(state).toMatchObject({ gaveUp: 5, setAside: 1 });
    expect(state.last).toMatchObject({ at: ago(MINUTE_MS), oldestOverdue: ago(HOUR_MS) });
  });

  it('costs one read, and none again for a while, and is unknown, with nothing thrown, when the tables cannot be read', async () => {
    const health = healthWith();
    const cost = async () => {
      const before = own.tables.requests();
      await health.state();
      return own.tables.requests() - before;
    };
    expect([await cost(), await cost()]).toEqual([1, 0]);
    monotonicNow += 5_000;
    expect(await cost()).toBe(1);
    await afresh();
    const of = () => Promise.reject(new Error('secret of the tables'));
    const stores = { health: { ...own.stores.health, of } };
    const state = await healthWith({ stores }).state();
    expect(state).toMatchObject({ tables: false, ticking: false, last: null });
    expect(JSON.stringify(state)).not.toContain('secret');
  });
});

describe('the state of health: whether to send traffic', () => {
  it('is ready or not by when the last tick was, or without one by how long ago it started', async () => {
    expect(
      await faultsOf<[string, boolean, string | null]>(
        [
          ['for three minutes after a tick', true, ago(3 * MINUTE_MS - 1)],
          ['no more when no tick came since', false, ago(3 * MINUTE_MS)],
          ['not without any', false, null],
        ],
        async (_case, ready, ranAt) => {
          if (ranAt !== null) await tick('one', ranAt);
          expect(await isReady()).toBe(ready);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    expect(
      await faultsOf(
        [
          [0, true],
          [3 * MINUTE_MS - 1, true],
          [3 * MINUTE_MS, false],
        ],
        async (since, ready) => {
          expect(await isReady({ startedAt: () => monotonicNow - since })).toBe(ready);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('not before the start is over, nor because of a run for an instant that is still to come', async () => {
    expect(await isReady({ startedAt: () => null })).toBe(false);
    await afresh();
    await tick('by hand', ago(10 * MINUTE_MS), { at: '2027-06-01T09:00:00.000Z' });
    expect(await isReady()).toBe(false);
    await tick('ticking', ago(MINUTE_MS));
    expect(await isReady()).toBe(true);
  });

  it('not because of a row of the future or a clock that is a little ahead, and without a tick where reminders are off', async () => {
    expect(
      await faultsOf(
        [
          ['with when it really ran', 'kept'],
          ['without, as it was before that was kept', 'old'],
        ],
        async (_case, shape) => {
          const ahead = '2027-06-01T09:00:00.000Z';
          await tick('ahead', ahead);
          if (shape === 'old') {
            for await (const { row } of own.tables.table('health').query({})) {
              const { ranAt: _ranAt, ...old } = row as Record<string, unknown>;
              await own.tables.table('health').upsert(old as typeof row);
            }
          }
          expect(await isReady()).toBe(false);
          await tick('right', ago(MINUTE_MS));
          expect(await isReady()).toBe(true);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    await tick('other', ago(-30_000));
    expect(await isReady()).toBe(true);
    await afresh();
    expect(await isReady({ reminders: false })).toBe(true);
  });

  it('also right after the clock has jumped, when this instance has ticked', async () => {
    expect(
      await faultsOf(
        [
          ['an hour forward', HOUR_MS],
          ['an hour back', -HOUR_MS],
          ['a day forward', 24 * HOUR_MS],
        ],
        async (_case, by) => {
          await tick('one', ago(MINUTE_MS));
          now = new Date(Date.parse(NOW) + by).toISOString();
          expect(await isReady({ recordedAt: () => monotonicNow - MINUTE_MS })).toBe(true);
          expect(await isReady({ recordedAt: () => monotonicNow - 4 * MINUTE_MS })).toBe(false);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('asks the tables once in a while, however often it is asked', async () => {
    const { ready } = healthWith();
    await ready();
    const before = own.tables.requests();
    for (let asked = 0; asked < 100; asked += 1) await ready();
    expect(own.tables.requests()).toBe(before);
    await tick('one', ago(0));
    monotonicNow += 5_000;
    expect(await ready()).toEqual({ ready: true });
  });

  it('not while the tables are away, said within ten seconds, nor while one is missing', async () => {
    const connectionString = inject('azurite').replace(/:\d+\//, `:${await settlePort(0)}/`);
    const tables = openTables({ connectionString }, ownPrefix());
    const health = healthWith({ tables, stores: openStores(tables), reminders: false });
    expect(await health.ready()).toEqual({ ready: false });
    expect(await health.state()).toMatchObject({ tables: false, last: null });
    await afresh();
    {
      const tables = { ...own.tables, answer: async () => false };
      expect(await isReady({ tables, reminders: false })).toBe(false);
    }
  });
});
