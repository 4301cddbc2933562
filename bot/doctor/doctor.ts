import { type After, TIMED_OUT, withTimeout } from '../timeout.js';
import { type Check, type CheckDeps, checksFor, type Finding } from './checks.js';

/** What takes longer has to be called silent: whoever asked waits at a prompt. In milliseconds. */
const WITHIN_MS = 10_000;

/**
 * Looks at everything that the bot needs from outside, as the identity that it has, and changes nothing but a row of its own.
 * Never rejects. What it says holds names of settings, codes and what to do; no value of a secret, and no message of
 * a library, which might hold one.
 */
export async function examine(deps: CheckDeps & { readonly after: After }): Promise<readonly Finding[]> {
  const found = await Promise.all(checksFor(deps).map((check) => inTime(check, deps.after)));
  return found.flat();
}

async function inTime({ name, look }: Check, after: After): Promise<readonly Finding[]> {
  const findings = await withTimeout(WITHIN_MS, look(), after);
  if (findings === TIMED_OUT)
    return [{ check: name, state: 'fault', says: `No answer within ${WITHIN_MS / 1_000} seconds.` }];
  return findings.map((finding) => ({ check: name, ...finding }));
}

/** A line for each finding, for people. */
export function asText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const mark = { ok: 'ok   ', note: 'note ', fault: 'FAULT' } as const;
  return findings
    .map(({ check, state, says }) => `${mark[state]}  ${check.padEnd(width)}  ${says}\n`)
    .join('');
}
