import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OneDrive } from '../azure/fake-one-drive.js';
import type { Activity, Identity } from './activities.js';
import type { Issuer } from './issuer.js';
import { type BotAnswer, type PostOptions, postJson } from './post-json.js';
import { type ConnectorAnswer, createConnector } from './teams-connector.js';
import { createTeamsIds } from './teams-ids.js';
import { createLimiter, NO_LIMITS } from './teams-limits.js';
import { abandon, createMailboxes } from './teams-mailbox.js';
import { createPerson, type Person } from './teams-person.js';
import { type ConnectorRequest, understand } from './teams-routes.js';

export interface TeamsOptions {
  readonly appId: string;
  /** Signs what goes to the bot, and makes the stand-in insist on a bearer token; anonymous without. */
  readonly issuer?: Issuer;
  /** Where the bot listens, without `/api/messages`; asked for at each activity. */
  readonly botUrl?: () => string;
  readonly botName?: string;
  /** Milliseconds; for the limits, and for the instants in activities. */
  readonly now?: () => number;
  /** `off` takes any number of requests a second; Teams' own limits unless said. */
  readonly limits?: 'strict' | 'off';
  /** Where files go that people accept; without, Teams takes none from a bot. */
  readonly oneDrive?: OneDrive;
  /** For the ids; unless said, a different one for each stand-in in this process. */
  readonly seed?: number;
}

export interface PersonOptions {
  readonly name: string;
  /** The tenant's id; that of `teams.tenantId` unless said. */
  readonly tenant?: string;
  readonly objectId?: string;
  readonly locale?: string;
  readonly timezone?: string;
  /** The service address that this person's tenant uses: `amer` unless said. */
  readonly region?: string;
  /** Has the bot already, without an event about it. */
  readonly installed?: boolean;
}

/** A request as it came in; without a status the bot never got an answer. */
export interface Received extends ConnectorRequest {
  readonly status?: number;
}

/** What goes wrong with a request; a delay alone answers as usual, only later. */
export interface Fault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Never answers. */
  readonly hang?: boolean;
  readonly closeSocket?: boolean;
  readonly delayMs?: number;
  /** Does what was asked first, so that only the answer goes wrong. */
  readonly afterDelivery?: boolean;
}

/** Stands in for Teams: the connector that a bot sends to, and the people who use the bot. */
export interface Teams {
  readonly appId: string;
  readonly tenantId: string;
  /** The service address of the region `amer`. */
  readonly serviceUrl: string;
  /** What Teams would refuse, or somebody who reviews the bot would remark on. */
  readonly violations: string[];
  readonly received: readonly Received[];
  /** The requests that were answered with 429. */
  readonly throttled: readonly Received[];
  person(options: PersonOptions): Person;
  /** Another guid from the same seed, for a second tenant. */
  newTenant(): string;
  /** From now on this Teams has no files for bots. */
  refuseFiles(): void;
  /** Posts any activity to the bot. */
  post(activity: Activity, options?: PostOptions): Promise<BotAnswer>;
  /** From now on asks this for each request whether it goes wrong, before anything else; nothing to stop. */
  fault(decide?: (request: ConnectorRequest) => Fault | undefined): void;
  close(): Promise<void>;
}

/** A token names no more: with a longer one its header would be larger than any server reads. */
const LONGEST_SERVICE_URL = 2_000;
/** A token is used for a while, as the Bot Framework does; signing each would cost more than the turn. */
const TOKEN_SECONDS = 300;
/**
 * After about this long Teams tells the person that the app cannot be reached
 * (microsoft/AdaptiveCards#3701).
 */
const INVOKE_SECONDS = 10;

let seeds = 0;

