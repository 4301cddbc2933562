import { inspect } from 'node:util';
import { expect } from 'vitest';
import { limitOf } from './run/time-limits.js';

const NAMED = 200;
/** Lines of each side that a failure shows. */
const SHOWN = 20;
// Taken now: a test may put a clock of its own in their place.
const { setTimeout, clearTimeout } = globalThis;

/** A case as a failure names it: what one reads of a table's line. */
function nameOf(given: readonly unknown[]): string {
  const parts = given.map((part) =>
    typeof part === 'string' ? part : inspect(part, { depth: 1, breakLength: Number.POSITIVE_INFINITY }),
  );
  return parts.join(' | ').slice(0, NAMED);
}

/** What an error says, and where it has two sides of several lines, the lines in which they differ. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { actual, expected } = error as { readonly actual?: unknown; readonly expected?: unknown };
  const [received, wanted] = [linesOf(actual), linesOf(expected)];
  if (received.length + wanted.length <= 2) return error.message;
  const apart = received.findIndex((line, at) => line !== wanted[at]);
  const from = apart === -1 ? received.length : apart;
  const back = received.toReversed().findIndex((line, at) => line !== wanted.at(-1 - at));
  const same = Math.min(back === -1 ? 0 : back, received.length - from, wanted.length - from);
  const shown = (sign: string, lines: readonly string[]) =>
    lines.slice(from, Math.min(lines.length - same, from + SHOWN)).map((line) => `\n${sign} ${line}`);
  return [error.message, ...shown('-', wanted), ...shown('+', received)].join('');
}

function linesOf(side: unknown): readonly string[] {
  return (typeof side === 'string' ? side : inspect(side, { depth: 10, sorted: true })).split('\n');
}

/** Ends what a case does not end by itself: without it the test would, and nobody would know at which case. */
async function inTime(checked: unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const ms = limitOf(expect.getState().testPath ?? '');
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end within ${ms} ms`)), ms);
  });
  await Promise.race([checked, late]).finally(() => clearTimeout(timer));
}

/**
 * What is wrong with which case, as `case: what was expected`; empty if all is as it should be. A line of a table
 * is spread over the check, as by `it.each`, of which this is the like for one test: each case is checked, also
 * after one that fails, one after the other, and none may take longer than a test. Without any case it throws, since
 * nothing was proved.
 *
 * @param between puts things back between two cases, where each needs them as they were.
 */
export async function faultsOf<T extends readonly unknown[] | readonly [unknown]>(
  cases: readonly T[],
  check: (...given: T) => unknown,
  between?: () => unknown,
): Promise<readonly string[]>;
export async function faultsOf<T extends readonly unknown[] | readonly [unknown]>(
  cases: readonly T[],
  check: NoInfer<(...given: T) => unknown>,
  between?: () => unknown,
): Promise<readonly string[]>;
export async function faultsOf<T>(
  cases: readonly T[],
  check: (given: T) => unknown,
  between?: () => unknown,
): Promise<readonly string[]>;
export async function faultsOf(
  cases: readonly unknown[],
  check: (...given: never[]) => unknown,
  between: () => unknown = () => undefined,
): Promise<readonly string[]> {
  if (cases.length === 0) throw new Error('There is no case to check.');
  const faults: string[] = [];
  for (const [at, one] of cases.entries()) {
    const given = asList(one);
    try {
      if (at > 0) await between();
    } catch (error) {
      // The scene is not as new, so that nothing after this says anything.
      faults.push(`after ${nameOf(asList(cases[at - 1]))}: ${messageOf(error)}`);
      return faults;
    }
    try {
      await inTime(check(...(given as never[])));
    } catch (error) {
      faults.push(`${nameOf(given)}: ${messageOf(error)}`);
    }
  }
  return faults;
}

function asList(one: unknown): readonly unknown[] {
  return Array.isArray(one) ? one : [one];
}
