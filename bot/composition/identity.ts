import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AccessToken, ClientSecretCredentialOptions, TokenCredential } from '@azure/identity';
import type { Config, Credentials } from '../config.js';
import { type CredentialEnd, daysUntil } from '../domain/credential-end.js';
import { CodedError } from '../errors.js';
import type { TablesAddress } from '../store/tables/tables.js';
import { ABORTED, type Abortable, unlessAborted } from '../timeout.js';

/** What a token for the channel is for. Source: learn.microsoft.com, Authentication with the Bot Connector API. */
export const CHANNEL_SCOPE = 'https://api.botframework.com/.default';
/**
 * What the token of a managed identity is for that an app takes in the place of a secret. Source: learn.microsoft.com/entra/
 * workload-id/workload-identity-federation-config-app-trust-managed-identity.
 */
const EXCHANGE_SCOPE = 'api://AzureADTokenExchange/.default';

/** Who the bot is towards Azure: one credential for each identity, so that each token is asked for once and shared. */
export type Identities = {
  /** With which the channel is answered and Microsoft Graph is asked. */
  readonly ofBot: (credentials: Credentials) => TokenCredential;
  /** Where the tables are, and with which identity they are opened. */
  readonly tables: (config: Pick<Config, 'tables' | 'credentials'>) => TablesAddress;
};

/**
 * A credential that is asked once by all who want the same token at the same moment: each table asks before its first
 * request, all at the start, and the library keeps a token only when it is there. Azure limits how often a machine may ask.
 * Each waits for as long as they want; the others go on waiting when one gives up.
 */
function askedOnce(credential: TokenCredential): TokenCredential {
  const asking = new Map<string, Promise<AccessToken | null>>();
  return {
    getToken(scopes, { abortSignal, ...rest } = {}) {
      const { claims, enableCae, tenantId } = rest;
      const what = JSON.stringify([scopes, claims, enableCae, tenantId]);
      const asked = asking.get(what) ?? credential.getToken(scopes, rest).finally(() => asking.delete(what));
      asking.set(what, asked);
      return abortSignal === undefined ? asked : whileWanted(asked, abortSignal);
    },
  };
}

/** What comes of it; rejects as Azure's libraries expect as soon as a signal says that nobody waits any more. */
async function whileWanted<Result>(awaited: Promise<Result>, signal: Abortable): Promise<Result> {
  const result = await unlessAborted(awaited, signal);
  if (result === ABORTED) throw new DOMException('nobody waits for the token any more', 'AbortError');
  return result;
}

type AzureIdentity = typeof import('@azure/identity');

/**
 * A credential of Azure's library, which is loaded when a token is wanted: with a connection string none is, and it takes
 * as long to load as half of a start.
 */
function credentialOf(make: (azure: AzureIdentity) => TokenCredential): TokenCredential {
  let made: Promise<TokenCredential> | null = null;
  return {
    async getToken(scopes, options) {
      made ??= import('@azure/identity').then(make);
      return (await made).getToken(scopes, options);
    },
  };
}

/** Whatever Microsoft Entra is asked through, where not over the network. */
type EntraOptions = Pick<ClientSecretCredentialOptions, 'httpClient'>;

/**
 * A user-assigned identity has to be named in each request for a token (`client_id`): without it Azure looks for a
 * system-assigned one, which there is not. Source: learn.microsoft.com/azure/app-service/overview-managed-identity.
 */
