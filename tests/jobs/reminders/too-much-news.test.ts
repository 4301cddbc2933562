import { describe, expect, it } from 'vitest';
import { sharedReminder } from '../../../bot/domain/reminders/agreement-reminders.js';
import { slotFor } from '../../../bot/domain/reminders/planning.js';
import { MILA, NINE, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  EMPLOYEE,
  TENANT,
} from '../../support/sample-records.js';
import { setUpEach } from '../../support/set-up.js';

const SLOT = slotFor(null, 'Europe/Amsterdam');
/** Working days from Tuesday 12 January 2027 on, at nine in Amsterdam. */
const MORNINGS = ['12', '13', '14', '15', '18', '19', '20', '21', '22', '25', '26', '27'].map(
  (day) => `2027-01-${day}T08:00:00.000Z`,
);

let house: Sending;
const afresh = setUpEach(async () => {
  house = await openSending();
  await house.stores.people.add(
    aPerson({ person: EMPLOYEE, reference: aReference({ conversation: 'a:2' }) }),
  );
});

/** A manager records so many agreements with Sanne, each with a text of theirs. */
async function records(manager: typeof MILA, count: number, now = NINE): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const agreement = anAgreement({ id: `${manager.person}-${at}` });
    await house.stores.managers.addAgreement(manager, aMember(), agreement);
    const shared = sharedReminder(manager, agreement, { now, slot: SLOT });
    if (shared !== null) await house.plan(shared);
  }
}
const toSanne = () => house.conversations().filter((one) => one === 'a:2').length;
const managerAt = (at: number) => ({ tenant: TENANT, person: `${at}`.padStart(8, 'd') });

/** How many more Sanne got on each of these mornings. */
async function gotEach(mornings: readonly string[]): Promise<number[]> {
  const got: number[] = [];
  for (const morning of mornings) {
    const before = toSanne();
    for (const minute of ['00', '01', '30'])
      await house.remind(morning.replace(':00:00.000Z', `:${minute}:00.000Z`));
    got.push(toSanne() - before);
  }
  return got;
}

describe('what managers share with one employee', () => {
  it('comes three a day from one of them, ten from all together, and all of it in the end', async () => {
    await records(MILA, 25);
    expect(await gotEach(MORNINGS.slice(0, 10))).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 1, 0]);
    const items = ((await house.own.dump()).nudges ?? []).flatMap(
      (row) => JSON.parse(String(row.items)) as string[],
    );
    expect(new Set(items).size).toBe(25);
    expect(await house.due()).toEqual([]);
    expect(await house.agreement(`${MILA.person}-24`)).toMatchObject({ answer: 'shared' });
    await afresh();
    for (let at = 0; at < 14; at += 1) await records(managerAt(at), 1);
    expect(await gotEach(MORNINGS.slice(0, 3))).toEqual([10, 4, 0]);
  });

  it('counts what came earlier on the day', async () => {
    await records(MILA, 2);
    expect(await gotEach(MORNINGS.slice(0, 1))).toEqual([2]);
    await house.stores.managers.addAgreement(MILA, aMember(), anAgreement({ id: 'third' }));
    for (const id of ['third', 'fourth']) {
      const agreement = anAgreement({ id });
      await house.stores.managers.addAgreement(MILA, aMember(), agreement);
      const shared = sharedReminder(MILA, agreement, { now: '2027-01-12T10:00:00.000Z', slot: SLOT });
      if (shared !== null) await house.plan(shared);
    }
    const before = toSanne();
    await house.remind('2027-01-12T10:00:00.000Z');
    expect(toSanne() - before).toBe(1);
    expect(await gotEach(MORNINGS.slice(1, 2))).toEqual([1]);
  });

  it('is no more over a handover', async () => {
    for (let at = 0; at < 5; at += 1) {
      const agreement = anAgreement({ id: `moved-${at}`, movedFrom: 'Bas' });
      await house.stores.managers.addAgreement(MILA, aMember(), agreement);
      const moved = sharedReminder(MILA, agreement, { now: NINE, slot: SLOT });
      if (moved !== null) await house.plan(moved);
    }
    expect(await gotEach(MORNINGS.slice(0, 2))).toEqual([3, 2]);
  });

  it('leaves the rest of what they get alone', async () => {
    await records(MILA, 5);
    const theirs = anAgreement({ id: 'theirs', initiative: 'employee', answer: 'confirmed' });
    await house.stores.managers.addAgreement(MILA, aMember(), theirs);
    await house.plan(aNewReminder({ kind: 'evaluation-initiative', person: EMPLOYEE, subject: 'theirs' }));
    expect(await gotEach(MORNINGS.slice(0, 1))).toEqual([4]);
  });
});

describe('what an employee answers', () => {
  it('comes to the manager three times a day for one agreement, and then the last of it the next day', async () => {
    const sent = () => house.conversations().filter((one) => one === 'a:1').length;
    for (const minute of ['10', '11', '12', '13', '14']) {
      const answeredAt = `2027-01-12T10:${minute}:00.000Z`;
      await house.changeAgreement({ answer: 'confirmed', answeredAt });
      await house.plan(aNewReminder({ kind: 'agreement-answered', occasion: answeredAt, due: answeredAt }));
      await house.remind(answeredAt);
    }
    expect(sent()).toBe(3);
    for (const minute of ['00', '01']) await house.remind(`2027-01-13T08:${minute}:00.000Z`);
    expect(sent()).toBe(4);
    expect(await house.due()).toEqual([]);
  });

  it('comes at once of many agreements', async () => {
    await records(MILA, 6);
    for (let at = 0; at < 6; at += 1) {
      const id = `${MILA.person}-${at}`;
      const found = await house.stores.managers.agreement(MILA, id);
      if (found === null) throw new Error('no agreement');
      const record = { ...found.record, answer: 'confirmed' as const, answeredAt: NINE };
      await house.stores.managers.changeAgreement(MILA, record, found.etag);
      await house.plan(aNewReminder({ kind: 'agreement-answered', subject: id, occasion: NINE }));
    }
    await house.remind(NINE);
    expect(house.conversations().filter((one) => one === 'a:1')).toHaveLength(6);
  });
});
