/** A clock that jumps from one waiting to the next: hours pass in no time. Who waits is called `late` ms too late. */
export function simulatedClock(late: () => number = () => 0) {
  let time = 0;
  const waiting: { until: number; wake: () => void }[] = [];
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    monotonicNow: () => time,
    sleep: (ms: number) =>
      new Promise<void>((wake) => {
        waiting.push({ until: time + Math.max(0, ms) + late(), wake });
      }),
    /** Lets time pass until nobody waits any more, or up to an instant. */
    async run(before = Number.POSITIVE_INFINITY) {
      for (await settled(); waiting.length > 0; await settled()) {
        const next = Math.min(...waiting.map(({ until }) => until));
        if (next >= before) break;
        time = Math.max(time, next);
        const woken = waiting.filter(({ until }) => until <= time);
        for (const one of woken) waiting.splice(waiting.indexOf(one), 1);
        for (const { wake } of woken) wake();
      }
      if (Number.isFinite(before)) time = Math.max(time, before);
    },
  };
}

/** The most that fell in any stretch of a window's length. */
export function mostIn(times: readonly number[], ms: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted.reduce((most, from, first) => {
    const beyond = sorted.findIndex((time) => time >= from + ms);
    return Math.max(most, (beyond === -1 ? sorted.length : beyond) - first);
  }, 0);
}
