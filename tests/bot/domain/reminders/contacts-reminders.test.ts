import { describe, expect, it } from 'vitest';
import { defaultSlot } from '../../../../bot/domain/calendar.js';
import { uncheckedContacts, uncheckedReminder } from '../../../../bot/domain/reminders/contacts-reminders.js';
import { ANOUK } from '../../../cards/hr-samples.js';
import { faultsOf } from '../../../support/faults.js';
import { MANAGER, TENANT } from '../../../support/sample-records.js';

const SLOT = defaultSlot('Europe/Amsterdam');
const HR = { tenant: TENANT, person: MANAGER };
const checkedOn = (checked: string) => [{ ...ANOUK, checked }];

describe('contacts that nobody looked at', () => {
  it('are old half a year after they were checked, and not a day before', async () => {
    expect(
      await faultsOf(
        [
          ['2026-07-12', true],
          ['2026-07-13', false],
          ['2027-01-12', false],
        ],
        (checked, old) => {
          expect(uncheckedContacts(checkedOn(checked), '2027-01-12').length === 1).toBe(old);
        },
      ),
    ).toEqual([]);
  });

  it('are brought up on the first working day of the next month, the same from any night, and only where some are old', () => {
    const nights = ['2027-01-01T02:30:00.000Z', '2027-01-12T02:30:00.000Z', '2027-01-31T02:30:00.000Z'];
    const planned = nights.map((night) =>
      uncheckedReminder(HR, checkedOn('2026-08-01'), { slot: SLOT, now: night }),
    );
    expect(planned[0]).toMatchObject({
      kind: 'contacts-unchecked',
      person: MANAGER,
      occasion: '2027-02',
      due: '2027-02-01T08:00:00.000Z',
    });
    expect(planned[1]).toEqual(planned[0]);
    expect(planned[2]).toEqual(planned[0]);
    // 1 May 2027 is a Saturday.
    expect(
      uncheckedReminder(HR, checkedOn('2026-08-01'), { slot: SLOT, now: '2027-04-12T02:30:00.000Z' })?.due,
    ).toBe('2027-05-03T07:00:00.000Z');
    expect(
      uncheckedReminder(HR, checkedOn('2026-08-02'), { slot: SLOT, now: '2027-01-12T02:30:00.000Z' }),
    ).toBeNull();
    expect(uncheckedReminder(HR, [], { slot: SLOT, now: '2027-01-12T02:30:00.000Z' })).toBeNull();
  });
});
