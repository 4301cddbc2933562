import { addDays, type Day, dayOf, type Instant, newsMoment, type Slot, slotOn } from '../calendar.js';
import type { Manager } from '../manager.js';
import type { NewReminder, Reminder } from '../reminder.js';
import { againDay, isOpenOn, reminderDay, type Scan, type ScanEntry } from '../scan.js';

/** News: asks somebody to answer. */
const ASKED = 'asked';
/** News: there is an outcome, or there is none and why. */
const CLOSED = 'closed';
/** News, with the version of the scan: what the team agreed on. */
const AGREED = 'agreed';
/** To do: answer while it can be done. */
const ANSWER = 'answer';
/** To do by who started it, with its day: look back on what was agreed. */
const EVALUATION = 'evaluation';
/** The same: whether to ask the team again. */
const AGAIN = 'again';

const SCAN_TASKS = [ANSWER, EVALUATION, AGAIN] as const;
export type ScanTask = (typeof SCAN_TASKS)[number];

type Sendable = Pick<Scan, 'tenant' | 'id' | 'manager'>;
/** When somebody hears from us. */
export type SlotOf = (person: string) => Slot;

/** Asks everybody who was chosen, each at once where they are up, and reminds them once before the end. */
export function askReminders(
  scan: Scan,
  people: readonly string[],
  { slotOf, now }: { readonly slotOf: SlotOf; readonly now: Instant },
): NewReminder[] {
  return people.flatMap((person) => {
    const slot = slotOf(person);
    const day = reminderDay(scan, slot);
    const due = day === null ? null : slotOn(day, slot);
    const asked = news(scan, { person, occasion: ASKED, due: newsMoment(now, slot) });
    return due === null || due <= now ? [asked] : [asked, task(scan, { person, occasion: ANSWER, due })];
  });
}

/** Tells everybody who was asked how it ended, and who started it where they did not end it themselves. */
export function closedReminders(scan: Scan, slotOf: SlotOf, now: Instant): NewReminder[] {
  const maker = scan.closedBy === 'hand' ? [] : [scan.manager];
  return [...maker, ...scan.asked].map((person) =>
    news(scan, { person, occasion: CLOSED, due: newsMoment(now, slotOf(person)) }),
  );
}

/** Shows the team what it agreed on. */
export function agreedReminders(scan: Scan, slotOf: SlotOf, now: Instant): NewReminder[] {
  return scan.asked.map((person) =>
    news(scan, { person, occasion: `${AGREED}|${scan.version}`, due: newsMoment(now, slotOf(person)) }),
  );
}

/** To look back on what was agreed, on its day; null when there is none. */
export function scanEvaluationReminder(
  { tenant, person: manager }: Manager,
  { id, nextDay }: Pick<ScanEntry, 'id' | 'nextDay'>,
  slot: Slot,
): NewReminder | null {
  if (nextDay === null) return null;
  return task(
    { tenant, id, manager },
    { person: manager, occasion: `${EVALUATION}|${nextDay}`, due: slotOn(nextDay, slot) },
  );
}

/** Half a year after a scan that had an outcome. */
export function againReminder(scan: Scan, slot: Slot): NewReminder | null {
  const day = againDay(scan, slot.zone);
  return day === null
    ? null
    : task(scan, { person: scan.manager, occasion: `${AGAIN}|${day}`, due: slotOn(day, slot) });
}

function news(
  scan: Sendable,
  { person, occasion, due }: { readonly person: string; readonly occasion: string; readonly due: Instant },
): NewReminder {
  return { kind: 'scan-news', ...about(scan, person), occasion, due };
}

function task(
  scan: Sendable,
  { person, occasion, due }: { readonly person: string; readonly occasion: string; readonly due: Instant },
): NewReminder {
  return { kind: 'scan-due', ...about(scan, person), occasion, due };
}

function about({ tenant, manager, id }: Sendable, person: string) {
  return { tenant, person, manager, subject: id, round: 0 };
}

type Sent = Pick<Reminder, 'person' | 'occasion'>;

/** What a piece of news is to show; null when it does not fit the scan any more. */
export function scanNewsWanted(
  { person, occasion }: Sent,
  scan: Scan | null,
  { hasAnswered, today }: { readonly hasAnswered: boolean; readonly today: Day },
): typeof ASKED | typeof CLOSED | typeof AGREED | null {
  if (scan === null) return null;
  const [kind, version] = occasion.split('|');
  const isAsked = scan.asked.includes(person);
  if (kind === ASKED) return isAsked && !hasAnswered && isOpenOn(scan, today) ? ASKED : null;
  if (kind === CLOSED) return scan.status !== 'open' && (isAsked || scan.manager === person) ? CLOSED : null;
  if (kind !== AGREED) return null;
  return isAsked && scan.measures.length > 0 && version === String(scan.version) ? AGREED : null;
}

/** What somebody is reminded to do; null when it has been done, or does not fit the scan any more. */
export function scanTaskWanted(
  { person, occasion }: Sent,
  scan: Scan | null,
  { hasAnswered, today }: { readonly hasAnswered: boolean; readonly today: Day },
): ScanTask | null {
  if (scan === null) return null;
  const [kind, day] = occasion.split('|');
  if (kind === ANSWER) {
    return scan.asked.includes(person) && !hasAnswered && isOpenOn(scan, today) ? ANSWER : null;
  }
  if (scan.manager !== person) return null;
  if (kind === EVALUATION) return scan.nextDay !== null && scan.nextDay === day ? EVALUATION : null;
  return kind === AGAIN && scan.status === 'closed' ? AGAIN : null;
}

/** Which task a reminder was of, whatever became of it; null for none. */
export function scanTaskOf(occasion: string): ScanTask | null {
  const [kind] = occasion.split('|');
  return SCAN_TASKS.find((one) => one === kind) ?? null;
}

/** Whether an open scan has its last day behind it wherever its people are: then the night closes it. */
export function isOver(scan: Scan, now: Instant): boolean {
  // In no zone it is later than this, so that nobody's last day is cut short.
  const earliestDay = dayOf(now, 'Etc/GMT+12');
  return scan.status === 'open' && addDays(scan.lastDay, 1) <= earliestDay;
}
