import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { HasReports } from '../access/authorization.js';
import { CodedError, codeOf } from '../errors.js';
import type { Log } from '../log.js';

/** Where Microsoft Graph is and how to get a token for it: its own, unless a test says otherwise. */
export type GraphAccess = { readonly address: string; readonly token: () => Promise<string> };

export type GraphDeps = {
  readonly access: GraphAccess;
  /** The tenant that the token is for: of people elsewhere nothing can be known. */
  readonly tenant: string;
  /** Milliseconds that only go up: a clock that is set back must not make an answer or a silence last for longer. */
  readonly monotonicNow: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Log;
};

const ADDRESS = 'https://graph.microsoft.com/v1.0';
const SCOPE = 'https://graph.microsoft.com/.default';
/** A press has to be answered within seconds: a slower answer is none. */
const MOST_WAITED_MS = 2_000;
/** Reporting lines seldom change. */
const FRESH_MS = 60 * 60_000;
/** After a failure Graph is left alone for so long: nobody waits for it again and again. */
const QUIET_MS = 30_000;
const MOST_KNOWN = 10_000;
const THROTTLED = [429, 503];
const answered = z.object({ value: z.array(z.unknown()) });

/** What gives a token, as `@azure/identity` has it. */
type Credential = {
  getToken(scope: string, options: { abortSignal: AbortSignal }): Promise<{ readonly token: string } | null>;
};

/** With the bot's own identity, for the app alone. The app needs the application permission `User.Read.All`. */
export function graphAccess(credential: Credential): GraphAccess {
  return {
    address: ADDRESS,
    async token() {
      const found = await credential.getToken(SCOPE, { abortSignal: AbortSignal.timeout(MOST_WAITED_MS) });
      if (found === null) throw new CodedError('graph-no-token', 'no token for Microsoft Graph');
      return found.token;
    },
  };
}

/**
 * Asks Microsoft Graph whether somebody has people reporting to them, once an hour for each person. While it is away
 * the last answer counts, else none: then HR's list alone decides. Source: learn.microsoft.com/graph/api/
 * user-list-directreports and /graph/throttling.
 */
export function createHasReports(deps: GraphDeps): HasReports {
  const known = new LRUCache<string, { readonly has: boolean; readonly at: number }>({ max: MOST_KNOWN });
  const quietFor = new LRUCache<string, number>({ max: MOST_KNOWN });
  let quietUntil = 0;
  return async ({ tenant, person }) => {
    if (tenant !== deps.tenant) return false;
    const now = deps.monotonicNow();
    const last = known.get(person);
    if (last !== undefined && now - last.at < FRESH_MS) return last.has;
    if (now < Math.max(quietUntil, quietFor.get(person) ?? 0)) return last?.has ?? false;
    try {
      const has = await ask(deps, person);
      known.set(person, { has, at: now });
      return has;
    } catch (error) {
      // What is wrong with one person is no reason to ask nothing about the others.
      if (ofOnePerson(error)) quietFor.set(person, now + QUIET_MS);
      else quietUntil = now + QUIET_MS;
      deps.log.warn({ code: codeOf(error) }, 'Microsoft Graph did not say who manages');
      return last?.has ?? false;
    }
  };
}

/** Nobody has this id, so that nothing about anybody comes back. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The status with which Graph answers the question that is asked of it, about somebody who does not exist. */
export async function graphStatus(access: GraphAccess): Promise<number> {
  const response = await request({ access }, NOBODY);
  await response.body?.cancel();
  return response.status;
}

/** Refused for what was asked of one person. Not: for who asks, or how often; nor is silence. */
export function ofOnePerson(error: unknown): boolean {
  return /^graph-4(?!01|03|08|29)\d\d$/.test(codeOf(error));
}

async function ask(deps: GraphDeps, person: string): Promise<boolean> {
  const first = await request(deps, person);
  if (!THROTTLED.includes(first.status)) return readAnswer(first);
  const wait = Number(first.headers.get('retry-after') ?? '0') * 1_000;
  // Seconds, as Graph gives them; anything else, and what takes too long, is not waited for.
  if (!(wait <= MOST_WAITED_MS)) return readAnswer(first);
  await first.body?.cancel();
  await deps.sleep(wait);
  return readAnswer(await request(deps, person));
}

async function request({ access }: Pick<GraphDeps, 'access'>, person: string): Promise<Response> {
  const token = await access.token();
  const url = `${access.address}/users/${encodeURIComponent(person)}/directReports?$top=1&$select=id`;
  return fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(MOST_WAITED_MS),
  });
}

async function readAnswer(response: Response): Promise<boolean> {
  if (response.status === 200) {
    const parsed = answered.safeParse(await response.json());
    if (!parsed.success) throw new CodedError('graph-answer', 'Microsoft Graph answered something else');
    return parsed.data.value.length > 0;
  }
  await response.body?.cancel();
  // Somebody whom the directory does not know has nobody reporting to them.
  if (response.status === 404) return false;
  throw new CodedError(`graph-${response.status}`, `Microsoft Graph answered ${response.status}`);
}
