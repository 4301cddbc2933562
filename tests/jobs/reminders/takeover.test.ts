import { describe, expect, it, vi } from 'vitest';
import type { RemindersDeps } from '../../../jobs/reminders/reminders.job.js';
import { openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { MILA, NINE, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { SOON_MS } from '../../support/run/time-limits.js';
import { aMember, aNewReminder, anAgreement, aPerson, aReference } from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

/** Times in Amsterdam on Tuesday 12 January 2027 unless said; it is an hour ahead of UTC. */
const at = (time: string, day = '2027-01-12') => new Date(`${day}T${time}:00+01:00`).toISOString();
const ANSWERED_AT = at('08:59');
const answered = aNewReminder({ kind: 'agreement-answered', occasion: ANSWERED_AT });

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending(await openOwnTables());
  },
  () => house.own.drop(),
);

/** Does something while an instance is busy reading what it needs, before it sends. */
function whileComposing(busy: () => Promise<unknown>) {
  let done = false;
  return ({ people }: RemindersDeps): Partial<RemindersDeps> => ({
    people: {
      ...people,
      async getMany(...who) {
        const found = await people.getMany(...who);
        if (!done) {
          done = true;
          await busy();
        }
        return found;
      },
    },
  });
}

/** So many people, each with an evaluation due at nine, in conversations of their own. */
async function planFor(count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, index) => personOf(index));
  const { tenant } = MILA;
  const known = people.map(async (person) => {
    const reference = aReference({ conversation: `a:${person}` });
    await house.stores.people.add(aPerson({ person, reference }));
    await house.stores.managers.addAgreement({ tenant, person }, aMember(), anAgreement());
  });
  await Promise.all(known);
  await house.plan(...people.map((person) => aNewReminder({ person, manager: person })));
  return people.map((person) => `a:${person}`);
}

/** An id as Entra gives it: its first digit says nothing of when it was made. */
function personOf(index: number): string {
  return `${(index % 16).toString(16)}${String(index).padStart(7, '0')}-0000-4000-8000-000000000000`;
}

describe('one instance', () => {
  it('serves everybody while the messages of some hang, in however many shards', async () => {
    const everybody = await planFor(24);
    const hanging = new Set(everybody.slice(0, 10));
    const others = everybody.length - hanging.size;
    let served = 0;
    house.teams.answer = async ({ conversation }) => {
      if (!hanging.has(conversation)) served += 1;
      else while (served < others) await new Promise((resolve) => setImmediate(resolve));
      return { kind: 'sent', activity: '1:abc' };
    };
    expect(await house.remind(NINE)).toMatchObject({ sent: 24 });
  });
});

describe('what it costs', () => {
  it('is a request for each proof, and few for all the rest', async () => {
    await planFor(60);
    const before = house.own.tables.requests();
    expect(await house.remind(NINE)).toMatchObject({ sent: 60 });
    // Find, and for each shard that there is: claim, read people and agreements, plan and remove; the state of health.
    // And what is about to leave is noted for those of one shard together, where there are some.
    expect(house.own.tables.requests() - before).toBeLessThanOrEqual(60 + 16 * (5 + 2) + 2);
  });
});

describe('an instance that dies', () => {
  it('has claimed no more than it was at', async () => {
    await planFor(260);
    house.teams.answer = () => new Promise(() => undefined);
    let sending = 0;
    const instance = house.instance({
      at(moment) {
        if (moment === 'sending') sending += 1;
        return undefined;
      },
    });
    void instance.run();
    // The last few wait for company, to be noted together.
    await vi.waitUntil(() => sending >= 60, { timeout: SOON_MS });
    const claimed = (await house.rowsDue()).filter(({ reminder }) => reminder?.owner !== null);
    expect(sending).toBeLessThanOrEqual(64);
    expect(claimed.length).toBeGreaterThanOrEqual(64);
    expect(claimed.length).toBeLessThanOrEqual(200);
  });
});

describe('several instances', () => {
  it('send each thing once, whoever is first', async () => {
    const everybody = await planFor(24);
    const results = await Promise.all([1, 2, 3, 4].map(() => house.instance().run()));
    expect(house.conversations().sort()).toEqual([...everybody].sort());
    const sent = results.map((result) => (result === 'died' ? 0 : result.sent));
    expect(sent.reduce((sum, one) => sum + one)).toBe(24);
    expect(await house.due(NINE)).toEqual([]);
  });

  it('do not both send to one person whose reminders came due at two times', async () => {
    await house.plan(aNewReminder({ due: at('09:00', '2027-01-11') }), aNewReminder({ kind: 'landed' }));
    await Promise.all([1, 2, 3].map(() => house.instance().run()));
    expect(house.teams.sent).toHaveLength(1);
  });
});

