import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sent } from '../../../bot/proactive.js';
import type { Agreement } from '../../../bot/store/managers.js';
import type { Person, Reference } from '../../../bot/store/people.js';
import type { Reminder } from '../../../bot/store/reminders.js';
import type { Card } from '../../../cards/render.js';
import { byPerson, type DuePerson } from '../../../jobs/reminders/due.js';
import { planFor, type SendNeeds, sendTo, type Tally } from '../../../jobs/reminders/send.js';
import { type OwnTables, openOwnTables } from '../../support/own-tables.js';
import {
  aMember,
  anAgreement,
  aPerson,
  aReference,
  aReminder,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../support/records.js';

const NINE = '2027-01-12T08:00:00.000Z';
const NEXT_NINE = '2027-01-13T08:00:00.000Z';
const THREE_DAYS_ON = '2027-01-15T08:00:00.000Z';
const MUCH_LATER = '2030-01-01T00:00:00.000Z';
const MILA = { tenant: TENANT, person: MANAGER };
const SANNE = { tenant: TENANT, person: EMPLOYEE };
const NOTHING: Tally = { sent: 0, digests: 0, dropped: 0, deferred: 0, failed: 0 };

const landed = aReminder({ kind: 'landed', occasion: '2027-01-08' });
const shared = aReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '1' });

let own: OwnTables;
let teams: { answer: Sent; readonly sent: { reference: Reference; card: Card }[] };
let logged: string[];
let needs: SendNeeds;

beforeEach(async () => {
  own = await openOwnTables();
  teams = { answer: { kind: 'sent', activity: '1:abc' }, sent: [] };
  logged = [];
  needs = {
    ...own.stores,
    send: async (reference, card) => {
      teams.sent.push({ reference, card });
      return teams.answer;
    },
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    zone: 'Europe/Amsterdam',
  };
  await own.stores.people.add(aPerson());
  await own.stores.managers.addAgreement(MILA, aMember(), anAgreement());
});
afterEach(() => own.drop());

async function plan(...reminders: Reminder[]): Promise<void> {
  for (const reminder of reminders) await needs.reminders.plan(reminder);
}

async function due(now = MUCH_LATER): Promise<Reminder[]> {
  const found: Reminder[] = [];
  for await (const { reminder } of needs.reminders.due(now)) if (reminder !== null) found.push(reminder);
  return found;
}

async function dueFor(who: { tenant: string; person: string }, now: string): Promise<DuePerson> {
  const rows = [];
  for await (const row of needs.reminders.due(now)) rows.push(row);
  const found = byPerson(rows).people.find(({ person }) => person === who.person);
  return found ?? { ...who, rows: [] };
}

/** Sends somebody what is due, as one run of the job does. */
async function sendDue(who = MILA, now = NINE): Promise<Tally> {
  return sendTo(needs, await dueFor(who, now), now);
}

async function changeAgreement(changes: Partial<Agreement>): Promise<void> {
  const found = await needs.managers.agreement(MILA, 'agreement-1');
  if (found === null) throw new Error('no agreement');
  await needs.managers.changeAgreement(MILA, { ...found.record, ...changes }, found.etag);
}

async function changeMila(changes: Partial<Person>): Promise<void> {
  const found = await needs.people.get(TENANT, MANAGER);
  if (found === null) throw new Error('no person');
  await needs.people.change({ ...found.record, ...changes }, found.etag);
}

async function agreementNow(): Promise<Agreement | undefined> {
  return (await needs.managers.agreement(MILA, 'agreement-1'))?.record;
}

async function milaNow(): Promise<Person | undefined> {
  return (await needs.people.get(TENANT, MANAGER))?.record;
}

describe('send: when Teams takes it', () => {
  it('goes to where the person can be written to, once', async () => {
    await plan(aReminder());
    expect(await sendDue()).toEqual({ ...NOTHING, sent: 1, digests: 1 });
    expect(teams.sent.map(({ reference }) => reference)).toEqual([aReference()]);
  });

  it('leaves the proof, and of an evaluation the next reminder', async () => {
    await plan(aReminder());
    await sendDue();
    expect(await needs.nudges.find(TENANT, MANAGER, 'digest|2027-01-12')).toMatchObject({
      sentAt: NINE,
      activity: '1:abc',
    });
    expect(await due()).toEqual([aReminder({ round: 1, due: THREE_DAYS_ON })]);
  });

  it('counts the reminders in a digest, and the digest once', async () => {
    await plan(aReminder(), landed);
    expect(await sendDue()).toEqual({ ...NOTHING, sent: 2, digests: 1 });
    expect(teams.sent).toHaveLength(1);
  });

  it('counts news as sent and not as a digest', async () => {
    await needs.people.add(aPerson({ person: EMPLOYEE }));
    await plan(shared);
    expect(await sendDue(SANNE)).toEqual({ ...NOTHING, sent: 1 });
    expect(await agreementNow()).toMatchObject({ answer: 'shared' });
  });

  it('does not send again at the next run', async () => {
    await plan(aReminder());
    await sendDue();
    expect(await sendDue()).toEqual(NOTHING);
    expect(teams.sent).toHaveLength(1);
  });

  it('speaks the person’s own language', async () => {
    await changeMila({ language: 'en' });
    await plan(landed);
    await sendDue();
    expect(teams.sent[0]?.card.lang).toBe('en');
  });

  it('logs no id and no name of anybody', async () => {
    await plan(aReminder());
    await sendDue();
    for (const private_ of [MANAGER, EMPLOYEE, 'Sanne', 'Mila'])
      expect(logged.join()).not.toContain(private_);
  });
});

