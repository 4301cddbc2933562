import { setMaxListeners } from 'node:events';
import { type Activity, type CloudAdapter, type ConversationReference, TurnContext } from 'botbuilder';
import { handleWhenResult, type IBackoffFactory, type IRetryBackoffContext, retry } from 'cockatiel';
import type { Card } from '../cards/render.js';
import { CodedError } from './errors.js';
import type { Rates } from './rates.js';
import type { Reference } from './store/people.js';
import { cardMessage } from './teams-bot.js';

/**
 * What came of sending. `gone`: this person cannot be reached, which is a state and no error. `retry`: not now, and
 * it surely did not arrive; `afterMs` when Teams said how long. `failed`: trying again would not help. `uncertain`:
 * it went out and no answer came back, so it may have arrived. `withheld`: it was no longer ours to send.
 */
export type Sent =
  | { readonly kind: 'sent'; readonly activity: string }
  | { readonly kind: 'gone'; readonly why: string }
  | { readonly kind: 'retry'; readonly why: string; readonly afterMs: number | null }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'uncertain'; readonly why: string }
  | { readonly kind: 'withheld' };

/**
 * Sends a card to somebody who did not just ask for it. Never throws for what Teams answers. `stillOurs` is asked
 * right before each attempt: waiting for a turn or for the next attempt may take longer than a claim holds.
 */
export type Proactive = (reference: Reference, card: Card, stillOurs: () => boolean) => Promise<Sent>;

/** How often and how long apart; the numbers are those of the example in rate-limit.md. */
export type RetryPolicy = {
  readonly attempts: number;
  readonly baseMs: number;
  readonly maxMs: number;
  /** After this long without an answer the request is broken off; whether it arrived is uncertain. */
  readonly answerWithinMs: number;
};
export const RETRY_POLICY: RetryPolicy = {
  attempts: 4,
  baseMs: 1_000,
  maxMs: 20_000,
  answerWithinMs: 15_000,
};

/** How it ends: nothing more leaves after `stop`, and what has left is not waited for any longer after `breakOff`. */
export type Ending = { readonly stop: AbortSignal; readonly breakOff: AbortSignal };
const NEVER = new AbortController().signal;
const NO_END: Ending = { stop: NEVER, breakOff: NEVER };

/** The part of botbuilder's connector client that is used; botbuilder does not export the type. */
type ConnectorClient = {
  readonly client?: { readonly pipeline?: { addPolicy(policy: AgentPolicy): void } };
  readonly conversations: {
    sendToConversation(
      conversation: string,
      activity: Partial<Activity>,
      options: { readonly abortSignal: AbortSignal },
    ): Promise<{ id?: string }>;
  };
};

/** Sources: MicrosoftDocs/msteams-docs, build-conversational-capability.md and rate-limit.md. */
const GONE = [403, 404];
const TRY_AGAIN = [412, 429, 502, 503, 504];
type OutgoingRequest = { readonly abortSignal?: AbortSignal };
type AgentPolicy = {
  readonly name: string;
  sendRequest(
    request: OutgoingRequest,
    next: (request: OutgoingRequest) => Promise<unknown>,
  ): Promise<unknown>;
};

/** Who wants to know that a request has its token and leaves, by what breaks the request off. */
const LEAVING = new WeakMap<AbortSignal, () => void>();

/** Before these the request never left, so that trying again cannot send twice. */
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

