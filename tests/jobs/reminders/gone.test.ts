import { describe, expect, it } from 'vitest';
import { upsertPerson } from '../../../bot/services/reachability.js';
import { faultsOf } from '../../support/faults.js';
import { MILA, NINE, openSending, SANNE, type Sending } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  EMPLOYEE,
  MUCH_LATER,
} from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const SOON = '2027-01-12T08:01:00.000Z';
const WEEKS_LATER = '2027-02-01T10:00:00.000Z';
const WHY = '403 ConversationBlockedByUser';
const BACK_AT = aReference({ conversation: 'a:new' });

const landed = aNewReminder({ kind: 'landed', occasion: '2027-01-08' });
const shared = aNewReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '1' });
const answered = aNewReminder({ kind: 'agreement-answered', occasion: NINE });

let house: Sending;
const afresh = setUpEach(
  async () => {
    house = await openSending();
  },
  () => house.own.drop(),
);

const refuse = () => {
  house.teams.answer = () => ({ kind: 'gone', why: WHY });
};
const take = () => {
  house.teams.answer = () => ({ kind: 'sent', activity: '1:abc' });
};
/** What happens when Teams says that somebody has the bot again. */
const comesBack = ({ tenant, person } = MILA, now = house.now()) =>
  upsertPerson(house.stores, { tenant, person, reference: BACK_AT, locale: 'nl', now, occurredAt: now });

/** What is due beside that somebody is to be tried again. */
const toSend = async () => (await house.due()).filter(({ kind }) => kind !== 'delivery-retry');
const retries = async () =>
  (await house.due()).filter(({ kind }) => kind === 'delivery-retry').map(({ due }) => due.slice(0, 10));
/** Runs the reminders at nine on days of January 2027 in Amsterdam. */
async function remindOn(...days: readonly number[]): Promise<void> {
  for (const day of days) await house.remind(nineOn(day));
}
const nineOn = (day: number) => new Date(Date.UTC(2027, 0, day, 8)).toISOString();

