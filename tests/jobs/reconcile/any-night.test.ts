import { beforeEach, describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bot/domain/agreement.js';
import type { Table, Tables } from '../../../bot/store/tables/tables.js';
import {
  another,
  evaluation,
  LONG_AFTER,
  letWait,
  NIGHT,
  reconcileOn,
  recordTick,
  shared,
} from '../../support/jobs/reconciling-scene.js';
import { MILA, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { aPerson, EMPLOYEE, MANAGER, TENANT } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
  },
  () => house.own.drop(),
);

/** All that a night can mend: lost reminders, a lost pointer, what waits for one who is back, an instance gone. */
async function breakEverything(on: Sending): Promise<void> {
  await another(on, 'agreement-2');
  await letWait(on, { ...evaluation, subject: 'agreement-2' });
  await on.stores.people.add(aPerson({ person: EMPLOYEE, unreachableSince: NIGHT }));
  await letWait(on, { ...shared, subject: 'agreement-2' });
  await recordTick(on, 'gone', '2027-01-01T00:00:00.000Z');
}

/** The tables go away at a write; until then so many go well. */
function awayAfter(tables: Tables, writes: number): Tables {
  let left = writes;
  const write =
    <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (left === 0) throw new Error('the tables went away');
      left -= 1;
      return act(...args);
    };
  const wrap = (table: Table): Table => ({
    ...table,
    insert: write(table.insert),
    upsert: write(table.upsert),
    replace: write(table.replace),
    remove: write(table.remove),
    transact: write(table.transact),
    mergeAll: write(table.mergeAll),
  });
  return { ...tables, table: (name) => wrap(tables.table(name)) };
}

describe('reconcile: done twice', () => {
  it('changes nothing more, on later nights neither, as long as nothing was sent', async () => {
    await breakEverything(house);
    expect(await reconcileOn(house)).toMatchObject({ due: 2, claimed: 4, deferred: 1 });
    const once = await house.own.dump();
    expect(await reconcileOn(house)).toMatchObject({ due: 2, claimed: 0, deferred: 0 });
    expect(await house.own.dump()).toEqual(once);
    for (const at of ['2027-01-10T02:30:00.000Z', '2027-01-12T02:30:00.000Z', LONG_AFTER]) {
      expect(await reconcileOn(house, { at })).toMatchObject({ claimed: 0, deferred: 0 });
    }
    expect(await house.own.dump()).toEqual(once);
  });

  it('by two instances at once comes to the same', async () => {
    await breakEverything(house);
    await Promise.all([reconcileOn(house), reconcileOn(house)]);
    const due = await house.due();
    expect(due.filter(({ kind }) => kind !== 'delivery-retry')).toHaveLength(5);
    expect(due).toHaveLength(6);
    expect(await house.waiting()).toMatchObject([{ person: EMPLOYEE }]);
  });
});

describe('reconcile: stopped half-way', () => {
  it('at any write does no harm: the next night comes to the same', async () => {
    await breakEverything(house);
    await reconcileOn(house);
    const whole = await house.own.dump();
    let writes = 0;
    for (let done = false; !done; writes += 1) {
      const other = await openSending();
      try {
        await breakEverything(other);
        const tables = awayAfter(other.own.tables, writes);
        done = await reconcileOn(other, { tables }).then(
          () => true,
          () => false,
        );
        await reconcileOn(other);
        expect(await other.own.dump(), `away after ${writes} writes`).toEqual(whole);
      } finally {
        await other.own.drop();
      }
    }
    // Four reminders, two pointers, an instance, and one that goes from waiting to due.
    expect(writes).toBeGreaterThanOrEqual(9);
  });
});

describe('reconcile: a dry run', () => {
  beforeEach(() => breakEverything(house));

  it('tells by ids what is missing, changes nothing, and counts as the night itself does, which tells nothing', async () => {
    const before = await house.own.dump();
    const { claimed, due } = await reconcileOn(house, { dryRun: true });
    expect(house.told.sort()).toEqual([
      `${TENANT} ${MANAGER} evaluation:agreement-1`,
      `${TENANT} ${MANAGER} landed:agreement-1`,
      `${TENANT} ${MANAGER} landed:agreement-2`,
      `${TENANT} ${EMPLOYEE} agreement-shared:agreement-1`,
    ]);
    expect(await house.own.dump()).toEqual(before);
    const told = house.told.length;
    expect(await reconcileOn(house)).toMatchObject({ claimed, due });
    expect(house.told).toHaveLength(told);
  });
});

