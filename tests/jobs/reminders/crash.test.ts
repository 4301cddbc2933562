import { describe, expect, it } from 'vitest';
import type { Step } from '../../../jobs/reminders/send.js';
import { openOwnTables } from '../../support/azure/temporary-tables.js';
import { faultsOf } from '../../support/faults.js';
import { MILA, type Moment, NINE, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  EMPLOYEE,
  MANAGER,
} from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const DURING_THE_LEASE = '2027-01-12T08:09:59.000Z';
const AFTER_THE_LEASE = '2027-01-12T08:10:01.000Z';
const NEXT_MORNING = '2027-01-13T08:00:00.000Z';
const NOBODY = 'c3c3c3c3-0000-4000-8000-000000000003';
const STEPS: readonly Step[] = ['claimed', 'composed', 'marked', 'sent', 'recorded', 'settled'];

/** On tables in memory: which writes are done when the process dies follows from the job, and not from what keeps rows. */
let house: Sending;
const afresh = setUpEach(async () => {
  house = await openSending();
});
/** Real tables for what another process finds and takes over: a lease is a matter of etags and of transactions. */
const afreshOnTables = async () => {
  house = await openSending(await openOwnTables());
};

/** Ends the process at the first moment of this name. */
const dieAt = (step: Moment) => (moment: Moment) => (moment === step ? 'die' : undefined);
/** Ends the process right before its so manieth write or message. */
function dieBefore(count: number) {
  let left = count;
  return (moment: Moment) => {
    if (moment !== 'writing' && moment !== 'sending') return;
    left -= 1;
    if (left === 0) return 'die';
  };
}

/** Every minute from an instant on, as often as it takes for all that follows from all that follows. */
async function remindFrom(instant: string, times = 2): Promise<void> {
  for (let minute = 0; minute < times; minute += 1) {
    await house.remind(new Date(Date.parse(instant) + minute * 60_000).toISOString());
  }
}

/** Whether nobody can know after such a death that a message arrived. */
const inDoubt = (step: Step) => step === 'marked' || step === 'sent';

