import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { CodedError } from '../errors.js';

/** What gives tokens for a scope, as `@azure/identity` has it. */
export type GivesTokens = {
  getToken(scope: string): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
};

/** What botbuilder asks for credentials; it has the type but does not export it. */
type CredentialsFactory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;

/** A token is asked for anew so long before it ends: a message that is on its way must not find it ended. */
const RENEWED_BEFORE_MS = 5 * 60_000;

/**
 * Signs what goes to the channel with tokens of the bot's own credential. A token is kept until shortly before its end:
 * the credential keeps it too, but looks it up anew for each of a thousand messages a minute.
 */
export function signedBy(appId: string, tokens: GivesTokens, now: () => Date): CredentialsFactory {
  const kept = new Map<string, { readonly token: string; readonly until: number }>();
  const asked = new Map<string, Promise<string>>();
  const ask = async (scope: string): Promise<string> => {
    const found = await tokens.getToken(scope);
    if (found === null) throw new CodedError('channel-no-token', 'no token for the channel');
    kept.set(scope, { token: found.token, until: found.expiresOnTimestamp - RENEWED_BEFORE_MS });
    return found.token;
  };
  const tokenFor = (scope: string): Promise<string> => {
    const known = kept.get(scope);
    // By the clock of the machine, as the end of a token is: one that is wrong gets a refusal, and then a new one.
    if (known !== undefined && now().getTime() < known.until) return Promise.resolve(known.token);
    const asking = asked.get(scope) ?? ask(scope).finally(() => asked.delete(scope));
    asked.set(scope, asking);
    return asking;
  };
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async (_id, audience) => ({
      async signRequest(request) {
        request.headers.set('authorization', `Bearer ${await tokenFor(`${audience}/.default`)}`);
        return request;
      },
    }),
  };
}
