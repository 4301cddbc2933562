import type { Card } from '../../cards/render.js';
import type { Reference } from '../domain/person.js';
import { ABORTED, forMany, unlessAborted } from '../timeout.js';
import { type Authentication, createSigning, request, UNWATCHED, type WatchRequests } from './connector.js';
import {
  type Attempt,
  type DeliveryPolicy,
  deliver,
  type MonotonicNow,
  NOT_NOW,
  type Outcome,
} from './delivery-policy.js';
import type { Rates } from './send-rate.js';

/** What came of sending a message that nobody asked for just now. */
export type Sent = Outcome;

/**
 * Sends a card to somebody who did not just ask for it. Never throws for what Teams answers. `holdsLease` is asked
 * right before each attempt: waiting for a turn or for the next attempt may take longer than a claim holds.
 */
export type Proactive = (reference: Reference, card: Card, holdsLease: () => boolean) => Promise<Sent>;

/** How it ends: nothing more leaves after `stop`, and what has left is not waited for any longer after `breakOff`. */
export type Ending = { readonly stop: AbortSignal; readonly breakOff: AbortSignal };
const NEVER = forMany(new AbortController().signal);

const WITHHELD: Attempt = { outcome: { kind: 'withheld' }, status: null };

export type ProactiveDeps = {
  /** Asked for when there is something to send: most runs of a job send nothing, and the SDK takes long to load. */
  readonly authentication: () => Promise<Authentication>;
  readonly appId: string;
  readonly rates: Rates;
  readonly monotonicNow: MonotonicNow;
  readonly policy: DeliveryPolicy;
  readonly ending?: Ending;
  /** Told of each request that was made, and whether it was not the first for its message. */
  readonly watch?: WatchRequests;
};

export function createProactive(deps: ProactiveDeps): Proactive {
  const { authentication, appId, rates, policy, ending, watch = UNWATCHED } = deps;
  const patience = { heldMs: policy.maxMs, turnMs: policy.withinMs };
  const stop = ending === undefined ? NEVER : forMany(ending.stop);
  const breakOff = ending === undefined ? NEVER : forMany(ending.breakOff);
  const signing = createSigning();
  let signer: ReturnType<typeof openSigner> | null = null;
  const attempt = async (
    { reference, card, holdsLease }: Message,
    outside: Outside,
    ms: number,
  ): Promise<Attempt> => {
    const { tenant, conversation, serviceUrl } = reference;
    signer ??= openSigner(authentication, appId);
    const { factory, proactiveMessage } = await signer;
    const sign = signing(factory, serviceUrl);
    const leaves = await rates.turn(tenant, conversation, patience);
    if (leaves === null) return { outcome: outside.before ?? WITHHELD.outcome, status: null, isLast: true };
    if (stop.aborted || !holdsLease()) return WITHHELD;
    const message = proactiveMessage(reference, card);
    const came = watch('reminder', outside.before !== null);
    outside.post = request({ method: 'POST', serviceUrl, conversation, message }, sign, {
      within: { ms, signal: breakOff },
      leaves,
    });
    const made = await outside.post;
    came(made);
    outside.post = null;
    const { outcome, status } = made;
    if (status === 429) rates.tooMuch(tenant, outcome.kind === 'retry' ? outcome.afterMs : null);
    rates.heard(tenant, conversation, isAnswered(made));
    outside.before = outcome;
    return made;
  };
  return async (reference, card, holdsLease) => {
    const outside: Outside = { post: null, before: null };
    const message: Message = { reference, card, holdsLease };
    const sending = deliver((ms) => attempt(message, outside, ms), {
      policy,
      monotonicNow: deps.monotonicNow,
    });
    // Waiting for a turn or for another attempt ends at once; what is on its way is waited for.
    const sent = await unlessAborted(sending, stop);
    return (sent === ABORTED ? await (outside.post ?? WITHHELD) : sent).outcome;
  };
}

type Message = { readonly reference: Reference; readonly card: Card; readonly holdsLease: () => boolean };
/**
 * The request of a message that is on its way now, if there is one, and what came of the one before: that says more than
 * that there was no turn for another.
 */
type Outside = { post: Promise<Attempt> | null; before: Outcome | null };

/** Busy is as good as silent: who is busy for everybody is to be left alone. Too much at once is an answer. */
function isAnswered({ status }: Attempt): boolean {
  return status !== null && (status === 429 || !NOT_NOW.includes(status));
}

/** What signs and addresses messages in the name of the bot itself. */
async function openSigner(authentication: ProactiveDeps['authentication'], appId: string) {
  const { ofBot, proactiveMessage } = await import('./bot-framework.js');
  return { factory: ofBot(await authentication(), appId), proactiveMessage };
}
