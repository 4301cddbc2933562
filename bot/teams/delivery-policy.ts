import { handleWhenResult, type IBackoffFactory, type IRetryBackoffContext, retry } from 'cockatiel';

/**
 * What came of sending. `gone`: this person cannot be reached, which is a state and no error. `retry`: not now, and it
 * surely did not arrive; `afterMs` when Teams said how long. `failed`: the same again would not help. `uncertain`: it
 * went out and no answer came back, so it may have arrived. `withheld`: it was not ours to send, or not now.
 */
export type Outcome =
  | { readonly kind: 'sent'; readonly activity: string }
  | { readonly kind: 'gone'; readonly why: string }
  | { readonly kind: 'retry'; readonly why: string; readonly afterMs: number | null }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'uncertain'; readonly why: string }
  | { readonly kind: 'withheld' };

/** One request, and the HTTP status that answered it; null where none did. `isLast`: there is no use in another now. */
export type Attempt = {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly isLast?: boolean;
};

/** How often, how long apart and for how long a message is tried, and on what. */
export type DeliveryPolicy = {
  readonly attempts: number;
  /** The first wait, doubled each time up to `maxMs`, with jitter; `Retry-After` comes before both. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** After this long without an answer a request is broken off; whether it arrived is uncertain. */
  readonly answerWithinMs: number;
  /** From the first attempt to the end of the last, with all that is waited for in between. */
  readonly withinMs: number;
  /** Statuses on which it is tried again. */
  readonly again: readonly number[];
  /**
   * Rather twice than not at all: what may have arrived is tried again too, and a `Retry-After` that is longer than
   * `maxMs` is not waited out.
   */
  readonly insists: boolean;
};

/**
 * Source: MicrosoftDocs/msteams-docs, rate-limit.md and build-conversational-capability.md: these are to be tried again,
 * and no others.
 */
export const NOT_NOW: readonly number[] = [412, 429, 502, 503, 504];
/**
 * What a person in need is sent does no harm twice. 404 comes by chance for some 1 in 100
 * (microsoft/botbuilder-python#2102); 401 and 403 while a token or an installation is renewed.
 */
const WHATEVER_MAY_PASS = [...NOT_NOW, 401, 403, 404, 408, 500];
/** The card itself is refused: too large, or not understood. Plain words may still pass. */
const CARD_REFUSED = [400, 413];

/**
 * All retry policies. A reminder has minutes. An answer has what is left of a turn, of which Teams waits some ten
 * seconds. `help` is for whatever brings numbers to call, and `helpLater` for when a turn was too short for it.
 * The numbers of the reminders are those of the example in rate-limit.md.
 */
export const DELIVERY = {
  reminder: {
    ...{ attempts: 4, baseMs: 1_000, maxMs: 20_000, answerWithinMs: 15_000, withinMs: 60_000 },
    ...{ again: NOT_NOW, insists: false },
  },
  answer: {
    ...{ attempts: 4, baseMs: 400, maxMs: 3_000, answerWithinMs: 5_000, withinMs: 5_500 },
    ...{ again: NOT_NOW, insists: false },
  },
  /** In the place of a message that is there: the same twice is the same. */
  update: {
    ...{ attempts: 2, baseMs: 300, maxMs: 1_000, answerWithinMs: 2_000, withinMs: 3_000 },
    ...{ again: [...NOT_NOW, 500], insists: true },
  },
  help: {
    ...{ attempts: 6, baseMs: 250, maxMs: 1_000, answerWithinMs: 2_000, withinMs: 4_500 },
    ...{ again: WHATEVER_MAY_PASS, insists: true },
  },
  helpLater: {
    ...{ attempts: 12, baseMs: 2_000, maxMs: 20_000, answerWithinMs: 10_000, withinMs: 120_000 },
    ...{ again: WHATEVER_MAY_PASS, insists: true },
  },
} as const satisfies Readonly<Record<string, DeliveryPolicy>>;
export type DeliveryPolicies = Readonly<Record<keyof typeof DELIVERY, DeliveryPolicy>>;

/** An attempt that has less than this could not be answered. */
const LEAST_ATTEMPT_MS = 500;

/** Milliseconds that only go up: a clock that is set forward or back must not end or prolong a delivery. */
export type MonotonicNow = () => number;

/** An attempt, with how long to wait before the next; null when there is none. */
type Tried = Attempt & { readonly waitMs: number | null };

/**
 * Tries as often as the policy says, and gives what came of the last attempt. An attempt is told how long it may take, and
 * the first is always made, unless `first` is what came of it.
 */
