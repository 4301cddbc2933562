import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { isReachable, type Person } from '../../bot/domain/person.js';
import type { NewReminder } from '../../bot/domain/reminder.js';
import { deliveryRetry } from '../../bot/domain/reminders/planning.js';
import { CodedError } from '../../bot/errors.js';
import type { Log } from '../../bot/log.js';
import { type Deliveries, itemId } from '../../bot/store/deliveries.js';
import type { Handovers } from '../../bot/store/handovers.js';
import type { Managers } from '../../bot/store/managers.js';
import type { Organisations } from '../../bot/store/organisation.js';
import type { People } from '../../bot/store/people.js';
import { type DueReminder, isWaiting } from '../../bot/store/reminders.js';
import { UNREADABLE, type Versioned } from '../../bot/store/tables/row-mapping.js';
import type { Proactive, Sent } from '../../bot/teams/proactive.js';
import { importanceOf, type Message } from './compose.js';
import type { Known } from './delivered.js';
import type { Departures } from './departures.js';
import type { DuePerson } from './due.js';
import { mayGoNow, mayHaveLeft, type Plan, type PlanDeps, planFor } from './plan.js';
import { noteDelivered, noteRefused, type Reached, sendTo } from './reach.js';
import {
  type SettleAt,
  type Settlement,
  settleDelivered,
  settleDropped,
  settleGone,
  settleLater,
  settleNextDay,
  settleRefused,
  settleReleased,
  settleSent,
  settleUnsent,
} from './settle.js';

/** The places between two steps where a process can die: a test is told of each, and may end it there. */
export type Step = 'claimed' | 'composed' | 'marked' | 'sent' | 'recorded' | 'settled';

export type SendDeps = PlanDeps & {
  readonly people: People;
  readonly managers: Managers;
  readonly organisations: Organisations;
  readonly handovers: Pick<Handovers, 'get'>;
  readonly send: Proactive;
  readonly log: Log;
  readonly onStep?: (step: Step) => void;
  /** Whether this instance is ending: nothing more goes out then. */
  readonly stopping: () => boolean;
};

export type Delivered = { readonly settlements: readonly Settlement[]; readonly digests: number };
/** Whether the claim still holds: asked right before a message goes out. */
export type HoldsLease = () => boolean;

/** That it was delivered must not be lost over a hiccup of the tables: without it the message would come a second time. */
const untilRecorded = retry(handleAll, {
  maxAttempts: 60,
  backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 5_000 }),
});

/** A process died after it was about to send, and recorded no delivery: it is not sent again on the same day. */
const IN_DOUBT = { kind: 'uncertain', why: 'no-proof' } as const;
/** Code of the fault that no card can be made of a reminder. */
const NO_CARD = 'no-card';

/**
 * What can be done with a message now: send it, keep it for the person's next slot or their next working day, or for
 * when they are back.
 */
export type DeliveryDecision = 'send' | 'later' | 'tomorrow' | 'waits';

export function decideDelivery(
  message: Message,
  { plan, kept, retries }: Pick<Delivery, 'plan' | 'kept' | 'retries'>,
): DeliveryDecision {
  const isTried = kept !== null && (isReachable(kept.record) || (retries && kept.record.reference !== null));
  if (!isTried) return 'waits';
  const isTooMuch = plan.tooMuch.has(message);
  if (mayGoNow(message, plan) && !isTooMuch) return 'send';
  if (!isReachable(kept.record)) return 'waits';
  return isTooMuch ? 'tomorrow' : 'later';
}

/** One person's messages while they go out: what one of them finds out counts for those after it. */
type Delivery = {
  readonly plan: Plan;
  /** The person as they are now. */
  kept: Versioned<Person> | null;
  /** Whether it is tried again now although they could not be reached; one attempt uses it up. */
  retries: boolean;
  /** What to do with all that is left; null as long as there is reason to try. */
  rest: ((rows: readonly DueReminder[]) => Settlement) | null;
  readonly settlements: Settlement[];
  digests: number;
};

