import { type Incoming, readSender } from './activity.js';
import type { Window } from './rates.js';

/**
 * How much is taken from one place in so long. These are all the numbers there are about it.
 *
 * By address only what was refused counts (no activity, or no proof of who it is from): Teams' own addresses, like a
 * proxy's in front of the bot, carry everybody. And who is over it is not shut out: from then on a token has to look
 * right before anything else of a request is read. So no stranger can lock Teams out, whatever address they share,
 * and `X-Forwarded-For`, which anybody can write, need not be believed.
 *
 * By person, which is tenant and Entra id, what is proven counts: far more than a hand can press.
 */
export const REQUEST_LIMITS = {
  refusedByAddress: { most: 300, ms: 60_000 },
  byPerson: { most: 60, ms: 10_000 },
  /** So many addresses and so many people are remembered at most; those who came first are forgotten first. */
  remembered: 10_000,
} as const;

/** So much from one person, and so many refused requests from one address. */
export type RequestLimits = { readonly byPerson: Window; readonly refusedByAddress: Window };
/** For what measures something else than limits. */
export const UNLIMITED: RequestLimits = {
  byPerson: { most: Number.POSITIVE_INFINITY, ms: 1 },
  refusedByAddress: { most: Number.POSITIVE_INFINITY, ms: 1 },
};

/** Counts by a key in windows that begin with its first; what it remembers is bounded, whatever keys come. */
export type Tally = {
  count(key: string): void;
  /** In how many whole seconds this key may come again; 0 when it may now. */
  waitOf(key: string): number;
};

export function createTally(
  { most, ms }: Window,
  ticks: () => number,
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
    count(key) {
      const now = ticks();
      const open = openOf(key, now);
      if (open !== null) {
        open.count += 1;
        return;
      }
      if (newer.size >= remembered / 2) [older, newer] = [newer, new Map()];
      newer.set(key, { count: 1, endsAt: now + ms });
    },
    waitOf(key) {
      const now = ticks();
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

/** Counts somebody who is proven, unless they have to wait: for how many seconds. */
export function waitOfPerson(people: Tally, activity: Incoming): number {
  const sender = readSender(activity);
  if (sender === null) return 0;
  const key = `${sender.tenant}|${sender.person}`;
  const wait = people.waitOf(key);
  if (wait === 0) people.count(key);
  return wait;
}
