import { describe, expect, it } from 'vitest';
import type { Lease } from '../../../bot/store/reminders.js';
import { claimRows, LEASE_MS } from '../../../jobs/reminders/claim.js';
import { byShard, type DueShard } from '../../../jobs/reminders/due.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { allOf, NINE } from '../../support/jobs/sending-scene.js';
import { aNewReminder } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const SOONER = '2027-01-12T07:00:00.000Z';
const soLater = (ms: number) => new Date(Date.parse(NINE) + ms).toISOString();
const leaseOf = (owner: string, now = NINE): Lease => ({
  owner,
  until: new Date(Date.parse(now) + LEASE_MS).toISOString(),
  claimedAt: now,
});

let own: OwnTables;
const afresh = setUpEach(
  async () => {
    own = await openOwnTables();
  },
  () => own.drop(),
);

const rowsDue = () => allOf(own.stores.reminders.due(NINE));
const claimAs = (owner: string, shard: DueShard, now = NINE) =>
  claimRows(own.stores.reminders, shard, { lease: leaseOf(owner, now), now });

/** What is due in the one shard there is, as an instance reads it. */
async function readShard(): Promise<DueShard> {
  const [shard] = byShard(await rowsDue(), 0).shards;
  if (shard === undefined) throw new Error('nothing is due');
  return shard;
}

async function planned(count: number, due = NINE): Promise<void> {
  const reminders = Array.from({ length: count }, (_, at) =>
    aNewReminder({ subject: `agreement-${at}`, due }),
  );
  await own.stores.reminders.planAll(reminders);
}

/** Who has how many of the rows. */
async function owners(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { reminder } of await rowsDue()) {
    const owner = reminder?.owner ?? 'nobody';
    counts[owner] = (counts[owner] ?? 0) + 1;
  }
  return counts;
}

describe('claim', () => {
  it('takes all rows of a shard, says so in each, and gives them as they were before', async () => {
    await planned(2);
    expect(await claimAs('one', await readShard())).toHaveLength(2);
    for (const { reminder } of await rowsDue()) expect(reminder).toMatchObject(leaseOf('one'));
    await afresh();
    await planned(1);
    await claimAs('one', await readShard());
    const rows = await claimAs('two', await readShard(), soLater(LEASE_MS));
    expect(rows.map(({ reminder }) => reminder.owner)).toEqual(['one']);
  });

  it('takes 250 rows of one partition in three requests', async () => {
    await planned(250);
    const shard = await readShard();
    const before = own.tables.requests();
    const rows = await claimAs('one', shard);
    expect(own.tables.requests() - before).toBe(3);
    expect(rows).toHaveLength(250);
    expect(await owners()).toEqual({ one: 250 });
  });

  it('is lost to who was there first, or where a row went away since it was read', async () => {
    await planned(2);
    const [mine, theirs] = [await readShard(), await readShard()];
    await claimAs('one', theirs);
    const before = await own.dump();
    expect(await claimAs('two', mine)).toEqual([]);
    expect(await own.dump()).toEqual(before);
    await afresh();
    await planned(2);
    const shard = await readShard();
    await own.stores.reminders.cancel(aNewReminder({ subject: 'agreement-0' }));
    expect(await claimAs('one', shard)).toEqual([]);
    expect(await owners()).toEqual({ nobody: 1 });
  });

  it('lets exactly one of two have everything, however many rows and hours', async () => {
    await planned(120);
    await planned(3, SOONER);
    const [mine, theirs] = [await readShard(), await readShard()];
    const claims = await Promise.all([claimAs('one', mine), claimAs('two', theirs)]);
    expect(claims.map((rows) => rows.length).sort()).toEqual([0, 123]);
    expect(Object.values(await owners())).toEqual([123]);
  });

  it('leaves the rest of the shard to the other when it loses a part', async () => {
    await planned(2, SOONER);
    await planned(2);
    const [mine, theirs] = [await readShard(), await readShard()];
    await claimAs(
      'two',
      theirs.filter(({ reminder }) => reminder.due === NINE),
    );
    const rows = await claimAs('one', mine);
    expect(rows.map(({ reminder }) => reminder.due)).toEqual([SOONER, SOONER]);
  });

  it('keeps off a shard in which somebody is at work, without a request', async () => {
    await planned(2);
    const theirs = await readShard();
    await claimAs('one', theirs);
    const mine = await readShard();
    const before = own.tables.requests();
    expect(await claimAs('two', mine, soLater(LEASE_MS - 1))).toEqual([]);
    expect(own.tables.requests() - before).toBe(0);
  });

  it('takes over when the lease is over, one of two', async () => {
    await planned(2);
    await claimAs('one', await readShard());
    expect(await claimAs('two', await readShard(), soLater(LEASE_MS))).toHaveLength(2);
    expect(await owners()).toEqual({ two: 2 });
    await afresh();
    await planned(2);
    await claimAs('one', await readShard());
    const [mine, theirs] = [await readShard(), await readShard()];
    const claims = await Promise.all([
      claimAs('two', mine, soLater(LEASE_MS)),
      claimAs('three', theirs, soLater(LEASE_MS)),
    ]);
    expect(claims.map((rows) => rows.length).sort()).toEqual([0, 2]);
  });
});
