import { describe, expect, it } from 'vitest';
import { DELIVERY } from '../../bot/teams/delivery-policy.js';
import { messagesFor } from '../../cards/content/words.js';
import { headingOf } from '../support/browser/cards-on-screen.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import { aMember, aNewReminder, anAgreement, aPerson, aReference } from '../support/sample-records.js';
import { setUpEach } from '../support/set-up.js';
import type { Fault, Person } from '../support/teams/teams.js';

const NL = messagesFor('nl');
const NINE = '2027-01-12T09:00:00+01:00';
const PEOPLE = 8;
/** The policy of earnest, only that what hangs is given up sooner. */
const REMINDER = { ...DELIVERY.reminder, baseMs: 5, answerWithinMs: 3_000 };

let house: House;
let slow: readonly Person[];
let fine: readonly Person[];
const afresh = setUpEach(
  async () => {
    house = await openHouse({ now: NINE, limits: 'off', inMemory: true, delivery: { reminder: REMINDER } });
    const other = house.teams.newTenant();
    slow = await managers(house.teams.tenantId);
    fine = await managers(other);
  },
  () => house.close(),
);

/** Managers of a tenant, each with an evaluation that is due at nine. */
async function managers(tenant: string): Promise<readonly Person[]> {
  const { stores } = house.bot;
  const people = Array.from({ length: PEOPLE }, (_, at) =>
    house.teams.person({ name: `Manager ${at}`, tenant, installed: true }),
  );
  for (const { objectId, conversationId, userId, serviceUrl } of people) {
    const manager = { tenant, person: objectId };
    const where = {
      tenant,
      conversation: conversationId,
      user: userId,
      serviceUrl,
      bot: `28:${house.teams.appId}`,
    };
    await stores.people.add(aPerson({ ...manager, reference: aReference(where) }));
    await stores.managers.addAgreement(manager, aMember(), anAgreement());
    await stores.reminders.plan(aNewReminder({ ...manager, manager: objectId }));
  }
  return people;
}

const arrived = (people: readonly Person[]) => people.filter((one) => one.messages().length > 0).length;
const isSlow = ({ person, conversationId }: { person?: string; conversationId?: string }) =>
  person !== undefined && slow.some((one) => one.conversationId === conversationId);
const requestsTo = (people: readonly Person[]) =>
  house.teams.received.filter(({ conversationId }) =>
    people.some((one) => one.conversationId === conversationId),
  ).length;

async function expectChatAnswers(): Promise<void> {
  house.teams.fault();
  const [mila] = slow as [Person];
  expect((await mila.says('ik wil niet meer leven')).messages.map(headingOf)).toEqual([
    NL.crisis.suicide.title,
  ]);
  expect((await mila.says('menu')).messages).toHaveLength(1);
  expect((await fetch(`${house.url}/readyz`)).status).toBe(200);
}

const nextYear = () => new Date(Date.now() + 365 * 24 * 3_600_000).toUTCString();
const tooMuch = (retryAfter: string): Fault => ({
  status: 429,
  headers: { 'retry-after': retryAfter },
  body: { error: { code: 'Throttled', message: '…' } },
});

describe('a tenant in which Teams wants to be left alone', () => {
  it('for long holds up nobody else, no tick and no answer', async () => {
    expect(
      await faultsOf(
        [
          ['an hour', '3600'],
          ['more than a timer takes', String(2 ** 31)],
          ['more than a clock knows', '99999999999999999999'],
          ['until next year', nextYear()],
        ],
        async (_case, retryAfter) => {
          house.teams.fault((request) => (isSlow(request) ? tooMuch(retryAfter) : undefined));
          expect(await house.remind()).toMatchObject({ due: 2 * PEOPLE, sent: PEOPLE });
          expect([arrived(slow), arrived(fine)]).toEqual([0, PEOPLE]);
          const refused = requestsTo(slow);
          expect(refused).toBeLessThanOrEqual(PEOPLE);
          for (const minute of ['01', '02', '03'])
            expect(await house.remind(`2027-01-12T09:${minute}:00+01:00`)).toMatchObject({
              sent: 0,
              failed: 0,
            });
          expect(requestsTo(slow)).toBe(refused);
          await expectChatAnswers();
          expect(house.logged.filter((line) => line.includes('reminders of one person failed'))).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('and says a time that is none gets its reminders at the next tick', async () => {
    expect(
      await faultsOf(
        [
          ['a time that has passed', new Date(Date.now() - 60_000).toUTCString()],
          ['a time below nothing', '-3600'],
          ['no time at all', 'later'],
        ],
        async (_case, retryAfter) => {
          house.teams.fault((request) => (isSlow(request) ? tooMuch(retryAfter) : undefined));
          expect(await house.remind()).toMatchObject({ sent: PEOPLE, failed: 0 });
          house.teams.fault();
          expect(await house.remind('2027-01-12T09:02:00+01:00')).toMatchObject({ sent: PEOPLE });
          expect(arrived(slow)).toBe(PEOPLE);
        },
        afresh,
      ),
    ).toEqual([]);
  });
});

describe('a tenant whose channel hangs', () => {
  it('holds up nobody else, is left alone, and is tried with one message until there is an answer', async () => {
    house.teams.fault((request) => (isSlow(request) ? { hang: true } : undefined));
    expect(await house.remind()).toMatchObject({ sent: PEOPLE });
    expect([arrived(slow), arrived(fine)]).toEqual([0, PEOPLE]);
    const tried = requestsTo(slow);
    for (const { tenantId: tenant, objectId: person } of slow) {
      const landed = { kind: 'landed', occasion: '2027-01-08' } as const;
      await house.bot.stores.reminders.plan(aNewReminder({ ...landed, tenant, person, manager: person }));
    }
    expect(await house.remind('2027-01-12T09:00:20+01:00')).toMatchObject({ due: PEOPLE, claimed: 0 });
    expect(requestsTo(slow)).toBe(tried);
    await house.remind('2027-01-12T09:02:00+01:00');
    expect(requestsTo(slow)).toBe(tried + 1);
    house.teams.fault();
    await house.remind('2027-01-12T09:04:00+01:00');
    await house.remind('2027-01-12T09:05:00+01:00');
    // All but the one that hung, which may have arrived.
    expect(arrived(slow)).toBe(PEOPLE - 1);
    await expectChatAnswers();
  });
});
