import { RestError } from '@azure/data-tables';
import {
  type Activity,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Middleware,
  TurnContext,
} from 'botbuilder';
import { type Lang, messagesFor } from '../../cards/content/words.js';
import type { Credentials } from '../config.js';
import { CodedError, codeOf } from '../errors.js';
import type { Log } from '../log.js';
import { TABLES_SILENT } from '../store/tables/tables.js';
import type { Incoming } from './activity.js';
import { answerFailure, type Message, type Outlet, TURN_MS, UNDELIVERED } from './answer.js';
import { type GivesTokens, signedBy } from './channel-credentials.js';
import {
  type ConnectorClient,
  prepareClient,
  request,
  UNWATCHED,
  type WatchRequests,
} from './connector-request.js';
import type { Attempt, DeliveryPolicies, MonotonicNow } from './delivery-policy.js';
import type { TeamsBot } from './teams-bot.js';
import type { After } from './turn-budget.js';

/** What proves incoming requests and signs outgoing ones; botbuilder has the type but does not export it. */
export type Authentication = ConstructorParameters<typeof CloudAdapter>[0];

/**
 * No credentials means no check at all: only `parseConfig` decides that, and only in development. Tokens come from the
 * credential that Graph is asked with too, so that whatever proves who the bot is proves it everywhere; botbuilder would
 * make one of its own from a secret, and knows no certificate by its settings.
 */
export function authenticationFor(
  credentials: Pick<Credentials, 'appId' | 'tenantId'> | null,
  tokens: GivesTokens | null,
  now: () => Date,
): NonNullable<Authentication> {
  if (credentials === null || tokens === null) return new ConfigurationBotFrameworkAuthentication({});
  const { appId, tenantId } = credentials;
  return new ConfigurationBotFrameworkAuthentication(
    { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId },
    signedBy(appId, tokens, now),
  );
}

/** What to answer a request with; `retryAfter` in whole seconds. */
export type Answered = { readonly status: number; readonly body?: unknown; readonly retryAfter?: number };

/** In how many whole seconds somebody whose token is proven may come again; 0 when they come in now. */
export type Admit = (activity: Incoming) => number;

/** What to run on an activity, and who wants to hear what came of its token. */
export type Answering = {
  readonly bot: TeamsBot;
  /** Told why a request was not let in: `refused` for what is wrong with its token, `keys-away` for what is not. */
  readonly onAuthenticationFailure: (error: unknown, why: 'refused' | 'keys-away') => void;
  /** Asked of everybody who is proven, once for each request. */
  readonly admit: Admit;
};

/**
 * Bot Framework's adapter with an entrance of our own beside `process`, which answers 500 to a bad signature, puts
 * the text of the fault into the answer, and writes faults to the console past our log.
 */
export class TeamsAdapter extends CloudAdapter {
  readonly #authentication: NonNullable<Authentication>;
  readonly #after: After;

  constructor(authentication: NonNullable<Authentication>, after: After) {
    super(authentication);
    this.#authentication = authentication;
    this.#after = after;
  }

  /**
   * Checks the token's signature and runs the bot: 401 for a token that is not right, 503 when the keys to check it
   * with cannot be had, 429 for who comes too often, else what the turn answers.
   */
  async answer(
    authorization: string,
    body: object,
    { bot, onAuthenticationFailure, admit }: Answering,
  ): Promise<Answered> {
    // The server has checked what we read of it; what botbuilder reads beside that it does not need.
    const activity = body as Activity;
    let proven: Awaited<ReturnType<NonNullable<Authentication>['authenticateRequest']>>;
    try {
      proven = await this.#inTime(this.#authentication.authenticateRequest(activity, authorization));
    } catch (error) {
      const why = isAboutKeys(error) ? 'keys-away' : 'refused';
      onAuthenticationFailure(error, why);
      return why === 'refused' ? { status: 401 } : { status: 503, retryAfter: KEYS_AGAIN_SECONDS };
    }
    const wait = admit(activity);
    if (wait > 0) return { status: 429, retryAfter: wait };
    const answer = await this.processActivity(proven, activity, async (context) => {
      await bot(context.activity, outletOf(context));
    });
    return { status: answer?.status ?? 200, body: answer?.body };
  }

  /** The keys are fetched without a limit of time: whoever is silent there would hold up every request. */
  async #inTime<Result>(proving: Promise<Result>): Promise<Result> {
    let stopWaiting = () => {};
    const late = new Promise<never>((_resolve, reject) => {
      const silent = () => reject(new CodedError(KEYS_SILENT, 'the keys did not come in time'));
      stopWaiting = this.#after(KEYS_WITHIN_MS, silent);
    });
    // Nobody waits any more for what it ends in.
    proving.catch(() => undefined);
    return Promise.race([proving, late]).finally(() => stopWaiting());
  }
}

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
  readonly authentication: NonNullable<Authentication>;
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
 * Bot Framework's adapter, with our own answer to what goes wrong in a turn: the person is told, with a number to
 * name to their administrator, and the log gets the same number and a code.
 */
