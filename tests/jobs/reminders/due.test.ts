import { describe, expect, it } from 'vitest';
import type { DueRow } from '../../../bot/store/reminders.js';
import { byPerson } from '../../../jobs/reminders/due.js';
import { aDueReminder, anUnreadableRow, EMPLOYEE, MANAGER, TENANT } from '../../support/records.js';

const at = (time: string) => `2027-01-12T${time}:00.000Z`;
const forMila = (time: string, subject = 'agreement-1') => aDueReminder({ due: at(time), subject });
const forSanne = (time: string) => aDueReminder({ due: at(time), person: EMPLOYEE });

/** Who comes out with what, in order. */
function grouped(rows: readonly DueRow[]) {
  return byPerson(rows).people.map(({ person, rows: found }) => [
    person,
    found.map(({ reminder }) => reminder.due),
  ]);
}

describe('due: byPerson', () => {
  it('brings together all that is due for one person', () => {
    const rows = [forMila('08:00', 'a'), forSanne('08:00'), forMila('08:00', 'b')];
    expect(byPerson(rows).people).toEqual([
      { tenant: TENANT, person: MANAGER, rows: [rows[0], rows[2]] },
      { tenant: TENANT, person: EMPLOYEE, rows: [rows[1]] },
    ]);
  });

  it('puts each person’s longest waiting first, in whatever order it was found', () => {
    const rows = [forMila('08:30'), forMila('07:00'), forMila('08:00')];
    expect(grouped(rows)).toEqual([[MANAGER, [at('07:00'), at('08:00'), at('08:30')]]]);
  });

  it('puts who waits longest first', () => {
    const rows = [forMila('08:00'), forSanne('07:59'), forMila('08:01')];
    expect(grouped(rows)).toEqual([
      [EMPLOYEE, [at('07:59')]],
      [MANAGER, [at('08:00'), at('08:01')]],
    ]);
  });

  it('keeps one id in two tenants for two people', () => {
    const rows = [aDueReminder(), aDueReminder({ tenant: 'another' })];
    expect(byPerson(rows).people.map(({ tenant }) => tenant)).toEqual([TENANT, 'another']);
  });

  it('keeps apart what cannot be read, and goes on with the others', () => {
    const unreadable = anUnreadableRow(at('07:00'));
    const readable = forMila('08:00');
    expect(byPerson([unreadable, readable])).toEqual({
      people: [{ tenant: TENANT, person: MANAGER, rows: [readable] }],
      unreadable: [unreadable],
    });
  });

  it('is empty when nothing is due', () => {
    expect(byPerson([])).toEqual({ people: [], unreadable: [] });
  });

  it('leaves what it was given as it was', () => {
    const rows = [forMila('08:30'), forMila('07:00')];
    const before = [...rows];
    byPerson(rows);
    expect(rows).toEqual(before);
  });
});
