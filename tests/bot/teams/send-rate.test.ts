import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONVERSATION_WINDOWS,
  createRates,
  type Patience,
  type Rates,
  type RateWindow,
} from '../../../bot/teams/send-rate.js';
import { faultsOf } from '../../support/faults.js';
import { mostIn, simulatedClock } from '../../support/simulated-clock.js';

/** Teams' own limit for one tenant, in any second. */
const TENANT_WINDOW: RateWindow = { most: 50, ms: 1_000 };

/** Waits for as long as it takes. */
const PATIENT: Patience = { heldMs: Number.POSITIVE_INFINITY, turnMs: Number.POSITIVE_INFINITY };

type Wish = { readonly at: number; readonly tenant: string; readonly conversation: string };
type Sent = Wish & { readonly sentAt: number };

function openRates(late?: () => number) {
  const clock = simulatedClock(late);
  const rates = createRates(clock);
  const sent: Sent[] = [];
  /** Asks for a turn at once. */
  const wish = (tenant: string, conversation: string) => {
    const asked = { at: clock.monotonicNow(), tenant, conversation };
    void rates
      .turn(tenant, conversation, PATIENT)
      .then((leaves) => leaves !== null && sent.push({ ...asked, sentAt: clock.monotonicNow() }));
  };
  const times = (tenant: string) => sent.filter((one) => one.tenant === tenant).map(({ sentAt }) => sentAt);
  return { clock, rates, sent, wish, times };
}

/** Lets everybody who wishes to send at some time do so, and gives when each did. */
async function sendAll(
  wishes: readonly Wish[],
  disturb?: (rates: Rates, at: number) => void,
  late?: () => number,
) {
  const { clock, rates, sent, wish } = openRates(late);
  for (const { at, tenant, conversation } of [...wishes].sort((one, other) => one.at - other.at)) {
    await clock.run(at);
    disturb?.(rates, at);
    wish(tenant, conversation);
  }
  await clock.run();
  return sent;
}

function groupsOf(sent: readonly Sent[], name: 'tenant' | 'conversation'): number[][] {
  const groups = new Map<string, number[]>();
  for (const one of sent) {
    const found = groups.get(one[name]) ?? [];
    found.push(one.sentAt);
    groups.set(one[name], found);
  }
  return [...groups.values()];
}

const many = (count: number, wish: (index: number) => Wish) =>
  Array.from({ length: count }, (_, at) => wish(at));
const toEverybody = (count: number, tenant = 't', at = 0) =>
  many(count, (index) => ({ at, tenant, conversation: `${tenant}-${at}-${index}` }));
const toOne = (count: number, conversation = 'c', at = 0) =>
  many(count, () => ({ at, tenant: 't', conversation }));

const bursts = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 4_000 }),
    tenant: fc.constantFrom('one', 'two'),
    conversation: fc.integer({ min: 0, max: 6 }),
    count: fc.integer({ min: 1, max: 20 }),
  }),
  { maxLength: 14 },
);
/** Each burst also has one message for everybody else, so that a tenant is never idle. */
const wishesOf = (found: typeof bursts extends fc.Arbitrary<infer Bursts> ? Bursts : never): Wish[] =>
  found.flatMap(({ at, tenant, conversation, count }) => [
    ...many(count, () => ({ at, tenant, conversation: `${tenant}-${conversation}` })),
    ...toEverybody(count, tenant, at),
  ]);