export function createAdapter(deps: AdapterDeps): TeamsAdapter {
  const { log, newId } = deps;
  const adapter = new TeamsAdapter(deps.authentication, deps.after);
  adapter.use(withOutlet(adapter, deps));
  adapter.onTurnError = async (context, error) => {
    const reference = newId().slice(0, 8);
    const why = codeOf(error) === UNDELIVERED ? error.message : undefined;
    log.error({ code: codeOf(error), why, reference }, 'turn failed');
    try {
      const lang = langOrDutch(deps.langOf, context.activity);
      await tellFailure(outletOf(context), error, lang, reference);
    } catch (failure) {
      log.error({ code: codeOf(failure), reference }, 'failure could not be told');
    }
  };
  return adapter;
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
  if (isTablesError(error)) return answerFailure(outlet, lang, notice.tablesAway, 'tables-away');
  return answerFailure(outlet, lang, notice.failed.replace('{reference}', reference), 'failed');
}

/** The same class comes from the connector's requests; those of the tables go to a table. */
function isTablesError(error: unknown): boolean {
  if (error instanceof CodedError) return error.code === TABLES_SILENT;
  if (!(error instanceof RestError)) return false;
  return error.request === undefined || !/\/v3\/conversations/.test(error.request.url);
}

/** Later than this an answer has come, or something that says that there is none. */
const TYPING_MS = 2_000;
const OUTLET = Symbol('outlet');

/** How the answer to this activity leaves; the adapter has put it there before the bot is run. */
function outletOf(context: TurnContext): Outlet {
  const outlet = context.turnState.get<Outlet>(OUTLET);
  if (outlet === undefined) throw new CodedError('no-outlet', 'this turn came past the adapter');
  return outlet;
}

/** Prepares the client that botbuilder makes for each turn, and gives the turn its way out. */
function withOutlet(
  adapter: CloudAdapter,
  { log, monotonicNow, policies, goesOn, watch = UNWATCHED }: AdapterDeps,
): Middleware {
  /** So many at once: what goes on is bounded, whatever Teams does. */
  const MOST_GOING_ON = 100;
  let goingOn = 0;
  return {
    async onTurn(context, next) {
      const client = context.turnState.get<ConnectorClient<Partial<Activity>>>(adapter.ConnectorClientKey);
      if (client !== undefined) {
        prepareClient(client);
        const goOn = (what: () => Promise<unknown>) => {
          if (goingOn >= MOST_GOING_ON) {
            log.error({ code: 'too-many-deliveries' }, 'a delivery that did not arrive is not tried again');
            return;
          }
          goingOn += 1;
          goesOn(what().finally(() => (goingOn -= 1)));
        };
        context.turnState.set(OUTLET, createOutlet(context, client, { monotonicNow, policies, goOn }, watch));
      }
      await next();
    },
  };
}

/**
 * Sends past `context.sendActivity`, which takes no signal to break a request off with and is gone when the turn is
 * over; what that puts into a message is put in by the same function of the SDK.
 */
function createOutlet(
  context: TurnContext,
  client: ConnectorClient<Partial<Activity>>,
  around: Pick<Outlet, 'monotonicNow' | 'policies' | 'goOn'>,
  watch: WatchRequests,
  startedAt: number = around.monotonicNow(),
): Outlet {
  const { activity } = context;
  const { monotonicNow } = around;
  const { conversations } = client;
  const { conversation } = activity;
  const { id } = conversation;
  // Teams may say the tenant in one of two places, and some tenants refuse an answer that does not say it.
  const tenantId = conversation.tenantId ?? activity.channelData?.tenant?.id;
  const reference = {
    ...TurnContext.getConversationReference(activity),
    conversation: { ...conversation, ...(tenantId ? { tenantId } : {}) },
  };
  const watched = async (...what: Parameters<typeof request>): Promise<Attempt> => {
    const came = watch('answer', false);
    const made = await request(...what);
    came(made);
    return made;
  };
  const addressed = (message: Message): Partial<Activity> =>
    TurnContext.applyConversationReference({ inputHint: 'acceptingInput', ...message }, reference);
  return {
    typing() {
      const typing = TurnContext.applyConversationReference({ type: ActivityTypes.Typing }, reference);
      void request((options) => conversations.sendToConversation(id, typing, options), { ms: TYPING_MS });
    },
    invoke: invokeOf(activity),
    answered: activity.replyToId ?? null,
    replaces: activity.value !== undefined && activity.value !== null,
    ...around,
    left: () => startedAt + TURN_MS - monotonicNow(),
    send(message, ms) {
      const said = addressed(message);
      const to = said.replyToId;
      return watched(
        (options) =>
          to === undefined
            ? conversations.sendToConversation(id, said, options)
            : conversations.replyToActivity(id, to, said, options),
        { ms },
      );
    },
    update: (old, message, ms) =>
      watched(
        (options) => conversations.updateActivity(id, old, { ...addressed(message), id: old }, options),
        {
          ms,
        },
      ),
    remove: (old, ms) => watched((options) => conversations.deleteActivity(id, old, options), { ms }),
    uncounted: () => createOutlet(context, client, around, UNWATCHED, startedAt),
    async respond(status, body) {
      await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status, body } });
    },
  };
}

function invokeOf({ type, name }: Activity): Outlet['invoke'] {
  if (type !== ActivityTypes.Invoke) return null;
  if (name === 'fileConsent/invoke') return 'file';
  return name === 'adaptiveCard/action' ? 'press' : 'other';
}
