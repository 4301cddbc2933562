import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../bot/domain/agreement.js';
import { defaultSlot, type Slot } from '../../../../bot/domain/calendar.js';
import { type Member, newMember } from '../../../../bot/domain/member.js';
import type { Reminder } from '../../../../bot/domain/reminder.js';
import {
  againReminder,
  plannedFor,
  slotFor,
  stillWanted,
  unreachableReminder,
} from '../../../../bot/domain/reminders/planning.js';
import { faultsOf } from '../../../support/faults.js';
import {
  aNewReminder,
  anAgreement,
  aPerson,
  aReminder,
  EMPLOYEE,
  MANAGER,
  TENANT,
} from '../../../support/sample-records.js';

const SLOT = defaultSlot('Europe/Amsterdam');
const WHO = { tenant: TENANT, person: MANAGER };
const NOON = '2027-01-12T11:00:00.000Z';
const REQUEST = { subjects: ['days' as const], note: '', askedAt: NOON, handledAt: null, reply: null };

describe('planning: what is planned', () => {
  it('tells the manager that the employee who was to begin could not be reached', () => {
    const unreached = aReminder({ kind: 'evaluation-initiative', person: EMPLOYEE, attempts: 2, why: '403' });
    expect(unreachableReminder(unreached)).toEqual(
      aNewReminder({ kind: 'employee-unreachable', due: unreached.due }),
    );
  });
});

describe('planning: when somebody wants to hear from us', () => {
  it('is what they chose, else what is usual', async () => {
    expect(
      await faultsOf(
        [
          ['nobody is known', null, SLOT],
          ['nothing was chosen', aPerson(), { ...SLOT, notBefore: null }],
          [
            'another zone',
            aPerson({ zone: 'America/Curacao' }),
            { ...defaultSlot('America/Curacao'), notBefore: null },
          ],
          [
            'other hours and days, and a pause',
            aPerson({ time: '07:30', days: [2, 4], pausedUntil: '2027-02-01' }),
            { zone: 'Europe/Amsterdam', time: '07:30', days: [2, 4], notBefore: '2027-02-01' },
          ],
        ],
        (_case, person, expected) => {
          expect(slotFor(person, 'Europe/Amsterdam')).toEqual(expected);
        },
      ),
    ).toEqual([]);
  });
});

describe('planning: what moves along when somebody chooses other times', () => {
  const NOW = '2027-01-13T10:00:00.000Z';
  const list = (changes: Partial<Member>[]) =>
    changes.map((change, at) => ({
      ...newMember(`name-${at}`, 'Bo', null),
      rhythm: 'weekly' as const,
      ...change,
    }));
  const plannedOf = (slot: Slot, agreements: readonly Agreement[], members: readonly Member[] = []) =>
    plannedFor(WHO, { agreements, members, moments: [], scans: [] }, { slot, now: NOW }).map(
      ({ kind, subject, due }) => `${kind} ${subject} ${due.slice(0, 10)}`,
    );
  const past = anAgreement({ id: 'past', nextDay: '2027-01-12', conversationDay: '2026-12-01' });
  const next = anAgreement({ id: 'next', nextDay: '2027-01-15', conversationDay: '2027-01-11' });
  const coffees = list([{ nextDay: '2027-01-11' }, { nextDay: '2027-01-14' }]);

  it('is what is still to come, off by a pause where there is one, and never what was put off already', () => {
    expect(plannedOf(SLOT, [past, next], coffees)).toEqual([
      'evaluation next 2027-01-15',
      'landed next 2027-01-14',
      'coffee name-1 2027-01-14',
    ]);
    const paused = { ...SLOT, notBefore: '2027-02-01' };
    expect(plannedOf(paused, [past, next], coffees)).toEqual([
      'evaluation next 2027-02-01',
      'landed next 2027-02-03',
      'coffee name-1 2027-02-01',
    ]);
    const later = { ...past, remindFrom: '2027-01-14T08:00:00.000Z' };
    expect(plannedOf(SLOT, [later])).toEqual(['evaluation past 2027-01-15']);
    expect(plannedOf(SLOT, [{ ...past, remindFrom: '2027-01-13T08:00:00.000Z' }])).toEqual([]);
  });
});

describe('planning: an evaluation that nobody acted on', () => {
  it('comes back after three working days, five after that, and no more', async () => {
    expect(
      await faultsOf(
        [
          ['three working days after the first reminder', 0, '2027-01-12', '2027-01-15T08:00:00.000Z'],
          ['over a weekend', 0, '2027-01-14', '2027-01-19T08:00:00.000Z'],
          ['five working days after the second', 1, '2027-01-15', '2027-01-22T08:00:00.000Z'],
        ],
        (_case, round, today, due) => {
          const again = againReminder(aReminder({ round }), today, SLOT);
          expect(again).toEqual(aReminder({ round: round + 1, due }));
        },
      ),
    ).toEqual([]);
    expect(againReminder(aReminder({ round: 2 }), '2027-01-22', SLOT)).toBeNull();
  });

  it('comes back of what a team agreed on too, and nothing else does', async () => {
    const ofScan = (task: string) => aReminder({ kind: 'scan-due', occasion: `${task}|2027-01-12` });
    expect(againReminder(ofScan('evaluation'), '2027-01-12', SLOT)).toMatchObject({ round: 1 });
    for (const task of ['answer', 'again'])
      expect(againReminder(ofScan(task), '2027-01-12', SLOT), task).toBeNull();
    expect(
      await faultsOf(
        ['evaluation-initiative', 'landed', 'agreement-shared', 'agreement-answered'] as const,
        (kind) => {
          expect(againReminder(aReminder({ kind }), '2027-01-12', SLOT)).toBeNull();
        },
      ),
    ).toEqual([]);
  });
});

