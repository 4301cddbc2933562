import { inspect } from 'node:util';

const NAMED = 200;

/** A case as a failure names it: what one reads of a table's line. */
function nameOf(given: readonly unknown[]): string {
  const parts = given.map((part) =>
    typeof part === 'string' ? part : inspect(part, { depth: 1, breakLength: Number.POSITIVE_INFINITY }),
  );
  return parts.join(' | ').slice(0, NAMED);
}

/**
 * What is wrong with which case, as `case: what was expected`; empty if all is as it should be. A line of a table
 * is spread over the check, as by `it.each`, of which this is the like for one test: each case is checked, also
 * after one that fails, one after the other. Without any case it throws, since nothing was proved.
 */
export async function faultsOf<T extends readonly unknown[] | readonly [unknown]>(
  cases: readonly T[],
  check: (...given: T) => unknown,
): Promise<readonly string[]>;
export async function faultsOf<T extends readonly unknown[] | readonly [unknown]>(
  cases: readonly T[],
  check: NoInfer<(...given: T) => unknown>,
): Promise<readonly string[]>;
export async function faultsOf<T>(
  cases: readonly T[],
  check: (given: T) => unknown,
): Promise<readonly string[]>;
export async function faultsOf(
  cases: readonly unknown[],
  check: (...given: never[]) => unknown,
): Promise<readonly string[]> {
  if (cases.length === 0) throw new Error('There is no case to check.');
  const faults: string[] = [];
  for (const one of cases) {
    const given: readonly unknown[] = Array.isArray(one) ? one : [one];
    try {
      await check(...(given as never[]));
    } catch (error) {
      faults.push(`${nameOf(given)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return faults;
}
