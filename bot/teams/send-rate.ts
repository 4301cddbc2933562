import { LRUCache } from 'lru-cache';

/** So many in so long. */
export type RateWindow = { readonly most: number; readonly ms: number };

/**
 * Teams' limits for what a bot sends into one conversation. Source: MicrosoftDocs/msteams-docs, rate-limit.md.
 */
export const CONVERSATION_WINDOWS: readonly RateWindow[] = [
  { most: 7, ms: 1_000 },
  { most: 8, ms: 2_000 },
  { most: 60, ms: 30_000 },
  { most: 1_800, ms: 3_600_000 },
];
/**
 * Messages a second in one tenant: a little under Teams' limit of 50 (same source), for messages that leave evenly
 * do not arrive evenly.
 */
const CALM_RATE = 49;
/** The limit itself, for when messages bunch all the same, with room for 35 ms of jitter on the way. */
const TENANT_WINDOW: RateWindow = { most: 50, ms: 1_035 };
const SLOWEST_RATE = 1;
/**
 * After a second without messages a tenant starts at half the rate for this long: connections are still to be opened,
 * so that the first messages arrive later and closer together than they left.
 */
const EASY_START_MS = 300;
const QUIET_MS = 1_000;
/** On 429 the rate falls to this part of itself at once, and comes back by so much each second without one. */
const FALL = 0.85;
const RISE_PER_SECOND = 1;
/** Several messages that were refused for the same reason count once. */
const FALL_ONCE_PER_MS = 1_000;

