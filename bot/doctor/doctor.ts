import { type Check, type CheckDeps, checksFor, type Finding } from './checks.js';

/** What takes longer has to be called silent: whoever asked waits at a prompt. In milliseconds. */
const WITHIN_MS = 10_000;

/**
 * Looks at everything that the bot needs from outside, as the identity that it has, and changes nothing but a row of its own.
 * Never rejects. What it says holds names of settings, codes and what to do; no value of a secret, and no message of
 * a library, which might hold one.
 */
export async function examine(
  deps: CheckDeps & { readonly after: (ms: number, act: () => void) => () => void },
): Promise<readonly Finding[]> {
  const found = await Promise.all(checksFor(deps).map((check) => inTime(check, deps.after)));
  return found.flat();
}

async function inTime(
  { name, look }: Check,
  after: (ms: number, act: () => void) => () => void,
): Promise<readonly Finding[]> {
  let stopWaiting = () => {};
  const late = new Promise<readonly Finding[]>((resolve) => {
    stopWaiting = after(WITHIN_MS, () =>
      resolve([{ check: name, state: 'fault', says: `No answer within ${WITHIN_MS / 1_000} seconds.` }]),
    );
  });
  const looking = look().then((findings) => findings.map((finding) => ({ check: name, ...finding })));
  // Nobody waits any more for what it ends in.
  looking.catch(() => undefined);
  try {
    return await Promise.race([looking, late]);
  } finally {
    stopWaiting();
  }
}

/** A line for each finding, for people. */
export function asText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const mark = { ok: 'ok   ', note: 'note ', fault: 'FAULT' } as const;
  return findings
    .map(({ check, state, says }) => `${mark[state]}  ${check.padEnd(width)}  ${says}\n`)
    .join('');
}