describe('send: what no longer fits', () => {
  it('is dropped and not sent', async () => {
    await plan(aReminder());
    await changeAgreement({ nextDay: '2027-01-26' });
    expect(await sendDue()).toEqual({ ...NOTHING, dropped: 1 });
    expect(teams.sent).toEqual([]);
    expect(await due()).toEqual([]);
  });

  it('is dropped beside what is sent', async () => {
    await plan(aReminder({ occasion: '2027-01-05' }), landed);
    expect(await sendDue()).toEqual({ ...NOTHING, sent: 1, digests: 1, dropped: 1 });
  });

  it('is dropped too when nobody can be reached', async () => {
    await changeMila({ unreachableSince: NINE, unreachableWhy: '403' });
    await plan(aReminder({ subject: 'gone' }));
    expect(await sendDue()).toEqual({ ...NOTHING, dropped: 1 });
  });
});

describe('send: after a crash between the proof and the row', () => {
  async function crashAfterProof(): Promise<void> {
    const done = () => Promise.reject(new Error('killed'));
    const killed = sendTo(
      { ...needs, reminders: { ...needs.reminders, done } },
      await dueFor(MILA, NINE),
      NINE,
    );
    await expect(killed).rejects.toThrow('killed');
  }

  it('only clears away, and sends nothing twice', async () => {
    await plan(aReminder());
    await crashAfterProof();
    expect(await sendDue()).toEqual({ ...NOTHING, dropped: 1 });
    expect(teams.sent).toHaveLength(1);
    expect(await due(NINE)).toEqual([]);
  });

  it('still plans the next reminder of an evaluation', async () => {
    await plan(aReminder());
    await crashAfterProof();
    await needs.reminders.cancel(aReminder({ due: THREE_DAYS_ON }));
    await sendDue();
    expect(await due()).toEqual([aReminder({ round: 1, due: THREE_DAYS_ON })]);
  });

  it('still lets the manager see that the employee has it', async () => {
    await needs.people.add(aPerson({ person: EMPLOYEE }));
    await plan(shared);
    const id = `agreement-shared|${MANAGER}|agreement-1|1|0`;
    await needs.nudges.prove(TENANT, EMPLOYEE, id, { items: [id], sentAt: NINE, activity: '1:abc' });
    await sendDue(SANNE);
    expect(teams.sent).toEqual([]);
    expect(await agreementNow()).toMatchObject({ answer: 'shared' });
  });
});

describe('send: a second digest on the same day', () => {
  it('waits for the next slot', async () => {
    await plan(aReminder());
    await sendDue();
    await plan(landed);
    expect(await sendDue(MILA, '2027-01-12T10:00:00.000Z')).toEqual({ ...NOTHING, deferred: 1 });
    expect(teams.sent).toHaveLength(1);
    expect(await due(NEXT_NINE)).toEqual([{ ...landed, due: NEXT_NINE }]);
  });

  it('comes at that slot', async () => {
    await plan(aReminder());
    await sendDue();
    await plan(landed);
    await sendDue(MILA, '2027-01-12T10:00:00.000Z');
    expect(await sendDue(MILA, NEXT_NINE)).toEqual({ ...NOTHING, sent: 1, digests: 1 });
  });

  it('does not hold up news', async () => {
    await plan(aReminder());
    await sendDue();
    await changeAgreement({ answer: 'confirmed', answeredAt: '2027-01-12T09:00:00.000Z' });
    await plan(aReminder({ kind: 'agreement-answered', occasion: '2027-01-12T09:00:00.000Z' }));
    expect(await sendDue(MILA, '2027-01-12T09:00:00.000Z')).toEqual({ ...NOTHING, sent: 1 });
  });

  it('is the same day where the person lives, not in UTC', async () => {
    await changeMila({ zone: 'Pacific/Auckland' });
    await plan(aReminder());
    await sendDue(MILA, '2027-01-12T10:00:00.000Z');
    await plan(landed);
    // One in the night of the 13th in Auckland, still the 12th in UTC.
    expect(await sendDue(MILA, '2027-01-12T12:00:00.000Z')).toMatchObject({ sent: 1 });
  });
});