describe('planning: whether a reminder is still wanted', () => {
  const answered = { kind: 'agreement-answered', occasion: NOON } as const;
  const shared = { kind: 'agreement-shared', occasion: '1' } as const;
  const initiative = { kind: 'evaluation-initiative' } as const;
  const unreached = { kind: 'employee-unreachable' } as const;
  const landed = { kind: 'landed', occasion: '2027-01-08' } as const;
  const snoozed = { occasion: '2027-01-12|2027-01-13T08:00:00.000Z', due: '2027-01-13T08:00:00.000Z' };

  it('is wanted while its subject is as it was planned for', async () => {
    expect(
      await faultsOf<[string, Partial<Reminder>, Partial<Agreement>]>(
        [
          ['an evaluation on its day', {}, {}],
          ['an evaluation in a later round', { round: 2, due: '2027-01-22T08:00:00.000Z' }, {}],
          ['an evaluation that was snoozed until now', snoozed, { remindFrom: '2027-01-13T08:00:00.000Z' }],
          [
            'an evaluation in a later round after it was snoozed',
            { ...snoozed, round: 1, due: '2027-01-18T08:00:00.000Z' },
            { remindFrom: '2027-01-13T08:00:00.000Z' },
          ],
          [
            'an evaluation of an agreement that changed in another way',
            {},
            { version: 9, answer: 'confirmed' },
          ],
          ['the initiative of an employee', initiative, { initiative: 'employee' }],
          ['who could not be reached for the initiative', unreached, { initiative: 'employee' }],
          ['how it landed when nobody asked yet', landed, {}],
          ['an agreement as it is', shared, {}],
          [
            'an agreement as it was handed over',
            { ...shared, kind: 'agreement-moved' },
            { movedFrom: 'Ahmed' },
          ],
          ['the newest answer', answered, { answer: 'confirmed', answeredAt: NOON }],
          [
            'a request, whatever came of the agreement since',
            answered,
            { changeAsked: REQUEST, version: 4, status: 'closed' },
          ],
        ],
        (_case, reminder, agreement) => {
          expect(stillWanted(aReminder(reminder), anAgreement(agreement))).toBe(true);
        },
      ),
    ).toEqual([]);
  });

  it('is not wanted when its subject moved on', async () => {
    expect(
      await faultsOf<[string, Partial<Reminder>, Partial<Agreement>]>(
        [
          ['an evaluation that was moved', {}, { nextDay: '2027-01-26' }],
          ['an evaluation that was snoozed since', {}, { remindFrom: '2027-01-13T08:00:00.000Z' }],
          [
            'a later round of before the snooze, though it falls after it',
            { round: 1, due: '2027-01-15T08:00:00.000Z' },
            { remindFrom: '2027-01-13T08:00:00.000Z' },
          ],
          ['an evaluation that was snoozed again', snoozed, { remindFrom: '2027-01-14T08:00:00.000Z' }],
          ['a snoozed evaluation that was moved', snoozed, { nextDay: '2027-01-26' }],
          [
            'who could not be reached for a moved evaluation',
            unreached,
            { initiative: 'employee', nextDay: '2027-01-26' },
          ],
          ['who could not be reached for what is the manager’s now', unreached, { initiative: 'manager' }],
          [
            'the initiative of a moved evaluation',
            initiative,
            { initiative: 'employee', nextDay: '2027-01-26' },
          ],
          ['the initiative that became the manager’s', initiative, { initiative: 'manager' }],
          ['how it landed when the manager said so', landed, { landed: true }],
          ['an agreement that changed since', shared, { version: 2 }],
          ['a handover that a change came after', { ...shared, kind: 'agreement-moved' }, { version: 2 }],
          ['an answer that was given anew', answered, { answeredAt: '2027-01-12T12:00:00.000Z' }],
          ['an answer that a change wiped out', answered, { answeredAt: null }],
        ],
        (_case, reminder, agreement) => {
          expect(stillWanted(aReminder(reminder), anAgreement(agreement))).toBe(false);
        },
      ),
    ).toEqual([]);
  });

  it('closing an agreement leaves only the news of it, and nothing is about nothing', async () => {
    expect(
      await faultsOf<Partial<Reminder>>([{}, initiative, unreached, landed, answered], (reminder) => {
        const closed = anAgreement({ status: 'closed', initiative: 'employee', answeredAt: NOON });
        expect(stillWanted(aReminder(reminder), closed)).toBe(false);
      }),
    ).toEqual([]);
    const closed = anAgreement({ status: 'closed' });
    expect(stillWanted(aReminder(shared), closed)).toBe(true);
    expect(stillWanted(aReminder(shared), { ...closed, version: 2 })).toBe(false);
    expect(stillWanted(aReminder(), null)).toBe(false);
  });
});
