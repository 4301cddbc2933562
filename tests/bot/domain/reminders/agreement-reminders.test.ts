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
  it('reminds the manager of an evaluation at nine on the agreed day', () => {
    expect(evaluationReminder(WHO, anAgreement(), SLOT)).toEqual(aNewReminder());
  });

  it('reminds of an evaluation on Koningsdag the day after, still as the evaluation of that day', () => {
    const reminder = evaluationReminder(WHO, anAgreement({ nextDay: '2027-04-27' }), SLOT);
    expect(reminder).toMatchObject({ occasion: '2027-04-27', due: '2027-04-28T07:00:00.000Z' });
  });

  it('makes a new occasion of an evaluation that was snoozed', () => {
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

  it.each([
    ['the manager takes the initiative', anAgreement()],
    ['there is nobody to reach', anAgreement({ initiative: 'employee', employee: null })],
  ])('reminds no employee when %s', (_case, agreement) => {
    expect(initiativeReminder(WHO, agreement, SLOT)).toBeNull();
  });

  it('asks how a conversation landed three working days later', async () => {
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
  });

  it('counts from another day when the manager asks to be asked later', () => {
    const reminder = landedReminder(WHO, anAgreement({ landedFrom: '2027-01-13' }), SLOT);
    expect(reminder).toMatchObject({ occasion: '2027-01-08|2027-01-13', due: '2027-01-18T08:00:00.000Z' });
  });

  it('shows the employee at once what was recorded during the day', () => {
    expect(sharedReminder(WHO, anAgreement({ version: 3 }), NOON, SLOT)).toEqual(
      aNewReminder({ kind: 'agreement-shared', person: EMPLOYEE, occasion: '3', due: NOON }),
    );
  });

  it('shows the employee in the morning what was recorded at night', () => {
    const reminder = sharedReminder(WHO, anAgreement(), '2027-01-12T22:00:00.000Z', SLOT);
    expect(reminder?.due).toBe('2027-01-13T08:00:00.000Z');
  });

  it('shows the employee whose it is now when it was handed over', () => {
    const moved = anAgreement({ movedFrom: 'Ahmed', version: 2 });
    expect(sharedReminder(WHO, moved, NOON, SLOT)).toMatchObject({ kind: 'agreement-moved', occasion: '2' });
  });

  it('shows nothing when there is no employee to show it to', () => {
    expect(sharedReminder(WHO, anAgreement({ employee: null }), NOON, SLOT)).toBeNull();
  });

  it('tells the manager what the employee answered', () => {
    const agreement = anAgreement({ answer: 'confirmed', answeredAt: NOON });
    expect(answeredReminder(WHO, agreement, NOON, SLOT)).toEqual(
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
