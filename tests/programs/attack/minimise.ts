import type { Report } from './run.js';
import type { Finding } from './world.js';

/** Worlds that are tried at most: each takes seconds. */
const MOST_TRIES = 60;

/**
 * As few of the steps as still bring a finding of the same invariant about: parts are left out, halves first, as long
 * as something can be (delta debugging). What depends on how fast things were may not come about again; then all
 * steps stay.
 */
export async function minimise(
  steps: readonly number[],
  finding: Finding,
  run: (steps: readonly number[]) => Promise<Report>,
  tell: (line: string) => void,
): Promise<readonly number[]> {
  let left = steps;
  let tries = 0;
  const brings = async (tried: readonly number[]) => {
    tries += 1;
    const { findings } = await run(tried);
    const same = findings.some(({ invariant }) => invariant === finding.invariant);
    tell(`  ${tried.length} steps: ${same ? 'still' : 'not any more'}`);
    return same;
  };
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < left.length && tries < MOST_TRIES; ) {
      const without = [...left.slice(0, from), ...left.slice(from + size)];
      if (without.length > 0 && (await brings(without))) left = without;
      else from += size;
    }
  }
  return left;
}
