import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { type Authentication, createAdapter } from '../../../bot/teams/adapter.js';
import { DELIVERY, type DeliveryPolicy } from '../../../bot/teams/delivery-policy.js';
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

/** What reminders go out by, over the adapter of earnest. */
export function proactiveSender(options: {
  readonly authentication: NonNullable<Authentication>;
  readonly appId: string;
  readonly policy: DeliveryPolicy;
  readonly rates?: Rates;
}): Proactive {
  const { authentication, appId, policy, rates = UNLIMITED } = options;
  const monotonicNow = () => performance.now();
  const adapter = createAdapter({
    authentication,
    log: pino({ level: 'silent' }),
    newId: randomUUID,
    langOf: () => 'nl',
    monotonicNow,
    after: () => () => undefined,
    policies: DELIVERY,
    goesOn: () => undefined,
  });
  return createProactive({ adapter, appId, rates, monotonicNow, policy });
}