export function createIdentities(entra: EntraOptions = {}): Identities {
  const managed = new Map<string, TokenCredential>();
  const managedIdentity = (clientId: string): TokenCredential => {
    const credential =
      managed.get(clientId) ??
      askedOnce(credentialOf(({ ManagedIdentityCredential }) => new ManagedIdentityCredential({ clientId })));
    managed.set(clientId, credential);
    return credential;
  };
  const ofApps = new WeakMap<Credentials, TokenCredential>();
  const ofApp = ({ proof, appId, tenantId }: Credentials): TokenCredential => {
    switch (proof.by) {
      case 'managed-identity':
        return managedIdentity(appId);
      case 'secret':
        return credentialOf(
          ({ ClientSecretCredential }) => new ClientSecretCredential(tenantId, appId, proof.secret, entra),
        );
      case 'certificate': {
        // At once: a file that cannot be read is to be said at the start.
        const certificate = certificateText(proof.certificate);
        return credentialOf(
          ({ ClientCertificateCredential }) =>
            new ClientCertificateCredential(tenantId, appId, { certificate }, entra),
        );
      }
      case 'federation': {
        const assertion = async () => {
          const token = await managedIdentity(proof.clientId).getToken(EXCHANGE_SCOPE);
          if (token === null) throw new CodedError('no-exchange-token', 'the managed identity gave no token');
          return token.token;
        };
        return credentialOf(
          ({ ClientAssertionCredential }) => new ClientAssertionCredential(tenantId, appId, assertion, entra),
        );
      }
    }
  };
  const ofBot = (credentials: Credentials): TokenCredential => {
    const credential = ofApps.get(credentials) ?? ofApp(credentials);
    ofApps.set(credentials, credential);
    return credential;
  };
  return {
    ofBot,
    tables({ tables, credentials }) {
      if ('connectionString' in tables) return tables;
      const { endpoint } = tables;
      const clientId = tables.clientId ?? managedIdentityOf(credentials);
      if (clientId !== null) return { endpoint, credential: managedIdentity(clientId) };
      if (credentials?.proof.by === 'certificate') return { endpoint, credential: ofBot(credentials) };
      // Whatever the machine is signed in as, for an operator who runs a job by hand. With a secret too: it was so before
      // there was another proof, and who has given the role to that identity would be shut out.
      return {
        endpoint,
        credential: credentialOf(({ DefaultAzureCredential }) => new DefaultAzureCredential()),
      };
    },
  };
}

/** The managed identity that there is for the bot anyhow, by its client id. */
function managedIdentityOf(credentials: Credentials | null): string | null {
  if (credentials?.proof.by === 'managed-identity') return credentials.appId;
  return credentials?.proof.by === 'federation' ? credentials.proof.clientId : null;
}

/** The PEM text of a certificate that is given as text, as Key Vault hands it on, or by its path. */
function certificateText(given: string): string {
  if (given.includes('-----BEGIN')) return given;
  try {
    return readFileSync(given, 'utf8');
  } catch (error) {
    throw new CodedError(
      UNREADABLE_CERTIFICATE,
      'MicrosoftAppCertificate: there is no file that can be read there. Put in its path, or the text of the PEM file.',
      error,
    );
  }
}

const UNREADABLE_CERTIFICATE = 'certificate-unreadable';

/** When what the bot shows is taken no more, as far as that can be known; null where it has no end, or none was said. */
export function endOf(credentials: Credentials | null): CredentialEnd | null {
  if (credentials?.proof.by === 'secret' && credentials.proof.ends !== null)
    return { what: 'secret', day: credentials.proof.ends };
  if (credentials?.proof.by !== 'certificate') return null;
  const text = certificateText(credentials.proof.certificate);
  try {
    const { validTo } = new X509Certificate(text);
    return { what: 'certificate', day: new Date(validTo).toISOString().slice(0, 10) };
  } catch (error) {
    throw new CodedError(
      UNREADABLE_CERTIFICATE,
      'MicrosoftAppCertificate: no certificate in PEM. It begins with -----BEGIN CERTIFICATE----- and has its private key beside it.',
      error,
    );
  }
}

/** Told on each tick: says once a day that the end is near. `now` is an instant. */
export function createEndWarning(
  end: CredentialEnd | null,
  warn: (end: CredentialEnd & { readonly days: number }) => void,
): (now: string) => void {
  let said = '';
  return (now) => {
    const today = now.slice(0, 10);
    if (end === null || today === said) return;
    said = today;
    const days = daysUntil(end, today);
    if (days !== null) warn({ ...end, days });
  };
}
