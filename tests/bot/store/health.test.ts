import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Health, Tick } from '../../../bot/store/health.js';
import { type OwnTables, openOwnTables } from '../../support/own-tables.js';

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
  it('gives back how the last run of a job went', async () => {
    await health.record('whole', 'one', aTick());
    expect((await health.of('whole'))?.last).toEqual(aTick());
  });

  it('gives back that nothing is overdue', async () => {
    await health.record('nothing', 'one', aTick({ oldestOverdue: null }));
    expect((await health.of('nothing'))?.last).toEqual(aTick({ oldestOverdue: null }));
  });

  it('has nothing of a job that never ran', async () => {
    expect(await health.of('never')).toBeNull();
  });

  it('keeps jobs apart', async () => {
    await health.record('apart', 'one', aTick());
    expect(await health.of('apart2')).toBeNull();
  });

  it('keeps one row for an instance, the newest', async () => {
    await health.record('instance', 'one', aTick());
    await health.record('instance', 'one', aTick({ at: '2027-01-12T08:01:00.000Z', due: 0 }));
    const rows = (await own.dump()).health?.filter((row) => row.partitionKey === 'instance');
    expect(rows).toHaveLength(1);
    expect((await health.of('instance'))?.last).toMatchObject({ at: '2027-01-12T08:01:00.000Z', due: 0 });
  });

  it('takes the newest of several instances', async () => {
    await health.record('several', 'a', aTick({ at: '2027-01-12T08:01:00.000Z' }));
    await health.record('several', 'b', aTick({ at: '2027-01-12T08:02:00.000Z' }));
    await health.record('several', 'c', aTick({ at: '2027-01-12T08:00:00.000Z' }));
    expect((await health.of('several'))?.last.at).toBe('2027-01-12T08:02:00.000Z');
  });

  it('adds up what all instances gave up and set aside', async () => {
    await health.record('sums', 'a', aTick({ gaveUp: 2, setAside: 1 }));
    await health.record('sums', 'b', aTick({ gaveUp: 3, setAside: 0 }));
    expect(await health.of('sums')).toMatchObject({ gaveUp: 5, setAside: 1 });
  });

  it('forgets instances that have not ticked since, and only those', async () => {
    await health.record('forget', 'old', aTick({ at: '2027-01-01T08:00:00.000Z' }));
    await health.record('forget', 'new', aTick({ at: '2027-01-12T08:00:00.000Z' }));
    expect(await health.forget('forget', '2027-01-05T00:00:00.000Z')).toBe(1);
    expect((await health.of('forget'))?.last.at).toBe('2027-01-12T08:00:00.000Z');
  });

  it('adds up what all instances gave up and set aside', async () => {
    await health.record('sums', 'a', aTick({ gaveUp: 1, setAside: 0 }));
    await health.record('sums', 'b', aTick({ gaveUp: 4, setAside: 2 }));
    expect(await health.of('sums')).toMatchObject({ gaveUp: 5, setAside: 2 });
  });

  it('forgets instances that have not ticked since, and no other job', async () => {
    await health.record('forget', 'old', aTick({ at: '2027-01-12T07:59:59.999Z' }));
    await health.record('forget', 'new', aTick());
    await health.record('forget-not', 'old', aTick({ at: '2027-01-12T07:59:59.999Z' }));
    expect(await health.forget('forget', '2027-01-12T08:00:00.000Z')).toBe(1);
    expect(await health.of('forget')).toMatchObject({ last: aTick(), gaveUp: 2 });
    expect(await health.of('forget-not')).not.toBeNull();
  });
});
