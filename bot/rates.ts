/** So many in so long. */
export type Window = { readonly most: number; readonly ms: number };

/**
 * Teams' limits for what a bot sends into one conversation. Source: MicrosoftDocs/msteams-docs, rate-limit.md.
 */
export const CONVERSATION_WINDOWS: readonly Window[] = [
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
const TENANT_WINDOW: Window = { most: 50, ms: 1_035 };
const SLOWEST_RATE = 1;
/**
 * Who was quiet for a second begins at half the pace for so long: connections are still to be opened, so that the
 * first messages arrive later and closer together than they left.
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
  readonly ticks: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

export type Rates = {
  /**
   * Waits for a turn to send into this conversation of this tenant. What comes back is to be called when the message
   * leaves: those that had their turn one by one leave together when a new token had to be fetched.
   */
  turn(tenant: string, conversation: string): Promise<() => void>;
  /** Teams said that it was too much; `afterMs` when it said how long to wait. */
  tooMuch(tenant: string, afterMs: number | null): void;
};

/**
 * Keeps sending within Teams' limits: evenly for a tenant, in sliding windows for a conversation. One tenant's or
 * one conversation's wait is nobody else's. Other instances send too and know nothing of this one: what they use
 * shows as 429, on which a tenant slows down and comes back slowly.
 */
export function createRates({ ticks, sleep }: Timing, calmRate = CALM_RATE): Rates {
  const tenants = new Map<string, Pace>();
  const conversations = new Map<string, Line>();
  const paceOf = (tenant: string): Pace => {
    const found = tenants.get(tenant) ?? newPace(calmRate);
    tenants.set(tenant, found);
    return found;
  };
  const until = async (at: number) => {
    const wait = at - ticks();
    if (wait > 0) await sleep(wait);
  };
  /** First the conversation's window, then the tenant's pace: a place in that line is never kept while waiting. */
  const take = async (tenant: string, sends: Departure[]) => {
    await until(nextInWindows(sends, ticks()));
    const pace = paceOf(tenant);
    do {
      await until(nextInPace(pace, ticks()));
      // A machine that stood still wakes everybody late and at once: what was really sent, not what was planned,
      // has the last word.
      for (let at = allowed(pace, ticks()); at > ticks(); at = allowed(pace, ticks())) await until(at);
      // Teams may have said "not now" meanwhile: then we line up again behind that, one after the other.
    } while (pace.heldUntil > ticks());
    const departure = { at: ticks() };
    sends.push(departure);
    pace.sends.push(departure);
    pace.sends.splice(0, pace.sends.length - TENANT_WINDOW.most);
    return () => {
      departure.at = ticks();
    };
  };
  return {
    async turn(tenant, conversation) {
      const line = conversations.get(conversation) ?? { sends: [], last: Promise.resolve() };
      conversations.set(conversation, line);
      const mine = line.last.then(() => take(tenant, line.sends));
      line.last = mine;
      const leaves = await mine;
      forget(conversations, ticks());
      return leaves;
    },
    tooMuch(tenant, afterMs) {
      const pace = paceOf(tenant);
      const now = ticks();
      if (now - pace.fellAt >= FALL_ONCE_PER_MS) {
        pace.rate = Math.max(SLOWEST_RATE, pace.rate * FALL);
        pace.fellAt = now;
        pace.roseAt = now;
      }
      if (afterMs !== null) pace.heldUntil = Math.max(pace.heldUntil, now + afterMs);
    },
  };
}

/** When a message left, in `ticks`; when it had its turn until then. */
type Departure = { at: number };
type Pace = {
  rate: number;
  readonly most: number;
  nextAt: number;
  /** Since when it has not been quiet. */
  busySince: number;
  heldUntil: number;
  /** What was sent in this tenant, the newest last. */
  readonly sends: Departure[];
  fellAt: number;
  roseAt: number;
};
/** What was sent into a conversation, and the last that stands in line for it. */
type Line = { readonly sends: Departure[]; last: Promise<unknown> };

function newPace(rate: number): Pace {
  return {
    rate,
    most: rate,
    nextAt: Number.NEGATIVE_INFINITY,
    busySince: 0,
    heldUntil: 0,
    sends: [],
    fellAt: Number.NEGATIVE_INFINITY,
    roseAt: 0,
  };
}

function allowed(pace: Pace, now: number): number {
  return Number.isFinite(pace.most) ? nextInWindows(pace.sends, now, [TENANT_WINDOW]) : now;
}

function nextInPace(pace: Pace, now: number): number {
  const seconds = Math.max(0, (now - pace.roseAt) / 1_000);
  pace.rate = Math.min(pace.most, pace.rate + seconds * RISE_PER_SECOND);
  pace.roseAt = now;
  const at = Math.max(now, pace.nextAt, pace.heldUntil);
  if (at - pace.nextAt > QUIET_MS) pace.busySince = at;
  const easy = at - pace.busySince < EASY_START_MS;
  pace.nextAt = at + ((easy ? 2 : 1) * 1_000) / pace.rate;
  return at;
}

function nextInWindows(
  sends: readonly Departure[],
  now: number,
  windows: readonly Window[] = CONVERSATION_WINDOWS,
): number {
  let at = now;
  for (const { most, ms } of windows) {
    const first = sends.at(-most);
    // One more millisecond than the window: two clocks never agree to the last one.
    if (first !== undefined) at = Math.max(at, first.at + ms + 1);
  }
  return at;
}

/** Conversations that were quiet for as long as the longest window looks back need not be remembered. */
function forget(conversations: Map<string, Line>, now: number): void {
  const longest = Math.max(...CONVERSATION_WINDOWS.map(({ ms }) => ms));
  const most = Math.max(...CONVERSATION_WINDOWS.map((window) => window.most));
  const [oldest] = conversations;
  if (oldest === undefined) return;
  const [conversation, { sends }] = oldest;
  const last = sends.at(-1);
  if (last !== undefined && now - last.at > longest) conversations.delete(conversation);
  else if (sends.length > most) sends.splice(0, sends.length - most);
}
