import type { Fault } from '../support/teams/teams.js';
import { refused } from '../support/teams/teams-connector.js';
import type { ConnectorRequest } from '../support/teams/teams-routes.js';

/** Long beside what the bot waits by itself, short beside the tests: Teams itself counts in whole seconds. */
export const RETRY_AFTER_MS = 300;

/** What a channel does wrong, by a name to count it under. */
export const FAULTS = {
  '429 with Retry-After': {
    status: 429,
    headers: { 'retry-after': String(RETRY_AFTER_MS / 1_000) },
    body: error('Throttled'),
  },
  '429 without': { status: 429, body: error('Throttled') },
  '412': { status: 412, body: error('PreconditionFailed') },
  '500': { status: 500, body: error('ServiceError') },
  '502': { status: 502 },
  '503': { status: 503 },
  '504': { status: 504 },
  hang: { hang: true },
  'closed socket': { closeSocket: true },
  'hang after delivery': { hang: true, afterDelivery: true },
  'closed socket after delivery': { closeSocket: true, afterDelivery: true },
  '403 MessageWritesBlocked': refused('MessageWritesBlocked'),
  '403 BotNotInConversationRoster': refused('BotNotInConversationRoster'),
  '403 ForbiddenOperationException': refused('ForbiddenOperationException'),
  '403 ConversationBlockedByUser': refused('ConversationBlockedByUser'),
  '403 BotDisabledByAdmin': refused('BotDisabledByAdmin'),
  '403 without a reason': { status: 403 },
  '404': { status: 404, body: error('ConversationNotFound') },
} as const satisfies Readonly<Record<string, Fault>>;
export type FaultName = keyof typeof FAULTS;

const NAMES = Object.keys(FAULTS) as FaultName[];
/** So many requests of each conversation may go wrong, so that there is an end to it; and how many of them do. */
const FIRST_REQUESTS = 6;
const SHARE = 0.4;

export type Weather = {
  readonly fault: (request: ConnectorRequest) => Fault | undefined;
  /** How often each went wrong. */
  readonly seen: ReadonlyMap<FaultName, number>;
};

/**
 * A channel that fails at random, the same again for the same seed: what happens to a request follows from whose it
 * is and which of theirs, not from when it comes. `hopeless` are those with whom it never goes well.
 */
export function badWeather(seed: number, hopeless: ReadonlyMap<string, FaultName>): Weather {
  const requests = new Map<string, number>();
  const seen = new Map<FaultName, number>();
  return {
    seen,
    fault({ person = '' }) {
      const nth = (requests.get(person) ?? 0) + 1;
      requests.set(person, nth);
      const name = hopeless.get(person) ?? drawn(`${seed} ${person} ${nth}`, nth);
      if (name === undefined) return undefined;
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return FAULTS[name];
    },
  };
}

function drawn(text: string, nth: number): FaultName | undefined {
  const number = hash(text);
  if (nth > FIRST_REQUESTS || number >= SHARE) return undefined;
  return NAMES[Math.floor((number / SHARE) * NAMES.length)];
}

/** FNV-1a with a finish, as a number from 0 to 1. */
function hash(text: string): number {
  let mixed = 0x811c9dc5;
  for (const character of text) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}

function error(code: string) {
  return { error: { code, message: code } };
}
