import { describe, expect, it } from 'vitest';
import type { MonthFigures } from '../../../bot/store/figures.js';
import { openStores } from '../../../bot/store/stores.js';
import { createFiguresJob } from '../../../jobs/figures/figures.job.js';
import type { JobResult } from '../../../jobs/job.js';
import { stoppingAt } from '../../support/azure/dying-tables.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { type Dealings, managerAt, recordsOf, ZONE } from '../../support/jobs/sample-figures.js';
import { TENANT } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const IN_JANUARY = '2027-01-20T02:45:00.000Z';
const AFTER_JANUARY = '2027-02-01T02:45:00.000Z';
const IN_APRIL = '2027-04-10T02:45:00.000Z';
const OTHER_TENANT = '72f988bf-0000-4000-8000-000000000002';

let own: OwnTables;
const told: string[] = [];
const afresh = setUpEach(
  async () => {
    own = await openOwnTables();
    told.length = 0;
  },
  () => own.drop(),
);

const figures = (at: string, { dryRun = false, tables = own.tables, now = at } = {}): Promise<JobResult> =>
  createFiguresJob({
    ...openStores(tables),
    tables,
    zone: ZONE,
    now: () => new Date(now),
    monotonicNow: () => performance.now(),
    print: (line) => void told.push(line),
  }).run({ at, dryRun });
const kept = (tenant = TENANT): Promise<readonly MonthFigures[]> =>
  own.stores.figures.between(tenant, '2000-01', '2099-12');
const tally = (count: number, managers: number, people: number) => ({ count, managers, people });

async function record(changes: Partial<Dealings> = {}, tenant = TENANT): Promise<void> {
  const one = { manager: 1, employee: 1, items: 2, onTime: 1, late: 0, coffee: true, ...changes };
  const { manager, member, agreement } = recordsOf(one);
  const where = { ...manager, tenant };
  await own.stores.managers.putMembers(where, [member]);
  await own.stores.managers.addAgreement(where, member, agreement);
}

