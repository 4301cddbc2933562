import { format, type Lang, messagesFor } from '../../cards/content/words.js';
import { longDay } from '../../cards/dates.js';
import { type Day, type Slot, workingDayFrom } from '../domain/calendar.js';

/**
 * On which day the reminder of a day comes, where that is another one: the day is a weekend, a holiday or a day on which the
 * person wants no messages. Empty where it comes on the day itself. Said at once, or they would wait for it on the day.
 */
export function otherReminderDay(lang: Lang, day: Day, slot: Slot): string {
  const reminded = workingDayFrom(day, slot);
  return reminded === day
    ? ''
    : format(lang, messagesFor(lang).agreement.remindedOn, {
        day: longDay(lang, day),
        reminded: longDay(lang, reminded),
      });
}