describe('reconcile: what cannot be read', () => {
  const spoil = async (table: 'managers' | 'people' | 'health' | 'about', row: object) =>
    house.own.tables.table(table).upsert({ partitionKey: TENANT, rowKey: 'unknown', ...row });

  /** A second agreement that lacks its reminders, and one that waits for Mila: both are seen to all the same. */
  const afreshInside = setUpEach(
    async () => {
      await another(house, 'agreement-2');
      await letWait(house, { ...evaluation, subject: 'agreement-2' });
    },
    undefined,
    afresh,
  );
  async function expectNight(): Promise<void> {
    await reconcileOn(house);
    const planned = (await house.due()).filter(({ subject }) => subject === 'agreement-2');
    expect(planned.map(({ kind }) => kind).sort()).toEqual(['agreement-shared', 'evaluation', 'landed']);
    expect(await house.waiting()).toEqual([]);
  }

  it('does not stop the night: an agreement, a reminder, another person, a pointer, how an instance went', async () => {
    const partitionKey = `${TENANT}|${MANAGER}`;
    await spoil('managers', { partitionKey, rowKey: 'agreement|agreement-1', status: 'of the future' });
    await expectNight();
    expect((await house.due()).filter(({ subject }) => subject === 'agreement-1')).toEqual([]);
    await afreshInside();
    await house.plan(evaluation);
    const [row] = await house.rowsDue();
    await house.own.tables.table('reminders').upsert({ ...row!.stored.row, kind: 'of the future' });
    await expectNight();
    expect(await house.due()).toContainEqual(evaluation);
    await afreshInside();
    const other = { tenant: TENANT, person: 'a0000000-0000-4000-8000-000000000000' };
    await spoil('people', { rowKey: other.person, tenant: TENANT, person: other.person, days: 'no list' });
    await letWait(house, { ...shared, ...other });
    await reconcileOn(house);
    const planned = (await house.due()).filter(({ subject }) => subject === 'agreement-2');
    expect(planned).toHaveLength(3);
    expect(await house.waiting()).toMatchObject([other]);
    await afreshInside();
    await spoil('health', { partitionKey: 'reminders', rowKey: 'instance', at: 5 });
    await expectNight();
    await afreshInside();
    await spoil('about', { partitionKey: `${TENANT}|${EMPLOYEE}`, rowKey: `${MANAGER}|agreement-1` });
    await expectNight();
  });
});

describe('reconcile: what it costs', () => {
  it('grows with what is open and lacks something, not with what was closed or has everything', async () => {
    const at = LONG_AFTER;
    const cost = async () => (await reconcileOn(house, { at })).tableRequests;
    const found = async (id: string, changes: Partial<Agreement>) => {
      await another(house, id, changes);
      const to = { manager: MANAGER, agreement: id, since: NIGHT };
      await house.stores.about.index(TENANT, EMPLOYEE, to);
    };
    await house.changeAgreement({ landed: true, answer: 'confirmed', nextDay: '2027-03-01' });
    await house.plan({ ...evaluation, occasion: '2027-03-01' });
    await cost();
    const one = await cost();

    for (let nth = 0; nth < 20; nth += 1) await found(`closed-${nth}`, { status: 'closed' });
    const withClosed = await cost();
    for (let nth = 0; nth < 20; nth += 1) {
      await found(`open-${nth}`, { landed: true, answer: 'confirmed', nextDay: '2027-03-01' });
      await house.plan({ ...evaluation, subject: `open-${nth}`, occasion: '2027-03-01' });
    }
    const withOpen = await cost();
    for (let nth = 0; nth < 5; nth += 1) {
      await found(`lost-${nth}`, { landed: true, answer: 'confirmed', nextDay: '2027-03-01' });
    }
    const withLost = await cost();
    console.log('requests of a night to the tables:', {
      'one open agreement': one,
      'and 20 that are closed': withClosed,
      'and 20 that have everything': withOpen,
      'and 5 that lost their reminder': withLost,
    });
    expect(withClosed).toBe(one);
    expect(withOpen).toBe(one);
    expect(withLost - one).toBeLessThanOrEqual(5 * 3);
  });

  it('is a few requests for each that was not acted on', async () => {
    const before = (await reconcileOn(house, { at: LONG_AFTER, dryRun: true })).tableRequests;
    await another(house, 'agreement-2', { landed: true, answer: 'confirmed' });
    const after = (await reconcileOn(house, { at: LONG_AFTER, dryRun: true })).tableRequests;
    expect(after - before).toBeLessThanOrEqual(2);
    expect(await house.person(MILA)).toBeDefined();
  });
});
