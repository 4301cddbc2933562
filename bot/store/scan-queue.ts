import type { ScanKey } from './scan-seal.js';

/** Runs what is asked for under one name one after the other, in the order in which it was asked. */
export type InTurn = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * Does at once what several ask for of the same scan while another of them is at work: whoever is first in the line does it
 * for all who stand there. One write for each would make the last of many late, and fifty who write the same row by
 * themselves at one moment would get in each other's way until some give up.
 */
export function createGathering<Item, Result>(
  inTurn: InTurn,
  work: (scan: ScanKey, items: readonly Item[]) => Promise<readonly Result[]>,
): (scan: ScanKey, item: Item) => Promise<Result> {
  type Waiting = { readonly item: Item; result: { readonly is: Result } | null };
  const waiting = new Map<string, readonly Waiting[]>();
  return (scan, item) => {
    const name = queueOf(scan);
    const mine: Waiting = { item, result: null };
    waiting.set(name, [...(waiting.get(name) ?? []), mine]);
    const resultOf = (one: Waiting) => one.result;
    return inTurn(name, async () => {
      const done = resultOf(mine);
      if (done !== null) return done.is;
      try {
        const batch = waiting.get(name) ?? [];
        const results = await work(
          scan,
          batch.map((one) => one.item),
        );
        for (const [at, is] of results.entries()) {
          const one = batch[at];
          if (one !== undefined) one.result = { is };
        }
      } finally {
        // What failed is told to who led it alone: the others lead themselves.
        const left = (waiting.get(name) ?? []).filter((one) => one !== mine && one.result === null);
        if (left.length > 0) waiting.set(name, left);
        else waiting.delete(name);
      }
      const now = resultOf(mine);
      if (now === null) throw new RangeError('nothing came of what was asked for');
      return now.is;
    });
  };
}

export function createQueue(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = last.get(name) ?? Promise.resolve();
    const run = before.then(work, work);
    const settled = run.catch(() => undefined);
    last.set(name, settled);
    void settled.then(() => {
      if (last.get(name) === settled) last.delete(name);
    });
    return run;
  };
}

/** The name under which what is asked for of one scan comes one after the other. */
export function queueOf({ tenant, id }: ScanKey): string {
  return `${tenant}|${id}`;
}
