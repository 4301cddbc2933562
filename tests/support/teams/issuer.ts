import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Types that botbuilder takes but does not export by itself. */
export type BotFrameworkAuthentication = NonNullable<ConstructorParameters<typeof CloudAdapter>[0]>;
type CredentialsFactory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;

/** How a token differs from one that the Bot Framework would sign. */
export interface SigningOptions {
  /** Seconds since 1970 at which it was signed; now unless said. */
  readonly issuedAt?: number;
  /** How long it holds; an hour unless said, negative for one that is over. */
  readonly lifetimeSeconds?: number;
  /** The key id in the header; the published one unless said. */
  readonly kid?: string;
  /** `foreign` signs with a key that was never published. */
  readonly key?: 'own' | 'foreign';
  /** `none` leaves the signature out. */
  readonly algorithm?: 'RS256' | 'none';
}

/** Stands in for the token service of the Bot Framework. */
export interface Issuer {
  readonly issuer: string;
  readonly metadataUrl: string;
  /**
   * A token as the Bot Framework signs for an activity. Claims replace those of a good token (`iss`, `aud`,
   * `nbf`, `exp`); the caller adds `serviceurl`. A claim that is `undefined` is left out.
   */
  sign(claims?: Readonly<Record<string, unknown>>, options?: SigningOptions): Promise<string>;
  /** What a CloudAdapter needs to believe this issuer, and to send without asking anybody for a token. */
  authentication(): BotFrameworkAuthentication;
  /** Answers whoever asks for keys with a status, with what is no JSON, with JSON that names none, or as it should. */
  breaks(how: number | 'no-json' | 'no-keys' | null): void;
  /** The bearer token that `authentication()` puts on everything the bot sends. */
  readonly outboundToken: string;
  close(): Promise<void>;
}

const KEY_ID = 'kopje-koffie-test-key';

/**
 * Serves OpenID metadata and keys like https://login.botframework.com/v1/.well-known/openidconfiguration.
 *
 * The keys are endorsed for Teams, as the real ones are; botbuilder-js jwtTokenExtractor.ts checks that.
 */
export async function startIssuer({
  appId,
  endorsements = ['msteams', 'webchat'],
}: {
  appId: string;
  endorsements?: readonly string[];
}): Promise<Issuer> {
  const own = await keyPair('own');
  const key = { ...(await exportJWK(own.publicKey)), kid: KEY_ID, use: 'sig', alg: 'RS256', endorsements };
  const issuer = 'https://api.botframework.com';

  let broken: number | 'no-json' | 'no-keys' | null = null;
  const server = createServer((request, response) => {
    if (broken !== null) {
      response.writeHead(typeof broken === 'number' ? broken : 200, { connection: 'close' });
      return void response.end(broken === 'no-keys' ? '{}' : '<html>no</html>');
    }
    const found =
      request.url === '/openid' ? metadata() : request.url === '/keys' ? { keys: [key] } : undefined;
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const metadata = () => ({
    issuer,
    jwks_uri: `${origin}/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
  });
  const outboundToken = 'outbound-token-of-the-bot';

  return {
    issuer,
    metadataUrl: `${origin}/openid`,
    outboundToken,
    breaks(how) {
      broken = how;
    },
    sign: async (claims = {}, options = {}) => {
      const issuedAt = options.issuedAt ?? Math.floor(Date.now() / 1000);
      const expires = issuedAt + (options.lifetimeSeconds ?? 3600);
      const payload = { iss: issuer, aud: appId, nbf: issuedAt, exp: expires, ...claims };
      const header = { typ: 'JWT', kid: options.kid ?? KEY_ID };
      if (options.algorithm === 'none') {
        return `${base64url.encode(JSON.stringify({ ...header, alg: 'none' }))}.${base64url.encode(JSON.stringify(payload))}.`;
      }
      const { privateKey } = await keyPair(options.key ?? 'own');
      return new SignJWT(payload).setProtectedHeader({ ...header, alg: 'RS256' }).sign(privateKey);
    },
    authentication: () =>
      // Once one address is given, botbuilder takes all of them as given and fills in none.
      new ConfigurationBotFrameworkAuthentication(
        {
          ToChannelFromBotLoginUrl: `${origin}/login`,
          ToChannelFromBotOAuthScope: 'https://api.botframework.com',
          ToBotFromChannelTokenIssuer: issuer,
          ToBotFromChannelOpenIdMetadataUrl: `${origin}/openid`,
          ToBotFromEmulatorOpenIdMetadataUrl: `${origin}/openid`,
          OAuthUrl: origin,
          CallerId: '',
        },
        credentials(appId, outboundToken),
      ),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const keyPairs = new Map<'own' | 'foreign', ReturnType<typeof generateKeyPair>>();

/** Made once for the process: a pair takes longer than most tests. */
function keyPair(which: 'own' | 'foreign') {
  const pair = keyPairs.get(which) ?? generateKeyPair('RS256');
  keyPairs.set(which, pair);
  return pair;
}

/** Credentials that need no network: the real ones ask MSAL, which refuses a login address without TLS. */
function credentials(appId: string, token: string): CredentialsFactory {
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async (request) => {
        request.headers.set('authorization', `Bearer ${token}`);
        return request;
      },
    }),
  };
}
