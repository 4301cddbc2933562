import { beforeEach, describe, expect, it } from 'vitest';
import { createTally, networkOf, REQUEST_LIMITS, waitOfPerson } from '../../bot/request-limits.js';

let now: number;
beforeEach(() => {
  now = 1_000;
});
const ticks = () => now;

describe('a tally', () => {
  it('lets a key come so often in a window, then says how long to wait, then lets it come again', () => {
    const tally = createTally({ most: 3, ms: 10_000 }, ticks);
    for (let times = 0; times < 3; times += 1) {
      expect(tally.waitOf('a')).toBe(0);
      tally.count('a');
    }
    expect(tally.waitOf('a')).toBe(10);
    now += 9_001;
    expect(tally.waitOf('a')).toBe(1);
    now += 999;
    expect(tally.waitOf('a')).toBe(0);
  });

  it('keeps one key’s count from another’s', () => {
    const tally = createTally({ most: 1, ms: 10_000 }, ticks);
    tally.count('a');
    expect([tally.waitOf('a'), tally.waitOf('b')]).toEqual([10, 0]);
  });

  it('makes nobody wait longer for having come while they had to wait', () => {
    const tally = createTally({ most: 1, ms: 10_000 }, ticks);
    tally.count('a');
    now += 5_000;
    tally.count('a');
    expect(tally.waitOf('a')).toBe(5);
  });

  it('remembers the newest keys, and never more than so many', () => {
    const tally = createTally({ most: 1, ms: 10_000 }, ticks, 100);
    for (let key = 0; key < 1_000; key += 1) tally.count(`key ${key}`);
    const waiting = Array.from({ length: 1_000 }, (_, key) => key).filter(
      (key) => tally.waitOf(`key ${key}`) > 0,
    );
    expect(waiting.length).toBeGreaterThanOrEqual(50);
    expect(waiting.length).toBeLessThanOrEqual(100);
    expect(waiting).toEqual(Array.from({ length: waiting.length }, (_, at) => 1_000 - waiting.length + at));
  });

  it('takes no more memory for a million addresses than for as many as it remembers', () => {
    const tally = createTally(REQUEST_LIMITS.refusedByAddress, ticks);
    const come = (first: number, count: number) => {
      for (let each = first; each < first + count; each += 1)
        tally.count(`10.${each >> 16}.${each >> 8}.${each}`);
      return process.memoryUsage().heapUsed;
    };
    const before = come(0, 20_000);
    const after = come(20_000, 1_000_000);
    expect(after - before).toBeLessThan(60e6);
  });
});

describe('an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', '0:0:0:0'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('somebody', () => {
  const of = (person: string, tenant: string) => ({
    from: { aadObjectId: `${person}0000000-0000-4000-8000-000000000000` },
    conversation: { tenantId: `${tenant}0000000-0000-4000-8000-000000000000` },
  });

  it('is counted in their own organisation, and not at all where nobody knows who they are', () => {
    const people = createTally({ most: 1, ms: 10_000 }, ticks);
    expect(waitOfPerson(people, of('a', '1'))).toBe(0);
    expect(waitOfPerson(people, of('a', '1'))).toBe(10);
    expect(waitOfPerson(people, of('a', '2'))).toBe(0);
    expect(waitOfPerson(people, of('b', '1'))).toBe(0);
    for (let times = 0; times < 3; times += 1) expect(waitOfPerson(people, {})).toBe(0);
  });
});
