import { RestError } from '@azure/data-tables';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Middleware,
  type TurnContext,
} from 'botbuilder';
import { type Lang, wordsIn } from '../cards/content/words.js';
import type { Incoming } from './activity.js';
import type { Credentials } from './config.js';
import { CodedError, codeOf } from './errors.js';
import { freshSocketsFor } from './fresh-sockets.js';
import type { Log } from './log.js';
import type { Admit } from './request-limits.js';
import type { Answered } from './server.js';
import { TABLES_SILENT } from './store/tables.js';
import { sendFailure, type TeamsBot } from './teams-bot.js';

/** What proves incoming requests and signs outgoing ones; botbuilder has the type but does not export it. */
export type Authentication = ConstructorParameters<typeof CloudAdapter>[0];

/** No credentials means no check at all: only `parseConfig` decides that, and only in development. */
export function authenticationFor(credentials: Credentials | null): NonNullable<Authentication> {
  if (credentials === null) return new ConfigurationBotFrameworkAuthentication({});
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: credentials.appId,
    MicrosoftAppPassword: credentials.password,
    MicrosoftAppTenantId: credentials.tenantId,
    MicrosoftAppType: credentials.type === 'UserAssignedMSI' ? 'UserAssignedMsi' : credentials.type,
  });
}

/** What to run on an activity, and who wants to hear what came of its token. */
export type Answering = {
  readonly bot: TeamsBot;
  /** Told why a request was not let in. */
  readonly unproven: (error: unknown) => void;
  /** Asked of everybody who is proven, once for each request. */
  readonly admit: Admit;
};

/**
 * Bot Framework's adapter with an entrance of our own beside `process`, which answers 500 to a bad signature, puts
 * the text of the fault into the answer, and writes faults to the console past our log.
 */
export class TeamsAdapter extends CloudAdapter {
  readonly #authentication: NonNullable<Authentication>;

  constructor(authentication: NonNullable<Authentication>) {
    super(authentication);
    this.#authentication = authentication;
  }

  /**
   * Checks the token's signature and runs the bot: 401 for a token that is not right, 503 when the keys to check it
   * with cannot be had, 429 for who comes too often, else what the turn answers.
   */
  async answer(authorization: string, body: object, { bot, unproven, admit }: Answering): Promise<Answered> {
    // The server has checked what we read of it; what botbuilder reads beside that it does not need.
    const activity = body as Activity;
    let proven: Awaited<ReturnType<NonNullable<Authentication>['authenticateRequest']>>;
    try {
      proven = await this.#authentication.authenticateRequest(activity, authorization);
    } catch (error) {
      unproven(error);
      return { status: isNetworkFault(error) ? 503 : 401 };
    }
    const wait = admit(activity);
    if (wait > 0) return { status: 429, retryAfter: wait };
    const answer = await this.processActivity(proven, activity, bot);
    return { status: answer?.status ?? 200, body: answer?.body };
  }
}

/** Faults of the network carry the code of the system call; faults of a token carry none. */
function isNetworkFault(error: unknown): boolean {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^E[A-Z]+$|^UND_/.test(code);
}

/**
 * Bot Framework's adapter, with our own answer to what goes wrong in a turn: the person is told, with a number to
 * name to their administrator, and the log gets the same number and a code.
 */
export function createAdapter(
  authentication: NonNullable<Authentication>,
  log: Log,
  newId: () => string,
  langOf: (activity: Incoming) => Lang,
): TeamsAdapter {
  const adapter = new TeamsAdapter(authentication);
  adapter.use(sendingOnce(adapter));
  adapter.onTurnError = async (context, error) => {
    const reference = newId().slice(0, 8);
    log.error({ code: codeOf(error), reference }, 'turn failed');
    await tellFailure(context, error, langOf(context.activity), reference).catch((failure: unknown) => {
      log.error({ code: codeOf(failure), reference }, 'failure could not be told');
    });
  };
  return adapter;
}

async function tellFailure(
  context: TurnContext,
  error: unknown,
  lang: Lang,
  reference: string,
): Promise<void> {
  const { notice } = wordsIn(lang);
  if (isTablesError(error)) {
    return sendFailure(context, notice.tablesAway, 'tables-away');
  }
  return sendFailure(context, notice.failed.replace('{reference}', reference), 'failed');
}

/** The same class comes from the connector's requests; those of the tables go to a table. */
function isTablesError(error: unknown): boolean {
  if (error instanceof CodedError) return error.code === TABLES_SILENT;
  if (!(error instanceof RestError)) return false;
  return error.request === undefined || !/\/v3\/conversations/.test(error.request.url);
}

/** The part of botbuilder's connector client that is used; botbuilder does not export the type. */
type Pipeline = {
  removePolicy(policy: { readonly name: string }): void;
  addPolicy(policy: {
    readonly name: string;
    sendRequest(request: Sending, next: (request: Sending) => Promise<unknown>): Promise<unknown>;
  }): void;
};
type Sending = { readonly url: string; agent?: unknown };

/**
 * Takes out the retries that botbuilder's client does by itself, also of a POST that may have arrived: each is a
 * message that may come twice, and they multiply with our own. And no message goes into a
 * socket that has been idle for so long that the other side may just be closing it.
 */
function sendingOnce(adapter: CloudAdapter): Middleware {
  return {
    async onTurn(context, next) {
      const connector: unknown = context.turnState.get(adapter.ConnectorClientKey);
      const pipeline = (connector as { client?: { pipeline?: Pipeline } })?.client?.pipeline;
      pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
      pipeline?.addPolicy({
        name: 'freshSockets',
        sendRequest(request, next) {
          request.agent = freshSocketsFor(request.url);
          return next(request);
        },
      });
      await next();
    },
  };
}
