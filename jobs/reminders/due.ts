import { type DueRow, dueOf, type Reminder } from '../../bot/store/reminders.js';
import type { Stored } from '../../bot/store/tables.js';

/** A row that can be read, and what it says. */
export type DueReminder = { readonly reminder: Reminder; readonly stored: Stored };
/** All that is due for one person. */
export type DuePerson = {
  readonly tenant: string;
  readonly person: string;
  readonly rows: readonly DueReminder[];
};

/**
 * What is due, person by person, the longest waiting first. Rows that cannot be read come out apart: one of them
 * must not hold up the others.
 */
export function byPerson(rows: readonly DueRow[]): {
  readonly people: readonly DuePerson[];
  readonly unreadable: readonly DueRow[];
} {
  const people = new Map<string, { tenant: string; person: string; rows: DueReminder[] }>();
  const unreadable: DueRow[] = [];
  for (const row of [...rows].sort((one, other) => dueOf(one.stored).localeCompare(dueOf(other.stored)))) {
    if (row.reminder === null) {
      unreadable.push(row);
      continue;
    }
    const { tenant, person } = row.reminder;
    const id = `${tenant}|${person}`;
    const found = people.get(id) ?? { tenant, person, rows: [] };
    found.rows.push({ reminder: row.reminder, stored: row.stored });
    people.set(id, found);
  }
  return { people: [...people.values()], unreadable };
}