export type Timing = {
  /** Milliseconds that only go up. */
  readonly monotonicNow: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

/** How long somebody waits at most: for a tenant that is held, and for their turn in all. */
export type Patience = { readonly heldMs: number; readonly turnMs: number };

export type Rates = {
  /**
   * Waits for a turn to send into this conversation of this tenant; null when none comes in time: then nothing is to
   * be sent now. What comes back is to be called when the message leaves: those that had their turn one by one leave
   * together when a new token had to be fetched.
   */
  turn(tenant: string, conversation: string, patience: Patience): Promise<(() => void) | null>;
  /** Teams said that it was too much; `afterMs` when it said how long to wait. */
  tooMuch(tenant: string, afterMs: number | null): void;
  /** Whether Teams answered a request, or was silent or busy. */
  heard(tenant: string, conversation: string, answered: boolean): void;
  /** For how many milliseconds nothing is to be sent to this tenant; 0 when it may be. */
  heldFor(tenant: string): number;
  /** Of all tenants together: messages a second of the slowest, and how many are held. */
  state(): { readonly slowest: number; readonly held: number };
};

/**
 * A tenant is held for no longer than this, whatever `Retry-After` says: no window of Teams looks back further, so that
 * a longer wait is a slip or an attack. Being wrong about it costs a message that is refused again.
 */
const LONGEST_HOLD_MS = Math.max(...CONVERSATION_WINDOWS.map(({ ms }) => ms));
/**
 * When this many conversations of a tenant in a row got no answer, or "not now", its channel is down: it is left alone for
 * about a tick, and then tried with one message at a time until there is an answer. Each message that hangs may have
 * arrived, and is not sent again that day.
 */
const CIRCUIT = { opensAt: 5, holdMs: 60_000, trialMs: 30_000 };
/** Conversations that nobody waits in and whose last messages are remembered, for their windows. */
const QUIET_REMEMBERED = 10_000;

/**
 * Keeps sending within Teams' limits: evenly for a tenant, in sliding windows for a conversation. One tenant's or
 * one conversation's wait is nobody else's. Other instances send too and know nothing of this one: what they use
 * shows as 429, on which a tenant slows down and comes back slowly.
 */
export function createRates({ monotonicNow, sleep }: Timing, calmRate = CALM_RATE): Rates {
  // As many as there are organisations, and never more.
  const tenants = new Map<string, Pace>();
  const lines = openLines();
  const paceOf = (tenant: string): Pace => {
    const found = tenants.get(tenant) ?? newPace(calmRate);
    tenants.set(tenant, found);
    return found;
  };
  const until = async (at: number) => {
    const wait = at - monotonicNow();
    if (wait > 0) await sleep(wait);
  };
  /** First the conversation's window, then the tenant's pace: a place in that line is never kept while waiting. */
  const take = async (tenant: string, sends: Departure[], { heldMs }: Patience, end: number) => {
    const pace = paceOf(tenant);
    const free = nextInWindows(sends, monotonicNow());
    if (free > end || heldFor(pace, monotonicNow()) > heldMs) return null;
    await until(free);
    do {
      if (heldFor(pace, monotonicNow()) > heldMs || earliest(pace, monotonicNow()) > end) return null;
      await until(nextInPace(pace, monotonicNow()));
      // A machine that stood still wakes everybody late and at once: what was really sent, not what was planned,
      // has the last word.
      for (let at = allowed(pace, monotonicNow()); at > monotonicNow(); at = allowed(pace, monotonicNow()))
        await until(at);
      // Teams may have said "not now" meanwhile: then we line up again behind that, one after the other.
    } while (heldFor(pace, monotonicNow()) > 0);
    if (isOpen(pace)) pace.trialUntil = monotonicNow() + CIRCUIT.trialMs;
    const departure = { at: monotonicNow() };
    sends.push(departure);
    pace.sends.push(departure);
    pace.sends.splice(0, pace.sends.length - TENANT_WINDOW.most);
    return () => {
      departure.at = monotonicNow();
    };
  };
  return {
    async turn(tenant, conversation, patience) {
      const end = monotonicNow() + patience.turnMs;
      return lines.inLine(conversation, (sends) => take(tenant, sends, patience, end));
    },
    tooMuch(tenant, afterMs) {
      const pace = paceOf(tenant);
      const now = monotonicNow();
      if (now - pace.fellAt >= FALL_ONCE_PER_MS) {
        pace.rate = Math.max(SLOWEST_RATE, pace.rate * FALL);
        pace.fellAt = now;
        pace.roseAt = now;
      }
      if (afterMs !== null) hold(pace, now + Math.min(afterMs, LONGEST_HOLD_MS));
    },
    heard(tenant, conversation, answered) {
      const pace = paceOf(tenant);
      pace.trialUntil = 0;
      if (answered) pace.silent.clear();
      else if (pace.silent.size < CIRCUIT.opensAt) pace.silent.add(conversation);
      if (isOpen(pace)) hold(pace, monotonicNow() + CIRCUIT.holdMs);
    },
    heldFor: (tenant) => heldFor(paceOf(tenant), monotonicNow()),
    state() {
      const now = monotonicNow();
      const paces = [...tenants.values()];
      return {
        slowest: Math.min(calmRate, ...paces.map((pace) => risen(pace, now))),
        held: paces.filter((pace) => heldFor(pace, now) > 0).length,
      };
    },
  };
}

function hold(pace: Pace, until: number): void {
  pace.heldUntil = Math.max(pace.heldUntil, until);
}

/** Not where the rate is unlimited: what is measured there passes days in seconds. */
function isOpen({ silent, most }: Pace): boolean {
  return Number.isFinite(most) && silent.size >= CIRCUIT.opensAt;
}

function heldFor({ heldUntil, trialUntil }: Pace, now: number): number {
  return Math.max(0, heldUntil - now, trialUntil - now);
}

/** When a message left, by `monotonicNow`; when it had its turn until then. */
type Departure = { at: number };
type Pace = {
  rate: number;
  readonly most: number;
  nextAt: number;
  /** Since when it has not been quiet. */
  busySince: number;
  heldUntil: number;
  /** Until when one message is tried alone, and no other is let out. */
  trialUntil: number;
  /** The conversations that had no answer since there was one. */
  readonly silent: Set<string>;
  /** What was sent in this tenant, the newest last. */
  readonly sends: Departure[];
  fellAt: number;
  roseAt: number;
};
/** What was sent into a conversation, the last that stands in line for it, and how many do. */
type Line = { readonly sends: Departure[]; last: Promise<unknown>; waiting: number };

/** A line for each conversation. One that somebody stands in is kept; of the others those that were quiet longest go. */
function openLines() {
  const busy = new Map<string, Line>();
  const quiet = new LRUCache<string, Line>({ max: QUIET_REMEMBERED });
  const most = Math.max(...CONVERSATION_WINDOWS.map((window) => window.most));
  const leave = (conversation: string, line: Line) => {
    line.waiting -= 1;
    if (line.waiting > 0) return;
    line.sends.splice(0, line.sends.length - most);
    busy.delete(conversation);
    quiet.set(conversation, line);
  };
  return {
    async inLine<Turn>(conversation: string, take: (sends: Departure[]) => Promise<Turn>): Promise<Turn> {
      const known = busy.get(conversation) ?? quiet.get(conversation);
      const line = known ?? { sends: [], last: Promise.resolve(), waiting: 0 };
      line.waiting += 1;
      quiet.delete(conversation);
      busy.set(conversation, line);
      const mine = line.last.then(() => take(line.sends));
      line.last = mine.catch(() => undefined);
      return mine.finally(() => leave(conversation, line));
    },
  };
}

function newPace(rate: number): Pace {
  return {
    rate,
    most: rate,
    nextAt: Number.NEGATIVE_INFINITY,
    busySince: 0,
    heldUntil: 0,
    trialUntil: 0,
    silent: new Set(),
    sends: [],
    fellAt: Number.NEGATIVE_INFINITY,
    roseAt: 0,
  };
}

function allowed(pace: Pace, now: number): number {
  return Number.isFinite(pace.most) ? nextInWindows(pace.sends, now, [TENANT_WINDOW]) : now;
}

/** When the next place in the line of a tenant is. */
function earliest({ nextAt, heldUntil }: Pace, now: number): number {
  return Math.max(now, nextAt, heldUntil);
}

/** What its rate is by now, when it has risen since it was last looked at. */
function risen({ most, rate, roseAt }: Pace, now: number): number {
  return Math.min(most, rate + Math.max(0, (now - roseAt) / 1_000) * RISE_PER_SECOND);
}

function nextInPace(pace: Pace, now: number): number {
  pace.rate = risen(pace, now);
  pace.roseAt = now;
  const at = earliest(pace, now);
  if (at - pace.nextAt > QUIET_MS) pace.busySince = at;
  const easy = at - pace.busySince < EASY_START_MS;
  pace.nextAt = at + ((easy ? 2 : 1) * 1_000) / pace.rate;
  return at;
}

function nextInWindows(
  sends: readonly Departure[],
  now: number,
  windows: readonly RateWindow[] = CONVERSATION_WINDOWS,
): number {
  let at = now;
  for (const { most, ms } of windows) {
    const first = sends.at(-most);
    // One more millisecond than the window: two clocks never agree to the last one.
    if (first !== undefined) at = Math.max(at, first.at + ms + 1);
  }
  return at;
}