describe('send: to somebody who cannot be reached', () => {
  it.each<[string, () => Promise<void>]>([
    [
      'is unknown',
      async () =>
        own.tables
          .table('people')
          .remove(TENANT, MANAGER)
          .then(() => undefined),
    ],
    ['left no address', () => changeMila({ reference: null })],
    ['is known to be away', () => changeMila({ unreachableSince: NINE, unreachableWhy: '403' })],
  ])('sends nothing and waits when the person %s', async (_case, arrange) => {
    await arrange();
    await plan(aReminder());
    expect(await sendDue()).toEqual({ ...NOTHING, deferred: 1 });
    expect(teams.sent).toEqual([]);
    expect(await due()).toEqual([]);
    expect((await own.dump()).reminders).toHaveLength(1);
  });

  it('marks the person as away when Teams says so', async () => {
    teams.answer = { kind: 'gone', why: '403 ConversationBlockedByUser' };
    await plan(aReminder());
    expect(await sendDue()).toEqual({ ...NOTHING, deferred: 1 });
    expect(await milaNow()).toMatchObject({
      unreachableSince: NINE,
      unreachableWhy: '403 ConversationBlockedByUser',
      reference: aReference(),
    });
    expect(await due()).toEqual([]);
  });

  it('does not call it proven', async () => {
    teams.answer = { kind: 'gone', why: '403' };
    await plan(aReminder());
    await sendDue();
    expect((await own.dump()).nudges).toEqual([]);
  });

  it('lets the manager see that an agreement waits for the employee', async () => {
    await plan(shared);
    await sendDue(SANNE);
    expect(await agreementNow()).toMatchObject({ answer: 'waiting' });
  });

  it('delivers what waited when they are back', async () => {
    const BACK = '2027-02-01T10:00:00.000Z';
    await plan(shared);
    await sendDue(SANNE);
    await needs.people.add(aPerson({ person: EMPLOYEE }));
    await needs.reminders.release(TENANT, EMPLOYEE, BACK);
    expect(await sendDue(SANNE, BACK)).toEqual({ ...NOTHING, sent: 1 });
    expect(await agreementNow()).toMatchObject({ answer: 'shared' });
    expect(await due()).toEqual([]);
  });
});

describe('send: when Teams does not take it', () => {
  it('stays as it is to be tried again, whatever has to wait', async () => {
    teams.answer = { kind: 'retry', why: '429', afterMs: 2_000 };
    await plan(aReminder());
    const before = await own.dump();
    expect(await sendDue()).toEqual({ ...NOTHING, deferred: 1 });
    expect(await own.dump()).toEqual(before);
  });

  it('is sent at the next run that Teams takes it', async () => {
    teams.answer = { kind: 'retry', why: '503', afterMs: null };
    await plan(aReminder());
    await sendDue();
    teams.answer = { kind: 'sent', activity: '1:abc' };
    expect(await sendDue(MILA, '2027-01-12T08:01:00.000Z')).toEqual({ ...NOTHING, sent: 1, digests: 1 });
  });

  it('goes to the next slot when trying again now would not help, and is counted and logged', async () => {
    teams.answer = { kind: 'failed', why: '400 BadSyntax' };
    await plan(aReminder());
    expect(await sendDue()).toEqual({ ...NOTHING, failed: 1 });
    expect(await due()).toEqual([aReminder({ due: NEXT_NINE })]);
    expect(logged.join()).toContain('send-failed');
  });

  it('leaves the person reachable', async () => {
    teams.answer = { kind: 'failed', why: '400 BadSyntax' };
    await plan(aReminder());
    await sendDue();
    expect(await milaNow()).toEqual(aPerson());
  });
});

describe('send: planFor', () => {
  it('says what would be sent and writes nothing', async () => {
    await plan(aReminder(), landed);
    const before = await own.dump();
    const { messages, today } = await planFor(needs, await dueFor(MILA, NINE), NINE);
    expect(messages.map(({ kind, rows }) => [kind, rows.length])).toEqual([['digest', 2]]);
    expect(today).toBe('2027-01-12');
    expect(teams.sent).toEqual([]);
    expect(await own.dump()).toEqual(before);
  });

  it('reads each subject once, however many reminders are about it', async () => {
    await plan(aReminder(), landed);
    const found = await dueFor(MILA, NINE);
    const before = own.tables.requests();
    await planFor(needs, found, NINE);
    expect(own.tables.requests() - before).toBe(2);
  });
});
