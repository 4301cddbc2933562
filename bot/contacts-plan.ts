import { type Day, plus } from './calendar.js';
import type { OwnContact } from './store/organisation.js';

/** Numbers and people change: who has not been looked at for so long may lead nowhere. */
const UNCHECKED_AFTER_MONTHS = 6;

/** The contacts that nobody of HR has said to be right for long. */
export function uncheckedContacts(contacts: readonly OwnContact[], today: Day): readonly OwnContact[] {
  return contacts.filter(({ checked }) => plus(checked, { months: UNCHECKED_AFTER_MONTHS }) <= today);
}
