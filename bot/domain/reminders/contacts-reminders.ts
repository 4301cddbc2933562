import { type At, type Day, dayOf, plus, slotOn } from '../calendar.js';
import type { OwnContact } from '../organisation.js';
import type { NewReminder, Reminder } from '../reminder.js';

/** Numbers and people change: who has not been looked at for so long may lead nowhere. */
const UNCHECKED_AFTER_MONTHS = 6;

/** The contacts that nobody of HR has said to be right for long. */
export function uncheckedContacts(contacts: readonly OwnContact[], today: Day): readonly OwnContact[] {
  return contacts.filter(({ checked }) => plus(checked, { months: UNCHECKED_AFTER_MONTHS }) <= today);
}

/**
 * On the first working day of next month: the contacts that nobody has looked at for long by then, to somebody of
 * HR. Null when there is none; each month has one at most, whichever night it is planned in.
 */
export function uncheckedReminder(
  { tenant, person }: Pick<Reminder, 'tenant' | 'person'>,
  contacts: readonly OwnContact[],
  { slot, now }: At,
): NewReminder | null {
  const first = plus(`${dayOf(now, slot.zone).slice(0, 7)}-01`, { months: 1 });
  if (uncheckedContacts(contacts, first).length === 0) return null;
  return {
    kind: 'contacts-unchecked',
    tenant,
    person,
    manager: person,
    subject: 'organisation',
    occasion: first.slice(0, 7),
    due: slotOn(first, slot),
    round: 0,
  };
}
