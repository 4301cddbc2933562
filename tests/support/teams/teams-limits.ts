/** At most `count` requests in any `seconds`. */
export interface Limit {
  readonly count: number;
  readonly seconds: number;
}

/** For each app in each tenant, over everything it asks. MicrosoftDocs/msteams-docs rate-limit.md. */
export const TENANT_LIMITS: readonly Limit[] = [{ count: 50, seconds: 1 }];

/** For each conversation: sending to it and creating it. MicrosoftDocs/msteams-docs rate-limit.md. */
export const SEND_LIMITS: readonly Limit[] = [
  { count: 7, seconds: 1 },
  { count: 8, seconds: 2 },
  { count: 60, seconds: 30 },
  { count: 1800, seconds: 3600 },
];

/** For each conversation: asking for its members. MicrosoftDocs/msteams-docs rate-limit.md. */
export const MEMBER_LIMITS: readonly Limit[] = [
  { count: 14, seconds: 1 },
  { count: 16, seconds: 2 },
  { count: 120, seconds: 30 },
  { count: 3600, seconds: 3600 },
];

/** One thing whose requests are counted together. */
export interface Meter {
  readonly key: string;
  readonly limits: readonly Limit[];
}

export interface Limiter {
  /**
   * Counts a request on all its meters, or on none when one is full: then it says how many milliseconds to
   * wait. A refused request is not counted; whether Teams counts those is nowhere written.
   */
  admit(meters: readonly Meter[]): number | undefined;
}

/** Lets everything through: for a test of something else than the limits. */
export const NO_LIMITS: Limiter = { admit: () => undefined };

/** Sliding windows over the clock given, in milliseconds. */
export function createLimiter(now: () => number): Limiter {
  const admitted = new Map<string, number[]>();
  return {
    admit: (meters) => {
      const at = now();
      const waits = meters.map(({ key, limits }) => waitFor(admitted.get(key) ?? [], limits, at));
      const wait = Math.max(0, ...waits);
      if (wait > 0) return wait;
      for (const { key, limits } of meters) {
        const times = admitted.get(key) ?? [];
        times.push(at);
        const needed = Math.max(...limits.map(({ count }) => count));
        // Trimmed in bulk, since shifting on each request would cost as much as the window is long.
        admitted.set(key, times.length > needed * 2 ? times.slice(-needed) : times);
      }
      return undefined;
    },
  };
}

function waitFor(times: readonly number[], limits: readonly Limit[], at: number): number {
  const waits = limits.map(({ count, seconds }) => {
    const oldest = times[times.length - count];
    return oldest === undefined ? 0 : oldest + seconds * 1000 - at;
  });
  return Math.max(0, ...waits);
}