export async function startTeams(options: TeamsOptions): Promise<Teams> {
  const now = options.now ?? Date.now;
  seeds += 1;
  const ids = createTeamsIds(options.seed ?? seeds);
  const violations: string[] = [];
  const received: Received[] = [];
  const throttled: Received[] = [];
  const mailboxes = createMailboxes();
  const delays = new Map<NodeJS.Timeout, () => void>();
  const closing = new AbortController();
  // Everything that is posted listens to it, however much at once.
  setMaxListeners(0, closing.signal);
  const tokens = new Map<string, { token: Promise<string>; until: number }>();
  const limiter = options.limits === 'off' ? NO_LIMITS : createLimiter(now);
  const violation = (text: string) => void violations.push(text);
  const { oneDrive } = options;
  let takesFiles = oneDrive !== undefined;
  const world = { ids, mailboxes, limiter, now, violation, oneDrive, takesFiles: () => takesFiles };
  const connector = createConnector(world);
  let decide: (request: ConnectorRequest) => Fault | undefined = () => undefined;

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => {
      violations.push(`a request that the stand-in could not read: ${error.message}`);
      response.destroy();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serviceUrl = (region: string) => `${origin}/${region}/`;
  const tenantId = ids.guid();

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = incoming.method ?? '';
    const body = await readJson(incoming);
    const understood = understand(mailboxes, method, incoming.url ?? '', body);
    const request = { method, headers: incoming.headers, body, time: now(), ...understood };
    const entry: { -readonly [K in keyof Received]: Received[K] } = { ...request };
    received.push(entry);
    const fault = decide(request);
    if (fault?.delayMs) await delay(fault.delayMs);
    const usual = fault && !fault.afterDelivery && !onlyDelays(fault) ? undefined : answerTo(request, entry);
    if (fault?.hang) return;
    if (fault?.closeSocket) return void incoming.socket.destroy();
    const answer = fault?.status === undefined ? usual : { ...fault, status: fault.status };
    entry.status = answer?.status ?? 500;
    respond(response, answer ?? { status: 500 });
  }

  function answerTo(request: ConnectorRequest, entry: Received): ConnectorAnswer {
    if (options.issuer && !/^Bearer \S+$/.test(String(request.headers.authorization ?? ''))) {
      violations.push(`${request.method} ${request.path} without a bearer token`);
      return { status: 401, body: { error: { code: 'Unauthorized', message: 'No authorization.' } } };
    }
    const refusal = connector.throttle(request);
    if (refusal) throttled.push(entry);
    return refusal ?? connector.handle(request);
  }

  function delay(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        delays.delete(timer);
        resolve();
      }, milliseconds);
      delays.set(timer, resolve);
    });
  }

  async function tokenFor(activity: Activity): Promise<string | undefined> {
    const address = activity.serviceUrl ?? '';
    // An activity that is made to be odd has no text there.
    const serviceurl = typeof address === 'string' ? address.slice(0, LONGEST_SERVICE_URL) : address;
    const known = tokens.get(serviceurl);
    if (known && known.until > Date.now()) return known.token;
    if (!options.issuer) return undefined;
    const token = options.issuer.sign({ serviceurl });
    tokens.set(serviceurl, { token, until: Date.now() + TOKEN_SECONDS * 1000 });
    return token;
  }

  async function post(activity: Activity, { token }: PostOptions = {}): Promise<BotAnswer> {
    if (!options.botUrl) throw new Error('startTeams was not told where the bot is: botUrl');
    const bearer = token === undefined ? await tokenFor(activity) : token;
    const headers = {
      'x-ms-conversation-id': inHeader(activity.conversation?.id),
      'x-ms-tenant-id': inHeader(activity.conversation?.tenantId),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    };
    const started = performance.now();
    const answer = await postJson(`${options.botUrl()}/api/messages`, activity, headers, closing.signal);
    const seconds = (performance.now() - started) / 1000;
    if (activity.type === 'invoke' && seconds > INVOKE_SECONDS)
      violations.push(`an invoke answered after ${seconds} s`);
    if (answer.status >= 500) violations.push(`the bot answered ${activity.type} with HTTP ${answer.status}`);
    return answer;
  }

  return {
    appId: options.appId,
    tenantId,
    serviceUrl: serviceUrl('amer'),
    violations,
    received,
    throttled,
    newTenant: () => ids.guid(),
    refuseFiles: () => {
      takesFiles = false;
    },
    post,
    fault: (next = () => undefined) => {
      decide = next;
    },
    person: (person) => {
      const identity: Identity = {
        name: person.name,
        userId: ids.user(),
        objectId: person.objectId ?? ids.guid(),
        tenantId: person.tenant ?? tenantId,
        conversationId: ids.conversation(),
        locale: person.locale ?? 'nl-NL',
        timezone: person.timezone ?? 'Europe/Amsterdam',
      };
      const mailbox = mailboxes.open(identity, person.region ?? 'amer', person.installed ?? false);
      const bot = { appId: options.appId, botName: options.botName ?? 'Kopje Koffie' };
      return createPerson(mailbox, { ...world, ...bot, serviceUrl, post });
    },
    close: async () => {
      closing.abort(new Error('Teams was closed'));
      for (const [timer, resolve] of delays) {
        clearTimeout(timer);
        resolve();
      }
      for (const mailbox of mailboxes.all()) abandon(mailbox);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** What somebody made up may be no text, or none that a header can hold. */
function inHeader(value: unknown): string {
  return typeof value === 'string' && /^[\x20-\x7e]*$/.test(value) ? value : '';
}

function onlyDelays({ status, hang, closeSocket }: Fault): boolean {
  return status === undefined && !hang && !closeSocket;
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text ? JSON.parse(text) : undefined;
}

function respond(response: ServerResponse, { status, headers, body }: ConnectorAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
}

export type { Activity } from './activities.js';
export type { Card } from './teams-card.js';
export type { Person, Press, Turn } from './teams-person.js';
