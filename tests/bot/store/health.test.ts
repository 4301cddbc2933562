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
    oldestOverdue: '2027-01-12T07:00:00.000Z',
    ...overrides,
  };
}

describe('health', () => {
  it('gives back how the last run of a job went', async () => {
    await health.record('whole', 'one', aTick());
    expect(await health.last('whole')).toEqual(aTick());
  });

  it('gives back that nothing is overdue', async () => {
    await health.record('nothing', 'one', aTick({ oldestOverdue: null }));
    expect(await health.last('nothing')).toEqual(aTick({ oldestOverdue: null }));
  });

  it('has nothing of a job that never ran', async () => {
    expect(await health.last('never')).toBeNull();
  });

  it('keeps jobs apart', async () => {
    await health.record('apart', 'one', aTick());
    expect(await health.last('apart2')).toBeNull();
  });

  it('keeps one row for an instance, the newest', async () => {
    await health.record('instance', 'one', aTick());
    await health.record('instance', 'one', aTick({ at: '2027-01-12T08:01:00.000Z', due: 0 }));
    const rows = (await own.dump()).health?.filter((row) => row.partitionKey === 'instance');
    expect(rows).toHaveLength(1);
    expect(await health.last('instance')).toMatchObject({ at: '2027-01-12T08:01:00.000Z', due: 0 });
  });

  it('takes the newest of several instances', async () => {
    await health.record('several', 'a', aTick({ at: '2027-01-12T08:01:00.000Z' }));
    await health.record('several', 'b', aTick({ at: '2027-01-12T08:02:00.000Z' }));
    await health.record('several', 'c', aTick({ at: '2027-01-12T08:00:00.000Z' }));
    expect((await health.last('several'))?.at).toBe('2027-01-12T08:02:00.000Z');
  });
});