/** Sends one person what is due. What the tables have to hold after it comes back, to be written for many at once. */
export async function deliver(
  { deps, departures, due, holdsLease }: Attempting,
  known: Known,
  now: string,
): Promise<Delivered> {
  const plan = await planFor(deps, due, { known, now });
  deps.onStep?.('composed');
  const delivery: Delivery = {
    plan,
    kept: await noteDeliveredBefore(deps.people, plan),
    retries:
      due.retries.length > 0 &&
      !due.retries.some(({ reminder }) => mayHaveLeft(reminder, plan.at.today, plan.at.slot.zone)),
    rest: null,
    settlements: [
      settleDropped(plan.dropped),
      ...plan.alreadyDelivered.map(({ row, sentAt }) => settleDelivered(row, sentAt, plan.at)),
      settleUnsent(plan.inDoubt, IN_DOUBT, plan.at),
      settleUnsent(plan.unreadable, { kind: 'failed', why: UNREADABLE }, plan.at),
      settleUnsent(plan.faulty, { kind: 'failed', why: NO_CARD }, plan.at),
    ],
    digests: 0,
  };
  const { settlements } = delivery;
  if (plan.faulty.length > 0) deps.log.error({ code: NO_CARD }, 'no card can be made of a reminder');
  let isLost = false;
  for (const message of inOrder(plan)) {
    const verdict = decideDelivery(message, delivery);
    // Where one row is another's, of those that are not sent nobody knows: they are left to the end of the lease.
    if (isLost && (verdict !== 'send' || delivery.rest !== null)) continue;
    if (delivery.rest !== null) settlements.push(delivery.rest(message.rows));
    else if (verdict === 'later') settlements.push(settleLater(message.rows, plan.at));
    else if (verdict === 'tomorrow') settlements.push(settleNextDay(message.rows, plan.at));
    else if (verdict === 'waits') settlements.push(settleAway(delivery, message.rows));
    else if ((await attempt({ deps, departures, due, holdsLease }, delivery, message)) === 'lost') {
      // Another instance has taken over, or this one was planned anew meanwhile: what happens to its rows is no more to
      // say here. The other messages are noted under their own etags: they need not wait for the end of the lease.
      isLost = true;
    }
  }
  if (isLost) return { settlements, digests: delivery.digests };
  const { kept, rest } = delivery;
  const isHere = kept !== null && isReachable(kept.record);
  if (rest !== null) settlements.push(rest(plan.deferred));
  else settlements.push(isHere ? settleLater(plan.deferred, plan.at) : settleAway(delivery, plan.deferred));
  settlements.push(settleRetries(due.retries, plan, kept));
  return { settlements, digests: delivery.digests };
}

/** A run that died right after something arrived for the first time in long had no time to note that. */
async function noteDeliveredBefore(
  people: People,
  { kept, alreadyDelivered }: Plan,
): Promise<Versioned<Person> | null> {
  const { reference = null, unreachableSince = null } = kept?.record ?? {};
  if (kept === null || reference === null || unreachableSince === null) return kept;
  const arrived = alreadyDelivered.some(({ sentAt }) => sentAt > unreachableSince);
  return arrived ? noteDelivered(people, kept, reference) : kept;
}

/** Whoever could not be reached gets the most important first: it is tried alone. */
function inOrder({ kept, messages }: Plan): readonly Message[] {
  if (kept === null || isReachable(kept.record)) return messages;
  return [...messages].sort((one, other) => importanceOf(one) - importanceOf(other));
}

export type Attempting = {
  readonly deps: SendDeps;
  readonly departures: Departures;
  readonly due: DuePerson;
  readonly holdsLease: HoldsLease;
};

