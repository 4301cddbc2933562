import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../bot/calendar.js';
import type { Agreement } from '../../../bot/store/managers.js';
import type { Reminder } from '../../../bot/store/reminders.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import { itemId, type Message } from '../../../jobs/reminders/compose.js';
import type { DueReminder } from '../../../jobs/reminders/due.js';
import {
  type SettleNeeds,
  settleLater,
  settleProven,
  settleSent,
  settleWaiting,
} from '../../../jobs/reminders/settle.js';
import { type OwnTables, openOwnTables } from '../../support/own-tables.js';
import { aMember, anAgreement, aReminder, EMPLOYEE, MANAGER, TENANT } from '../../support/records.js';

const MUCH_LATER = '2030-01-01T00:00:00.000Z';
const MILA = { tenant: TENANT, person: MANAGER };
const when = {
  now: '2027-01-12T08:00:30.000Z',
  today: '2027-01-12',
  slot: defaultSlot('Europe/Amsterdam'),
  activity: '1:abc',
};
const shared = aReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '1' });

let own: OwnTables;
let needs: SettleNeeds;
beforeEach(async () => {
  own = await openOwnTables();
  needs = own.stores;
});
afterEach(() => own.drop());

async function dueReminders(): Promise<DueReminder[]> {
  const found: DueReminder[] = [];
  for await (const { reminder, stored } of needs.reminders.due(MUCH_LATER)) {
    if (reminder !== null) found.push({ reminder, stored });
  }
  return found;
}

async function whatIsDue(): Promise<Reminder[]> {
  return (await dueReminders()).map(({ reminder }) => reminder);
}

/** Plans these reminders and gives them as they come due. */
async function planned(...reminders: Reminder[]): Promise<DueReminder[]> {
  for (const reminder of reminders) await needs.reminders.plan(reminder);
  return dueReminders();
}

async function recorded(overrides: Partial<Agreement> = {}): Promise<Agreement> {
  const agreement = anAgreement(overrides);
  await needs.managers.addAgreement(MILA, aMember(), agreement);
  return agreement;
}

async function answerNow(): Promise<string | undefined> {
  return (await needs.managers.agreement(MILA, 'agreement-1'))?.record.answer;
}

function aMessage(rows: readonly DueReminder[]): Message {
  return { id: 'digest|2027-01-12', kind: 'digest', card: noticeCard('nl', 'Titel', 'Tekst'), rows };
}

describe('settle: what was sent', () => {
  it('is proven, by what was in it', async () => {
    const rows = await planned(aReminder(), aReminder({ kind: 'landed' }));
    await settleSent(needs, MILA, aMessage(rows), () => anAgreement(), when);
    expect(await needs.nudges.find(TENANT, MANAGER, 'digest|2027-01-12')).toEqual({
      items: rows.map(({ reminder }) => itemId(reminder)),
      sentAt: when.now,
      activity: '1:abc',
    });
  });

  it('is due no longer', async () => {
    const rows = await planned(aReminder({ kind: 'landed' }));
    await settleSent(needs, MILA, aMessage(rows), () => anAgreement(), when);
    expect(await whatIsDue()).toEqual([]);
  });

  it('is proven before its row goes', async () => {
    const rows = await planned(aReminder());
    const failing = { ...needs.reminders, done: () => Promise.reject(new Error('the tables went away')) };
    const crash = settleSent(
      { ...needs, reminders: failing },
      MILA,
      aMessage(rows),
      () => anAgreement(),
      when,
    );
    await expect(crash).rejects.toThrow('the tables went away');
    expect(await needs.nudges.find(TENANT, MANAGER, 'digest|2027-01-12')).not.toBeNull();
    expect(await whatIsDue()).toContainEqual(aReminder());
  });

  it('leaves its row when it could not be proven', async () => {
    const rows = await planned(aReminder());
    const failing = { ...needs.nudges, prove: () => Promise.reject(new Error('the tables went away')) };
    const crash = settleSent({ ...needs, nudges: failing }, MILA, aMessage(rows), () => anAgreement(), when);
    await expect(crash).rejects.toThrow('the tables went away');
    expect(await whatIsDue()).toEqual([aReminder()]);
  });

  it.each([
    [0, { round: 1, due: '2027-01-15T08:00:00.000Z' }],
    [1, { round: 2, due: '2027-01-19T08:00:00.000Z' }],
  ])('comes back when it is an evaluation in round %i', async (round, next) => {
    const rows = await planned(aReminder({ round }));
    await settleProven(needs, rows, () => anAgreement(), when);
    expect(await whatIsDue()).toEqual([aReminder(next)]);
  });

  it('does not come back when it is an evaluation in the last round', async () => {
    const rows = await planned(aReminder({ round: 2 }));
    await settleProven(needs, rows, () => anAgreement(), when);
    expect(await whatIsDue()).toEqual([]);
  });

  it('can be settled again after a crash, and makes nothing twice', async () => {
    const rows = await planned(aReminder());
    await settleProven(needs, rows, () => anAgreement(), when);
    const before = await own.dump();
    await settleProven(needs, rows, () => anAgreement(), when);
    expect(await own.dump()).toEqual(before);
  });
});

