import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  accountOf,
  createAdmission,
  createTally,
  networkOf,
  REQUEST_LIMITS,
} from '../../../bot/http/request-limits.js';
import { createTurnCosts } from '../../../bot/http/turn-costs.js';
import { faultsOf } from '../../support/faults.js';

// What waits to be collected, also of other tests in this process, is not kept.
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

let now: number;
beforeEach(() => {
  now = 1_000;
});
const monotonicNow = () => now;

const SAFE = { step: 'none', kind: null, lang: null, otherLang: null, asksForSupport: false } as const;

describe('a tally', () => {
  it('lets each key come so often in a window, says how long to wait, no longer for having come, and lets it come again', () => {
    const tally = createTally({ most: 3, ms: 10_000 }, monotonicNow);
    for (let times = 0; times < 3; times += 1) {
      expect(tally.waitOf('a')).toBe(0);
      tally.count('a');
    }
    expect(tally.waitOf('a')).toBe(10);
    now += 9_001;
    expect(tally.waitOf('a')).toBe(1);
    now += 999;
    expect(tally.waitOf('a')).toBe(0);
    {
      const tally = createTally({ most: 1, ms: 10_000 }, monotonicNow);
      tally.count('a');
      expect([tally.waitOf('a'), tally.waitOf('b')]).toEqual([10, 0]);
    }
    {
      const tally = createTally({ most: 1, ms: 10_000 }, monotonicNow);
      tally.count('a');
      now += 5_000;
      tally.count('a');
      expect(tally.waitOf('a')).toBe(5);
    }
  });

  it('remembers the newest keys, never more than so many, also among a million', () => {
    const tally = createTally({ most: 1, ms: 10_000 }, monotonicNow, 100);
    for (let key = 0; key < 1_000; key += 1) tally.count(`key ${key}`);
    const waiting = Array.from({ length: 1_000 }, (_, key) => key).filter(
      (key) => tally.waitOf(`key ${key}`) > 0,
    );
    expect(waiting.length).toBeGreaterThanOrEqual(50);
    expect(waiting.length).toBeLessThanOrEqual(100);
    expect(waiting).toEqual(Array.from({ length: waiting.length }, (_, at) => 1_000 - waiting.length + at));
    {
      const tally = createTally(REQUEST_LIMITS.refusedByAddress, monotonicNow);
      const come = (first: number, count: number) => {
        for (let each = first; each < first + count; each += 1)
          tally.count(`10.${each >> 16}.${each >> 8}.${each}`);
        collect();
        return process.memoryUsage().heapUsed;
      };
      const before = come(0, 20_000);
      const after = come(20_000, 1_000_000);
      expect(after - before).toBeLessThan(60e6);
    }
  });
});

describe('an address', () => {
  it('counts as its network', async () => {
    expect(
      await faultsOf(
        [
          ['203.0.113.9', '203.0.113.9'],
          ['::ffff:203.0.113.9', '203.0.113.9'],
          ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
          ['2001:db8:1:2::6', '2001:db8:1:2'],
          ['2001:db8::6', '2001:db8:0:0'],
          ['::1', '0:0:0:0'],
          ['', '0:0:0:0'],
        ],
        (address, network) => {
          expect(networkOf(address)).toBe(network);
        },
      ),
    ).toEqual([]);
  });
});

