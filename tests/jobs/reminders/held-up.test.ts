import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reference } from '../../../bot/domain/person.js';
import type { Sent } from '../../../bot/teams/proactive.js';
import { NINE, openSending, type Sending } from '../../support/jobs/sending-scene.js';
import { limit } from '../../support/run/time-limits.js';
import {
  aMember,
  aNewReminder,
  anAgreement,
  aPerson,
  aReference,
  MUCH_LATER,
} from '../../support/sample-records.js';

const MINUTE_MS = 60_000;
const SENT: Sent = { kind: 'sent', activity: '1' };
const tenantId = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000001`;
const [SLOW, FINE] = [tenantId(1), tenantId(2)];

let house: Sending;
beforeEach(async () => {
  house = await openSending();
});
afterEach(() => house.own.drop());

/** So many managers of a tenant, each with an evaluation that is due at nine. */
async function managersOf(tenant: string, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    const shard = (made % 16).toString(16);
    const person = `${shard}1a1a1a1-0000-4000-8000-${tenant.slice(0, 4)}${String(made).padStart(8, '0')}`;
    const manager = { tenant, person };
    const reference = aReference({ tenant, conversation: `a:${tenant} ${made}` });
    await house.stores.people.add(aPerson({ ...manager, reference }));
    await house.stores.managers.addAgreement(manager, aMember(), anAgreement());
    await house.plan(aNewReminder({ ...manager, manager: person }));
  }
}

const sentTo = (tenant: string) =>
  house.teams.sent.filter(({ reference }) => reference.tenant === tenant).length;
const dueOf = async (tenant: string) => (await house.due(NINE)).filter((one) => one.tenant === tenant);

describe('reminders: a tenant that is held', () => {
  it('is left alone, unclaimed, while the others get theirs, and gets its own when it is free again', async () => {
    await managersOf(SLOW, 30);
    await managersOf(FINE, 30);
    let held = true;
    const instance = house.instance({ change: () => ({ isHeld: (tenant) => held && tenant === SLOW }) });
    expect(await instance.run()).toMatchObject({ due: 60, claimed: 30, sent: 30, deferred: 30, failed: 0 });
    expect([sentTo(SLOW), sentTo(FINE)]).toEqual([0, 30]);
    const rows = await dueOf(SLOW);
    expect(rows).toHaveLength(30);
    expect(rows.filter(({ owner, tries, attempts }) => owner !== null || tries > 0 || attempts > 0)).toEqual(
      [],
    );

    const before = house.own.tables.requests();
    await instance.run();
    // Finding what is due and the state of health: nothing is claimed or read for who is held.
    expect(house.own.tables.requests() - before).toBeLessThanOrEqual(2);

    held = false;
    expect(await instance.run()).toMatchObject({ sent: 30 });
    expect(await dueOf(SLOW)).toEqual([]);
  });

  it('that becomes held in the middle keeps what was not tried as it was', async () => {
    await managersOf(SLOW, 5);
    house.teams.answer = () => ({ kind: 'withheld' });
    const instance = house.instance();
    expect(await instance.run()).toMatchObject({ sent: 0, deferred: 5, failed: 0 });
    const rows = await dueOf(SLOW);
    expect(rows).toHaveLength(5);
    expect(rows.filter(({ owner, tries, attempts }) => owner !== null || tries > 0 || attempts > 0)).toEqual(
      [],
    );
  });
});

describe('reminders: a tenant whose channel hangs', () => {
  it('holds up nobody elsewhere', async () => {
    await managersOf(SLOW, 250);
    await managersOf(FINE, 40);
    const hanging: (() => void)[] = [];
    house.teams.answer = ({ tenant }: Reference) =>
      tenant === FINE
        ? SENT
        : new Promise((resolve) => hanging.push(() => resolve({ kind: 'uncertain', why: 'no answer' })));
    let over = false;
    const run = house
      .instance()
      .run()
      .finally(() => (over = true));
    await vi.waitUntil(() => sentTo(FINE) === 40, { timeout: limit(20_000), interval: 5 });
    expect(over).toBe(false);
    while (!over) {
      for (const end of hanging.splice(0)) end();
      await new Promise((next) => setImmediate(next));
    }
    expect(await run).toMatchObject({ sent: 40, failed: 250 });
  });
});

describe('reminders: a run', () => {
  it('takes nothing new after ten minutes, and leaves the rest free for the next tick', async () => {
    await managersOf(FINE, 300);
    let monotonicNow = 0;
    house.teams.answer = () => {
      monotonicNow += MINUTE_MS / 10;
      return SENT;
    };
    const instance = house.instance({ change: () => ({ monotonicNow: () => monotonicNow }) });
    const first = await instance.run();
    expect(first).toMatchObject({ due: 300, failed: 0 });
    const { sent } = first as { sent: number };
    expect(sent).toBeGreaterThanOrEqual(100);
    expect(sent).toBeLessThan(100 + 64);
    const left = await dueOf(FINE);
    expect(left).toHaveLength(300 - sent);
    expect(left.filter(({ owner }) => owner !== null)).toEqual([]);
    for (let ran = 0; ran < 3; ran += 1) await instance.run();
    expect([sentTo(FINE), await dueOf(FINE)]).toEqual([300, []]);
  });

  it('is recorded while it goes on, by the real clock, and as it went in the end', async () => {
    await managersOf(FINE, 150);
    let monotonicNow = 0;
    const seen: (string | undefined)[] = [];
    house.teams.answer = async () => {
      monotonicNow += MINUTE_MS / 30;
      seen.push((await house.stores.health.of('reminders', MUCH_LATER))?.last.ranAt);
      return SENT;
    };
    const later = '2027-06-01T08:00:00.000Z';
    await house.instance({ change: () => ({ monotonicNow: () => monotonicNow }) }).run({ at: later });
    expect(seen[0]).toBeUndefined();
    expect(seen).toContain(NINE);
    const health = await house.stores.health.of('reminders', MUCH_LATER);
    expect(health?.last).toMatchObject({ at: later, ranAt: NINE, due: 150, sent: expect.any(Number) });
  });

  it('ends when it is stopped, however many are still due', async () => {
    await managersOf(FINE, 450);
    let stopping = false;
    house.teams.answer = () => {
      stopping = true;
      return SENT;
    };
    const result = await house.instance({ change: () => ({ stopping: () => stopping }) }).run();
    expect(result).toMatchObject({ due: 450, failed: 0 });
    expect((await dueOf(FINE)).length).toBeGreaterThan(300);
  });
});