export function createProactive(
  adapter: CloudAdapter,
  appId: string,
  rates: Rates,
  policy: RetryPolicy = RETRY_POLICY,
  ending: Ending = NO_END,
): Proactive {
  const underway = new Set<() => void>();
  // As many messages as are on their way listen to it.
  setMaxListeners(0, ending.breakOff);
  ending.stop.addEventListener('abort', () => underway.forEach((stop) => void stop()), { once: true });
  /** A client for each service address; the promise is kept, so that many at once make one. */
  const clients = new Map<string, Promise<ConnectorClient>>();
  const clientFor = (reference: Reference): Promise<ConnectorClient> => {
    const found = clients.get(reference.serviceUrl) ?? connect(adapter, appId, reference);
    clients.set(reference.serviceUrl, found);
    found.catch(() => clients.delete(reference.serviceUrl));
    return found;
  };
  const again = retry(
    handleWhenResult((result) => mayTryAgain(result as Sent, policy)),
    { maxAttempts: policy.attempts - 1, backoff: backoffOf(policy) },
  );
  const attempt = async (
    reference: Reference,
    card: Card,
    stillOurs: () => boolean,
    outside: Outside,
  ): Promise<Sent> => {
    // Before the turn: what is late after it leaves together with those behind it.
    const client = await clientFor(reference);
    const leaves = await rates.turn(reference.tenant, reference.conversation);
    if (ending.stop.aborted || !stillOurs()) return { kind: 'withheld' };
    outside.post = post(
      client,
      reference,
      card,
      { ms: policy.answerWithinMs, signal: ending.breakOff },
      leaves,
    );
    const sent = await outside.post;
    outside.post = null;
    if (sent.kind === 'retry' && sent.why.startsWith('429')) rates.tooMuch(reference.tenant, sent.afterMs);
    return sent;
  };
  return async (reference, card, stillOurs) => {
    const outside: Outside = { post: null };
    let stop = () => {};
    // Waiting for a turn or for another attempt ends at once; what is on its way is waited for.
    const stopped = new Promise<Sent>((resolve) => {
      stop = () => resolve(outside.post ?? { kind: 'withheld' });
    });
    underway.add(stop);
    try {
      return await Promise.race([again.execute(() => attempt(reference, card, stillOurs, outside)), stopped]);
    } finally {
      underway.delete(stop);
    }
  };
}

/** The request of a message that is on its way now, if there is one. */
type Outside = { post: Promise<Sent> | null };

/** What Teams wants to wait longer for than we do is for a later tick, not for sooner than it asked. */
function mayTryAgain(sent: Sent, { maxMs }: RetryPolicy): boolean {
  return sent.kind === 'retry' && (sent.afterMs ?? 0) <= maxMs;
}

/**
 * The client that adapter and credentials make for a service address. It signs each request anew, so it is kept:
 * going through a whole turn of the adapter for each message costs twice the time.
 */
async function connect(adapter: CloudAdapter, appId: string, reference: Reference): Promise<ConnectorClient> {
  let client: ConnectorClient | undefined;
  await adapter.continueConversationAsync(appId, conversationReference(reference), async (context) => {
    client = context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey);
  });
  if (client === undefined) throw new CodedError('no-connector', 'the adapter made no connector client');
  // What is added last comes last, after the one that fetches and adds the token.
  client.client?.pipeline?.addPolicy({
    name: 'tellThatItLeaves',
    sendRequest(request, next) {
      if (request.abortSignal !== undefined) LEAVING.get(request.abortSignal)?.();
      return next(request);
    },
  });
  return client;
}

async function post(
  client: ConnectorClient,
  reference: Reference,
  card: Card,
  within: { readonly ms: number; readonly signal: AbortSignal },
  leaves: () => void,
): Promise<Sent> {
  const message = proactiveMessage(reference, card);
  const { signal, ...breakOff } = openBreakOff(within);
  let left = false;
  LEAVING.set(signal, () => {
    left = true;
    leaves();
  });
  try {
    const sending = client.conversations.sendToConversation(reference.conversation, message, {
      abortSignal: signal,
    });
    const answer = await Promise.race([sending, breakOff.late]);
    return { kind: 'sent', activity: answer?.id ?? '' };
  } catch (error) {
    if (!left) return { kind: 'retry', why: 'no token', afterMs: null };
    if (signal.aborted) return { kind: 'uncertain', why: 'no answer in time' };
    return outcomeOf(error);
  } finally {
    breakOff.done();
  }
}

