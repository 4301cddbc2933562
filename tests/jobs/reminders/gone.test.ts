import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { remember } from '../../../bot/reachability.js';
import type { Person } from '../../../bot/store/people.js';
import { aMember, aNewReminder, anAgreement, aPerson, aReference, EMPLOYEE } from '../../support/records.js';
import { MILA, NINE, openSending, SANNE, type Sending } from '../../support/sending.js';

const SOON = '2027-01-12T08:01:00.000Z';
const WEEKS_LATER = '2027-02-01T10:00:00.000Z';
const WHY = '403 ConversationBlockedByUser';
const BACK_AT = aReference({ conversation: 'a:new' });

const landed = aNewReminder({ kind: 'landed', occasion: '2027-01-08' });
const shared = aNewReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '1' });
const answered = aNewReminder({ kind: 'agreement-answered', occasion: NINE });

let house: Sending;
beforeEach(async () => {
  house = await openSending();
});
afterEach(() => house.own.drop());

const refuse = () => {
  house.teams.answer = () => ({ kind: 'gone', why: WHY });
};
const take = () => {
  house.teams.answer = () => ({ kind: 'sent', activity: '1:abc' });
};
/** What happens when Teams says that somebody has the bot again. */
const comesBack = ({ tenant, person } = MILA, now = house.now()) =>
  remember(house.stores, { tenant, person, reference: BACK_AT, locale: 'nl', now, occurredAt: now });

describe('send: to somebody who cannot be reached', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['is unknown', () => house.own.tables.table('people').remove(MILA.tenant, MILA.person)],
    ['left no address', () => house.change(MILA, { reference: null })],
    ['is known to be away', () => house.change(MILA, { unreachableSince: NINE, unreachableWhy: WHY })],
  ])('sends nothing and lets it wait when the person %s', async (_case, arrange) => {
    await arrange();
    await house.plan(aNewReminder());
    expect(await house.remind(NINE)).toMatchObject({ sent: 0, deferred: 1, failed: 0 });
    expect(house.teams.sent).toEqual([]);
    expect(await house.due()).toEqual([]);
    expect(await house.waiting()).toHaveLength(1);
  });

  it('notes who is away, since when and why, and lets everything wait after one try', async () => {
    refuse();
    await house.changeAgreement({ answer: 'confirmed', answeredAt: NINE });
    await house.plan(aNewReminder(), landed, answered);
    expect(await house.remind(NINE)).toMatchObject({ deferred: 3, failed: 0 });
    const away: Partial<Person> = { unreachableSince: NINE, unreachableWhy: WHY };
    expect(await house.person(MILA)).toEqual(aPerson(away));
    expect(house.teams.sent).toHaveLength(1);
    expect(await house.waiting()).toHaveLength(3);
    expect((await house.own.dump()).nudges).toEqual([]);
  });

  it('shows in the overview why an evaluation did not arrive', async () => {
    refuse();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    expect((await house.agreement())?.undelivered?.why).toContain(WHY);
  });

  it('lets the manager see that an agreement waits for the employee', async () => {
    await house.plan(shared);
    await house.remind(NINE);
    expect(await house.agreement()).toMatchObject({ answer: 'waiting' });
  });

  it('tells the manager once when the employee was to bring up the evaluation', async () => {
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
  it('gets what waited, where they are now', async () => {
    refuse();
    await house.plan(aNewReminder());
    await house.remind(NINE);
    take();
    await comesBack(MILA, WEEKS_LATER);
    expect(await house.remind(WEEKS_LATER)).toMatchObject({ sent: 1 });
    expect(house.conversations()).toEqual(['a:1', 'a:new']);
    expect(await house.agreement()).toMatchObject({ undelivered: null });
    expect(await house.waiting()).toEqual([]);
  });

  it('gets an agreement, and the manager sees that', async () => {
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
    expect(await house.remind(SOON)).toMatchObject({ sent: 1 });
    expect(await house.waiting()).toEqual([]);
  });
});
