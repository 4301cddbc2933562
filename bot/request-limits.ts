import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** More than anybody types or presses: six a second for ten seconds. */
const OF_A_PERSON = { points: 60, duration: 10 };
/**
 * Requests that were refused, by address. Those that are taken are not counted: Teams' own addresses carry
 * everybody, and behind a proxy all requests come from one.
 */
const REFUSED = { points: 100, duration: 60 };

/** How much one may ask for. In memory, each entry for as long as its window: each instance counts for itself. */
export type RequestLimits = {
  /** Counts a proven request of a person; seconds to wait when it is too much, else null. */
  person(tenant: string, person: string): Promise<number | null>;
  /** Counts a refused request from an address; seconds to wait when there were too many, else null. */
  refused(address: string): Promise<number | null>;
};

/** For what measures something else than limits. */
export const UNLIMITED: RequestLimits = { person: async () => null, refused: async () => null };

export function createRequestLimits(): RequestLimits {
  const people = new RateLimiterMemory(OF_A_PERSON);
  const addresses = new RateLimiterMemory(REFUSED);
  return {
    person: (tenant, person) => secondsToWait(people, `${tenant}|${person}`),
    refused: (address) => secondsToWait(addresses, networkOf(address)),
  };
}

/** Who has an IPv6 network has more addresses than we have memory: the network counts. */
function networkOf(address: string): string {
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
}

async function secondsToWait(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1_000);
    throw refusal;
  }
}