describe('somebody', () => {
  const of = (person: string, tenant: string) => ({
    from: { aadObjectId: `${person}0000000-0000-4000-8000-000000000000` },
    conversation: { tenantId: `${tenant}0000000-0000-4000-8000-000000000000` },
  });
  const admission = (changes: Partial<Parameters<typeof createAdmission>[0]> = {}) =>
    createAdmission({
      byPerson: createTally({ most: 1, ms: 10_000 }, monotonicNow),
      costByPerson: createTally({ most: 100, ms: 10_000 }, monotonicNow),
      dangerIn: () => SAFE,
      monotonicNow,
      ...changes,
    });

  it('is counted in their own organisation, and by what Teams calls them where it names nobody', () => {
    const admit = admission();
    expect(admit(of('a', '1'))).toBe(0);
    expect(admit(of('a', '1'))).toBe(10);
    expect(admit(of('a', '2'))).toBe(0);
    expect(admit(of('b', '1'))).toBe(0);
    expect([admit({ from: { id: '29:1' } }), admit({ from: { id: '29:2' } })]).toEqual([0, 0]);
    expect(admit({ from: { id: '29:1' } })).toBe(10);
  });

  it('waits when their turns have cost too much, until the window is over', () => {
    const costByPerson = createTally({ most: 100, ms: 10_000 }, monotonicNow);
    const admit = admission({ byPerson: createTally({ most: 60, ms: 10_000 }, monotonicNow), costByPerson });
    const costs = createTurnCosts(costByPerson, monotonicNow);
    const slow = costs.measured(() => {
      now += 60;
    });
    const turnOf = (who: ReturnType<typeof of>) => costs.during(accountOf(who), slow);
    expect(admit(of('a', '1'))).toBe(0);
    turnOf(of('a', '1'));
    expect(admit(of('a', '1'))).toBe(0);
    turnOf(of('a', '1'));
    expect(admit(of('a', '1'))).toBeGreaterThan(0);
    expect(admit(of('b', '1'))).toBe(0);
    now += 10_000;
    expect(admit(of('a', '1'))).toBe(0);
  });

  it('comes in for help while they wait, a few times a minute, and is looked at only so often', () => {
    let looked = 0;
    let danger = true;
    const dangerIn = () => {
      looked += 1;
      return danger ? ({ ...SAFE, step: 'sure', kind: 'suicide' } as const) : SAFE;
    };
    const { helpToWaiting, looksAtWaiting } = REQUEST_LIMITS;
    const admit = admission({
      dangerIn,
      costByPerson: createTally({ most: 0, ms: 3_600_000 }, monotonicNow),
    });
    const costly = createTally({ most: 0, ms: 3_600_000 }, monotonicNow);
    costly.count(accountOf(of('a', '1')));
    const waiting = admission({ dangerIn, costByPerson: costly });
    expect(admit(of('a', '1'))).toBe(0);
    expect(looked).toBe(0);
    const helped = Array.from({ length: 100 }, () => waiting(of('a', '1'))).filter((wait) => wait === 0);
    expect(helped).toHaveLength(helpToWaiting.most);
    expect(looked).toBe(helpToWaiting.most);
    now += helpToWaiting.ms;
    danger = false;
    looked = 0;
    for (let times = 0; times < 100; times += 1) expect(waiting(of('a', '1'))).toBeGreaterThan(0);
    expect(looked).toBe(looksAtWaiting.most);
  });
});

describe('what a turn costs', () => {
  const account = 'tenant|person';
  const measured = (most = 1_000) => {
    const tally = createTally({ most, ms: 10_000 }, monotonicNow);
    return { tally, costs: createTurnCosts(tally, monotonicNow) };
  };
  const takes = (ms: number) => () => {
    now += ms;
  };

  it('is what it does in one go, not what it waits for', async () => {
    const { tally, costs } = measured(100);
    const turn = costs.measured(async () => {
      takes(40)();
      await null;
      takes(1_000)();
    });
    await costs.during(account, turn);
    await costs.during(account, turn);
    expect(tally.waitOf(account)).toBe(0);
    costs.during(account, costs.measured(takes(20)));
    expect(tally.waitOf(account)).toBeGreaterThan(0);
  });

  it('counts once what is measured within what is measured, and also what fails', () => {
    const { tally, costs } = measured(50);
    const inner = costs.measured(takes(20));
    costs.during(
      account,
      costs.measured(() => {
        inner();
        takes(20)();
      }),
    );
    expect(tally.waitOf(account)).toBe(0);
    const fails = costs.measured(() => {
      takes(20)();
      throw new Error('no');
    });
    expect(() => costs.during(account, fails)).toThrow('no');
    expect(tally.waitOf(account)).toBeGreaterThan(0);
  });

  it('is on nobody’s account outside a turn', () => {
    const { tally, costs } = measured(0);
    costs.measured(takes(20))();
    expect(tally.waitOf(account)).toBe(0);
  });
});
