import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { dayOf, newsMoment, slotOn, timeOf } from '../../bot/calendar.js';
import type { Log } from '../../bot/log.js';
import { isMonthly } from '../../bot/monthly-plan.js';
import { slotFor } from '../../bot/planning.js';
import type { Proactive, Sent } from '../../bot/proactive.js';
import type { Managers } from '../../bot/store/managers.js';
import { digestId, itemId, type Nudges } from '../../bot/store/nudges.js';
import type { Organisations } from '../../bot/store/organisation.js';
import { isReachable, type People, type Person } from '../../bot/store/people.js';
import { type Kept, UNREADABLE } from '../../bot/store/records.js';
import type { Reminder } from '../../bot/store/reminders.js';
import type { Lang } from '../../cards/content/words.js';
import { isSoft, steppingBack, weekIsFull } from './caps.js';
import { compose, isNews, type Message } from './compose.js';
import type { DuePerson, DueReminder } from './due.js';
import type { Known } from './known.js';
import {
  type SettleAt,
  type Settlement,
  settleDropped,
  settleGone,
  settleLater,
  settleProven,
  settleSent,
  settleUnsent,
} from './settle.js';

/** The places between two steps where a process can die: a test is told of each, and may end it there. */
export type Step = 'claimed' | 'composed' | 'sent' | 'proven' | 'settled';

export type SendNeeds = {
  readonly people: People;
  readonly managers: Managers;
  readonly organisations: Organisations;
  /** Whether somebody fills in what counts for the organisation. */
  readonly isHrAdmin: (person: string) => boolean;
  /** What HR chose for who chose no language; null when they chose none. Never waits long, never throws. */
  readonly usualLanguage: (tenant: string) => Promise<Lang | null>;
  readonly nudges: Nudges;
  readonly send: Proactive;
  readonly log: Log;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
  readonly reached: (step: Step) => void;
  /** Whether this instance is ending: nothing more goes out then. */
  readonly stopping: () => boolean;
};

export type Delivered = { readonly settlements: readonly Settlement[]; readonly digests: number };
/** Whether the claim still holds: asked right before a message goes out. */
export type StillOurs = () => boolean;

/** No digest goes out later on the day than this local time, but for who wants it late: then within two hours. */
const LAST_TIME = '20:00';
const LATE_PERSONS_WINDOW_MS = 2 * 3_600_000;
/** The proof must not be lost over a hiccup of the tables: without it the message would come a second time. */
const untilProven = retry(handleAll, {
  maxAttempts: 60,
  backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 5_000 }),
});

export type Plan = {
  readonly kept: Kept<Person> | null;
  readonly at: SettleAt;
  readonly messages: readonly Message[];
  readonly dropped: readonly DueReminder[];
  /** What steps back for more urgent things of today, and comes on the person's next day. */
  readonly steppedBack: readonly DueReminder[];
  /** Sent by an earlier run that did not get to the end, and when (instant). */
  readonly proven: readonly { readonly row: DueReminder; readonly sentAt: string }[];
  /** What is about something that is there and cannot be read. */
  readonly unreadable: readonly DueReminder[];
  /** Today's digest has been sent already, or the week has had as many as one gets without a promise behind it. */
  readonly hadDigest: boolean;
};

/** Composes what is due for one person from what is known, and from the proofs where they matter; writes nothing. */
export async function planFor(needs: SendNeeds, due: DuePerson, known: Known, now: string): Promise<Plan> {
  const kept = known.personOf(due);
  const slot = slotFor(kept?.record ?? null, needs.zone);
  const today = dayOf(now, slot.zone);
  const { subjectOf, keepsakes, unreadable } = known.subjectsOf(due);
  const proven = await findProven(needs.nudges, due, kept?.record ?? null);
  const rest = due.rows.filter((row) => !unreadable.includes(row) && !proven.some((one) => one.row === row));
  const chosen = kept?.record.language ?? kept?.record.locale ?? null;
  const lang = chosen ?? (await needs.usualLanguage(due.tenant)) ?? 'nl';
  const unwanted = rest.filter(({ reminder }) => isOff(needs, reminder, kept?.record ?? null));
  const wanted = rest.filter((row) => !unwanted.includes(row));
  const steppedBack = steppingBack(wanted);
  const composed = compose(
    wanted.filter((row) => !steppedBack.includes(row)),
    subjectOf,
    keepsakes,
    lang,
    today,
    slot,
  );
  const at: SettleAt = { now, today, slot, subjectOf };
  const digest = composed.messages.find(({ kind }) => kind === 'digest');
  const hadDigest =
    digest !== undefined &&
    ((await digestWasSent(needs.nudges, due, digest, kept?.record ?? null, at)) ||
      (digest.rows.every(isSoft) &&
        weekIsFull(await needs.nudges.sentTo(due.tenant, due.person), today, slot.zone)));
  const dropped = [...composed.dropped, ...unwanted];
  return { kept, at, proven, hadDigest, unreadable, messages: composed.messages, dropped, steppedBack };
}

/** Switched off by the person, not asked for where it only comes to who asks, or for HR and they no longer are. */
function isOff(
  { isHrAdmin }: Pick<SendNeeds, 'isHrAdmin'>,
  { kind, person: to }: Reminder,
  person: Pick<Person, 'off' | 'monthly'> | null,
): boolean {
  if (kind === 'contacts-unchecked') return !isHrAdmin(to);
  if (isMonthly(kind)) return person?.monthly?.includes(kind) !== true;
  return person?.off?.some((one) => one === kind) === true;
}

/** What can be done with a message now: send it, keep it for the person's next slot, or for when they are back. */
export type Verdict = 'send' | 'later' | 'waits';

