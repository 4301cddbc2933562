import type { TablesRequest } from '../../support/azure/tables-proxy.js';
import type { Fault } from '../../support/teams/teams.js';
import { refused } from '../../support/teams/teams-connector.js';
import type { ConnectorRequest } from '../../support/teams/teams-routes.js';
import type { Chance } from './chance.js';
import type { PersonKey } from './secrets.js';

/** What goes wrong for a while: with whom, how, and with how many requests. */
type Trouble = {
  readonly name: string;
  readonly fault: Fault;
  /** A tenant or a person of the channel, a method and table of the tables; everything when empty. */
  readonly where: string;
  /** Of so many requests one goes wrong. */
  readonly every: number;
  /** So many more will. */
  left: number;
  seen: number;
};

/** The channel and the tables, and what goes wrong with them now. */
export type Weather = {
  /** Another trouble for the channel, and what it is. */
  stirChannel(chance: Chance, tenants: readonly string[], people: readonly PersonKey[]): string;
  /** Another trouble for the tables, and what it is; `refuse` shuts their door, which the caller has to do. */
  stirTables(chance: Chance): { readonly what: string; readonly refuse: boolean };
  /** All is well from now on. */
  clear(): void;
  readonly troubled: { channel(): boolean; tables(): boolean };
  /** When something last went wrong, by the monotonic clock in milliseconds: what follows from it is logged a little later. */
  lastStrike(): number;
  /** Called for each request to Teams or to the tables, before anything comes of it. */
  onRequest: (() => void) | null;
  /** Decides for the stand-in of Teams. */
  channel(request: ConnectorRequest): Fault | undefined;
  /** Decides for the door of the tables. */
  tables(request: TablesRequest): Fault | undefined;
  /** Requests whose answer was lost after they had done their work: what follows from them may come twice. */
  lostAnswers(): number;
};

const HTML = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';
const AS_HTML = { headers: { 'content-type': 'text/html' }, body: HTML };
/** What a service may say of how long to wait: seconds, moments, and what is neither. */
const RETRY_AFTER = [
  '0',
  '1',
  '0.5',
  '3600',
  '2147483648',
  '1e9',
  '-1',
  'soon',
  '',
  'Fri, 01 Jan 2027 00:00:00 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  '2027-01-12T10:00:00Z',
] as const;

/** Longer than one waits for an answer; the door lets go then, so that nothing waits for ever. */
const HANG_MS = 4_000;

function channelFaults(chance: Chance): readonly (readonly [string, Fault, number])[] {
  const retryAfter = chance.of(RETRY_AFTER);
  const headers = { 'retry-after': retryAfter };
  return [
    ['reset', { closeSocket: true }, 3],
    ['answer lost', { closeSocket: true, afterDelivery: true }, 2],
    ['slow', { delayMs: chance.between(50, 900) }, 3],
    ['hang', { delayMs: HANG_MS, closeSocket: true }, 1],
    ['hang after delivery', { delayMs: HANG_MS, closeSocket: true, afterDelivery: true }, 1],
    [`429 ${retryAfter}`, { status: 429, headers, body: error('Throttled') }, 4],
    ['429', { status: 429, body: error('Throttled') }, 3],
    [`503 ${retryAfter}`, { status: 503, headers, body: error('ServiceUnavailable') }, 3],
    ['412', { status: 412, body: error('PreconditionFailed') }, 3],
    ['409', { status: 409, body: error('Conflict') }, 1],
    ['400', { status: 400, body: error('BadArgument') }, 1],
    ['401', { status: 401, body: error('Unauthorized') }, 1],
    ['413', { status: 413, body: error('MessageSizeTooBig') }, 1],
    ['500', { status: 500, body: error('ServiceError') }, 2],
    ['500 after delivery', { status: 500, body: error('ServiceError'), afterDelivery: true }, 1],
    ['502 html', { status: 502, ...AS_HTML }, 3],
    ['504', { status: 504 }, 2],
    ['403 html', { status: 403, ...AS_HTML }, 1],
    ['404 ConversationNotFound', { status: 404, body: error('ConversationNotFound') }, 2],
    ['404 html', { status: 404, ...AS_HTML }, 1],
    ['403 MessageWritesBlocked', refused('MessageWritesBlocked'), 2],
    ['403 BotNotInConversationRoster', refused('BotNotInConversationRoster'), 1],
    ['403 ForbiddenOperationException', refused('ForbiddenOperationException'), 1],
    ['403 BotDisabledByAdmin', refused('BotDisabledByAdmin'), 1],
  ];
}

