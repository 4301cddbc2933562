import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Health, Tick } from '../../../bot/store/health.js';
import { key } from '../../../bot/store/tables/keys.js';
import { toRow } from '../../../bot/store/tables/row-mapping.js';
import { type OwnTables, openOwnTables } from '../../support/azure/temporary-tables.js';
import { MUCH_LATER } from '../../support/sample-records.js';

let own: OwnTables;
let health: Health;
beforeAll(async () => {
  own = await openOwnTables();
  health = own.stores.health;
});
afterAll(() => own.drop());

function aTick(overrides: Partial<Tick> = {}): Tick {
  return {
    at: '2027-01-12T08:00:00.000Z',
    ranAt: overrides.at ?? '2027-01-12T08:00:00.000Z',
    due: 3,
    sent: 1,
    deferred: 1,
    failed: 1,
    gaveUp: 2,
    setAside: 3,
    oldestOverdue: '2027-01-12T07:00:00.000Z',
    skipped: [],
    ...overrides,
  };
}

describe('health', () => {
  it('gives back how the last run of each job went, also with nothing overdue or from rows of before, and nothing of one that never ran', async () => {
    await health.record('whole', 'one', aTick());
    expect((await health.of('whole', MUCH_LATER))?.last).toEqual(aTick());
    await health.record('nothing', 'one', aTick({ oldestOverdue: null }));
    expect((await health.of('nothing', MUCH_LATER))?.last).toEqual(aTick({ oldestOverdue: null }));
    expect(await health.of('never', MUCH_LATER)).toBeNull();
    await health.record('apart', 'one', aTick());
    expect(await health.of('apart2', MUCH_LATER)).toBeNull();
    const { ranAt: _ranAt, skipped: _skipped, ...old } = aTick();
    await own.tables.table('health').upsert(toRow(key('old'), key('one'), old));
    expect((await health.of('old', MUCH_LATER))?.last).toEqual(aTick());
  });

  it('keeps one row for an instance, and takes the newest of several', async () => {
    await health.record('instance', 'one', aTick());
    await health.record('instance', 'one', aTick({ at: '2027-01-12T08:01:00.000Z', due: 0 }));
    const rows = (await own.dump()).health?.filter((row) => row.partitionKey === 'instance');
    expect(rows).toHaveLength(1);
    expect((await health.of('instance', MUCH_LATER))?.last).toMatchObject({
      at: '2027-01-12T08:01:00.000Z',
      due: 0,
    });
    await health.record('several', 'a', aTick({ at: '2027-01-12T08:01:00.000Z' }));
    await health.record('several', 'b', aTick({ at: '2027-01-12T08:02:00.000Z' }));
    await health.record('several', 'c', aTick({ at: '2027-01-12T08:00:00.000Z' }));
    expect((await health.of('several', MUCH_LATER))?.last.at).toBe('2027-01-12T08:02:00.000Z');
  });

  it('adds up what all instances gave up and set aside, of each job', async () => {
    await health.record('sums', 'a', aTick({ gaveUp: 2, setAside: 1 }));
    await health.record('sums', 'b', aTick({ gaveUp: 3, setAside: 0 }));
    expect(await health.of('sums', MUCH_LATER)).toMatchObject({ gaveUp: 5, setAside: 1 });
    await health.record('sums', 'a', aTick({ gaveUp: 1, setAside: 0 }));
    await health.record('sums', 'b', aTick({ gaveUp: 4, setAside: 2 }));
    expect(await health.of('sums', MUCH_LATER)).toMatchObject({ gaveUp: 5, setAside: 2 });
  });

  it('forgets instances that have not ticked since, and no other instance or job', async () => {
    await health.record('forget', 'old', aTick({ at: '2027-01-01T08:00:00.000Z' }));
    await health.record('forget', 'new', aTick({ at: '2027-01-12T08:00:00.000Z' }));
    expect(await health.forget('forget', '2027-01-05T00:00:00.000Z', MUCH_LATER)).toBe(1);
    expect((await health.of('forget', MUCH_LATER))?.last.at).toBe('2027-01-12T08:00:00.000Z');
    await health.record('forget', 'old', aTick({ at: '2027-01-12T07:59:59.999Z' }));
    await health.record('forget', 'new', aTick());
    await health.record('forget-not', 'old', aTick({ at: '2027-01-12T07:59:59.999Z' }));
    expect(await health.forget('forget', '2027-01-12T08:00:00.000Z', MUCH_LATER)).toBe(1);
    expect(await health.of('forget', MUCH_LATER)).toMatchObject({ last: aTick(), gaveUp: 2 });
    expect(await health.of('forget-not', MUCH_LATER)).not.toBeNull();
  });

  it('takes for the newest what really ran last, whatever instant it was for', async () => {
    await health.record(
      'by-hand',
      'by hand',
      aTick({ at: '2027-06-01T08:00:00.000Z', ranAt: '2027-01-12T08:00:00.000Z' }),
    );
    await health.record(
      'by-hand',
      'ticking',
      aTick({ at: '2027-01-12T08:01:00.000Z', ranAt: '2027-01-12T08:01:00.000Z' }),
    );
    expect((await health.of('by-hand', '2027-01-12T08:01:30.000Z'))?.last.at).toBe(
      '2027-01-12T08:01:00.000Z',
    );
  });

  it('takes nothing for news that lies ahead of the clock, and forgets it', async () => {
    const now = '2027-01-12T08:01:30.000Z';
    await health.record('ahead', 'ahead', aTick({ at: '2027-06-01T08:00:00.000Z' }));
    expect(await health.of('ahead', now)).toBeNull();
    await health.record('ahead', 'right', aTick({ at: '2027-01-12T08:01:00.000Z' }));
    expect((await health.of('ahead', now))?.last.at).toBe('2027-01-12T08:01:00.000Z');
    expect(await health.forget('ahead', '2027-01-05T00:00:00.000Z', now)).toBe(1);
    expect(await health.of('ahead', MUCH_LATER)).toMatchObject({ gaveUp: 2 });
  });
});