describe('figures', () => {
  it('are counted for the month that runs, for each organisation apart, as numbers without anybody, and leave what HR filled in', async () => {
    await record();
    await record({ manager: 2, employee: 2, late: 1 });
    await record({ employee: 3 }, OTHER_TENANT);
    expect(await figures(IN_JANUARY)).toMatchObject({
      job: 'figures',
      failed: 0,
      counts: { looked: 6, written: 2 },
    });
    expect(await kept()).toEqual([
      {
        tenant: TENANT,
        month: '2027-01',
        closed: false,
        conversations: tally(2, 2, 2),
        agreements: tally(4, 2, 2),
        held: tally(3, 2, 2),
        onTime: tally(2, 2, 2),
        late: tally(1, 1, 1),
        coffees: tally(2, 2, 2),
      },
    ]);
    expect(await kept(OTHER_TENANT)).toMatchObject([{ conversations: tally(1, 1, 1) }]);
    const { organisation } = await own.dump();
    expect(JSON.stringify(organisation)).not.toMatch(/Naam|a0000000|b0000000/);
    await afresh();
    {
      await record();
      const { record: organisation, etag } = await own.stores.organisations.get(TENANT);
      await own.stores.organisations.put({ ...organisation, coffeeRhythm: 'weekly' }, etag);
      await figures(IN_JANUARY);
      expect((await own.stores.organisations.get(TENANT)).record.coffeeRhythm).toBe('weekly');
      expect(await kept()).toHaveLength(1);
    }
  });

  it('are never closed before their month is really over, whatever instant a run by hand is for', async () => {
    await record();
    await figures(IN_JANUARY);
    await figures('2027-06-15T03:45:00+02:00', { now: IN_JANUARY });
    expect((await kept()).filter(({ closed }) => closed)).toEqual([]);
    await record({ employee: 2 });
    await figures('2027-02-01T03:45:00+01:00');
    expect(await kept()).toMatchObject([{ month: '2027-01', closed: true, conversations: tally(2, 1, 2) }]);
  });

  it('are counted anew each night while the month runs, and once more when it is over; then they stay', async () => {
    await record();
    await figures(IN_JANUARY);
    await record({ employee: 2 });
    expect(await figures(IN_JANUARY)).toMatchObject({ counts: { written: 1 } });
    await record({ employee: 3 });
    expect(await figures(AFTER_JANUARY)).toMatchObject({ counts: { written: 1 } });
    expect(await kept()).toMatchObject([{ closed: true, conversations: tally(3, 1, 3) }]);
    const before = await own.dump();
    await record({ employee: 4 });
    expect(await figures('2027-02-02T02:45:00.000Z')).toMatchObject({ counts: { written: 0 } });
    expect((await own.dump()).organisation).toEqual(before.organisation);
  });

  it('of a month that nobody counted come later, from whatever was left open too', async () => {
    await record();
    await figures(IN_JANUARY);
    expect(await figures(IN_APRIL)).toMatchObject({ counts: { written: 1 } });
    expect(await kept()).toMatchObject([{ month: '2027-01', closed: true }]);
    await own.drop();
    own = await openOwnTables();
    await record();
    expect(await figures(AFTER_JANUARY)).toMatchObject({ counts: { written: 1 } });
    expect(await kept()).toMatchObject([{ closed: true, conversations: tally(1, 1, 1) }]);
  });

  it('keep the coffees that were counted when the next one hides the last', async () => {
    await record();
    await figures(IN_JANUARY);
    const { manager, member } = recordsOf({
      ...{ manager: 1, employee: 1, items: 1, onTime: 0, late: 0, coffee: true },
    });
    await own.stores.managers.putMembers(manager, [{ ...member, lastDay: '2027-02-01' }]);
    await figures('2027-02-02T02:45:00.000Z');
    expect(await kept()).toMatchObject([
      { month: '2027-01', closed: true, coffees: tally(1, 1, 1) },
      { month: '2027-02', closed: false, coffees: tally(1, 1, 1) },
    ]);
  });

  it('count an agreement once that is with two managers while it is handed over', async () => {
    await record();
    const { agreement, member } = recordsOf({
      ...{ manager: 1, employee: 1, items: 2, onTime: 1, late: 0, coffee: true },
    });
    await own.stores.managers.addAgreement(managerAt(2), member, agreement);
    await figures(IN_JANUARY);
    expect(await kept()).toMatchObject([{ conversations: tally(1, 1, 1), agreements: tally(2, 1, 1) }]);
  });

  it('go down with what was deleted while the month still runs', async () => {
    await record();
    await figures(IN_JANUARY);
    const { manager, agreement } = recordsOf({
      ...{ manager: 1, employee: 1, items: 1, onTime: 0, late: 0, coffee: true },
    });
    const found = await own.stores.managers.agreement(manager, agreement.id);
    await own.tables
      .table('managers')
      .remove(`${manager.tenant}|${manager.person}`, `agreement|${agreement.id}`, found?.etag);
    await figures(IN_JANUARY);
    expect(await kept()).toMatchObject([{ conversations: tally(0, 0, 0) }]);
  });

  it('come to the same when it was stopped half-way, done twice or by two at once, and are not touched by a dry run', async () => {
    await record();
    await record({ employee: 2 }, OTHER_TENANT);
    await expect(figures(IN_JANUARY, { tables: stoppingAt(own.tables, 2) })).rejects.toThrow('stopped');
    await figures(IN_JANUARY);
    const once = (await own.dump()).organisation;
    expect(once).toHaveLength(2);
    expect(await figures(IN_JANUARY)).toMatchObject({ counts: { written: 0 } });
    expect((await own.dump()).organisation).toEqual(once);
    const both = await Promise.all([figures(AFTER_JANUARY), figures(AFTER_JANUARY)]);
    expect(both.reduce((sum, { counts }) => sum + (counts.written ?? 0), 0)).toBe(2);
    expect(await kept()).toMatchObject([{ closed: true, conversations: tally(1, 1, 1) }]);
    await afresh();
    await record();
    const before = await own.dump();
    expect(await figures(IN_JANUARY, { dryRun: true })).toMatchObject({ counts: { written: 1 } });
    expect(await own.dump()).toEqual(before);
    expect(told).toEqual([`${TENANT} 2027-01`]);
  });
});
