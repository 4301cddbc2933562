import { dayOf, slotOn } from '../../bot/domain/calendar.js';
import { isOfHandover } from '../../bot/domain/handover-request.js';
import type { Organisation } from '../../bot/domain/organisation.js';
import { isReachable, type Person } from '../../bot/domain/person.js';
import type { Reminder } from '../../bot/domain/reminder.js';
import { isNews, type ReminderKind } from '../../bot/domain/reminder-kinds.js';
import { isMonthly } from '../../bot/domain/reminders/monthly-reminders.js';
import { slotFor } from '../../bot/domain/reminders/planning.js';
import { DEFAULT_RETENTION } from '../../bot/domain/retention-periods.js';
import { type Deliveries, digestId, itemId, type SentItems } from '../../bot/store/deliveries.js';
import { type DueReminder, isWaiting } from '../../bot/store/reminders.js';
import type { Versioned } from '../../bot/store/tables/row-mapping.js';
import { compose, type Message } from './compose.js';
import type { Known } from './delivered.js';
import type { DuePerson } from './due.js';
import { deferredToday, isSoft, overCap, weekIsFull } from './frequency-caps.js';
import { isWithinHours } from './sending-hours.js';
import type { SettleAt } from './settle.js';

export type PlanDeps = {
  readonly deliveries: Deliveries;
  /** Whether somebody fills in what counts for the organisation. */
  readonly isHrAdmin: (person: string) => boolean;
  /**
   * What HR chose: the language of who chose none, and how long things are kept. The defaults where it is not known. Never
   * waits long, never throws.
   */
  readonly settingsOf: (tenant: string) => Promise<Pick<Organisation, 'language' | 'terms'>>;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};

export type Plan = {
  readonly kept: Versioned<Person> | null;
  readonly at: SettleAt;
  readonly messages: readonly Message[];
  readonly dropped: readonly DueReminder[];
  /** Deferred to the person's next day, since more urgent things fill today. */
  readonly deferred: readonly DueReminder[];
  /** Was about to be sent today by a run that did not get to the end, and recorded no delivery: it may have arrived. */
  readonly inDoubt: readonly DueReminder[];
  /** Sent by an earlier run that did not get to the end, and when (instant). */
  readonly alreadyDelivered: readonly { readonly row: DueReminder; readonly sentAt: string }[];
  /** What is about something that is there and cannot be read. */
  readonly unreadable: readonly DueReminder[];
  /** What no card can be made of. */
  readonly faulty: readonly DueReminder[];
  /** Today's digest has been sent already, or the week has had as many as one gets without a promise behind it. */
  readonly hadDigest: boolean;
  /** The news beyond what one gets in a day from others. */
  readonly tooMuch: ReadonlySet<Message>;
};

/** News that says how long something is kept. */
const NAMES_A_TERM: ReadonlySet<ReminderKind> = new Set<ReminderKind>([
  'agreement-rested',
  'agreements-closed',
  'moment-removed',
  'removal-granted',
]);
const NO_SETTINGS = { language: null, terms: DEFAULT_RETENTION };