export async function deliver(
  attempt: (withinMs: number) => Promise<Attempt>,
  {
    policy,
    monotonicNow,
    first,
  }: { readonly policy: DeliveryPolicy; readonly monotonicNow: MonotonicNow; readonly first?: Attempt },
): Promise<Attempt> {
  const end = monotonicNow() + policy.withinMs;
  let made = 0;
  const again = retry(
    handleWhenResult((tried) => (tried as Tried).waitMs !== null),
    { maxAttempts: policy.attempts - 1, backoff: AS_TRIED },
  );
  return again.execute(async (): Promise<Tried> => {
    const left = Math.max(LEAST_ATTEMPT_MS, end - monotonicNow());
    const isMade = made === 0 && first !== undefined;
    const last = isMade ? first : await attempt(Math.min(policy.answerWithinMs, left));
    made += 1;
    const waitMs = waitAfter(last, made, policy);
    const isInTime = waitMs !== null && monotonicNow() + waitMs + LEAST_ATTEMPT_MS <= end;
    return { ...last, waitMs: isInTime ? waitMs : null };
  });
}

const AS_TRIED: IBackoffFactory<IRetryBackoffContext<unknown>> = {
  next({ result }) {
    const tried = 'value' in result ? (result.value as Tried) : null;
    return { ...AS_TRIED, duration: tried?.waitMs ?? 0 };
  },
};

/** How long to wait after an attempt; null where it is not to be made again. */
function waitAfter(
  { outcome, status, isLast }: Attempt,
  made: number,
  policy: DeliveryPolicy,
): number | null {
  const { baseMs, maxMs, again, insists } = policy;
  if (outcome.kind === 'sent' || isLast === true) return null;
  const unanswered = outcome.kind === 'retry' || (insists && outcome.kind === 'uncertain');
  if (status === null ? !unanswered : !again.includes(status)) return null;
  const asked = outcome.kind === 'retry' ? outcome.afterMs : null;
  if (asked !== null && asked <= maxMs) return asked;
  // What Teams wants to wait longer for than we do is for later, not for sooner than it asked.
  if (asked !== null && !insists) return null;
  // With jitter, so that not everybody comes back at once.
  return Math.min(maxMs, baseMs * 2 ** (made - 1)) * (0.8 + 0.4 * Math.random());
}

/** Whether a card was refused for what it is: the same in plain words may pass. */
export function isCardRefused({ status }: Attempt): boolean {
  return status !== null && CARD_REFUSED.includes(status);
}

/** Before these a request never left, so that trying again cannot send twice. */
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const GONE = [403, 404];

/** What answered a request; names of headers in small letters, and a body that is no JSON is null. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: unknown;
};

/** What the connector's answer says of a request. */
export function answeredWith(answer: HttpAnswer): Attempt {
  const { status, headers, body } = answer;
  const of = (outcome: Outcome): Attempt => ({ outcome, status });
  if (status >= 200 && status < 300) {
    const { id } = fieldsOf(body);
    return of({ kind: 'sent', activity: typeof id === 'string' ? id : '' });
  }
  const why = `${status} ${subCodeOf(body)}`.trim();
  if (GONE.includes(status)) return of({ kind: 'gone', why });
  if (!NOT_NOW.includes(status)) return of({ kind: 'failed', why });
  return of({ kind: 'retry', why, afterMs: waitOf((name) => headers[name]?.toString()) });
}

/** What an error says of a request that was to leave and was not answered. */
export function faultOf(error: unknown): Attempt {
  const { code } = error as { readonly code?: unknown };
  const why = typeof code === 'string' ? code : 'no answer';
  const outcome: Outcome = NEVER_LEFT.includes(why)
    ? { kind: 'retry', why, afterMs: null }
    : { kind: 'uncertain', why };
  return { outcome, status: null };
}

/** No wait is longer: what is said beyond is taken for this, so that it can be reckoned with as a time. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/**
 * `Retry-After` as the HTTP standard has it: seconds, or a moment, by the clock of whoever answered; null for what
 * is neither, or has passed.
 */
function waitOf(header: (name: string) => string | undefined): number | null {
  const retryAfter = header('retry-after')?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(retryAfter)
    ? Number(retryAfter) * 1_000
    : momentOf(retryAfter) - momentOf(header('date')?.trim() ?? '');
  return ms > 0 ? Math.min(ms, LONGEST_WAIT_MS) : null;
}

/** `Date.parse` alone takes "-3600" for a day of the year 3600. Source: RFC 9110, 5.6.7. */
function momentOf(httpDate: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} /.test(httpDate) ? Date.parse(httpDate) : Number.NaN;
}

/** The code of a refusal, also the one that Teams puts as JSON inside the message (errorCode 209). */
function subCodeOf(body: unknown): string {
  const { error, message } = fieldsOf(body);
  const { code, message: inner } = fieldsOf(error);
  for (const text of [message, inner]) {
    const found = typeof text === 'string' ? /"subCode"\s*:\s*"(\w{1,64})"/.exec(text) : null;
    if (found?.[1] !== undefined) return found[1];
  }
  return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : '';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
