import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../../bot/domain/calendar.js';
import type { Manager } from '../../../bot/domain/manager.js';
import { newMember } from '../../../bot/domain/member.js';
import { createOwnRecords } from '../../../bot/features/about/own-records.js';
import { openStores } from '../../../bot/store/stores.js';
import { TABLE_NAMES, type Table, type Tables } from '../../../bot/store/tables/tables.js';
import { createReconcileJob } from '../../../jobs/reconcile/reconcile.job.js';
import { createRetentionJob } from '../../../jobs/retention/retention.job.js';
import { openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { SILENT } from '../../support/recording-log.js';
import { aMoment, anAgreement, aPerson, TENANT } from '../../support/sample-records.js';

/** Estates in `npm test`; more to look for what is rare: `RUNS=200`. */
const RUNS = Number(process.env.RUNS ?? 8);
const FIRST_DAY = '2027-01-04';
const MANAGERS = ['a1a1a1a1-0000-4000-8000-000000000001', 'a1a1a1a1-0000-4000-8000-000000000002'];
const EMPLOYEES = ['b2b2b2b2-0000-4000-8000-000000000002', 'b2b2b2b2-0000-4000-8000-000000000003'];

let house: Sending;

/** Tables in memory, without whom and what the scene brings. */
async function openEmpty(): Promise<Sending> {
  const opened = await openSending();
  const { tables } = opened.own;
  for (const name of TABLE_NAMES)
    for await (const { row } of tables.table(name).query({}))
      await tables.table(name).remove(row.partitionKey, row.rowKey);
  return opened;
}

/** What a manager keeps of one employee; days after the first day. */
const kept = fc.record({
  manager: fc.constantFrom(...MANAGERS),
  employee: fc.constantFrom(...EMPLOYEES),
  coffee: fc.nat(3).map((chance) => chance === 0),
  agreements: fc.array(fc.record({ closed: fc.option(fc.nat(100)) }), { maxLength: 2 }),
  moments: fc.array(fc.nat(600), { maxLength: 2 }),
});
const estate = fc.record({
  kept: fc.uniqueArray(kept, { minLength: 1, maxLength: 4, selector: (one) => one.manager + one.employee }),
  awayAt: fc.option(fc.nat(400), { freq: 1 }),
  /** How many days later, and whether both jobs ran. */
  nights: fc.array(
    fc.record({
      later: fc.integer({ min: 1, max: 400 }),
      reconciled: fc.nat(3).map((chance) => chance === 0),
    }),
    {
      minLength: 2,
      maxLength: 4,
    },
  ),
});

it('an employee finds all that is kept of them at every moment of any night', async () => {
  await fc.assert(
    fc.asyncProperty(estate, async (one) => {
      house = await openEmpty();
      await fill(one);
      let day = FIRST_DAY;
      for (const { later, reconciled } of one.nights) {
        day = addDays(day, later);
        await night(`${day}T02:30:00.000Z`, reconciled);
      }
    }),
    { numRuns: RUNS },
  );
});

async function fill({ kept: records, awayAt }: typeof estate extends fc.Arbitrary<infer One> ? One : never) {
  const { managers, about, people } = house.stores;
  const at = (days: number) => `${addDays(FIRST_DAY, days)}T09:00:00.000Z`;
  for (const person of MANAGERS) {
    const unreachableSince = awayAt === null ? null : at(awayAt);
    await people.add(aPerson({ person, unreachableSince }));
  }
  let ids = 0;
  for (const { manager: person, employee, coffee, agreements, moments } of records) {
    const manager: Manager = { tenant: TENANT, person };
    const member = newMember(`place-${employee}`, 'Sanne', employee);
    const whom = { member: member.id, employee };
    if (coffee) await managers.putMembers(manager, [{ ...member, rhythm: 'weekly', nextDay: '2027-01-05' }]);
    // What is kept under an account has a pointer from the start; one to the place only where nothing else leads there.
    if (coffee || agreements.length === 0) {
      await about.index(TENANT, employee, { manager: person, member: member.id, since: at(0) });
    }
    for (const { closed } of agreements) {
      const id = `agreement-${++ids}`;
      const state = closed === null ? {} : { status: 'closed' as const, changedAt: at(closed) };
      await managers.addAgreement(manager, member, anAgreement({ id, ...whom, ...state }));
      await about.index(TENANT, employee, { manager: person, agreement: id, since: at(0) });
    }
    for (const days of moments) {
      const moment = aMoment({
        ...{ id: `moment-${++ids}`, member: member.id, memberName: 'Sanne', kind: 'leave' },
        ...{ from: addDays(FIRST_DAY, days), until: null, contact: false, request: null, status: 'open' },
        ...{ createdAt: at(0), changedAt: at(0), version: 1 },
      });
      await managers.addMoment(manager, member, moment);
    }
  }
}

/** The jobs of a night on tables that are looked at after each write. */
async function night(at: string, reconciled: boolean) {
  await expectFindable();
  const tables = watched(house.own.tables, expectFindable);
  if (reconciled) await reconcile(tables, at);
  const { log } = house.instance().deps;
  let ids = 0;
  const newId = () => `${at}-${++ids}`;
  const around = {
    log,
    newId,
    zone: 'Europe/Amsterdam',
    instance: 'one',
    monotonicNow: () => 0,
    print: () => undefined,
  };
  const job = createRetentionJob({ ...openStores(tables), tables, ...around });
  expect(await job.run({ at, dryRun: false, byHand: true })).toMatchObject({ failed: 0 });
}

async function reconcile(tables: Tables, at: string) {
  const around = {
    log: SILENT,
    zone: 'Europe/Amsterdam',
    isHrAdmin: () => false,
    monotonicNow: () => 0,
    print: () => undefined,
  };
  await createReconcileJob({ ...openStores(tables), tables, ...around }).run({ at, dryRun: false });
}

async function expectFindable() {
  const ownRecords = createOwnRecords(house.stores);
  for (const person of EMPLOYEES) {
    const linked: string[] = [];
    for await (const { manager, everything } of house.stores.managers.all()) {
      const { agreements, members, moments } = everything;
      const onList = members.filter((member) => member.person === person).map(({ id }) => id);
      const ids = [
        ...agreements.filter(({ employee }) => employee === person).map(({ id }) => id),
        ...onList,
        ...moments.filter(({ member }) => onList.includes(member)).map(({ id }) => id),
      ];
      linked.push(...ids.map((id) => `${manager.person} ${id}`));
    }
    const { agreements, coffees, moments, places } = await ownRecords({ tenant: TENANT, person });
    const found = [...agreements, ...coffees, ...moments, ...places];
    expect(found.map(({ manager, record }) => `${manager} ${record.id}`).sort()).toEqual(linked.sort());
  }
}

function watched(tables: Tables, look: () => Promise<void>): Tables {
  const after =
    <Args extends unknown[], Result>(write: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      const result = await write(...args);
      await look();
      return result;
    };
  const wrap = (table: Table): Table => ({
    ...table,
    insert: after(table.insert),
    upsert: after(table.upsert),
    replace: after(table.replace),
    remove: after(table.remove),
    transact: after(table.transact),
    mergeAll: after(table.mergeAll),
  });
  return {
    ...tables,
    table: (name) => (['managers', 'about'].includes(name) ? wrap(tables.table(name)) : tables.table(name)),
  };
}