/** Sends one message and notes what came of it; `lost` when the claim has gone to another instance. */
async function attempt(
  { deps, departures, due, holdsLease }: Attempting,
  delivery: Delivery,
  message: Message,
): Promise<'done' | 'lost'> {
  const { plan, kept, settlements } = delivery;
  const reference = kept?.record.reference ?? null;
  if (kept === null || reference === null) throw new CodedError('no-address', 'nobody to send to');
  const mayGo = () => !deps.stopping() && holdsLease();
  const wasAway = !isReachable(kept.record);
  delivery.retries = false;
  // What waits has no claim of its own: that it is tried again stands for it.
  const rows = [...message.rows.filter(({ stored }) => !isWaiting(stored)), ...(wasAway ? due.retries : [])];
  const reached: Reached | 'lost' = mayGo()
    ? await departures.depart(rows, (leaves) => {
        deps.onStep?.('marked');
        const goes = () => {
          const may = mayGo();
          if (may) leaves();
          return may;
        };
        return sendTo(
          deps.send,
          { person: kept.record, newest: reference },
          { card: message.card, mayGo: goes },
        );
      })
    : { sent: { kind: 'withheld' }, at: reference };
  if (reached === 'lost') return 'lost';
  const { sent, at } = reached;
  if (sent.kind !== 'sent') deps.log.warn({ code: `send-${sent.kind}`, why: whyOf(sent) }, 'not sent');
  switch (sent.kind) {
    case 'sent':
      deps.onStep?.('sent');
      await departures.recordDelivery(() =>
        recordDelivery(deps.deliveries, due, { message, now: plan.at.now, activity: sent.activity }),
      );
      deps.onStep?.('recorded');
      settlements.push(settleSent(message.rows, plan.at));
      if (message.kind === 'digest') delivery.digests += 1;
      delivery.kept = await noteDelivered(deps.people, kept, at);
      return 'done';
    case 'withheld':
      if (!holdsLease()) return 'lost';
      settlements.push(settleReleased(message.rows));
      return 'done';
    case 'gone': {
      const { now, slot } = plan.at;
      const refused = await noteRefused(deps.people, kept, { why: sent.why, now, zone: slot.zone });
      delivery.kept = refused ?? kept;
      if (refused === null) delivery.rest = settleReleased;
      else if (isReachable(refused.record)) delivery.rest = (rows) => settleRefused(rows, sent.why, plan.at);
      else delivery.rest = (rows) => settleAway(delivery, rows);
      settlements.push(delivery.rest(message.rows));
      return 'done';
    }
    case 'failed':
      // Also to who cannot be reached: what never can be sent must not keep what waits behind it.
      settlements.push(settleUnsent(message.rows, sent, plan.at));
      return 'done';
    default:
      settlements.push(
        wasAway ? settleAway(delivery, message.rows) : settleUnsent(message.rows, sent, plan.at),
      );
      return 'done';
  }
}

/** What is for somebody who cannot be reached: it waits, and is tried again by itself where they left an address. */
function settleAway({ plan: { at }, kept }: Delivery, rows: readonly DueReminder[]): Settlement {
  const person = kept?.record ?? null;
  return settleGone(rows, { why: person?.unreachableWhy ?? 'unreachable', retry: retryFor(person, at) }, at);
}

/** When somebody who cannot be reached is tried again; null where there is nowhere to send it. */
function retryFor(person: Person | null, { today, slot }: SettleAt): NewReminder | null {
  if (person === null || person.reference === null || person.unreachableSince === null) return null;
  return deliveryRetry(person, { unreachableSince: person.unreachableSince, today, slot });
}

/** That it was to be tried again now is over; the next time follows where something still waits. */
function settleRetries(
  retries: readonly DueReminder[],
  plan: Plan,
  kept: Versioned<Person> | null,
): Settlement {
  const waits = plan.messages.length > 0 || plan.deferred.length > 0;
  const next = waits ? retryFor(kept?.record ?? null, plan.at) : null;
  return { ...settleDropped([]), plan: retries.length > 0 && next !== null ? [next] : [], remove: retries };
}

function whyOf(sent: Sent): string {
  return 'why' in sent ? sent.why : sent.kind;
}

async function recordDelivery(
  deliveries: Deliveries,
  { tenant, person }: DuePerson,
  { message, now, activity }: { readonly message: Message; readonly now: string; readonly activity: string },
): Promise<void> {
  const items = message.rows.map((row) => itemId(row.reminder));
  await untilRecorded.execute(() =>
    deliveries.record(tenant, person, message.id, { items, sentAt: now, activity }),
  );
}
