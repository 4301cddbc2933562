import { z } from 'zod';

/** Why a request is not let in: for the log, never for the answer. */
export type TokenFault =
  | 'no-token'
  | 'unreadable-token'
  | 'wrong-algorithm'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'wrong-service-url';

export type TokenRules = {
  /** Entra app id of this bot. */
  readonly audience: string;
  readonly issuers: readonly string[];
};

/**
 * Who signs the tokens of the channel: the public cloud and the American government's. Source: learn.microsoft.com,
 * Authentication with the Bot Connector API ("Connector to bot": the `iss` claim), and the same page for US Government.
 */
export const BOT_FRAMEWORK_ISSUERS = ['https://api.botframework.com', 'https://api.botframework.us'];
/** Real ones are under 2 KB; what is larger is not decoded. */
const MOST_LETTERS = 8 * 1024;

const header = z.object({ alg: z.string(), kid: z.string().min(1) });
const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  serviceurl: z.string(),
});

/**
 * Refuses what cannot be a token of the Bot Framework for this bot, from what it says of itself and before any key
 * is looked up; null when it may be looked at further. With null for the address of the activity everything else is
 * looked at. Signature and times are botbuilder's to check, after this: but for a token of another issuer it first
 * remembers an address for each tenant that the token names, before anything of it is authenticated.
 */
export function precheckToken(
  authorization: string | undefined,
  serviceUrl: string | null,
  { audience, issuers }: TokenRules,
): TokenFault | null {
  const [scheme = '', token = '', ...rest] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || token === '') return 'no-token';
  const parts = token.split('.');
  const [head = '', body = ''] = parts;
  const readHead = header.safeParse(decoded(head));
  const readBody = claims.safeParse(decoded(body));
  if (rest.length > 0 || parts.length !== 3 || token.length > MOST_LETTERS) return 'unreadable-token';
  if (!readHead.success) return 'unreadable-token';
  if (readHead.data.alg !== 'RS256') return 'wrong-algorithm';
  if (!readBody.success) return 'unreadable-token';
  const { iss, aud, serviceurl } = readBody.data;
  if (!issuers.includes(iss)) return 'wrong-issuer';
  if (aud !== audience) return 'wrong-audience';
  return serviceUrl === null || serviceurl === serviceUrl ? null : 'wrong-service-url';
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part.slice(0, MOST_LETTERS), 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
