import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { CloudAdapter } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import { ABORTED, type Abortable, openDeadline, unlessAborted } from '../timeout.js';
import { type Attempt, answeredWith, faultOf, type HttpAnswer } from './delivery-policy.js';
import { freshSocketsFor } from './keep-alive-agents.js';

/** What proves incoming requests and signs outgoing ones; botbuilder has the type but does not export it. */
export type Authentication = NonNullable<ConstructorParameters<typeof CloudAdapter>[0]>;
type ConnectorFactory = ReturnType<Authentication['createConnectorFactory']>;

/** The value of the header that a request is signed with; null where nothing is signed, which only development allows. */
export type Sign = () => Promise<string | null>;

/** One request to the Bot Connector. Source: its REST reference, "Conversation operations". */
export type Call = {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly serviceUrl: string;
  readonly conversation: string;
  /** The message that is answered, replaced or deleted. */
  readonly activity?: string;
  readonly message?: object;
};

/**
 * Told of a request before it is made, what it is for and whether one for the same message was made before; what it gives
 * back is told what came of it. Neither says for whom it is.
 */
export type WatchRequests = (purpose: 'reminder' | 'answer', again: boolean) => (came: Attempt) => void;
export const UNWATCHED: WatchRequests = () => () => undefined;

/** There was nothing to sign it with, so it was not made. */
const UNSIGNED: Attempt = { outcome: { kind: 'retry', why: 'no token', afterMs: null }, status: null };
/** It has left, and may have arrived. */
const UNANSWERED: Attempt = { outcome: { kind: 'uncertain', why: 'no answer in time' }, status: null };

/** A bot signs for one audience, and for another in each cloud of a government. */
const MOST_AUDIENCES = 10;

/**
 * How requests are signed. The SDK has the credentials and gives them out in a client that it makes for each turn; of that
 * only what signs is kept, for each audience: making the client took as long as a third of a turn.
 */
export function createSigning() {
  const signs = new LRUCache<string, Promise<Sign>>({ max: MOST_AUDIENCES });
  return (factory: ConnectorFactory, serviceUrl: string, audience?: string): Sign => {
    const key = audience ?? CHANNEL;
    let known = signs.get(key);
    if (known === undefined) {
      known = signOf(factory, serviceUrl, audience);
      signs.set(key, known);
      known.catch(() => signs.delete(key));
    }
    const signing = known;
    return async () => (await signing)();
  };
}

/** Not said: the SDK then signs for the channel, in whichever cloud that is. */
const CHANNEL = '';

async function signOf(factory: ConnectorFactory, serviceUrl: string, audience?: string): Promise<Sign> {
  const { credentials } = (await factory.create(serviceUrl, audience)) as unknown as {
    readonly credentials: {
      signRequest(request: { readonly headers: Map<string, string> }): Promise<unknown>;
    };
  };
  return async () => {
    const headers = new Map<string, string>();
    await credentials.signRequest({ headers });
    return headers.get('authorization') ?? null;
  };
}

/**
 * Makes one request, and tells what came of it; never rejects. It is broken off after `ms` without an answer, or by the
 * signal; `leaves` is called when it has its token and goes out. Not by botbuilder's client: that tries a POST again which
 * may have arrived, and takes longer than all the rest of an answer.
 */
export async function request(
  call: Call,
  sign: Sign,
  {
    within,
    leaves = () => undefined,
  }: {
    readonly within: { readonly ms: number; readonly signal?: Abortable };
    readonly leaves?: () => void;
  },
): Promise<Attempt> {
  const deadline = openDeadline(within.ms, within.signal);
  try {
    const authorization = await unlessAborted(sign(), deadline.signal).catch((): typeof ABORTED => ABORTED);
    if (authorization === ABORTED) return UNSIGNED;
    leaves();
    const answer = await unlessAborted(exchange(call, authorization, deadline.signal), deadline.signal);
    return answer === ABORTED ? UNANSWERED : answeredWith(answer);
  } catch (error) {
    return deadline.signal.aborted ? UNANSWERED : faultOf(error);
  } finally {
    deadline.close();
  }
}

/** No answer of the connector is longer; of one that is, the rest is thrown away. */
const ANSWER_MAX_BYTES = 64 * 1024;

async function exchange(call: Call, authorization: string | null, signal: Abortable): Promise<HttpAnswer> {
  const service = serviceOf(call.serviceUrl);
  const text = call.message === undefined ? '' : JSON.stringify(call.message);
  const options = {
    ...service,
    path: `${service.path}${pathOf(call)}`,
    method: call.method,
    // No message goes into a socket that has been idle for so long that the other side may just be closing it.
    agent: freshSocketsFor(service),
    headers: {
      accept: 'application/json',
      'user-agent': USER_AGENT,
      ...(authorization === null ? {} : { authorization }),
      ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'content-length': Buffer.byteLength(text),
    },
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = service.protocol === 'https:' ? requestHttps : requestHttp;
    const outgoing = send(options, resolve).on('error', reject);
    // Not by its option `signal`: that puts three more listeners on each request.
    signal.addEventListener('abort', () => void outgoing.destroy());
    outgoing.end(text);
  });
  const { statusCode = 0, headers } = response;
  return { status: statusCode, headers, body: await jsonIn(response) };
}

const USER_AGENT = 'Microsoft-BotFramework/3.1 (Kopje Koffie)';

/** Where requests go, as Node's own client takes it; `path` ends with a slash. */
type Service = {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string | undefined;
  readonly path: string;
};

/** Teams has one address for each part of the world. */
const MOST_SERVICES = 100;
const services = new LRUCache<string, Service>({ max: MOST_SERVICES });

/** Read once: reading it for each message took as long as writing the message down. */
function serviceOf(serviceUrl: string): Service {
  const known = services.get(serviceUrl);
  if (known !== undefined) return known;
  const { protocol, hostname, port, pathname } = new URL(serviceUrl);
  const service: Service = {
    protocol,
    // In brackets it is looked up as a name.
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? undefined : port,
    path: pathname.endsWith('/') ? pathname : `${pathname}/`,
  };
  services.set(serviceUrl, service);
  return service;
}

function pathOf({ conversation, activity }: Call): string {
  const activities = `v3/conversations/${encodeURIComponent(conversation)}/activities`;
  return activity === undefined ? activities : `${activities}/${encodeURIComponent(activity)}`;
}

/** What was answered; null where it is no JSON, which a server on the way may say. Rejects where it breaks off. */
async function jsonIn(response: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  // By its events, and not as the iterable that it is: that takes as long as all the rest of an answer.
  await new Promise<void>((resolve, reject) => {
    response
      .on('data', (part: Buffer) => {
        length += part.length;
        if (length <= ANSWER_MAX_BYTES) parts.push(part);
      })
      .on('end', resolve)
      .on('error', reject)
      .on('close', () => void (response.complete || reject(new Error('the answer broke off'))));
  });
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    return null;
  }
}
