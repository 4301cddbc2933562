import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Activity, CloudAdapter, ConversationReference } from 'botbuilder';
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
  /** No answer after this long counts as uncertain. */
  readonly answerWithinMs: number;
};
export const RETRY_POLICY: RetryPolicy = {
  attempts: 4,
  baseMs: 1_000,
  maxMs: 20_000,
  answerWithinMs: 15_000,
};

/** The part of botbuilder's connector client that is used; botbuilder does not export the type. */
type ConnectorClient = {
  readonly client?: { readonly pipeline?: { addPolicy(policy: AgentPolicy): void } };
  readonly conversations: {
    sendToConversation(conversation: string, activity: Partial<Activity>): Promise<{ id?: string }>;
  };
};

/** Sources: MicrosoftDocs/msteams-docs, build-conversational-capability.md and rate-limit.md. */
const GONE = [403, 404];
const TRY_AGAIN = [412, 429, 502, 503, 504];
type AgentPolicy = {
  readonly name: string;
  sendRequest(
    request: { readonly url: string; agent?: unknown },
    next: (request: { readonly url: string }) => Promise<unknown>,
  ): Promise<unknown>;
};

/**
 * Idle sockets are dropped before the other side drops them: a message written into a socket that has just been
 * closed gets no answer, and nobody can tell whether it arrived. Ticks are a minute apart, so that would be the
 * first message of each.
 */
const IDLE_SOCKET_MS = 2_000;
const AGENTS = {
  'http:': new HttpAgent({ keepAlive: true, timeout: IDLE_SOCKET_MS }),
  'https:': new HttpsAgent({ keepAlive: true, timeout: IDLE_SOCKET_MS }),
};

/** Before these the request never left, so that trying again cannot send twice. */
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

export function createProactive(
  adapter: CloudAdapter,
  appId: string,
  rates: Rates,
  policy: RetryPolicy = RETRY_POLICY,
): Proactive {
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
  const attempt = async (reference: Reference, card: Card, stillOurs: () => boolean): Promise<Sent> => {
    // Before the turn: what is late after it leaves together with those behind it.
    const client = await clientFor(reference);
    await rates.turn(reference.tenant, reference.conversation);
    if (!stillOurs()) return { kind: 'withheld' };
    const sent = await within(policy.answerWithinMs, post(client, reference, card));
    if (sent.kind === 'retry' && sent.why.startsWith('429')) rates.tooMuch(reference.tenant, sent.afterMs);
    return sent;
  };
  return (reference, card, stillOurs) => again.execute(() => attempt(reference, card, stillOurs));
}

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
  client.client?.pipeline?.addPolicy({
    name: 'freshSockets',
    sendRequest(request, next) {
      request.agent = AGENTS[new URL(request.url).protocol === 'https:' ? 'https:' : 'http:'];
      return next(request);
    },
  });
  return client;
}

async function post(client: ConnectorClient, reference: Reference, card: Card): Promise<Sent> {
  const { conversation, bot, user } = reference;
  try {
    const answer = await client.conversations.sendToConversation(conversation, {
      ...cardMessage(card),
      from: { id: bot, name: '' },
      recipient: { id: user, name: '' },
    });
    return { kind: 'sent', activity: answer?.id ?? '' };
  } catch (error) {
    return outcomeOf(error);
  }
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
  const seconds = Number(response?.headers?.get?.('retry-after'));
  return { kind: 'retry', why, afterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null };
}

/** The code of a refusal, also the one that Teams puts as JSON inside the message (errorCode 209). */
function subCodeOf({ code, details }: HttpError): string {
  const body = typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {};
  const inner = typeof body.message === 'string' ? /"subCode"\s*:\s*"(\w{1,64})"/.exec(body.message) : null;
  if (inner?.[1] !== undefined) return inner[1];
  return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : '';
}

async function within(ms: number, sending: Promise<Sent>): Promise<Sent> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Sent>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'uncertain', why: 'no answer in time' }), ms);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
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
