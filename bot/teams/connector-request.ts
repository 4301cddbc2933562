import { CodedError } from '../errors.js';
import { type Attempt, attemptOf } from './delivery-policy.js';
import { freshSocketsFor } from './keep-alive-agents.js';

/** The part of botbuilder's connector client that is used; botbuilder does not export the type. */
export type ConnectorClient<Message> = {
  readonly client?: { readonly pipeline?: Pipeline };
  readonly conversations: {
    sendToConversation(conversation: string, message: Message, options: Abortable): Promise<Sent>;
    replyToActivity(conversation: string, to: string, message: Message, options: Abortable): Promise<Sent>;
    updateActivity(conversation: string, id: string, message: Message, options: Abortable): Promise<Sent>;
    deleteActivity(conversation: string, id: string, options: Abortable): Promise<Sent>;
  };
};
type Sent = { readonly id?: string } | undefined;
type Abortable = { readonly abortSignal: AbortSignal };
type Pipeline = {
  removePolicy(policy: { readonly name: string }): void;
  addPolicy(policy: {
    readonly name: string;
    sendRequest(
      request: OutgoingRequest,
      next: (request: OutgoingRequest) => Promise<unknown>,
    ): Promise<unknown>;
  }): void;
};
type OutgoingRequest = { readonly url: string; agent?: unknown; readonly abortSignal?: AbortSignal };

/**
 * Told of a request before it is made, what it is for and whether one for the same message was made before; what it gives
 * back is told what came of it. Neither says for whom it is.
 */
export type WatchRequests = (purpose: 'reminder' | 'answer', again: boolean) => (came: Attempt) => void;
export const UNWATCHED: WatchRequests = () => () => undefined;

/** What to call when a request has its token and is about to leave, by the signal that would abort it. */
const LEAVING = new WeakMap<AbortSignal, () => void>();

/** Why a request was not made: there was nothing to sign it with. */
export const NO_TOKEN = 'no token';

/**
 * Takes out the retries that botbuilder's client does by itself, also of a POST that may have arrived: each is a
 * message that may come twice, and they multiply with our own. And no message goes into a socket that has been idle
 * for so long that the other side may just be closing it.
 */
export function prepareClient({ client }: Pick<ConnectorClient<unknown>, 'client'>): void {
  client?.pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
  // What is added last comes last, after the one that fetches and adds the token.
  client?.pipeline?.addPolicy({
    name: 'freshSockets',
    sendRequest(request, next) {
      request.agent = freshSocketsFor(request.url);
      if (request.abortSignal !== undefined) LEAVING.get(request.abortSignal)?.();
      return next(request);
    },
  });
}

/**
 * Makes one request of a client that was prepared, and tells what came of it; never rejects. It is broken off after
 * `ms` without an answer, or by the signal; `leaves` is called when it has its token and goes out.
 */
export async function request(
  send: (options: Abortable) => Promise<Sent>,
  within: { readonly ms: number; readonly signal?: AbortSignal },
  leaves: () => void = () => undefined,
): Promise<Attempt> {
  const { signal, ...breakOff } = openBreakOff(within);
  let left = false;
  LEAVING.set(signal, () => {
    left = true;
    leaves();
  });
  try {
    const answer = await Promise.race([send({ abortSignal: signal }), breakOff.late]);
    return { outcome: { kind: 'sent', activity: answer?.id ?? '' }, status: 200 };
  } catch (error) {
    if (!left) return { outcome: { kind: 'retry', why: NO_TOKEN, afterMs: null }, status: null };
    if (signal.aborted) return { outcome: { kind: 'uncertain', why: 'no answer in time' }, status: null };
    return attemptOf(error);
  } finally {
    breakOff.done();
  }
}

/** Breaks off after so long or on a signal, and then `late` rejects: not all that is waited for can be broken off. */
function openBreakOff({ ms, signal }: { readonly ms: number; readonly signal?: AbortSignal }) {
  const controller = new AbortController();
  let breakOff = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    breakOff = () => {
      controller.abort();
      reject(new CodedError('no-answer', 'no answer in time'));
    };
  });
  const timer = setTimeout(breakOff, ms);
  signal?.addEventListener('abort', breakOff, { once: true });
  const done = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', breakOff);
  };
  return { signal: controller.signal, late, done };
}