export function judge(message: Message, plan: Plan, kept: Kept<Person> | null): Verdict {
  if (!mayGoNow(message, plan)) return 'later';
  return kept !== null && isReachable(kept.record) ? 'send' : 'waits';
}

/** Sends one person what is due. What the tables have to hold after it comes back, to be written for many at once. */
export async function deliver(
  needs: SendNeeds,
  due: DuePerson,
  known: Known,
  now: string,
  stillOurs: StillOurs,
): Promise<Delivered> {
  const mayGo = () => !needs.stopping() && stillOurs();
  const plan = await planFor(needs, due, known, now);
  needs.reached('composed');
  const settlements: Settlement[] = [
    settleDropped(plan.dropped),
    settleLater(plan.steppedBack, plan.at),
    ...plan.proven.map(({ row, sentAt }) => settleProven(row, sentAt, plan.at)),
    settleUnsent(plan.unreadable, { kind: 'failed', why: UNREADABLE }, plan.at),
  ];
  let digests = 0;
  // What a message finds out about the person counts for the ones after it.
  let kept = plan.kept;
  let cameBack = false;
  for (const message of plan.messages) {
    const verdict = judge(message, plan, kept);
    if (cameBack) settlements.push(settleUnsent(message.rows, CAME_BACK, plan.at));
    else if (verdict === 'later') settlements.push(settleLater(message.rows, plan.at));
    else if (verdict === 'waits' || kept === null || kept.record.reference === null) {
      settlements.push(settleGone(message.rows, kept?.record.unreachableWhy ?? 'unreachable', plan.at));
    } else {
      const sent = await needs.send(kept.record.reference, message.card, mayGo);
      if (sent.kind !== 'sent') needs.log.warn({ code: `send-${sent.kind}`, why: whyOf(sent) }, 'not sent');
      switch (sent.kind) {
        case 'sent':
          needs.reached('sent');
          await prove(needs.nudges, due, message, now, sent.activity);
          needs.reached('proven');
          settlements.push(settleSent(message.rows, plan.at));
          if (message.kind === 'digest') digests += 1;
          break;
        case 'withheld':
          // Another instance has taken over: whatever happens to these rows is its to say.
          if (!stillOurs()) return { settlements, digests };
          settlements.push(settleUnsent(message.rows, STOPPED, plan.at));
          break;
        case 'gone': {
          const away: Person = { ...kept.record, unreachableSince: now, unreachableWhy: sent.why };
          cameBack = (await needs.people.change(away, kept.etag)) !== 'ok';
          kept = { record: away, etag: kept.etag };
          const gone = settleGone(message.rows, sent.why, plan.at);
          settlements.push(cameBack ? settleUnsent(message.rows, CAME_BACK, plan.at) : gone);
          break;
        }
        default:
          settlements.push(settleUnsent(message.rows, sent, plan.at));
      }
    }
  }
  return { settlements, digests };
}

/** They came back while we were sending: the next tick sends to where they are now. */
const CAME_BACK = { kind: 'retry', why: 'came back', afterMs: null } as const;

/** This instance ends: another finds it free at its next tick. */
const STOPPED = { kind: 'retry', why: 'stopped', afterMs: null } as const;

function whyOf(sent: Sent): string {
  return 'why' in sent ? sent.why : sent.kind;
}

/** A digest on the person's own days from their own time on, news when they are up, and one digest a day. */
function mayGoNow({ kind }: Message, { at: { now, slot, today }, hadDigest }: Plan): boolean {
  if (kind === 'news') return newsMoment(now, slot) === now;
  if (hadDigest) return false;
  const opens = slotOn(today, slot);
  if (dayOf(opens, slot.zone) !== today || opens > now) return false;
  return timeOf(now, slot.zone) < LAST_TIME || Date.parse(now) - Date.parse(opens) < LATE_PERSONS_WINDOW_MS;
}

async function prove(
  nudges: Nudges,
  { tenant, person }: DuePerson,
  message: Message,
  now: string,
  activity: string,
): Promise<void> {
  const items = message.rows.map((row) => itemId(row.reminder));
  await untilProven.execute(() => nudges.prove(tenant, person, message.id, { items, sentAt: now, activity }));
}

/**
 * Rows that somebody had claimed before may have been sent, news may have been planned anew by a run that did not
 * get to its end, and who chose times of their own may have the same planned at the times of before: only those
 * need a look at the proofs.
 */
async function findProven(nudges: Nudges, due: DuePerson, person: Person | null): Promise<Plan['proven']> {
  const before = due.rows.filter(
    ({ reminder }) => reminder.claimedAt !== null || isNews(reminder.kind) || !hasUsualTimes(person),
  );
  if (before.length === 0) return [];
  const items = await nudges.sentTo(due.tenant, due.person);
  return before.flatMap((row) => {
    const sentAt = items.get(itemId(row.reminder));
    return sentAt === undefined ? [] : [{ row, sentAt }];
  });
}

function hasUsualTimes(person: Person | null): boolean {
  return person === null || (person.time === null && person.days === null && person.zone === null);
}

/**
 * What is due right at the usual slot is the first of that day: only the rest needs a look, and who has a time of
 * their own, for they may have changed it today.
 */
async function digestWasSent(
  nudges: Nudges,
  due: DuePerson,
  digest: Message,
  person: Person | null,
  { today, slot }: SettleAt,
): Promise<boolean> {
  const opens = slotOn(today, slot);
  const first = digest.rows.every(({ reminder }) => reminder.due === opens && reminder.claimedAt === null);
  if (hasUsualTimes(person) && first) return false;
  return (await nudges.find(due.tenant, due.person, digestId(today))) !== null;
}
