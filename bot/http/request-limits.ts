import { type Incoming, readSender } from '../teams/activity.js';
import type { Admit } from '../teams/adapter.js';
import type { DangerFirst } from '../teams/danger-first.js';
import type { RateWindow } from '../teams/send-rate.js';

/**
 * All rate limits of incoming requests.
 *
 * Per address only refused requests count (no activity, or no valid token): Teams' own addresses, like those of a proxy
 * in front of the bot, carry everybody. An address over the limit is not blocked: from then on a token is prechecked
 * before the body is read. So no stranger can lock Teams out, whatever address they share, and `X-Forwarded-For`,
 * which anybody can write, need not be trusted.
 *
 * Per person (tenant and Entra id) authenticated activities count, at far more than a hand can press. Their cost counts
 * too, in milliseconds of the only thread: a tenth of it is a hundred times what a person's turns usually take, and is
 * the most that somebody who finds a text that is slow to read can take from others.
 *
 * Words that show danger are let through all the same, a few times. A person over the limit is checked for them this
 * often and then no more, since the check itself would hold up the others.
 */
export const REQUEST_LIMITS = {
  refusedByAddress: { most: 300, ms: 60_000 },
  byPerson: { most: 60, ms: 10_000 },
  costByPerson: { most: 1_000, ms: 10_000 },
  looksAtWaiting: { most: 30, ms: 60_000 },
  helpToWaiting: { most: 3, ms: 60_000 },
  /** So many addresses and so many people are remembered at most; those who came first are forgotten first. */
  remembered: 10_000,
} as const;

/** So much from one person, by number and by milliseconds, and so many refused requests from one address. */
export type RequestLimits = {
  readonly byPerson: RateWindow;
  readonly costByPerson: RateWindow;
  readonly refusedByAddress: RateWindow;
};
const NO_LIMIT: RateWindow = { most: Number.POSITIVE_INFINITY, ms: 1 };
/** For what measures something else than limits. */
export const UNLIMITED: RequestLimits = {
  byPerson: NO_LIMIT,
  costByPerson: NO_LIMIT,
  refusedByAddress: NO_LIMIT,
};

/** Counts by a key in windows that begin with its first; what it remembers is bounded, whatever keys come. */
export type Tally = {
  /** One more, or so much more. */
  count(key: string, amount?: number): void;
  /** In how many whole seconds this key may come again; 0 when it may now. */
  waitOf(key: string): number;
};

export function createTally(
  { most, ms }: RateWindow,
  monotonicNow: () => number,
  remembered: number = REQUEST_LIMITS.remembered,
): Tally {
  // Two generations: when the newer is full the older goes at once. Taking out the first of one Map again and again
  // costs more the more there were.
  let older = new Map<string, Open>();
  let newer = new Map<string, Open>();
  const openOf = (key: string, now: number): Open | null => {
    const found = newer.get(key) ?? older.get(key);
    return found !== undefined && now < found.endsAt ? found : null;
  };
  return {
    count(key, amount = 1) {
      const now = monotonicNow();
      const open = openOf(key, now);
      if (open !== null) {
        open.count += amount;
        return;
      }
      if (newer.size >= remembered / 2) [older, newer] = [newer, new Map()];
      newer.set(key, { count: amount, endsAt: now + ms });
    },
    waitOf(key) {
      const now = monotonicNow();
      const open = openOf(key, now);
      return open === null || open.count < most ? 0 : Math.ceil((open.endsAt - now) / 1_000);
    },
  };
}

type Open = { count: number; readonly endsAt: number };

/** What counts as one address: of IPv6 the network, since each customer has more addresses than can be counted. */
export function networkOf(address: string): string {
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [left = [], right = []] = address
    .split('::')
    .map((half) => half.split(':').filter((part) => part !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/** Whose account something is on: a person, or who Teams names no further. */
export function accountOf(activity: Incoming): string {
  const sender = readSender(activity);
  if (sender !== null) return `${sender.tenant}|${sender.person}`;
  return `?|${activity.from?.id ?? activity.conversation?.id ?? ''}`;
}

/** Lets in who has not come too often and has not cost too much, and who needs help. */
export function createAdmission(deps: {
  readonly byPerson: Tally;
  readonly costByPerson: Tally;
  readonly dangerIn: DangerFirst;
  readonly monotonicNow: () => number;
}): Admit {
  const looks = createTally(REQUEST_LIMITS.looksAtWaiting, deps.monotonicNow);
  const helped = createTally(REQUEST_LIMITS.helpToWaiting, deps.monotonicNow);
  const needsHelp = (account: string, activity: Incoming): boolean => {
    if (looks.waitOf(account) > 0 || helped.waitOf(account) > 0) return false;
    looks.count(account);
    if (deps.dangerIn(activity).step !== 'sure') return false;
    helped.count(account);
    return true;
  };
  return (activity) => {
    const account = accountOf(activity);
    const wait = Math.max(deps.byPerson.waitOf(account), deps.costByPerson.waitOf(account));
    if (wait === 0) {
      deps.byPerson.count(account);
      return 0;
    }
    return needsHelp(account, activity) ? 0 : wait;
  };
}
