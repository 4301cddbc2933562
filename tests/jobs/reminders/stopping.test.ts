import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember, anAgreement, aPerson, aReference, aReminder, TENANT } from '../../support/records.js';
import { NINE, openSending, type Sending } from '../../support/sending.js';

const PEOPLE = 150;

let house: Sending;
beforeEach(async () => {
  house = await openSending();
  for (let at = 0; at < PEOPLE; at += 1) {
    const person = idOf(at);
    const manager = { tenant: TENANT, person };
    await house.stores.people.add(
      aPerson({ person, reference: aReference({ conversation: `a:${person}` }) }),
    );
    await house.stores.managers.addAgreement(manager, aMember(), anAgreement());
    await house.plan(aReminder({ person, manager: person }));
  }
}, 30_000);
afterEach(() => house.own.drop());

function idOf(at: number): string {
  return `c3c3c3c3-0000-4000-8000-${String(at).padStart(12, '0')}`;
}

describe('a process that is told to stop in the middle of a sweep', () => {
  it('finishes what has left, gives back all else at once, and nothing is lost or sent twice', async () => {
    const stopping = new AbortController();
    house.teams.answer = async () => {
      if (house.teams.sent.length === 40) stopping.abort();
      return { kind: 'sent', activity: '1' };
    };
    const { reminders } = house.instance().needs;
    const first = await house.instance().run({ stopping: stopping.signal });
    if (first === 'died') throw new Error('nobody let it die');
    expect(first.sent).toBeGreaterThanOrEqual(40);
    expect(first.sent).toBeLessThan(PEOPLE);
    expect(first.failed).toBe(0);

    const left = [];
    for await (const { reminder } of reminders.due(NINE)) left.push(reminder);
    expect(left).toHaveLength(PEOPLE - first.sent);
    // Nobody's claim stands in the way: another instance takes them in its next tick.
    expect(left.filter((one) => one?.owner !== null)).toEqual([]);

    house.teams.answer = () => ({ kind: 'sent', activity: '2' });
    const second = await house.instance().run();
    expect(second).toMatchObject({ sent: PEOPLE - first.sent, failed: 0 });
    expect(new Set(house.conversations()).size).toBe(PEOPLE);
    expect(house.conversations()).toHaveLength(PEOPLE);
  }, 30_000);
});
