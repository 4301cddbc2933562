import { RestError } from '@azure/data-tables';
import type { Activity } from 'botbuilder';
import { type Lang, messagesFor } from '../../cards/content/words.js';
import { CodedError, codeOf } from '../errors.js';
import type { Log } from '../log.js';
import { TABLES_SILENT } from '../store/tables/tables.js';
import { type After, TIMED_OUT, withTimeout } from '../timeout.js';
import type { Incoming } from './activity.js';
import { answerFailure, type Message, type Outlet, TURN_MS, UNDELIVERED } from './answer.js';
import type { Addressing } from './bot-framework.js';
import {
  type Authentication,
  type Call,
  createSigning,
  request,
  type Sign,
  UNWATCHED,
  type WatchRequests,
} from './connector.js';
import type { Attempt, DeliveryPolicies, MonotonicNow } from './delivery-policy.js';
import type { TeamsBot } from './teams-bot.js';

/** What to answer a request with; `retryAfter` in whole seconds. */
export type Answered = { readonly status: number; readonly body?: unknown; readonly retryAfter?: number };

/** In how many whole seconds somebody who is authenticated may come again; 0 when they come in now. */
export type Admit = (activity: Incoming) => number;

/** What to run on an activity, and who wants to hear what came of its token. */
export type Answering = {
  readonly bot: TeamsBot;
  /** Told why a request was not let in: `refused` for what is wrong with its token, `keys-away` for what is not. */
  readonly onAuthenticationFailure: (error: unknown, why: 'refused' | 'keys-away') => void;
  /** Asked of everybody who is authenticated, once for each request. */
  readonly admit: Admit;
};

/** The entrance for what Teams sends. */
export type TeamsAdapter = {
  /**
   * Checks the token's signature and runs the bot: 401 for a token that is not right, 503 when the keys to check it
   * with cannot be had, 429 for who comes too often, else what the turn answers.
   */
  answer(authorization: string, body: object, answering: Answering): Promise<Answered>;
};

const KEYS_WITHIN_MS = 4_000;
const KEYS_SILENT = 'keys-silent';

/** Teams sends again what was answered with 503, and never what was answered with 401. */
const KEYS_AGAIN_SECONDS = 5;

/** Of answers that are not what was asked for: a TypeError where they name no address of keys. */
const UNREADABLE_KEYS = ['FetchError', 'AbortError', 'TypeError'];

/**
 * Whether the keys to check a token with could not be had, which says nothing of the token. A fault of the network
 * carries the code of the system call; what the keys' address answers with becomes an error with status 500 or, where
 * it is no JSON, one of node-fetch. What is wrong with a token carries 401 or nothing. Source: botframework-connector
 * 4.23.3, openIdMetadata.js and jwtTokenExtractor.js.
 */
function isAboutKeys(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof CodedError) return error.code === KEYS_SILENT;
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown };
  const isOfNetwork = typeof code === 'string' && /^(E[A-Z_]+|UND_\w+|ERR_\w+|CERT_\w+)$/.test(code);
  const isOfServer = typeof statusCode === 'number' && statusCode >= 500;
  return isOfNetwork || isOfServer || UNREADABLE_KEYS.includes(error.name);
}

export type AdapterDeps = {
  /** Loads the SDK with the first activity, or before. */
  readonly authentication: () => Promise<Authentication>;
  readonly log: Log;
  readonly newId: () => string;
  /** The language to say in that a turn failed. */
  readonly langOf: (activity: Incoming) => Lang;
  readonly monotonicNow: MonotonicNow;
  readonly after: After;
  /** How answers are tried again. */
  readonly policies: DeliveryPolicies;
  /** Told of a delivery that goes on when its turn is over. */
  readonly goesOn: (delivery: Promise<unknown>) => void;
  /** Told of each request to the channel. */
  readonly watch?: WatchRequests;
};

/**
 * Bot Framework's way in and out, by its own check of tokens and its own addressing, and without its `CloudAdapter`: that
 * answers 500 to a bad signature, puts the text of a fault into the answer, writes faults to the console past our log, and
 * makes two clients for each turn, which took a third of its time. What goes wrong in a turn the person is told, with a
 * number to name to their administrator, and the log gets the same number and a code.
 */
export function createAdapter(deps: AdapterDeps): TeamsAdapter {
  const { after } = deps;
  let opened: ReturnType<typeof open> | null = null;
  const open = async () => {
    const { addressed, referenceTo } = await import('./bot-framework.js');
    return { addressing: { addressed, referenceTo }, authentication: await deps.authentication() };
  };
  const signing = createSigning();
  const goOn = createGoingOn(deps);
  return {
    async answer(authorization, body, { bot, onAuthenticationFailure, admit }) {
      // The server has checked what we read of it; what the SDK reads beside that it does not need.
      const activity = body as Activity;
      opened ??= open();
      const { addressing, authentication } = await opened;
      let authenticated: Awaited<ReturnType<Authentication['authenticateRequest']>>;
      try {
        authenticated = await inTime(authentication.authenticateRequest(activity, authorization), after);
      } catch (error) {
        const why = isAboutKeys(error) ? 'keys-away' : 'refused';
        onAuthenticationFailure(error, why);
        return why === 'refused' ? { status: 401 } : { status: 503, retryAfter: KEYS_AGAIN_SECONDS };
      }
      const wait = admit(activity);
      if (wait > 0) return { status: 429, retryAfter: wait };
      const { connectorFactory, audience } = authenticated;
      if (connectorFactory === undefined) throw new CodedError('no-connector', 'nothing to send with');
      const sign = signing(connectorFactory, activity.serviceUrl, audience);
      let answered: Answered = { status: activity.type === INVOKE ? 501 : 200 };
      const respond = (status: number, said: unknown) => {
        answered = { status, body: said };
      };
      const outlet = createOutlet(activity, { ...deps, addressing, sign, goOn, respond });
      await bot(activity, outlet).catch((error: unknown) => failed(deps, activity, outlet, error));
      return answered;
    },
  };
}