/** Breaks off after so long or on a signal, and then `late` rejects: not all that is waited for can be broken off. */
function openBreakOff({ ms, signal }: { readonly ms: number; readonly signal: AbortSignal }) {
  const controller = new AbortController();
  let breakOff = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    breakOff = () => {
      controller.abort();
      reject(new CodedError('no-answer', 'no answer in time'));
    };
  });
  const timer = setTimeout(breakOff, ms);
  signal.addEventListener('abort', breakOff, { once: true });
  const done = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', breakOff);
  };
  return { signal: controller.signal, late, done };
}

/**
 * With all that the SDK puts into an answer: some tenants refuse a message (403) that says nowhere which tenant and
 * which kind of conversation it is for. Posting to the connector past a TurnContext leaves that to us.
 */
function proactiveMessage(reference: Reference, card: Card): Partial<Activity> {
  const addressed = TurnContext.applyConversationReference(cardMessage(card), {
    ...conversationReference(reference),
    locale: card.lang,
  });
  return { ...addressed, channelData: { tenant: { id: reference.tenant } } };
}

function conversationReference(reference: Reference): Partial<ConversationReference> {
  return {
    channelId: reference.channel,
    serviceUrl: reference.serviceUrl,
    bot: { id: reference.bot, name: '' },
    user: { id: reference.user, name: '' },
    conversation: {
      id: reference.conversation,
      tenantId: reference.tenant,
      conversationType: 'personal',
      isGroup: false,
      name: '',
    },
  };
}

type HttpError = {
  readonly statusCode?: number;
  readonly code?: string;
  readonly details?: unknown;
  readonly response?: { readonly headers?: { get?(name: string): string | undefined } };
};

function outcomeOf(error: unknown): Sent {
  const { statusCode, code, response } = error as HttpError;
  if (statusCode === undefined) {
    const why = typeof code === 'string' ? code : 'no answer';
    return NEVER_LEFT.includes(why) ? { kind: 'retry', why, afterMs: null } : { kind: 'uncertain', why };
  }
  const why = `${statusCode} ${subCodeOf(error as HttpError)}`.trim();
  if (GONE.includes(statusCode)) return { kind: 'gone', why };
  if (!TRY_AGAIN.includes(statusCode)) return { kind: 'failed', why };
  return { kind: 'retry', why, afterMs: waitOf((name) => response?.headers?.get?.(name)) };
}

/**
 * `Retry-After` as the HTTP standard has it: seconds, or a moment, by the clock of whoever answered; null for what
 * is neither, or has passed.
 */
function waitOf(header: (name: string) => string | undefined): number | null {
  const retryAfter = header('retry-after')?.trim() ?? '';
  const ms = /^[\d.]+$/.test(retryAfter)
    ? Number(retryAfter) * 1_000
    : Date.parse(retryAfter) - Date.parse(header('date') ?? '');
  return ms > 0 ? ms : null;
}

/** The code of a refusal, also the one that Teams puts as JSON inside the message (errorCode 209). */
function subCodeOf({ code, details }: HttpError): string {
  const body = typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {};
  const inner = typeof body.message === 'string' ? /"subCode"\s*:\s*"(\w{1,64})"/.exec(body.message) : null;
  if (inner?.[1] !== undefined) return inner[1];
  return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : '';
}

/** What Teams asks for, else twice as long each time, with jitter so that not everybody comes back at once. */
function backoffOf({ baseMs, maxMs }: RetryPolicy): IBackoffFactory<IRetryBackoffContext<unknown>> {
  return {
    next(context) {
      const { attempt, result } = context;
      const sent = 'value' in result ? (result.value as Sent) : null;
      const asked = sent?.kind === 'retry' ? sent.afterMs : null;
      const usual = Math.min(maxMs, baseMs * 2 ** (attempt - 1)) * (0.8 + 0.4 * Math.random());
      return { ...this, duration: Math.min(asked ?? usual, maxMs) };
    },
  };
}
