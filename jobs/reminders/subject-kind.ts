import { isOfHandover } from '../../bot/domain/handover-request.js';
import type { SubjectKind } from '../../bot/domain/manager.js';
import { isOfMomentRequest } from '../../bot/domain/moment-request.js';
import type { Reminder } from '../../bot/domain/reminder.js';
import { isMonthly } from '../../bot/domain/reminders/monthly-reminders.js';
import { isOfLeaver } from './compose.js';

/**
 * A coffee is about somebody on the list, a moment and what is asked of it about itself, what comes once a month, that a
 * manager left and that contacts have to be looked at and that something waits about nothing that a manager keeps, all
 * others about an agreement.
 */
export function subjectKindOf({ kind }: Pick<Reminder, 'kind'>): SubjectKind | null {
  if (isMonthly(kind) || isOfLeaver(kind) || isOfHandover(kind)) return null;
  if (kind === 'contacts-unchecked' || kind === 'delivery-retry') return null;
  if (kind === 'coffee' || kind === 'coffee-refused') return 'member';
  return kind === 'moment' || kind === 'moment-removed' || isOfMomentRequest(kind) ? 'moment' : 'agreement';
}