describe('send: to somebody who cannot be reached', () => {
  it('sends nothing and lets it wait when the person cannot be reached', async () => {
    expect(
      await faultsOf<[string, () => Promise<unknown>]>(
        [
          ['is unknown', () => house.own.tables.table('people').remove(MILA.tenant, MILA.person)],
          ['left no address', () => house.change(MILA, { reference: null })],
          ['is known to be away', () => house.change(MILA, { unreachableSince: NINE, unreachableWhy: WHY })],
        ],
        async (_case, arrange) => {
          await arrange();
          await house.plan(aNewReminder());
          expect(await house.remind(NINE)).toMatchObject({ sent: 0, deferred: 1, failed: 0 });
          expect(house.teams.sent).toEqual([]);
          expect(await toSend()).toEqual([]);
          expect(await house.waiting()).toHaveLength(1);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('send: to somebody who is refused for the first time', () => {
  it('tries one message, keeps all for their next working day, and shows an evaluation that did not arrive until it does', async () => {
    refuse();
    await house.changeAgreement({ answer: 'confirmed', answeredAt: NINE });
    await house.plan(aNewReminder(), landed, answered);
    expect(await house.remind(NINE)).toMatchObject({ deferred: 3, failed: 0 });
    expect(await house.person(MILA)).toEqual(aPerson({ refusedSince: NINE, refusedWhy: WHY }));
    expect(house.teams.sent).toHaveLength(1);
    expect(await house.waiting()).toEqual([]);
    expect((await house.due()).map(({ due }) => due)).toEqual([nineOn(13), nineOn(13), nineOn(13)]);
    expect((await house.own.dump()).nudges).toEqual([]);
    await afresh();
    refuse();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect((await house.agreement())?.undelivered).toEqual({ kind: 'evaluation', why: WHY });
    take();
    expect(await house.remind(nineOn(13))).toMatchObject({ sent: 1 });
    expect((await house.agreement())?.undelivered).toBeNull();
    expect(await house.person(MILA)).toEqual(aPerson());
  });

  it('does not call an agreement waiting nor the employee out of reach, also after another refusal of the same day', async () => {
    await house.stores.people.add(
      aPerson({ person: EMPLOYEE, reference: aReference({ conversation: 'a:2' }) }),
    );
    refuse();
    await house.plan(shared);
    await house.remind(NINE);
    expect(await house.agreement()).toMatchObject({ answer: 'on-its-way', undelivered: null });
    await afresh();
    refuse();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    await house.changeAgreement({ answer: 'confirmed', answeredAt: NINE });
    await house.plan(answered);
    await house.remind('2027-01-12T14:00:00.000Z');
    expect(house.teams.sent).toHaveLength(2);
    expect(await house.person(MILA)).toMatchObject({ refusedSince: NINE, unreachableSince: null });
    await afresh();
    await house.change(MILA, { zone: 'Pacific/Auckland' });
    refuse();
    // Ten in the evening of the 11th in UTC is eleven in the morning of the 12th there.
    await house.plan(aNewReminder({ due: '2027-01-11T22:00:00.000Z' }));
    await house.remind('2027-01-11T22:00:00.000Z');
    await house.plan({ ...answered, due: '2027-01-12T01:00:00.000Z' });
    await house.changeAgreement({ answer: 'confirmed', answeredAt: NINE });
    await house.remind('2027-01-12T01:00:00.000Z');
    expect(await house.person(MILA)).toMatchObject({ unreachableSince: null });
  });

  it('is forgotten by anything that arrives and by what they do themselves, and counts from now where a clock was set back', async () => {
    refuse();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    take();
    await house.changeAgreement({ answer: 'confirmed', answeredAt: NINE });
    await house.plan(answered);
    await house.remind('2027-01-12T14:00:00.000Z');
    expect(await house.person(MILA)).toEqual(aPerson());
    refuse();
    await remindOn(13);
    expect(await house.person(MILA)).toMatchObject({ refusedSince: nineOn(13), unreachableSince: null });
    await afresh();
    refuse();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    const { reference } = aPerson();
    await upsertPerson(house.stores, { ...MILA, reference, locale: null, now: SOON, occurredAt: SOON });
    await remindOn(13);
    expect(await house.person(MILA)).toMatchObject({ refusedSince: nineOn(13), unreachableSince: null });
    await afresh();
    await house.change(MILA, { refusedSince: '2027-06-01T08:00:00.000Z', refusedWhy: WHY });
    refuse();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect(await house.person(MILA)).toMatchObject({ refusedSince: NINE, unreachableSince: null });
  });
});

describe('send: to somebody who is refused on two days', () => {
  const afreshInside = setUpEach(
    async () => {
      refuse();
      await house.plan(aNewReminder(), landed);
      await remindOn(12, 13);
    },
    undefined,
    afresh,
  );

  it('notes who is away, since when and why, and lets everything wait, the most important first', async () => {
    expect(await house.person(MILA)).toMatchObject({ unreachableSince: nineOn(13), unreachableWhy: WHY });
    expect(await house.waiting()).toHaveLength(2);
    expect(await toSend()).toEqual([]);
    await afreshInside();
    // News comes first of what can be sent at once; the evaluation was promised on a day.
    await house.changeAgreement({ answer: 'confirmed', answeredAt: nineOn(14) });
    await house.plan({ ...answered, occasion: nineOn(14), due: nineOn(14) });
    await remindOn(14);
    expect(house.teams.sent.at(-1)?.card.fallbackText).toContain('2 dingen');
    expect(await house.waiting()).toHaveLength(3);
  });

  it('tries each working day for two weeks and then once a week, with one message', async () => {
    expect(await retries()).toEqual(['2027-01-14']);
    const tried: string[] = [];
    for (let day = 14; day <= 70; day += 1) {
      const before = house.teams.sent.length;
      await house.remind(nineOn(day));
      if (house.teams.sent.length > before) tried.push(nineOn(day).slice(0, 10));
      expect(house.teams.sent.length - before).toBeLessThanOrEqual(1);
    }
    expect(tried).toEqual([
      ...['14', '15', '18', '19', '20', '21', '22', '25', '26', '27'].map((day) => `2027-01-${day}`),
      ...['2027-02-03', '2027-02-10', '2027-02-17', '2027-02-24', '2027-03-03', '2027-03-10'],
    ]);
    expect(await house.waiting()).toHaveLength(2);
    expect(await retries()).toHaveLength(1);
  });

  it('delivers all that waits once one of it arrives, and nobody has to act', async () => {
    await remindOn(14, 15);
    await house.changeAgreement({ answer: 'confirmed', answeredAt: nineOn(15) });
    await house.plan({ ...answered, occasion: nineOn(15), due: '2027-01-15T12:00:00.000Z' });
    await house.remind('2027-01-15T12:00:00.000Z');
    expect(await house.waiting()).toHaveLength(3);
    const before = house.teams.sent.length;
    take();
    expect(await house.remind(nineOn(18))).toMatchObject({ sent: 3, digests: 1 });
    expect(house.teams.sent).toHaveLength(before + 2);
    expect(await house.waiting()).toEqual([]);
    expect(await retries()).toEqual([]);
    expect(await house.person(MILA)).toEqual(aPerson());
    expect((await house.agreement())?.undelivered).toBeNull();
  });

  it('gives up what never can be sent, and goes on with the rest', async () => {
    await house.changeAgreement({ answer: 'confirmed', answeredAt: nineOn(13) });
    await house.plan({ ...answered, occasion: nineOn(13), due: '2027-01-13T12:00:00.000Z' });
    await house.remind('2027-01-13T12:00:00.000Z');
    house.teams.answer = (_reference, card) =>
      card.fallbackText?.includes('Sanne') === true
        ? { kind: 'sent', activity: '1:abc' }
        : { kind: 'failed', why: '400 BadSyntax' };
    await remindOn(14, 15, 18, 19, 20, 21);
    expect(await house.person(MILA)).toEqual(aPerson());
    expect((await house.stores.health.of('reminders', MUCH_LATER))?.gaveUp).toBe(2);
    expect(await house.waiting()).toEqual([]);
  });

  it('keeps all that waits for the next time when Teams is not sure or says later', async () => {
    expect(
      await faultsOf(
        [
          ['retry', { kind: 'retry', why: '503', afterMs: null }],
          ['uncertain', { kind: 'uncertain', why: 'no answer in time' }],
        ] as const,
        async (_case, answer) => {
          house.teams.answer = () => answer;
          await remindOn(14);
          expect(await house.waiting()).toHaveLength(2);
          expect(await retries()).toEqual(['2027-01-15']);
        },
        afreshInside,
      ),
    ).toEqual([]);
  });

  it('tries nobody for whom nothing waits that fits, who removed the app, or of whom nothing is kept', async () => {
    await house.changeAgreement({ status: 'closed' });
    const before = house.teams.sent.length;
    await remindOn(14);
    expect(house.teams.sent).toHaveLength(before);
    expect(await house.waiting()).toEqual([]);
    expect(await retries()).toEqual([]);
    await afreshInside();
    await house.change(MILA, { reference: null, removedAt: nineOn(13) });
    await remindOn(14, 15);
    expect(await retries()).toEqual([]);
    expect(await house.waiting()).toHaveLength(2);
    expect(house.teams.sent).toHaveLength(2);
  });

  it('loses nothing and sends nothing twice when the process dies at any write of a try', async () => {
    take();
    for (let count = 1; ; count += 1) {
      let left = count;
      const instance = house.instance({
        at(moment) {
          if (moment !== 'writing') return undefined;
          left -= 1;
          return left === 0 ? 'die' : undefined;
        },
      });
      house.setNow(nineOn(14));
      const died = (await instance.run()) === 'died';
      await house.remind('2027-01-14T08:15:00.000Z');
      await remindOn(15);
      const items = ((await house.own.dump()).nudges ?? []).flatMap(
        (row) => JSON.parse(String(row.items)) as string[],
      );
      expect(items.sort(), `died at write ${count}`).toEqual([
        expect.stringContaining('evaluation|'),
        expect.stringContaining('landed|'),
      ]);
      expect(await house.waiting()).toEqual([]);
      expect(await retries()).toEqual([]);
      expect(await house.person(MILA)).toEqual(aPerson());
      if (!died) break;
      await house.own.drop();
      house = await openSending();
      refuse();
      await house.plan(aNewReminder(), landed);
      await remindOn(12, 13);
      take();
    }
  });
});

describe('send: to somebody with a former address', () => {
  const NEWEST = aReference({ serviceUrl: 'https://smba.example/fr/' });
  const FORMER = aReference({ serviceUrl: 'https://smba.example/emea/' });
  const refusing = (...refused: readonly string[]) => {
    house.teams.answer = ({ serviceUrl }) =>
      refused.some((region) => serviceUrl.includes(`/${region}/`))
        ? { kind: 'gone', why: '403 BadArgument' }
        : { kind: 'sent', activity: '1:abc' };
  };
  const regions = () => house.teams.sent.map(({ reference }) => reference.serviceUrl.split('/').at(-2));
  const afreshInside = setUpEach(
    () => house.change(MILA, { reference: NEWEST, formerReference: FORMER }),
    undefined,
    afresh,
  );

  it('tries that one where the newest is refused and keeps what works, and forgets it once something arrived at the newest', async () => {
    refusing('fr');
    await house.plan(aNewReminder());
    expect(await house.remind(NINE)).toMatchObject({ sent: 1, digests: 1 });
    expect(regions()).toEqual(['fr', 'emea']);
    expect(await house.person(MILA)).toEqual(aPerson({ reference: FORMER }));
    await afreshInside();
    refusing();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect(regions()).toEqual(['fr']);
    expect(await house.person(MILA)).toEqual(aPerson({ reference: NEWEST }));
    await afreshInside();
    house.teams.answer = () => ({ kind: 'retry', why: '503', afterMs: null });
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect(regions()).toEqual(['fr']);
  });

  it('counts a refusal only when both refuse', async () => {
    refusing('fr', 'emea');
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect(regions()).toEqual(['fr', 'emea']);
    expect(await house.person(MILA)).toMatchObject({
      refusedSince: NINE,
      reference: NEWEST,
      formerReference: FORMER,
    });
  });
});

describe('send: while an administrator blocks the bot for a day', () => {
  it('loses none of five managers: all are reminded within a week, and nobody has to act', async () => {
    const managers = ['1', '2', '3', '4', '5'].map(
      (digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`,
    );
    for (const person of managers) {
      await house.stores.people.add(
        aPerson({ person, reference: aReference({ conversation: `a:${person}` }) }),
      );
      await house.stores.managers.addAgreement({ tenant: MILA.tenant, person }, aMember(), anAgreement());
      await house.plan(aNewReminder({ person, manager: person }));
    }
    house.teams.answer = () => ({ kind: 'gone', why: '403 BotDisabledByAdmin' });
    await remindOn(12);
    take();
    await remindOn(13, 14, 15, 18, 19);
    for (const person of managers) {
      expect(house.conversations().filter((one) => one === `a:${person}`).length).toBeGreaterThan(1);
      expect(await house.person({ tenant: MILA.tenant, person })).toMatchObject({ unreachableSince: null });
    }
    expect(await house.waiting()).toEqual([]);
  });
});

describe('send: to somebody who cannot be reached, with others who wait for them', () => {
  it('lets the manager see that an agreement waits, and tells them once when the employee was to begin', async () => {
    await house.plan(shared);
    await house.remind(NINE);
    expect(await house.agreement()).toMatchObject({ answer: 'waiting' });
    await afresh();
    const theirs = anAgreement({ id: 'agreement-2', initiative: 'employee' });
    await house.stores.managers.addAgreement(MILA, aMember(), theirs);
    await house.plan(
      aNewReminder({ kind: 'evaluation-initiative', subject: 'agreement-2', person: EMPLOYEE }),
    );
    for (const minute of ['00', '01', '02']) await house.remind(`2027-01-12T08:${minute}:00.000Z`);
    expect(house.conversations()).toEqual(['a:1']);
  });

  it('drops what no longer fits instead of letting it wait', async () => {
    await house.change(MILA, { unreachableSince: NINE, unreachableWhy: WHY });
    await house.plan(aNewReminder({ subject: 'gone' }));
    expect(await house.remind(NINE)).toMatchObject({ dropped: 1, deferred: 0 });
    expect(await house.waiting()).toEqual([]);
  });
});

describe('send: somebody who comes back', () => {
  it('gets what waited, where they are now, and the manager sees that', async () => {
    refuse();
    await house.plan(aNewReminder());
    await remindOn(12, 13);
    take();
    await comesBack(MILA, WEEKS_LATER);
    expect(await house.remind(WEEKS_LATER)).toMatchObject({ sent: 1 });
    expect(house.conversations()).toEqual(['a:1', 'a:1', 'a:new']);
    expect(await house.agreement()).toMatchObject({ undelivered: null });
    expect(await house.waiting()).toEqual([]);
    await afresh();
    await house.plan(shared);
    await house.remind(NINE);
    await comesBack(SANNE, WEEKS_LATER);
    expect(await house.remind(WEEKS_LATER)).toMatchObject({ sent: 1 });
    expect(await house.agreement()).toMatchObject({ answer: 'shared' });
  });

  it('while Teams is still saying that they are gone gets it at the next tick', async () => {
    house.teams.answer = async () => {
      await house.change(MILA, { reference: BACK_AT });
      return { kind: 'gone', why: WHY };
    };
    await house.changeAgreement({ answer: 'confirmed', answeredAt: NINE });
    await house.plan(aNewReminder(), answered);
    await house.remind(NINE);
    expect(await house.person(MILA)).toMatchObject({ reference: BACK_AT, unreachableSince: null });
    take();
    expect(await house.remind(SOON)).toMatchObject({ sent: 2, digests: 1 });
    expect(house.conversations()).toEqual(['a:1', 'a:new', 'a:new']);
  });

  it('between being noted as away and their reminders being put aside gets them all the same', async () => {
    refuse();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    house.setNow(nineOn(13));
    const instance = house.instance({
      change: ({ reminders }) => ({
        reminders: {
          ...reminders,
          async waitAll(rows) {
            await comesBack();
            await reminders.waitAll(rows);
          },
        },
      }),
    });
    await instance.run();
    expect(await house.person(MILA)).toMatchObject({ unreachableSince: null });
    take();
    expect(await house.remind('2027-01-13T08:01:00.000Z')).toMatchObject({ sent: 1 });
    expect(await house.waiting()).toEqual([]);
  });
});