function tableFaults(chance: Chance): readonly (readonly [string, Fault, number])[] {
  const retryAfter = chance.of(RETRY_AFTER);
  const headers = { 'retry-after': retryAfter };
  return [
    ['reset', { closeSocket: true }, 3],
    ['answer lost', { closeSocket: true, afterDelivery: true }, 5],
    ['slow', { delayMs: chance.between(20, 400) }, 3],
    ['very slow', { delayMs: chance.between(1_000, 2_600) }, 1],
    ['hang', { delayMs: 9_000, closeSocket: true }, 0.3],
    [`503 ${retryAfter}`, { status: 503, headers, body: tablesError('ServerBusy') }, 3],
    [`429 ${retryAfter}`, { status: 429, headers, body: tablesError('TooManyRequests') }, 1],
    ['500', { status: 500, body: tablesError('InternalError') }, 3],
    ['500 after the write', { status: 500, body: tablesError('OperationTimedOut'), afterDelivery: true }, 3],
    ['404 TableNotFound', { status: 404, body: tablesError('TableNotFound') }, 3],
    ['409 TableBeingDeleted', { status: 409, body: tablesError('TableBeingDeleted') }, 2],
    ['403', { status: 403, body: tablesError('AuthenticationFailed') }, 2],
    ['502 html', { status: 502, ...AS_HTML }, 2],
  ];
}

/** `sheltered` are conversations with which nothing ever goes wrong. */
export function openWeather(
  sheltered: (conversation: string) => boolean,
  keyOf: (conversation: string) => PersonKey | undefined,
): Weather {
  let channel: Trouble | null = null;
  let tables: Trouble | null = null;
  let shut = false;
  let lost = 0;
  let lastStrike = Number.NEGATIVE_INFINITY;
  const strike = (trouble: Trouble | null): Fault | undefined => {
    if (trouble === null || trouble.left <= 0) return undefined;
    trouble.seen += 1;
    if (trouble.seen % trouble.every !== 0) return undefined;
    trouble.left -= 1;
    lastStrike = performance.now();
    if (trouble.fault.afterDelivery) lost += 1;
    return trouble.fault;
  };
  const brew = (
    chance: Chance,
    faults: readonly (readonly [string, Fault, number])[],
    where: string,
  ): Trouble => {
    const [name, fault] = chance.weighted(faults.map((one) => [one, one[2]] as const));
    const slow = (fault.delayMs ?? 0) >= 1_000;
    const left = slow ? chance.between(1, 2) : chance.of([1, 2, 3, 8, 30]);
    return { name, fault, where, every: chance.of([1, 1, 1, 2, 3]), left, seen: 0 };
  };
  const told = ({ name, where, every, left }: Trouble) =>
    `${name} for ${where === '' ? 'everything' : where}, ${left} times, every ${every}`;
  const weather: Weather = {
    onRequest: null,
    lastStrike: () => lastStrike,
    stirChannel(chance, tenants, people) {
      const where = chance.weighted([
        ['', 2],
        [chance.any(tenants) ?? '', 1],
        [chance.any(people) ?? '', 3],
      ]);
      channel = brew(chance, channelFaults(chance), where);
      return told(channel);
    },
    stirTables(chance) {
      const table = chance.of(['', '', 'people', 'managers', 'about', 'reminders', 'nudges', 'audit']);
      const method = chance.of(['', '', 'GET', 'POST', 'PUT', 'write']);
      shut = chance.yes(0.08);
      if (shut) return { what: 'nothing listens', refuse: true };
      tables = brew(chance, tableFaults(chance), `${method} ${table}`.trim());
      return { what: told(tables), refuse: false };
    },
    clear() {
      channel = null;
      tables = null;
      shut = false;
    },
    troubled: {
      channel: () => channel !== null && channel.left > 0,
      tables: () => shut || (tables !== null && tables.left > 0),
    },
    channel({ conversationId = '' }) {
      weather.onRequest?.();
      if (channel === null || sheltered(conversationId)) return undefined;
      const person = keyOf(conversationId) ?? '';
      return channel.where === '' || person.startsWith(channel.where) ? strike(channel) : undefined;
    },
    tables({ method, table }) {
      weather.onRequest?.();
      if (tables === null) return undefined;
      const [one = '', other = ''] = tables.where.split(' ');
      const methods = ['GET', 'POST', 'PUT', 'write'];
      const wanted = methods.includes(one) ? one : '';
      const name = wanted === '' ? one : other;
      const fits = wanted === '' || (wanted === 'write' ? method !== 'GET' : method === wanted);
      return fits && table.endsWith(name) ? strike(tables) : undefined;
    },
    lostAnswers: () => lost,
  };
  return weather;
}

function error(code: string) {
  return { error: { code, message: code } };
}

function tablesError(code: string) {
  return { 'odata.error': { code, message: { lang: 'en-US', value: code } } };
}