/** Composes what is due for one person from what is known, and from the delivery log where it matters; writes nothing. */
export async function planFor(
  deps: PlanDeps,
  all: DuePerson,
  { known, now }: { readonly known: Known; readonly now: string },
): Promise<Plan> {
  const kept = known.personOf(all);
  // Back by now, and whoever brought them back brings what waited.
  const isBack = kept !== null && isReachable(kept.record);
  const due = isBack ? { ...all, rows: all.rows.filter(({ stored }) => !isWaiting(stored)) } : all;
  const slot = slotFor(kept?.record ?? null, deps.zone);
  const today = dayOf(now, slot.zone);
  const { records, unreadable } = known.subjectsOf(due);
  const sent = await readDeliveries(deps.deliveries, due, kept?.record ?? null);
  const alreadyDelivered = due.rows.flatMap((row) => {
    const sentAt = sent?.get(itemId(row.reminder));
    return sentAt === undefined ? [] : [{ row, sentAt }];
  });
  const undelivered = due.rows.filter(
    (row) => !unreadable.includes(row) && !alreadyDelivered.some((one) => one.row === row),
  );
  const inDoubt = undelivered.filter(({ reminder }) => mayHaveLeft(reminder, today, slot.zone));
  const rest = undelivered.filter((row) => !inDoubt.includes(row));
  const chosen = kept?.record.language ?? kept?.record.locale ?? null;
  const unwanted = rest.filter(({ reminder }) => isOff(deps, reminder, kept?.record ?? null));
  const wanted = rest.filter((row) => !unwanted.includes(row));
  const deferred = deferredToday(wanted);
  // Most people chose a language and most messages name no term: HR's choices are read where one of them matters.
  const { language, terms } =
    chosen === null || wanted.some(({ reminder }) => NAMES_A_TERM.has(reminder.kind))
      ? await deps.settingsOf(due.tenant)
      : NO_SETTINGS;
  const lang = chosen ?? language ?? 'nl';
  const composed = compose(
    wanted.filter((row) => !deferred.includes(row)),
    records,
    { lang, today, slot, terms },
  );
  const at: SettleAt = { now, today, slot, records };
  const digest = composed.messages.find(({ kind }) => kind === 'digest');
  const hadDigest =
    digest !== undefined &&
    (inDoubt.some(({ reminder }) => !isNews(reminder.kind)) ||
      (await digestWasSent(deps.deliveries, due, { digest, person: kept?.record ?? null, at })) ||
      (digest.rows.every(isSoft) &&
        weekIsFull(sent ?? (await deps.deliveries.sentTo(due.tenant, due.person)), today, slot.zone)));
  const dropped = [...composed.dropped, ...unwanted];
  const { messages, faulty } = composed;
  const tooMuch = overCap(messages, sent ?? new Map(), { today, zone: slot.zone });
  return {
    kept,
    at,
    alreadyDelivered,
    inDoubt,
    hadDigest,
    tooMuch,
    unreadable,
    faulty,
    messages,
    dropped,
    deferred,
  };
}

/** Whether it was about to be sent on this day; one of a day before is sent again as any other. */
export function mayHaveLeft({ sendingAt }: Reminder, today: string, zone: string): boolean {
  return sendingAt !== null && dayOf(sendingAt, zone) >= today;
}

/** Switched off by the person, not asked for where it only comes to who asks, or for HR and they no longer are. */
function isOff(
  { isHrAdmin }: Pick<PlanDeps, 'isHrAdmin'>,
  { kind, person: to, subject }: Reminder,
  person: Pick<Person, 'off' | 'monthly'> | null,
): boolean {
  if (kind === 'contacts-unchecked') return !isHrAdmin(to);
  if (isOfHandover(kind)) return to !== subject && !isHrAdmin(to);
  if (isMonthly(kind)) return person?.monthly?.includes(kind) !== true;
  return person?.off?.some((one) => one === kind) === true;
}

/** Within the person's hours, and one digest a day. */
export function mayGoNow({ kind }: Message, { at: { now, slot }, hadDigest }: Plan): boolean {
  return !(kind === 'digest' && hadDigest) && isWithinHours(kind, now, slot);
}

/**
 * What the delivery log has of somebody, or null where nothing of it matters. Rows that were claimed before and all
 * that waited may have been sent; news may have been planned anew by a run that did not get to its end, and there is a
 * cap on it; whoever chose times of their own may have the same planned at the times of before.
 */
async function readDeliveries(
  deliveries: Deliveries,
  due: DuePerson,
  person: Person | null,
): Promise<SentItems | null> {
  const matters = due.rows.some(
    ({ reminder, stored }) =>
      reminder.claimedAt !== null || isWaiting(stored) || isNews(reminder.kind) || !hasUsualTimes(person),
  );
  return matters ? deliveries.sentTo(due.tenant, due.person) : null;
}

const NO_CHOICES = { time: null, days: null, zone: null, pausedUntil: null };

function hasUsualTimes(person: Person | null): boolean {
  const { time, days, zone, pausedUntil } = person ?? NO_CHOICES;
  return time === null && days === null && zone === null && pausedUntil === null;
}

/**
 * What is due right at the usual slot is the first of that day: only the rest needs a look, and who has a time of
 * their own, for they may have changed it today.
 */
async function digestWasSent(
  deliveries: Deliveries,
  due: DuePerson,
  {
    digest,
    person,
    at: { today, slot },
  }: { readonly digest: Message; readonly person: Person | null; readonly at: SettleAt },
): Promise<boolean> {
  const opens = slotOn(today, slot);
  const first = digest.rows.every(({ reminder }) => reminder.due === opens && reminder.claimedAt === null);
  if (hasUsualTimes(person) && first) return false;
  return (await deliveries.find(due.tenant, due.person, digestId(today))) !== null;
}