/** The keys are fetched without a limit of time: whoever is silent there would hold up every request. */
async function inTime<Result>(proving: Promise<Result>, after: After): Promise<Result> {
  const proven = await withTimeout(KEYS_WITHIN_MS, proving, after);
  if (proven === TIMED_OUT) throw new CodedError(KEYS_SILENT, 'the keys did not come in time');
  return proven;
}

async function failed(
  { log, newId, langOf }: Pick<AdapterDeps, 'log' | 'newId' | 'langOf'>,
  activity: Activity,
  outlet: Outlet,
  error: unknown,
): Promise<void> {
  const reference = newId().slice(0, 8);
  const why = codeOf(error) === UNDELIVERED ? (error as Error).message : undefined;
  log.error({ code: codeOf(error), why, reference }, 'turn failed');
  try {
    await tellFailure(outlet, error, langOrDutch(langOf, activity), reference);
  } catch (failure) {
    log.error({ code: codeOf(failure), reference }, 'failure could not be told');
  }
}

/** What failed may be the very reading of what was said: that must not keep anybody from being told. */
function langOrDutch(langOf: AdapterDeps['langOf'], activity: Incoming): Lang {
  try {
    return langOf(activity);
  } catch {
    return 'nl';
  }
}

async function tellFailure(outlet: Outlet, error: unknown, lang: Lang, reference: string): Promise<void> {
  const { notice } = messagesFor(lang);
  if (isTablesError(error))
    return answerFailure(outlet, lang, { message: notice.tablesAway, code: 'tables-away' });
  return answerFailure(outlet, lang, {
    message: notice.failed.replace('{reference}', reference),
    code: 'failed',
  });
}

function isTablesError(error: unknown): boolean {
  return error instanceof CodedError ? error.code === TABLES_SILENT : error instanceof RestError;
}

/** Later than this an answer has come, or something that says that there is none. */
const TYPING_MS = 2_000;

/** So many at once: what goes on is bounded, whatever Teams does. */
const MOST_GOING_ON = 100;

/** Lets deliveries go on when their turns are over. */
function createGoingOn({ log, goesOn }: Pick<AdapterDeps, 'log' | 'goesOn'>): Outlet['goOn'] {
  let goingOn = 0;
  return (what) => {
    if (goingOn >= MOST_GOING_ON) {
      log.error({ code: 'too-many-deliveries' }, 'a delivery that did not arrive is not tried again');
      return;
    }
    goingOn += 1;
    goesOn(what().finally(() => (goingOn -= 1)));
  };
}

/** How a request of Bot Framework is told that wants its answer in the response. */
const INVOKE = 'invoke';

type Way = Pick<AdapterDeps, 'monotonicNow' | 'policies' | 'watch'> & {
  readonly addressing: Addressing;
  readonly sign: Sign;
  readonly goOn: Outlet['goOn'];
  readonly respond: (status: number, body: unknown) => void;
};

/** How the answer to an activity leaves; what addresses a message is put in by the SDK's own functions. */
function createOutlet(activity: Activity, way: Way, startedAt: number = way.monotonicNow()): Outlet {
  const { monotonicNow, policies, addressing, goOn, sign, respond, watch = UNWATCHED } = way;
  const { conversation, serviceUrl } = activity;
  // Teams may say the tenant in one of two places, and some tenants refuse an answer that does not say it.
  const tenantId = conversation.tenantId ?? activity.channelData?.tenant?.id;
  const reference = {
    ...addressing.referenceTo(activity),
    conversation: { ...conversation, ...(tenantId ? { tenantId } : {}) },
  };
  const place = { serviceUrl, conversation: conversation.id };
  const make = async (call: Omit<Call, keyof typeof place>, ms: number): Promise<Attempt> => {
    const came = watch('answer', false);
    const made = await request({ ...place, ...call }, sign, { within: { ms } });
    came(made);
    return made;
  };
  const addressed = (message: Message): Partial<Activity> =>
    addressing.addressed({ inputHint: 'acceptingInput', ...message }, reference);
  return {
    typing() {
      const message = addressing.addressed({ type: 'typing' }, reference);
      void request({ ...place, method: 'POST', message }, sign, { within: { ms: TYPING_MS } });
    },
    invoke: invokeOf(activity),
    answered: activity.replyToId ?? null,
    replaces: activity.value !== undefined && activity.value !== null,
    monotonicNow,
    policies,
    goOn,
    left: () => startedAt + TURN_MS - monotonicNow(),
    send(said, ms) {
      const message = addressed(said);
      const to = message.replyToId === undefined ? {} : { activity: message.replyToId };
      return make({ method: 'POST', ...to, message }, ms);
    },
    update: (old, said, ms) =>
      make({ method: 'PUT', activity: old, message: { ...addressed(said), id: old } }, ms),
    remove: (old, ms) => make({ method: 'DELETE', activity: old }, ms),
    uncounted: () => createOutlet(activity, { ...way, watch: UNWATCHED }, startedAt),
    respond,
  };
}

function invokeOf({ type, name }: Activity): Outlet['invoke'] {
  if (type !== INVOKE) return null;
  if (name === 'fileConsent/invoke') return 'file';
  return name === 'adaptiveCard/action' ? 'press' : 'other';
}