describe('settle: an agreement that was shown to the employee', () => {
  it.each(['on-its-way', 'waiting'] as const)('goes from %s to shared', async (answer) => {
    const agreement = await recorded({ answer });
    await settleProven(needs, await planned(shared), () => agreement, when);
    expect(await answerNow()).toBe('shared');
  });

  it.each(['confirmed', 'change-asked'] as const)(
    'stays %s when the employee was quicker',
    async (answer) => {
      const agreement = await recorded({ answer });
      await settleProven(needs, await planned(shared), () => agreement, when);
      expect(await answerNow()).toBe(answer);
    },
  );

  it('is not called shared when a newer version is there by now', async () => {
    await recorded({ version: 2 });
    await settleProven(needs, await planned(shared), () => anAgreement({ version: 1 }), when);
    expect(await answerNow()).toBe('on-its-way');
  });

  it('makes that the employee who takes the initiative is reminded of it', async () => {
    const agreement = await recorded({ initiative: 'employee', nextDay: '2027-01-26' });
    await settleProven(needs, await planned(shared), () => agreement, when);
    expect(await whatIsDue()).toEqual([
      aReminder({
        kind: 'evaluation-initiative',
        person: EMPLOYEE,
        occasion: '2027-01-26',
        due: '2027-01-26T08:00:00.000Z',
      }),
    ]);
  });

  it('does not remind an employee when the manager takes the initiative', async () => {
    const agreement = await recorded();
    await settleProven(needs, await planned(shared), () => agreement, when);
    expect(await whatIsDue()).toEqual([]);
  });

  it('is the only thing that changes the record', async () => {
    const agreement = await recorded();
    await settleProven(needs, await planned(aReminder()), () => agreement, when);
    expect(await answerNow()).toBe('on-its-way');
  });
});

describe('settle: what cannot be delivered', () => {
  it('waits with its person and is due no longer', async () => {
    await settleWaiting(needs, await planned(aReminder()), () => anAgreement());
    expect(await whatIsDue()).toEqual([]);
    expect(await needs.reminders.release(TENANT, MANAGER, MUCH_LATER)).toBe(1);
  });

  it('lets the manager see that an agreement waits', async () => {
    const agreement = await recorded();
    await settleWaiting(needs, await planned(shared), () => agreement);
    expect(await answerNow()).toBe('waiting');
  });

  it('does not change what the employee answered', async () => {
    const agreement = await recorded({ answer: 'confirmed' });
    await settleWaiting(needs, await planned(shared), () => agreement);
    expect(await answerNow()).toBe('confirmed');
  });
});

describe('settle: what has to wait for another day', () => {
  it('moves to the next slot and is otherwise as it was', async () => {
    await settleLater(needs, await planned(aReminder({ round: 1 })), when.now, when.slot);
    expect(await whatIsDue()).toEqual([aReminder({ round: 1, due: '2027-01-13T08:00:00.000Z' })]);
  });

  it('moves over a weekend', async () => {
    await settleLater(needs, await planned(aReminder()), '2027-01-15T14:00:00.000Z', when.slot);
    expect((await whatIsDue()).map(({ due }) => due)).toEqual(['2027-01-18T08:00:00.000Z']);
  });
});