describe('an instance that stalls', () => {
  it('for longer than its lease sends nothing any more, nor in its last moments, and for a minute all the same', async () => {
    await house.plan(aNewReminder());
    const stalled = house.instance({ change: whileComposing(async () => house.setNow(at('09:11'))) });
    expect(await stalled.run()).toMatchObject({ claimed: 1, sent: 0 });
    expect(house.teams.sent).toEqual([]);
    expect(await house.remind(at('09:12'))).toMatchObject({ sent: 1 });
    await afresh();
    {
      await house.plan(aNewReminder());
      const stalled = house.instance({
        change: whileComposing(async () => house.setNow('2027-01-12T08:09:59.000Z')),
      });
      await stalled.run();
      expect(house.teams.sent).toEqual([]);
    }
    await afresh();
    {
      await house.plan(aNewReminder());
      const stalled = house.instance({ change: whileComposing(async () => house.setNow(at('09:01'))) });
      expect(await stalled.run()).toMatchObject({ sent: 1 });
    }
  });

  it('and finds that another has sent it leaves everything as the other left it', async () => {
    await house.plan(aNewReminder());
    const stalled = house.instance({ change: whileComposing(() => house.remind(at('09:11'))) });
    await stalled.run();
    expect(house.teams.sent).toHaveLength(1);
    expect(await house.due()).toMatchObject([{ round: 1 }]);
  });

  it('and had no luck before does not bring back what another has seen to', async () => {
    expect(
      await faultsOf(
        [
          ['retry', { kind: 'retry', why: '503', afterMs: null }],
          ['failed', { kind: 'failed', why: '400' }],
        ] as const,
        async (_case, answer) => {
          await house.changeAgreement({ answer: 'confirmed', answeredAt: ANSWERED_AT });
          await house.plan(answered, aNewReminder());
          let asked = 0;
          house.teams.answer = async () => {
            asked += 1;
            if (asked === 1) return answer;
            if (asked > 2) return { kind: 'sent', activity: '1:abc' };
            // The news had no luck; when the digest is about to go out it stalls, and another finds both in doubt.
            await house.remind(at('09:11'));
            return { kind: 'withheld' };
          };
          await house.instance().run();
          await house.remind(at('09:12'));
          expect(asked).toBe(2);
          for (const time of ['09:00', '09:01']) await house.remind(at(time, '2027-01-13'));
          expect(asked).toBe(4);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('a reminder that is planned anew between its claim and its leaving', () => {
  const news = { ...answered, person: MILA.person };

  it('holds up nothing else that is due for that person', async () => {
    await house.changeAgreement({ answer: 'confirmed', answeredAt: ANSWERED_AT });
    await house.plan(news, aNewReminder());
    const run = house.instance({ change: whileComposing(() => house.plan(news)) }).run();
    expect(await run).toMatchObject({ claimed: 2, sent: 1, digests: 1 });
    expect(await house.remind(at('09:01'))).toMatchObject({ due: 1, sent: 1 });
    expect(house.teams.sent).toHaveLength(2);
    expect(await house.due()).toMatchObject([{ kind: 'evaluation', round: 1 }]);
  });
});

describe('a clock that is set back an hour', () => {
  it('makes nothing come twice and loses nothing, whatever a process had claimed or proven that died', async () => {
    await house.plan(aNewReminder());
    await house.remind(at('09:30'));
    for (const time of ['08:30', '08:59', '09:00', '09:30']) await house.remind(at(time));
    expect(house.teams.sent).toHaveLength(1);
    await afresh();
    await house.plan(aNewReminder());
    house.setNow(at('10:30'));
    await house.instance({ at: (moment) => (moment === 'claimed' ? 'die' : undefined) }).run();
    expect(await house.remind(at('09:30'))).toMatchObject({ sent: 1 });
    expect(await house.remind(at('10:45'))).toMatchObject({ due: 0 });
    expect(house.teams.sent).toHaveLength(1);
    await afresh();
    await house.plan(aNewReminder());
    house.setNow(at('10:30'));
    await house.instance({ at: (moment) => (moment === 'recorded' ? 'die' : undefined) }).run();
    await house.remind(at('09:30'));
    expect(house.teams.sent).toHaveLength(1);
    expect(await house.due()).toMatchObject([{ round: 1 }]);
  });

  it('while an instance is at it lets only one send', async () => {
    await house.plan(aNewReminder());
    house.setNow(at('10:30'));
    const first = house.instance({ change: whileComposing(() => house.remind(at('09:30'))) });
    await first.run();
    expect(house.teams.sent).toHaveLength(1);
  });
});

describe('a clock that is set forward a day', () => {
  it('makes nothing come twice, also when it is set right again, and brings what was due in between in one digest', async () => {
    await house.plan(aNewReminder());
    for (const day of ['2027-01-12', '2027-01-13', '2027-01-12']) await house.remind(at('09:30', day));
    expect(house.teams.sent).toHaveLength(1);
    await afresh();
    await house.plan(aNewReminder(), aNewReminder({ kind: 'landed', due: at('15:00') }));
    expect(await house.remind(at('09:30', '2027-01-13'))).toMatchObject({ sent: 2, digests: 1 });
  });

  it('while an instance is at it loses nothing', async () => {
    await house.plan(aNewReminder());
    const first = house.instance({
      change: whileComposing(async () => house.setNow(at('09:00', '2027-01-13'))),
    });
    await first.run();
    await house.remind(at('09:01', '2027-01-13'));
    expect(house.teams.sent).toHaveLength(1);
    expect(await house.due(at('10:00', '2027-01-13'))).toEqual([]);
  });
});