describe('rates: whoever sends what when', () => {
  it('lets no more than 50 messages out in any second of a tenant, also on a busy machine that calls everybody late', async () => {
    await fc.assert(
      fc.asyncProperty(bursts, async (found) => {
        const sent = await sendAll(wishesOf(found));
        for (const times of groupsOf(sent, 'tenant')) {
          expect(mostIn(times, TENANT_WINDOW.ms)).toBeLessThanOrEqual(TENANT_WINDOW.most);
        }
      }),
      { numRuns: 25 },
    );
    await fc.assert(
      fc.asyncProperty(bursts, fc.infiniteStream(fc.integer({ min: 0, max: 400 })), async (found, delays) => {
        const late = () => delays.next().value ?? 0;
        const sent = await sendAll(wishesOf(found), undefined, late);
        for (const times of groupsOf(sent, 'tenant')) {
          expect(mostIn(times, TENANT_WINDOW.ms)).toBeLessThanOrEqual(TENANT_WINDOW.most);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('keeps each of the windows of a conversation', async () => {
    await fc.assert(
      fc.asyncProperty(bursts, async (found) => {
        const sent = await sendAll(wishesOf(found));
        for (const times of groupsOf(sent, 'conversation')) {
          for (const { most, ms } of CONVERSATION_WINDOWS)
            expect(mostIn(times, ms)).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('gives everybody a turn, also after Teams said that it was too much', async () => {
    await fc.assert(
      fc.asyncProperty(bursts, fc.integer({ min: 0, max: 3_000 }), async (found, afterMs) => {
        const wishes = wishesOf(found);
        const sent = await sendAll(wishes, (rates, at) =>
          rates.tooMuch('one', at % 2 === 0 ? afterMs : null),
        );
        expect(sent).toHaveLength(wishes.length);
      }),
      { numRuns: 15 },
    );
  });
});

/** All who would be called in the first so many ms are called at the end of them. */
function standsStillOnce(ms: number): () => number {
  let asked = 0;
  return () => {
    asked += 1;
    return Math.max(0, ms - (asked * 1_000) / 49);
  };
}

describe('rates: a tenant', () => {
  it('does not wait for the first message, and gets 48 a second or more', async () => {
    const [first] = await sendAll([{ at: 0, tenant: 't', conversation: 'c' }]);
    expect(first?.sentAt).toBe(0);
    const times = (await sendAll(toEverybody(500))).map(({ sentAt }) => sentAt);
    const steady = times.filter((time) => time >= 1_000);
    expect(
      (steady.length - 1) / ((Math.max(...steady) - Math.min(...steady)) / 1_000),
    ).toBeGreaterThanOrEqual(48);
  });

  it('gets no more than 50 when messages were held up, by the first connection, a wait, a stop or on their way out', async () => {
    const arrived = (await sendAll(toEverybody(200))).map(({ sentAt }) => Math.max(sentAt, 150));
    expect(mostIn(arrived, 1_000)).toBeLessThanOrEqual(50);
    const waiting = ['a', 'b', 'c'].flatMap((conversation) => toOne(16, conversation));
    const sent = await sendAll([...waiting, ...toEverybody(150)]);
    expect(
      mostIn(
        sent.map(({ sentAt }) => sentAt),
        1_000,
      ),
    ).toBeLessThanOrEqual(50);
    const { clock, wish, times } = openRates(standsStillOnce(300));
    for (let index = 0; index < 200; index += 1) wish('t', `c-${index}`);
    await clock.run();
    expect(mostIn(times('t'), 1_000)).toBeLessThanOrEqual(50);
    {
      const clock = simulatedClock();
      const rates = createRates(clock);
      const left: number[] = [];
      for (let index = 0; index < 200; index += 1) {
        void rates.turn('t', `c-${index}`, PATIENT).then(async (leaves) => {
          await clock.sleep(Math.max(0, 300 - clock.monotonicNow()));
          leaves?.();
          left.push(clock.monotonicNow());
        });
      }
      await clock.run();
      expect(left).toHaveLength(200);
      expect(mostIn(left, 1_000)).toBeLessThanOrEqual(50);
    }
  });

  it('begins easily once, and again when it has been quiet, in which it saves nothing up', async () => {
    const inHalfASecond = async (from: number) =>
      (await sendAll([...toEverybody(100), ...toEverybody(100, 't', 3_500)])).filter(
        ({ sentAt }) => sentAt >= from && sentAt < from + 500,
      ).length;
    expect([await inHalfASecond(0), await inHalfASecond(1_200), await inHalfASecond(3_500)]).toEqual([
      17, 24, 17,
    ]);
    const sent = await sendAll([...toEverybody(1), ...toEverybody(100, 't', 60_000)]);
    expect(
      mostIn(
        sent.map(({ sentAt }) => sentAt),
        1_000,
      ),
    ).toBeLessThanOrEqual(50);
  });

  it('is served in the order of asking, and not held up by another that sends much', async () => {
    const sent = await sendAll(toEverybody(20));
    expect(sent.map(({ conversation }) => conversation)).toEqual(
      toEverybody(20).map(({ conversation }) => conversation),
    );
    {
      const sent = await sendAll([...toEverybody(500, 'busy'), ...toEverybody(1, 'calm')]);
      expect(sent.find(({ tenant }) => tenant === 'calm')?.sentAt).toBe(0);
    }
  });
});

describe('rates: a conversation', () => {
  it('gets its messages not before the limits allow', async () => {
    expect(
      await faultsOf(
        [
          [8, 1_001],
          [9, 2_001],
          [61, 30_001],
          [1_801, 3_600_001],
        ],
        async (count, atLeast) => {
          const sent = await sendAll(toOne(count));
          expect(Math.max(...sent.map(({ sentAt }) => sentAt))).toBeGreaterThanOrEqual(atLeast);
        },
      ),
    ).toEqual([]);
  });

  it('gets seven at once, and holds up no other where it has to wait', async () => {
    const sent = await sendAll(toOne(7));
    expect(Math.max(...sent.map(({ sentAt }) => sentAt))).toBeLessThan(300);
    {
      const sent = await sendAll([...toOne(61, 'talkative'), ...toEverybody(1)]);
      const calm = sent.find(({ conversation }) => conversation !== 'talkative');
      expect(calm?.sentAt).toBeLessThan(1_500);
    }
  });
});

describe('rates: after Teams said that it was too much', () => {
  /** How many go out in the second after an instant. */
  async function rateAfter(quietMs: number, refusals: number) {
    const { clock, rates, wish, times } = openRates();
    wish('t', 'first');
    await clock.run(1_000);
    for (let count = 0; count < refusals; count += 1) rates.tooMuch('t', null);
    // A message a little before: whoever was quiet begins easily.
    await clock.run(500 + quietMs);
    wish('t', 'before');
    await clock.run(1_000 + quietMs);
    for (let index = 0; index < 100; index += 1) wish('t', `c-${index}`);
    await clock.run(2_000 + quietMs);
    return times('t').filter((time) => time >= 1_000 + quietMs).length;
  }

  it('a tenant slows down at once and once for several refusals, still gets a message a second, comes back slowly, and is where it was after a while', async () => {
    expect(await rateAfter(0, 1)).toBeLessThan(45);
    expect(await rateAfter(0, 1)).toBeGreaterThan(30);
    const [at0, at5, at10] = [await rateAfter(0, 1), await rateAfter(5_000, 1), await rateAfter(10_000, 1)];
    expect(at5).toBeGreaterThan(at0);
    expect(at5).toBeLessThan(49);
    expect(at10).toBeGreaterThan(at5);
    const rate = await rateAfter(60_000, 1);
    expect(rate).toBeGreaterThanOrEqual(48);
    expect(rate).toBeLessThanOrEqual(50);
    expect(await rateAfter(0, 30)).toBe(await rateAfter(0, 1));
    const { clock, rates, wish, times } = openRates();
    for (let second = 0; second < 30; second += 1) {
      rates.tooMuch('t', null);
      await clock.run(second * 1_000);
    }
    const from = clock.monotonicNow();
    for (let index = 0; index < 5; index += 1) wish('t', `c-${index}`);
    await clock.run();
    expect(times('t')).toHaveLength(5);
    expect(Math.max(...times('t')) - from).toBeLessThan(5_000);
  });

  it('nobody of the tenant sends before the time that Teams named, nor does who was in line already, and those who waited do not all go at once', async () => {
    const { clock, rates, wish, times } = openRates();
    rates.tooMuch('t', 5_000);
    for (let index = 0; index < 10; index += 1) wish('t', `c-${index}`);
    await clock.run();
    expect(Math.min(...times('t'))).toBeGreaterThanOrEqual(5_000);
    {
      const { clock, rates, wish, times } = openRates();
      for (let index = 0; index < 60; index += 1) wish('t', `c-${index}`);
      await clock.run(500);
      rates.tooMuch('t', 5_000);
      await clock.run();
      expect(times('t').filter((time) => time > 500 && time < 5_500)).toEqual([]);
      expect(times('t')).toHaveLength(60);
    }
    {
      const { clock, rates, wish, times } = openRates();
      for (let index = 0; index < 150; index += 1) wish('t', `c-${index}`);
      await clock.run(500);
      rates.tooMuch('t', 5_000);
      await clock.run();
      expect(mostIn(times('t'), 1_000)).toBeLessThanOrEqual(50);
    }
  });

  it('another tenant is not held up', async () => {
    const { clock, rates, wish, times } = openRates();
    rates.tooMuch('t', 60_000);
    for (let index = 0; index < 40; index += 1) wish('other', `c-${index}`);
    await clock.run();
    expect(Math.max(...times('other'))).toBeLessThan(1_000);
  });
});

describe('rates: a tenant that Teams asks to leave alone for long', () => {
  const PATIENCE: Patience = { heldMs: 20_000, turnMs: 60_000 };
  const FOREVER = [3_600_000, 2 ** 31, 2 ** 31 * 1_000, 365 * 24 * 3_600_000, 1e24, Number.MAX_VALUE];

  it('is refused a turn at once, and free again within an hour', async () => {
    expect(
      await faultsOf(FOREVER, async (afterMs) => {
        const { clock, rates } = openRates();
        rates.tooMuch('t', afterMs);
        expect(await rates.turn('t', 'c', PATIENCE)).toBeNull();
        expect(clock.monotonicNow()).toBe(0);
        expect(rates.heldFor('t')).toBeLessThanOrEqual(3_600_000);
        await clock.run(3_600_001);
        expect(rates.heldFor('t')).toBe(0);
        expect(await rates.turn('t', 'c', PATIENCE)).not.toBeNull();
      }),
    ).toEqual([]);
  });

  it('lets go of who is in line already', async () => {
    const { clock, rates } = openRates();
    const turns = many(200, (index) => ({ at: 0, tenant: 't', conversation: `c-${index}` })).map((one) =>
      rates.turn(one.tenant, one.conversation, PATIENCE).then((leaves) => leaves !== null),
    );
    await clock.run(500);
    rates.tooMuch('t', 3_600_000);
    await clock.run(5_000);
    const given = await Promise.all(turns);
    expect(given.filter((isGiven) => isGiven).length).toBeLessThan(30);
  });

  it('holds up no other tenant', async () => {
    const { rates } = openRates();
    rates.tooMuch('t', 1e24);
    expect([rates.heldFor('other'), await rates.turn('other', 'c', PATIENCE)]).toEqual([
      0,
      expect.any(Function),
    ]);
  });

  it('never makes anybody sleep for longer than their patience', async () => {
    const { clock } = openRates();
    const slept: number[] = [];
    const rates = createRates({
      monotonicNow: clock.monotonicNow,
      sleep: (ms) => {
        slept.push(ms);
        return clock.sleep(ms);
      },
    });
    const turns = many(400, (index) => ({ at: 0, tenant: 't', conversation: `c-${index % 3}` }));
    const given = turns.map((one) => rates.turn(one.tenant, one.conversation, PATIENCE));
    rates.tooMuch('t', 10_000);
    await clock.run();
    expect((await Promise.all(given)).some((leaves) => leaves === null)).toBe(true);
    expect(Math.max(...slept)).toBeLessThanOrEqual(PATIENCE.turnMs);
  });

  it('begins again evenly, and not with all who waited at once', async () => {
    const { clock, rates, wish, times } = openRates();
    for (let index = 0; index < 60; index += 1) wish('t', `c-${index}`);
    await clock.run(500);
    rates.tooMuch('t', 5_000);
    await clock.run();
    const after = times('t').filter((time) => time > 500);
    const gaps = after.slice(1).map((time, at) => time - (after[at] ?? 0));
    expect(after.length).toBeGreaterThan(30);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000 / 50);
  });
});

describe('rates: a tenant whose channel is down', () => {
  const PATIENCE: Patience = { heldMs: 20_000, turnMs: 60_000 };
  const isGiven = async (rates: Rates, conversation: string) =>
    (await rates.turn('t', conversation, PATIENCE)) !== null;

  async function down() {
    const { clock, rates } = openRates();
    for (let person = 0; person < 5; person += 1) rates.heard('t', `c-${person}`, false);
    return { clock, rates };
  }

  it('is left alone for a minute', async () => {
    const { clock, rates } = await down();
    expect(await isGiven(rates, 'c-9')).toBe(false);
    await clock.run(59_000);
    expect(rates.heldFor('t')).toBeGreaterThan(0);
  });

  it('is not taken for down because of one person, nor while somebody is answered in between', async () => {
    const { rates } = openRates();
    for (let attempt = 0; attempt < 100; attempt += 1) rates.heard('t', 'c', false);
    expect(rates.heldFor('t')).toBe(0);
    {
      const { rates } = openRates();
      for (let person = 0; person < 100; person += 1) rates.heard('t', `c-${person}`, person % 4 === 0);
      expect(rates.heldFor('t')).toBe(0);
    }
  });

  it('is tried with one message after that, and then left alone again or free, and tried again when nothing was heard of it', async () => {
    const { clock, rates } = await down();
    await clock.run(60_001);
    expect([await isGiven(rates, 'a'), await isGiven(rates, 'b')]).toEqual([true, false]);
    rates.heard('t', 'a', false);
    expect(rates.heldFor('t')).toBe(60_000);
    await clock.run(120_002);
    expect(await isGiven(rates, 'a')).toBe(true);
    rates.heard('t', 'a', true);
    const free = Promise.all([isGiven(rates, 'b'), isGiven(rates, 'c')]);
    await clock.run();
    expect([rates.heldFor('t'), await free]).toEqual([0, [true, true]]);
    {
      const { clock, rates } = await down();
      await clock.run(60_001);
      expect(await isGiven(rates, 'a')).toBe(true);
      await clock.run(95_000);
      expect(await isGiven(rates, 'b')).toBe(true);
    }
  });
});

describe('rates: what an operator sees of them', () => {
  it('is the pace of the slowest, who comes back by and by, and how many are held', async () => {
    const clock = simulatedClock();
    const rates = createRates(clock);
    expect(rates.state()).toEqual({ slowest: 49, held: 0 });
    await rates.turn('a', 'conversation', PATIENT);
    rates.tooMuch('a', 5_000);
    expect(rates.state()).toEqual({ slowest: 49 * 0.85, held: 1 });
    await clock.run(4_000);
    expect(rates.state()).toEqual({ slowest: 49 * 0.85 + 4, held: 1 });
    await clock.run(60_000);
    expect(rates.state()).toEqual({ slowest: 49, held: 0 });
  });
});

describe('rates: what is remembered of conversations', () => {
  it('is forgotten of those that were quiet longest when there are too many, and never of one in which somebody waits', async () => {
    const clock = simulatedClock();
    const rates = createRates(clock, Number.POSITIVE_INFINITY);
    for (let index = 0; index < 7; index += 1) await rates.turn('t', 'talkative', PATIENT);
    for (let index = 0; index < 10_000; index += 1) await rates.turn('t', `c-${index}`, PATIENT);
    await rates.turn('t', 'talkative', PATIENT);
    expect(clock.monotonicNow()).toBe(0);
    {
      const clock = simulatedClock();
      const rates = createRates(clock, Number.POSITIVE_INFINITY);
      const left: number[] = [];
      for (let index = 0; index < 9; index += 1) {
        void rates.turn('t', 'talkative', PATIENT).then(() => left.push(clock.monotonicNow()));
      }
      await clock.run(1);
      for (let index = 0; index < 10_001; index += 1) await rates.turn('t', `c-${index}`, PATIENT);
      await clock.run();
      expect(left.slice(7)).toEqual([1_001, 2_001]);
    }
  });
});
