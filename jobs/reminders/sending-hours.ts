import { dayOf, newsMoment, type Slot, slotOn, timeOf } from '../../bot/domain/calendar.js';
import type { Message } from './compose.js';

/** No digest goes out later on the day than this local time, but for who wants it late: then within two hours. */
const LAST_TIME = '20:00';
const LATE_PERSONS_WINDOW_MS = 2 * 3_600_000;

/** Whether a message may go out at an instant: a digest on the person's own days from their own time on, news when they are up. */
export function isWithinHours(kind: Message['kind'], instant: string, slot: Slot): boolean {
  if (kind === 'news') return newsMoment(instant, slot) === instant;
  const today = dayOf(instant, slot.zone);
  const opens = slotOn(today, slot);
  if (dayOf(opens, slot.zone) !== today || opens > instant) return false;
  return (
    timeOf(instant, slot.zone) < LAST_TIME || Date.parse(instant) - Date.parse(opens) < LATE_PERSONS_WINDOW_MS
  );
}
