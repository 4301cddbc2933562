import type { Message, Outlet } from '../../../bot/teams/answer.js';
import { type Attempt, DELIVERY } from '../../../bot/teams/delivery-policy.js';

export const SENT: Attempt = { outcome: { kind: 'sent', activity: '1' }, status: 201 };
export const REFUSED: Attempt = { outcome: { kind: 'failed', why: '400 BadSyntax' }, status: 400 };

/** What left by it: messages, and answers to an invoke. */
export type Recorded = Outlet & {
  /** How often it was shown that an answer is coming. */
  readonly typed: () => number;
  readonly said: Message[];
  readonly responded: { readonly status: number; readonly body: unknown }[];
};

/** A way out that goes nowhere and writes down what was to leave; `comes` tells what comes of a message. */
export function recordingOutlet(
  invoke: Outlet['invoke'],
  comes: (message: Message) => Attempt = () => SENT,
): Recorded {
  const said: Message[] = [];
  let typed = 0;
  const responded: { readonly status: number; readonly body: unknown }[] = [];
  const outlet: Recorded = {
    said,
    responded,
    typed: () => typed,
    typing() {
      typed += 1;
    },
    invoke,
    answered: null,
    replaces: false,
    async send(message) {
      said.push(message);
      return comes(message);
    },
    update: async () => REFUSED,
    remove: async () => SENT,
    async respond(status, body) {
      responded.push({ status, body });
    },
    left: () => 8_000,
    monotonicNow: () => 0,
    policies: DELIVERY,
    goOn: () => undefined,
    uncounted: () => outlet,
  };
  return outlet;
}
