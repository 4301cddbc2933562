import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../support/faults.js';
import { MILA, NINE, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { aNewReminder } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const soLater = (ms: number, from = NINE) => new Date(Date.parse(from) + ms).toISOString();
const TODAY = '2027-01-12';
const NEXT_MORNING = '2027-01-13T08:00:00.000Z';

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
  },
  () => house.own.drop(),
);

/** An instance whose clock differs from the others'. */
function instanceAhead(ms: number, at?: Parameters<Sending['instance']>[0]) {
  const now = () => new Date(Date.parse(house.now()) + ms);
  const instance = house.instance({ ...at, change: (deps) => ({ now, ...at?.change?.(deps) }) });
  return { run: () => instance.run({ at: now().toISOString() }) };
}

/** Does something once, when an instance has come to this step. */
function once(step: string, act: () => void) {
  let left = 1;
  return (moment: string) => {
    if (moment === step && left > 0) {
      left -= 1;
      act();
    }
    return undefined;
  };
}

async function itemsProven(): Promise<string[]> {
  const rows = (await house.own.dump()).nudges ?? [];
  return rows.flatMap((row) => JSON.parse(String(row.items)) as string[]);
}

describe('two instances whose clocks differ by more than a lease', () => {
  it('do not both send: what one has taken over the other cannot note as leaving', async () => {
    await house.plan(aNewReminder());
    const ahead = instanceAhead(15 * MINUTE_MS);
    let other: Promise<unknown> | null = null;
    const slow = house.instance({
      change: ({ people }) => ({
        people: {
          ...people,
          async getMany(...who) {
            // It has claimed; the other takes over before it is about to send.
            other ??= ahead.run();
            await other;
            return people.getMany(...who);
          },
        },
      }),
    });
    await slow.run();
    expect(house.teams.sent).toHaveLength(1);
    await house.remind(NEXT_MORNING);
    expect(house.teams.sent).toHaveLength(1);
  });

  it('do not both send on one day what is on its way already', async () => {
    await house.plan(aNewReminder({ kind: 'landed', occasion: '2027-01-08' }));
    const ahead = instanceAhead(15 * MINUTE_MS);
    house.teams.answer = async () => {
      await ahead.run();
      return { kind: 'sent', activity: '1:abc' };
    };
    await house.instance().run();
    expect(house.teams.sent).toHaveLength(1);
    for (const at of [soLater(HOUR_MS), NEXT_MORNING, soLater(MINUTE_MS, NEXT_MORNING)])
      await house.remind(at);
    expect(house.teams.sent).toHaveLength(1);
    expect(await house.due()).toEqual([]);
  });
});

describe('a clock that jumps in the middle of a run', () => {
  const JUMPS = [-24 * HOUR_MS, -HOUR_MS, -MINUTE_MS, MINUTE_MS, 9 * MINUTE_MS, HOUR_MS, 24 * HOUR_MS];
  const STEPS = ['claimed', 'composed', 'marked', 'sent', 'recorded', 'settled'] as const;
  const cases = STEPS.flatMap((step) => JUMPS.map((ms) => [step, ms] as const));

  it('loses nothing and sends nothing twice on one day, at whatever step and however far', async () => {
    expect(
      await faultsOf(
        cases,
        async (step, ms) => {
          await house.plan(aNewReminder({ kind: 'landed', occasion: '2027-01-08' }));
          const jumped = house.instance({ at: once(step, () => house.setNow(soLater(ms))) });
          await jumped.run();
          const sentFirst = house.teams.sent.length;
          // The clock is set right again.
          for (const minute of [1, 12, 30, 90]) await house.remind(soLater(minute * MINUTE_MS));
          expect(house.teams.sent.length).toBeLessThanOrEqual(1);
          expect(house.teams.sent.length).toBeGreaterThanOrEqual(sentFirst);
          for (const minute of [0, 1]) await house.remind(soLater(minute * MINUTE_MS, NEXT_MORNING));
          expect(house.teams.sent).toHaveLength(1);
          expect(await itemsProven()).toHaveLength(1);
          expect(await house.due()).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('clocks that are set to anything between runs', () => {
  it('bring everything once, and nothing twice on one day', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }), { minLength: 1, maxLength: 12 }),
        async (jumps) => {
          const here = await openSending();
          await here.plan(aNewReminder({ kind: 'landed', occasion: '2027-01-08' }));
          await here.plan(aNewReminder());
          for (const minutes of jumps) await here.remind(soLater(minutes * MINUTE_MS));
          for (let day = 0; day < 4; day += 1) await here.remind(soLater(day * 24 * HOUR_MS, NEXT_MORNING));
          const proofs = ((await here.own.dump()).nudges ?? []).flatMap(
            (row) => JSON.parse(String(row.items)) as string[],
          );
          expect(proofs.filter((item, at) => proofs.indexOf(item) !== at)).toEqual([]);
          expect(proofs).toEqual(expect.arrayContaining([expect.stringContaining('landed|')]));
          expect(proofs).toEqual(expect.arrayContaining([expect.stringContaining('evaluation|')]));
          const days = here.teams.sent.length;
          expect(days).toBe(((await here.own.dump()).nudges ?? []).length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an instance whose clock is a day ahead for a while', () => {
  it('makes nobody unreachable by one refusal', async () => {
    house.teams.answer = () => ({ kind: 'gone', why: '403' });
    await house.plan(aNewReminder());
    await house.remind(NEXT_MORNING);
    await house.plan(aNewReminder({ kind: 'landed', occasion: '2027-01-08' }));
    await house.remind(NINE);
    expect(await house.person(MILA)).toMatchObject({ unreachableSince: null, refusedSince: NINE });
    expect((await house.person(MILA))?.refusedSince?.startsWith(TODAY)).toBe(true);
  });

  it('leaves what it noted as leaving for no longer than until the day after', async () => {
    await house.plan(aNewReminder({ kind: 'landed', occasion: '2027-01-08' }));
    house.setNow(NEXT_MORNING);
    await house.instance({ at: (moment) => (moment === 'marked' ? 'die' : undefined) }).run();
    await house.remind(soLater(20 * MINUTE_MS));
    expect(house.teams.sent).toEqual([]);
    await house.remind(NEXT_MORNING);
    expect(house.teams.sent).toHaveLength(1);
  });
});
