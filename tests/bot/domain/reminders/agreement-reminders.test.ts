import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../../bot/domain/calendar.js';
import {
  answeredReminder,
  evaluationReminder,
  initiativeReminder,
  landedReminder,
  sharedReminder,
} from '../../../../bot/domain/reminders/agreement-reminders.js';
import { faultsOf } from '../../../support/faults.js';
import { aNewReminder, anAgreement, EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';

const SLOT = defaultSlot('Europe/Amsterdam');
const WHO = { tenant: TENANT, person: MANAGER };
const NOON = '2027-01-12T11:00:00.000Z';

describe('the reminders of an agreement', () => {
  it('reminds the manager of an evaluation at nine on the agreed day, the day after a holiday, or when it was snoozed to', () => {
    expect(evaluationReminder(WHO, anAgreement(), SLOT)).toEqual(aNewReminder());
    const reminder = evaluationReminder(WHO, anAgreement({ nextDay: '2027-04-27' }), SLOT);
    expect(reminder).toMatchObject({ occasion: '2027-04-27', due: '2027-04-28T07:00:00.000Z' });
    const snoozed = anAgreement({ remindFrom: '2027-01-13T08:00:00.000Z' });
    expect(evaluationReminder(WHO, snoozed, SLOT)).toMatchObject({
      occasion: '2027-01-12|2027-01-13T08:00:00.000Z',
    });
  });

  it('reminds the employee who takes the initiative', () => {
    const agreement = anAgreement({ initiative: 'employee' });
    expect(initiativeReminder(WHO, agreement, SLOT)).toEqual(
      aNewReminder({ kind: 'evaluation-initiative', person: EMPLOYEE }),
    );
  });

  it('reminds no employee of what is not theirs to begin', async () => {
    expect(
      await faultsOf(
        [
          ['the manager takes the initiative', anAgreement()],
          ['there is nobody to reach', anAgreement({ initiative: 'employee', employee: null })],
        ],
        (_case, agreement) => {
          expect(initiativeReminder(WHO, agreement, SLOT)).toBeNull();
        },
      ),
    ).toEqual([]);
  });

  it('asks how a conversation landed three working days later, or from the day that the manager chose', async () => {
    expect(
      await faultsOf(
        [
          ['a Friday', '2027-01-08', '2027-01-13T08:00:00.000Z'],
          ['a Monday', '2027-01-11', '2027-01-14T08:00:00.000Z'],
          ['the Thursday before Easter', '2027-03-25', '2027-03-31T07:00:00.000Z'],
        ],
        (_case, conversationDay, due) => {
          expect(landedReminder(WHO, anAgreement({ conversationDay }), SLOT)).toEqual(
            aNewReminder({ kind: 'landed', occasion: conversationDay, due }),
          );
        },
      ),
    ).toEqual([]);
    const reminder = landedReminder(WHO, anAgreement({ landedFrom: '2027-01-13' }), SLOT);
    expect(reminder).toMatchObject({ occasion: '2027-01-08|2027-01-13', due: '2027-01-18T08:00:00.000Z' });
  });

  it('shows the employee whose it is now what was recorded, at once or in the morning, and nobody where there is none', () => {
    expect(sharedReminder(WHO, anAgreement({ version: 3 }), { now: NOON, slot: SLOT })).toEqual(
      aNewReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '3', due: NOON }),
    );
    const reminder = sharedReminder(WHO, anAgreement(), { now: '2027-01-12T22:00:00.000Z', slot: SLOT });
    expect(reminder?.due).toBe('2027-01-13T08:00:00.000Z');
    const moved = anAgreement({ movedFrom: 'Ahmed', version: 2 });
    expect(sharedReminder(WHO, moved, { now: NOON, slot: SLOT })).toMatchObject({
      kind: 'agreement-moved',
      occasion: '2',
    });
    expect(sharedReminder(WHO, anAgreement({ employee: null }), { now: NOON, slot: SLOT })).toBeNull();
  });

  it('tells the manager what the employee answered', () => {
    const agreement = anAgreement({ answer: 'confirmed', answeredAt: NOON });
    expect(answeredReminder(WHO, agreement, { now: NOON, slot: SLOT })).toEqual(
      aNewReminder({ kind: 'agreement-answered', occasion: NOON, due: NOON }),
    );
  });

  it('makes the same reminder of the same agreement, whenever it is planned', () => {
    const [once, twice] = [
      evaluationReminder(WHO, anAgreement(), SLOT),
      evaluationReminder(WHO, anAgreement(), SLOT),
    ];
    expect(twice).toEqual(once);
  });
});