describe('a process that dies, at whatever step', () => {
  /** Two reminders of one message, of which this much is done. */
  const diesAt = async (step: Step) => {
    await house.plan(aNewReminder(), aNewReminder({ kind: 'landed', occasion: '2027-01-08' }));
    expect(await house.instance({ at: dieAt(step) }).run()).toBe('died');
  };

  it('leaves nothing to do for another while its lease holds', async () => {
    expect(
      await faultsOf(
        STEPS,
        async (step) => {
          await diesAt(step);
          const [before, sent] = [(await house.own.dump()).reminders, house.teams.sent.length];
          await house.remind(DURING_THE_LEASE);
          expect((await house.own.dump()).reminders).toEqual(before);
          expect(house.teams.sent).toHaveLength(sent);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('leaves nothing undone: another sees to it after the lease, or the next day where it may have arrived, which its maker sees', async () => {
    expect(
      await faultsOf(STEPS, async (step) => {
        await afreshOnTables();
        await diesAt(step);
        await remindFrom(AFTER_THE_LEASE);
        expect((await house.agreement())?.undelivered?.why).toBe(inDoubt(step) ? 'no-proof' : undefined);
        expect(await house.due('2027-01-12T22:59:59.000Z')).toEqual([]);
        await remindFrom(NEXT_MORNING);
        expect(house.teams.sent).toHaveLength(step === 'sent' ? 2 : 1);
        expect(await house.due(NEXT_MORNING)).toEqual([]);
        const day = inDoubt(step) ? '2027-01-13' : '2027-01-12';
        const proof = await house.stores.deliveries.find(MILA.tenant, MILA.person, `digest|${day}`);
        expect(proof?.items).toHaveLength(2);
        expect(await house.due()).toMatchObject([
          { kind: 'evaluation', round: 1, attempts: 0, sendingAt: null },
        ]);
        expect(await house.agreement()).toMatchObject({ undelivered: null });
        await house.own.drop();
      }),
    ).toEqual([]);
  });

  it('sends nothing twice on that day', async () => {
    expect(
      await faultsOf(
        STEPS,
        async (step) => {
          await diesAt(step);
          for (const minute of ['11', '12', '30', '59'])
            await house.remind(`2027-01-12T08:${minute}:00.000Z`);
          expect(house.teams.sent).toHaveLength(step === 'marked' ? 0 : 1);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('makes it come the next day where nobody has seen to it before', async () => {
    expect(
      await faultsOf(
        STEPS,
        async (step) => {
          await diesAt(step);
          await remindFrom(NEXT_MORNING);
          expect(house.teams.sent).toHaveLength(step === 'sent' ? 2 : 1);
          expect(await house.due('2027-01-14T08:00:00.000Z')).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('a process that dies twice', () => {
  it('sends nothing again that was proven the day before', async () => {
    expect(
      await faultsOf(
        STEPS,
        async (step) => {
          await house.plan(aNewReminder());
          await house.instance({ at: dieAt('recorded') }).run();
          house.setNow(NEXT_MORNING);
          await house.instance({ at: dieAt(step) }).run();
          await remindFrom('2027-01-13T08:10:01.000Z');
          expect(house.teams.sent).toHaveLength(1);
          expect(await house.due('2027-01-14T08:00:00.000Z')).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('tables that hiccup right after a message went out', () => {
  it('get the proof all the same, so that it does not go out again', async () => {
    await house.plan(aNewReminder());
    let hiccups = 0;
    const instance = house.instance({
      change: ({ deliveries }) => ({
        deliveries: {
          ...deliveries,
          async record(...proof) {
            hiccups += 1;
            if (hiccups === 1) throw new Error('the tables are away for a moment');
            return deliveries.record(...proof);
          },
        },
      }),
    });
    expect(await instance.run()).toMatchObject({ sent: 1 });
    await remindFrom(AFTER_THE_LEASE, 1);
    expect(house.teams.sent).toHaveLength(1);
  });
});

/** Everything at once: a digest, news, somebody who cannot be reached, and what fits no more. */
async function planOfEverything(): Promise<void> {
  const sanne = aPerson({ person: EMPLOYEE, reference: aReference({ conversation: 'a:2', user: '29:2' }) });
  await house.stores.people.add(sanne);
  const theirs = { initiative: 'employee' } as const;
  const second = anAgreement({ ...theirs, id: 'agreement-2', nextDay: '2027-01-26' });
  const third = anAgreement({ ...theirs, id: 'agreement-3', employee: NOBODY });
  for (const agreement of [second, third])
    await house.stores.managers.addAgreement(MILA, aMember(), agreement);
  await house.plan(
    aNewReminder(),
    aNewReminder({ kind: 'landed', subject: 'agreement-2', occasion: '2027-01-08' }),
    aNewReminder({ kind: 'agreement-shared', subject: 'agreement-2', person: EMPLOYEE, occasion: '1' }),
    aNewReminder({ kind: 'evaluation-initiative', subject: 'agreement-3', person: NOBODY }),
    aNewReminder({ occasion: '2027-01-05' }),
  );
}

/** All that people got and the tables hold in the end, without the instants at which it came about. */
async function outcome() {
  const { nudges = [] } = await house.own.dump();
  const what = ({
    kind,
    person,
    subject,
    round,
  }: {
    kind: string;
    person: string;
    subject: string;
    round: number;
  }) => `${kind} of ${subject} to ${person}, round ${round}`;
  return {
    proven: nudges.flatMap((row) => JSON.parse(String(row.items)) as string[]).sort(),
    planned: (await house.due()).map(what).sort(),
    waiting: (await house.waiting()).map(what),
    answers: await Promise.all(
      ['agreement-1', 'agreement-2', 'agreement-3'].map(async (id) => (await house.agreement(id))?.answer),
    ),
  };
}

const MESSAGES = 3;
const UNDISTURBED = {
  proven: [
    `agreement-shared|${MANAGER}|agreement-2|1|0`,
    `employee-unreachable|${MANAGER}|agreement-3|2027-01-12|0`,
    `evaluation|${MANAGER}|agreement-1|2027-01-12|0`,
    `landed|${MANAGER}|agreement-2|2027-01-08|0`,
  ],
  planned: [
    `evaluation of agreement-1 to ${MANAGER}, round 1`,
    `evaluation-initiative of agreement-2 to ${EMPLOYEE}, round 0`,
  ],
  waiting: [`evaluation-initiative of agreement-3 to ${NOBODY}, round 0`],
  answers: ['on-its-way', 'shared', 'on-its-way'],
};
/** More than a run writes and sends. */
const MOST_WRITES = 40;

describe('whatever write or message a process dies at', () => {
  it('nothing of this happens when none does', async () => {
    await planOfEverything();
    await remindFrom(NINE, 3);
    expect(await outcome()).toEqual(UNDISTURBED);
    expect(house.teams.sent).toHaveLength(MESSAGES);
  });

  it('it comes to the same on that day and the next, and only what was under way comes twice, on another day', async () => {
    expect(
      await faultsOf(
        [
          ['the same day', AFTER_THE_LEASE],
          ['the next day', NEXT_MORNING],
        ],
        async (_day, resumed) => {
          let count = 0;
          for (let died = true; died; ) {
            count += 1;
            await afresh();
            await planOfEverything();
            died = (await house.instance({ at: dieBefore(count) }).run()) === 'died';
            const { nudges = [] } = await house.own.dump();
            const underWay = house.teams.sent.length - nudges.length;
            const said = () =>
              house.teams.sent.map(({ reference, card }) => `${reference.conversation} ${card.fallbackText}`);
            await remindFrom(resumed, 3);
            if (resumed === AFTER_THE_LEASE) {
              expect(new Set(said()).size, `twice on one day, died before write ${count}`).toBe(
                said().length,
              );
              await remindFrom(NEXT_MORNING, 3);
            }
            expect(await outcome(), `died before write ${count}`).toEqual(UNDISTURBED);
            expect(said(), `died before write ${count}: ${said().join('; ')}`).toHaveLength(
              MESSAGES + underWay,
            );
          }
          expect(count).toBeGreaterThan(10);
          expect(count).toBeLessThan(MOST_WRITES);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});
