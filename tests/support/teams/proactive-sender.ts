import type { Authentication } from '../../../bot/teams/connector.js';
import type { DeliveryPolicy } from '../../../bot/teams/delivery-policy.js';
import { createProactive, type Proactive } from '../../../bot/teams/proactive.js';
import type { Rates } from '../../../bot/teams/send-rate.js';

/** Rates that keep nobody waiting. */
export const UNLIMITED: Rates = {
  turn: async () => () => undefined,
  tooMuch: () => undefined,
  heard: () => undefined,
  heldFor: () => 0,
  state: () => ({ slowest: Number.POSITIVE_INFINITY, held: 0 }),
};

/** What reminders go out by, as the bot sends them. */
export function proactiveSender(options: {
  readonly authentication: Authentication;
  readonly appId: string;
  readonly policy: DeliveryPolicy;
  readonly rates?: Rates;
}): Proactive {
  const { authentication, appId, policy, rates = UNLIMITED } = options;
  return createProactive({
    authentication: async () => authentication,
    appId,
    rates,
    monotonicNow: () => performance.now(),
    policy,
  });
}
